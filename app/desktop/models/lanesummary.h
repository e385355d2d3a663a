// SPDX-License-Identifier: MIT
#pragma once

#include "runmodel.h"

namespace Fanfare {

/// A part of a run, nanoseconds of MonotonicClock.
struct TimeRange
{
    qint64 from = 0;
    qint64 to = 0;
};

/// What a worker has done, seen over its tasks that have ended.
struct LaneSummary
{
    static constexpr size_t mostSpans = 50'000; ///< times are of the newest so many

    quint64 tasks = 0;
    quint64 failures = 0;
    double busy = 0;          ///< share (0..1) of the time in which it ran something
    qint64 longest = 0;       ///< running time, nanoseconds
    qint64 longestGap = 0;    ///< between two tasks, nanoseconds
    quint64 replacements = 0; ///< its process died, or was given up and started anew

    quint64 gaps = 0;                                   ///< between two tasks
    double atOnce = 0;                                  ///< tasks, on average over the time
    std::optional<TaskId> longestTask = std::nullopt;   ///< the one that ran longest
    std::optional<TaskId> taskBeforeGap = std::nullopt; ///< after which the longest gap begins
    bool isPartial = false;                             ///< older tasks count in numbers only
};

/// Of the worker behind \a lane, from its first task to its last; zeros when it has ended no task.
/// Takes some milliseconds when there are many.
LaneSummary summaryOf(const RunModel &run, quint32 lane);

/// The same of the tasks that ran in \a range, be it for a moment: whole tasks are counted, and
/// the share of the time inside. What runs at the moment makes it busy, but is no task yet.
LaneSummary summaryOf(const RunModel &run, quint32 lane, const TimeRange &range);

} // namespace Fanfare
