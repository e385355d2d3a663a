// SPDX-License-Identifier: MIT
#pragma once

#include "runmodel.h"

namespace Fanfare {

/// What a worker has done so far, seen over all of its tasks that have ended.
struct LaneSummary
{
    static constexpr size_t mostSpans = 50'000; ///< times are of the newest so many

    quint64 tasks = 0;
    quint64 failures = 0;
    double busy = 0;          ///< share (0..1) of the time from its first task to its last
    qint64 longest = 0;       ///< running time, nanoseconds
    qint64 longestGap = 0;    ///< between two tasks, nanoseconds
    quint64 replacements = 0; ///< its process died, or was given up and started anew
};

/// Of the worker behind \a lane; zeros when it has ended no task. Takes some milliseconds when
/// there are many.
LaneSummary summaryOf(const RunModel &run, quint32 lane);

} // namespace Fanfare
