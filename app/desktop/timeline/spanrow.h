// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/models/runchunks.h"

#include <fanfare/base/outcome.h>

namespace Fanfare {

/// Whether users would call \a outcome a failure: what a zoomed-out view must never hide.
constexpr bool isFailure(Outcome outcome)
{
    return outcome != Outcome::Succeeded && outcome != Outcome::Canceled;
}

/// A finished span as one row keeps it. Times are nanoseconds.
struct RowSpan
{
    qint64 queued = 0;
    qint64 started = 0;
    qint64 finished = 0;
    qint64 busyBefore = 0;      ///< running time of all earlier spans of the row
    quint32 failuresBefore = 0; ///< failures among them
    quint32 index = 0;          ///< for RunModel::span()
    quint32 handler = 0;        ///< for RunModel::handler()
    Outcome outcome = Outcome::Succeeded;
    quint32 sentBefore = 0; ///< as in SpanRecord
    quint32 repliedAfter = 0;
};

/// A row of spans that do not overlap, in order of start. Sums over any range of time cost two
/// binary searches, however many spans lie in it.
///
/// Threads: [gui].
class SpanRow
{
public:
    /// \a span must not start before the last one finished; its sums are filled in.
    void append(RowSpan span);

    size_t size() const { return m_spans.size(); }
    const RowSpan &operator[](size_t position) const { return m_spans[position]; }
    qint64 lastFinish() const { return m_spans.isEmpty() ? 0 : m_spans.last().finished; }

    /// How many spans start before \a time; \a hint is not above the answer. O(log of the distance
    /// to the hint).
    size_t startedBefore(qint64 time, size_t hint = 0) const;

    /// The position of the first span that is not over at \a time; \a started is
    /// startedBefore(time).
    size_t firstOpenAt(qint64 time, size_t started) const;

    /// Running time before \a time; \a started is startedBefore(time).
    qint64 busyBefore(qint64 time, size_t started) const;

    /// Failures among the first \a count spans.
    quint32 failuresAmong(size_t count) const;

private:
    static constexpr size_t chunkSize = 16; ///< spans; an async lane may have 10,000 rows

    RunChunks<RowSpan, chunkSize> m_spans;
    std::vector<qint64> m_starts; ///< of the first span of each chunk: dense, for the cache
};

} // namespace Fanfare
