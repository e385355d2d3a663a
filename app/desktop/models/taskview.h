// SPDX-License-Identifier: MIT
#pragma once

#include "runmodel.h"

namespace Fanfare {

enum class TaskState : quint8 { Queued, Running, Ended };

/// One task of the emission that is looked at.
struct SiblingView
{
    TaskId task;
    QString handler;
    TaskState state = TaskState::Queued;
    Outcome outcome = Outcome::Succeeded; ///< when ended
    qint64 running = 0;                   ///< nanoseconds
    qint64 queued = 0;                    ///< MonotonicClock: accepted; likewise the next two
    qint64 started = 0;                   ///< 0 while queued
    qint64 until = 0;                     ///< finished, or now
};

/// All that is known about one task at one moment. Durations are nanoseconds.
struct TaskView
{
    TaskId task;
    HandlerEntry handler;
    QString build; ///< of its plugin, see RunIdentity::buildOf()
    QString event;
    TaskState state = TaskState::Queued;
    Outcome outcome = Outcome::Succeeded; ///< when ended
    qint64 queuedAt = 0;                  ///< MonotonicClock nanoseconds
    qint64 waited = 0;                    ///< from accepted to handed to a worker, or until now
    qint64 sent = 0;                      ///< on the way to the worker; 0 on threads
    qint64 ran = 0;                       ///< in the handler, or until now
    qint64 replied = 0;                   ///< on the way back; 0 on threads
    qint64 cpu = -1;                      ///< -1: not measured
    quint32 peakMemory = 0;               ///< KiB of the worker process; 0: not measured
    double progress = -1;                 ///< 0..1; -1: the handler says nothing
    QString worker;                       ///< empty while queued
    qint64 pid = 0;
    int attempt = 1;
    std::optional<Arguments> arguments; ///< nothing when they are not kept (any more)
    TaskDetail detail;
    std::vector<SiblingView> siblings; ///< itself included, by index
};

/// What \a run knows about \a task at \a now, or nothing when it does not know it (any more).
std::optional<TaskView> viewOf(const RunModel &run, TaskId task, qint64 now);

/// When the emission that \a siblings are of was made, when the last of them ended (or now), and
/// who that was.
struct EmissionExtent
{
    qint64 from = 0; ///< MonotonicClock nanoseconds
    qint64 to = 0;
    size_t last = 0; ///< index of the sibling that ended last, or still runs
};
EmissionExtent extentOf(const std::vector<SiblingView> &siblings);

/// The lines of one task, found once each: asking again costs what is new.
class TaskLines
{
public:
    static constexpr size_t maximumLines = 2000; ///< later ones are not shown

    void setTask(std::optional<TaskId> task);

    /// Looks for new lines; returns whether there are any.
    bool refresh(const RunModel &run);

    QString text() const; ///< one line each

private:
    std::optional<TaskId> m_task;
    QStringList m_lines;
    quint64 m_seen = 0; ///< lines of the run, counted from the first ever
};

} // namespace Fanfare
