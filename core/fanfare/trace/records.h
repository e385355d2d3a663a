// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/base/ids.h>
#include <fanfare/base/outcome.h>
#include <fanfare/sdk/context.h>

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
};
static_assert(std::is_trivially_copyable_v<SpanRecord>);

/// What a finished task left behind; only tasks with a result, an error or a reason have one.
struct TaskDetail
{
    TaskId task;
    QCborValue result;
    TaskError error;
    QString reason; ///< stable code for outcomes other than Succeeded, such as "deadline"
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
    QString name;   ///< "thread 1", "loop 1"
    qint64 pid = 0; ///< the process the worker lives in
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
    std::vector<LaneInfo> lanes;   ///< new ones
    std::vector<SpanRecord> spans; ///< by lane, in order of finishing within a lane
    std::vector<TaskDetail> details;
    std::vector<LogLine> log;
    LiveSample live;
    quint64 droppedSpans = 0; ///< since the last drain
    quint64 droppedLines = 0; ///< since the last drain

    bool isEmpty() const
    {
        return lanes.empty() && spans.empty() && details.empty() && log.empty() && droppedSpans == 0
            && droppedLines == 0;
    }
};

} // namespace Fanfare
