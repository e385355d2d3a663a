// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/models/spanfacts.h"
#include "desktop/models/spansummary.h"

#include <deque>
#include <memory>
#include <vector>

namespace Fanfare {

/// What was forgotten at the front of a row to save memory.
struct RowLoss
{
    quint64 count = 0;
    qint64 from = 0; ///< start of the first
    qint64 to = 0;   ///< end of the last
};

/// Keeps the spans of one row, which do not overlap and come in order of start, in blocks of 64
/// that never move: 24 bytes a span, 28 with CPU times, 40 when they crossed a process border.
///
/// They lie in an arena, which rows of one run share; what a row does not give back goes with it.
///
/// Running times and failures are kept as prefix sums, so that sums over any range cost two
/// searches. Positions count from the first span ever; they stay valid when others are forgotten.
///
/// Threads: [gui].
class SpanColumns
{
public:
    explicit SpanColumns(std::shared_ptr<SpanArena> arena = std::make_shared<SpanArena>());
    Q_DISABLE_COPY(SpanColumns)
    SpanColumns(SpanColumns &&) = default;

    /// \a span must not start before lastFinish(), nor end before it starts.
    void append(const RowSpan &span);

    /// Forgets the oldest block, which must be full; loss() counts its spans.
    void forgetBlock();

    size_t size() const { return m_size; }                       ///< with those that are forgotten
    size_t first() const { return m_forgotten * spanBlockSize; } ///< of those that are not
    bool isEmpty() const { return first() >= m_size; }
    qint64 lastFinish() const { return m_lastFinish; }
    const RowLoss &loss() const { return m_loss; }
    size_t bytes() const { return m_bytes; }
    bool hasCrossings() const { return m_hasCrossings; } ///< a span was sent, or its result

    // Of one span, which is not forgotten.
    RowSpan at(size_t position) const;
    qint64 started(size_t position) const
    {
        const size_t block = blockOf(position);
        return m_starts[block] + m_times[block].offset(slotOf(position));
    }
    qint64 length(size_t position) const { return times(position).length(slotOf(position)); }
    Outcome outcome(size_t position) const { return facts(position).outcome(slotOf(position)); }
    quint32 handler(size_t position) const { return facts(position).handler(slotOf(position)); }
    TaskId task(size_t position) const { return facts(position).task(slotOf(position)); }
    quint32 sentBefore(size_t position) const { return facts(position).sent(slotOf(position)); }
    quint32 repliedAfter(size_t position) const
    {
        return facts(position).replied(slotOf(position));
    }
    qint64 wait(size_t position) const { return facts(position).wait(slotOf(position)); }

    /// Running times, and waits, of the spans from \a first to before \a end of one block: many at
    /// once are quicker.
    void lengths(size_t first, size_t end, qint64 *values) const
    {
        times(first).lengths(slotOf(first), end - first, values);
    }
    void waits(size_t first, size_t end, qint64 *values) const
    {
        facts(first).waits(slotOf(first), end - first, values);
    }

    /// Adds the spans from \a first to before \a end of one block, one by one.
    void summarize(size_t first, size_t end, SpanSummary &summary) const;

    /// Of the SpanSummary::chunkSize spans from \a position on; null when it is not kept: not at a
    /// multiple of that size, not so many spans yet, or some of them are forgotten.
    const SpanSummary *summaryAt(size_t position) const;

    /// Running time of, and failures among, all spans before \a position, which may be size().
    qint64 busyBefore(size_t position) const;
    quint32 failuresBefore(size_t position) const;

    /// How many of the first \a size spans start before \a time, at least first(); \a hint is not
    /// above the answer. O(log of the distance to the hint).
    size_t startedBefore(qint64 time, size_t hint, size_t size) const;

    /// What lies left of \a edge.time among the first \a size spans, of which some are there; \a
    /// hint as above.
    void complete(SpanEdge &edge, size_t hint, size_t size) const;

    /// The same for \a count edges in order of time: the processor waits for the memory of many at
    /// once, or goes from span to span where edges are as near to each other.
    void complete(SpanEdge *edges, size_t count, size_t hint, size_t size) const;

    /// Asks the processor for what lengths() and waits() of the block of \a position will look at.
    void prefetch(size_t position) const;

    /// The longest span of the block of \a position, and its handler.
    size_t longestNear(size_t position) const;
    quint32 longestHandlerNear(size_t position) const { return times(position).longestHandler(); }

private:
    struct OffsetsChunk ///< offsets of many blocks together: few pages to walk
    {
        SpanOffsets *offsets = nullptr;
        size_t firstBlock = 0;
        size_t count = 0; ///< blocks

        size_t end() const { return firstBlock + count; } ///< goes when all before are forgotten
    };

    static size_t slotOf(size_t position) { return position % spanBlockSize; }
    size_t blockOf(size_t position) const { return position / spanBlockSize - m_erased; }
    const SpanTimes &times(size_t position) const { return m_times[blockOf(position)]; }
    const SpanFacts &facts(size_t position) const { return *m_facts[blockOf(position)]; }
    void addBlock(const RowSpan &span);
    SpanOffsets *newOffsets();
    void addToSummary();
    void forgetSummary(size_t position);
    void eraseForgotten();
    void walk(SpanEdge *edges, size_t count, size_t position, size_t size) const;
    void search(SpanEdge *edges, size_t count, size_t hint, size_t size) const;
    size_t blocksBefore(qint64 time, size_t from, size_t size) const;
    void completeIn(SpanEdge &edge, size_t blocks, size_t size) const;

    std::shared_ptr<SpanArena> m_arena; ///< of all below
    SpanVector<qint64> m_starts;        ///< of each block: dense, for the cache
    SpanVector<SpanTimes> m_times;      ///< of each block
    SpanVector<SpanFacts *> m_facts;    ///< of each block
    std::deque<OffsetsChunk> m_offsets;
    std::vector<SpanSummary *> m_summaries; ///< of each chunk; null: not kept
    size_t m_size = 0;
    size_t m_forgotten = 0; ///< blocks
    size_t m_erased = 0;    ///< blocks that are not in m_times any more
    size_t m_bytes = 0;
    qint64 m_busy = 0;
    quint32 m_failures = 0;
    qint64 m_lastFinish = 0;
    RowLoss m_loss;
    bool m_hasCrossings = false;
};

} // namespace Fanfare
