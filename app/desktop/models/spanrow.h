// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/models/spancolumns.h"

#include <algorithm>

namespace Fanfare {

/// The spans of one row up to a certain one: a still picture of SpanColumns while those grow. Small
/// enough to be copied.
///
/// Threads: [gui].
class SpanRow
{
public:
    SpanRow() = default; ///< an empty row
    explicit SpanRow(const SpanColumns &columns)
        : m_columns(&columns)
        , m_size(columns.size())
    {
    }

    size_t first() const { return m_columns ? std::min(m_columns->first(), m_size) : 0; }
    size_t size() const { return m_size; } ///< past the last position; first() is the first one
    bool isEmpty() const { return first() == m_size; }
    const SpanColumns *columns() const { return m_columns; } ///< null for an empty row
    bool hasCrossings() const { return m_columns && m_columns->hasCrossings(); }
    RowLoss loss() const { return m_columns ? m_columns->loss() : RowLoss(); }

    // Of one span.
    RowSpan operator[](size_t position) const { return m_columns->at(position); }
    qint64 started(size_t position) const { return m_columns->started(position); }
    qint64 length(size_t position) const { return m_columns->length(position); }
    qint64 finished(size_t position) const { return started(position) + length(position); }
    qint64 wait(size_t position) const { return m_columns->wait(position); }
    quint32 handler(size_t position) const { return m_columns->handler(position); }
    Outcome outcome(size_t position) const { return m_columns->outcome(position); }
    TaskId task(size_t position) const { return m_columns->task(position); }
    quint32 sentBefore(size_t position) const { return m_columns->sentBefore(position); }
    quint32 repliedAfter(size_t position) const { return m_columns->repliedAfter(position); }

    /// Running times, and waits, of the spans from \a first to before \a end of one block.
    void lengths(size_t first, size_t end, qint64 *values) const
    {
        m_columns->lengths(first, end, values);
    }
    void waits(size_t first, size_t end, qint64 *values) const
    {
        m_columns->waits(first, end, values);
    }

    /// As SpanColumns has them.
    void summarize(size_t first, size_t end, SpanSummary &summary) const
    {
        m_columns->summarize(first, end, summary);
    }
    const SpanSummary *summaryAt(size_t position) const
    {
        const bool isHere = position + SpanSummary::chunkSize <= m_size;
        return isHere ? m_columns->summaryAt(position) : nullptr;
    }

    /// Asks the processor for what lengths() and waits() of the block of \a position, which may be
    /// past the end, will look at.
    void prefetch(size_t position) const { m_columns->prefetch(position); }

    qint64 lastFinish() const { return isEmpty() ? 0 : finished(m_size - 1); }

    /// How many spans start before \a time, those that are forgotten included; \a hint is not above
    /// the answer. O(log of the distance to the hint).
    size_t startedBefore(qint64 time, size_t hint = 0) const;

    /// What lies left of \a time; \a hint as above.
    SpanEdge edgeAt(qint64 time, size_t hint = 0) const;

    /// The same for \a count edges in order of time, whose times are set.
    void complete(SpanEdge *edges, size_t count, size_t hint) const;

    /// The position of the first span that is not over at \a time; \a started is
    /// startedBefore(time).
    size_t firstOpenAt(qint64 time, size_t started) const;

    /// Running time before \a time; \a started is startedBefore(time).
    qint64 busyBefore(qint64 time, size_t started) const;

    /// Running time between two times.
    qint64 busyBetween(qint64 from, qint64 to) const;

    /// Failures among the first \a count spans, of which none or all forgotten ones are.
    quint32 failuresAmong(size_t count) const;

    /// The handler of a long span among those from \a first to before \a end: enough for a color,
    /// and as quick at any zoom.
    quint32 longestHandler(size_t first, size_t end) const;

private:
    const SpanColumns *m_columns = nullptr;
    size_t m_size = 0;
};

} // namespace Fanfare
