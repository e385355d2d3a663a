// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/models/durationhistogram.h"
#include "runmodel.h"

#include <array>
#include <memory>
#include <optional>
#include <vector>

namespace Fanfare {

/// How many calls ended in each of the last 60 seconds of a run, the oldest first.
using CallRates = std::array<quint32, 60>;

/// What became of the calls of one handler that have ended.
struct HandlerTally
{
    quint64 calls = 0;
    quint64 failures = 0;
    Outcome last = Outcome::Succeeded; ///< of the call that ended last
    qint64 lastEnd = 0;                ///< when that was, MonotonicClock nanoseconds
    DurationHistogram ran;             ///< how long the calls ran that were started at all
    CallRates ends{};                  ///< by second modulo 60, the minute up to lastEnd
};

/// Counts the ended tasks of a run by handler.
///
/// Threads: [gui]. 17 KiB for each handler that was called.
class HandlerTallies
{
public:
    explicit HandlerTallies(const RunModel &run);

    /// Counts what has ended since the last call. Returns whether anything is different.
    bool refresh();
    void startAgain(); ///< the run was cleared, or got back what had been cleared

    /// Null for a handler that was not called. \a handler: RunModel's index.
    const HandlerTally *find(quint32 handler) const;

    /// The minute before the newest moment that is known of the run; nothing but zeros for a
    /// handler that was not called. It stands still when nothing happens.
    CallRates ratesOf(quint32 handler) const;

private:
    void count(const SpanEntry &span);
    qint64 newestSecond() const;

    const RunModel &m_run;
    std::vector<std::unique_ptr<HandlerTally>> m_tallies; ///< by RunModel's handler index
    size_t m_counted = 0;                                 ///< spans of the run
    qint64 m_newestEnd = 0;
};

} // namespace Fanfare
