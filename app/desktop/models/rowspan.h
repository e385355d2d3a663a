// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/base/ids.h>
#include <fanfare/base/outcome.h>

namespace Fanfare {

/// Whether users would call \a outcome a failure: what a zoomed-out view must never hide.
constexpr bool isFailure(Outcome outcome)
{
    return outcome != Outcome::Succeeded && outcome != Outcome::Canceled;
}

/// A finished span as a row of a lane tells it. Times are nanoseconds.
struct RowSpan
{
    qint64 queued = 0;
    qint64 started = 0;
    qint64 finished = 0;
    TaskId task;
    quint32 handler = 0; ///< for RunModel::handler()
    Outcome outcome = Outcome::Succeeded;
    quint8 attempt = 1;
    bool isOdd = false;     ///< its times contradicted each other; they were put right
    quint32 sentBefore = 0; ///< as in SpanRecord
    quint32 repliedAfter = 0;
    qint64 cpu = -1;
    quint32 peakMemory = 0;
};

} // namespace Fanfare
