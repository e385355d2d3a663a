// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

#include <algorithm>
#include <cstddef>

namespace Fanfare {

/// What lies left of a moment in a row. The differences of two of them are exact sums, and one
/// costs a single search.
struct SpanEdge
{
    qint64 time = 0;
    size_t started = 0;   ///< spans that start before, those that are forgotten included
    qint64 busy = 0;      ///< running time before
    quint32 failures = 0; ///< among those that started

    // Of the last one that started and is not forgotten; without one it is over since long ago.
    qint64 lastFinish = -(qint64(1) << 62); ///< views reach back before time 0
    qint64 lastLength = 0;
    bool isLastFailure = false;

    /// To a later moment up to which no other span starts.
    void moveTo(qint64 later)
    {
        busy += std::max<qint64>(0, lastFinish - time) - std::max<qint64>(0, lastFinish - later);
        time = later;
    }

    bool isOpen() const { return lastFinish > time; } ///< the last one that started is not over
};

} // namespace Fanfare
