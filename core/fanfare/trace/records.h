// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/base/ids.h>
#include <fanfare/base/outcome.h>
#include <fanfare/sdk/context.h>

#include <QCborMap>
#include <QCborValue>
#include <QString>

#include <type_traits>
#include <vector>

namespace Fanfare {

/// One finished task, as a worker writes it. All times are MonotonicClock nanoseconds; a task that
/// never started has started == finished. Trivially copyable: batches of it cross the engine link
/// as they lie in memory.
struct SpanRecord
{
    TaskId task;              ///< 16 bytes with padding
    qint64 queued = 0;        ///< accepted by emit()
    qint64 started = 0;       ///< the handler was entered
    qint64 finished = 0;      ///< the handler was left
    qint64 cpu = -1;          ///< CPU nanoseconds of the handler; -1 when not measured
    quint32 sentBefore = 0;   ///< ns between handing to the worker and started; 0 on threads
    quint32 repliedAfter = 0; ///< ns between finished and the result known; 0 on threads
    SubscriberId subscriber{};
    quint32 event = 0; ///< number of the event in its linker
    LaneId lane{};
    Outcome outcome = Outcome::Succeeded;
    quint8 attempt = 1;
    quint32 peakMemory = 0; ///< KiB the worker process had at most; 0 when not measured
};
static_assert(std::is_trivially_copyable_v<SpanRecord> && sizeof(SpanRecord) == 72);

/// What a finished task left behind; only tasks with a result, an error or a reason have one.
struct TaskDetail
{
    TaskId task;
    QCborValue result;
    TaskError error;
    QString reason;          ///< stable code for outcomes other than Succeeded, such as "deadline"
    QCborMap crash;          ///< how the worker of a crashed task died, see CrashReport; else empty
    QByteArray encoded = {}; ///< instead of a result, when that stays as it travels
};

/// One line a task or the engine wrote.
struct LogLine
{
    qint64 time = 0; ///< MonotonicClock nanoseconds
    TaskId task;     ///< emission 0 when no task is known
    SubscriberId subscriber{};
    LogLevel level = LogLevel::Info;
    QString text;
};

enum class LaneKind : quint8 { Thread, Loop, Process, Inline };

/// One row of the timeline: a worker.
struct LaneInfo
{
    LaneId id{};
    LaneKind kind = LaneKind::Thread;
    QString name;   ///< "thread 1", "loop 1", "process 1"
    qint64 pid = 0; ///< the process the worker lives in; 0 when it changes, see LaneEvent
};

/// What happened to the process behind a lane.
enum class LaneEventKind : quint8 {
    Started,      ///< a process serves the lane from now on
    Died,         ///< it ended without being asked to
    Recycled,     ///< it was replaced on purpose
    Stopped,      ///< it was ended because the executor shrinks or shuts down
    Failed,       ///< it could not be started; no further try
    Unresponsive, ///< it does not answer, as if somebody had stopped it
    Responsive,   ///< it answers again
};

/// A change of the process behind a lane: its spans from \c time on belong to \c pid.
struct LaneEvent
{
    LaneId lane{};
    LaneEventKind kind = LaneEventKind::Started;
    qint64 time = 0; ///< MonotonicClock nanoseconds
    qint64 pid = 0;
    QString text; ///< one sentence for Died, Recycled and Failed: "signal 11 (SIGSEGV)"
};

/// A task that has not finished yet, as seen at one moment.
struct OpenTask
{
    TaskId task;
    SubscriberId subscriber{};
    quint32 event = 0;
    LaneId lane{}; ///< meaningless while queued
    qint64 queued = 0;
    qint64 started = 0;   ///< 0 while queued
    double progress = -1; ///< 0..1; -1 when the handler said nothing
};

/// What was open at \a time: all running tasks, and the first of the queued ones.
struct LiveSample
{
    qint64 time = 0;
    std::vector<OpenTask> running;
    std::vector<OpenTask> queued; ///< at most a few hundred, oldest first
    quint64 queuedCount = 0;      ///< all queued tasks
};

/// Everything recorded since the last drain.
struct TraceBatch
{
    std::vector<LaneInfo> lanes; ///< new ones
    std::vector<LaneEvent> laneEvents;
    std::vector<SpanRecord> spans; ///< by lane, in order of finishing within a lane
    std::vector<TaskDetail> details;
    std::vector<LogLine> log;
    LiveSample live;
    quint64 droppedSpans = 0; ///< since the last drain
    quint64 droppedLines = 0; ///< since the last drain

    bool isEmpty() const
    {
        return lanes.empty() && laneEvents.empty() && spans.empty() && details.empty()
            && log.empty() && droppedSpans == 0 && droppedLines == 0;
    }
};

} // namespace Fanfare
