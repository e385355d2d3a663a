// SPDX-License-Identifier: MIT
#include "desktop/models/spancolumns.h"

#include <algorithm>
#include <array>
#include <limits>
#include <new>
#include <utility>

namespace Fanfare {

/// What a block takes even when its facts are forgotten, until it is erased.
static constexpr size_t bytesOfBlock =
    sizeof(qint64) + sizeof(SpanTimes) + sizeof(SpanOffsets) + sizeof(SpanFacts *);

SpanColumns::SpanColumns(std::shared_ptr<SpanArena> arena)
    : m_arena(std::move(arena))
    , m_starts(SpanAllocator<qint64>(*m_arena))
    , m_times(SpanAllocator<SpanTimes>(*m_arena))
    , m_facts(SpanAllocator<SpanFacts *>(*m_arena))
{
}

void SpanColumns::append(const RowSpan &span)
{
    Q_ASSERT(span.started >= m_lastFinish || m_size == 0);
    Q_ASSERT(span.finished >= span.started);
    const size_t slot = slotOf(m_size);
    if (slot == 0)
        addBlock(span);
    SpanTimes &times = m_times.back();
    SpanFacts &facts = *m_facts.back();
    const size_t before = times.bytes() + facts.bytes();
    times.append(slot, span.started - m_starts.back(), span, *m_arena);
    facts.append(slot, span, *m_arena);
    m_bytes += times.bytes() + facts.bytes() - before;
    m_busy += span.finished - span.started;
    m_failures += isFailure(span.outcome) ? 1 : 0;
    m_lastFinish = span.finished;
    m_hasCrossings = m_hasCrossings || (span.sentBefore | span.repliedAfter) != 0;
    if (++m_size % SpanSummary::stepSize == 0)
        addToSummary();
}

void SpanColumns::addBlock(const RowSpan &span)
{
    m_starts.push_back(span.started);
    m_times.emplace_back(m_busy, m_failures, newOffsets());
    m_facts.push_back(m_arena->make<SpanFacts>(span.task.emission));
    m_bytes += bytesOfBlock + sizeof(SpanFacts);
}

SpanOffsets *SpanColumns::newOffsets()
{
    // An event loop may have 10,000 rows: the first chunks are small.
    constexpr size_t most = 64; // blocks: 32 KiB
    const size_t block = m_size / spanBlockSize;
    if (m_offsets.empty() || m_offsets.back().end() == block) {
        const size_t count = std::clamp<size_t>(block - m_erased, 1, most);
        void *memory = m_arena->take(count * sizeof(SpanOffsets));
        m_offsets.push_back({new (memory) SpanOffsets[count], block, count});
    }
    const OffsetsChunk &chunk = m_offsets.back();
    return &chunk.offsets[block - chunk.firstBlock];
}

void SpanColumns::addToSummary()
{
    const size_t begin = m_size - SpanSummary::stepSize;
    const size_t chunk = begin / SpanSummary::chunkSize;
    if (chunk * SpanSummary::chunkSize < first())
        return; // it will never be whole
    if (chunk >= m_summaries.size())
        m_summaries.resize(chunk + 1);
    if (!m_summaries[chunk]) {
        m_summaries[chunk] = m_arena->make<SpanSummary>();
        m_bytes += sizeof(SpanSummary);
    }
    for (size_t at = begin; at < m_size; at += spanBlockSize)
        summarize(at, at + spanBlockSize, *m_summaries[chunk]);
}

void SpanColumns::forgetSummary(size_t position)
{
    const size_t chunk = position / SpanSummary::chunkSize;
    if (chunk >= m_summaries.size() || !m_summaries[chunk])
        return;
    m_arena->giveBack(std::exchange(m_summaries[chunk], nullptr));
    m_bytes -= sizeof(SpanSummary);
}

void SpanColumns::summarize(size_t first, size_t end, SpanSummary &summary) const
{
    static_assert(spanBlockSize == DurationHistogram::most);
    std::array<qint64, spanBlockSize> values{};
    lengths(first, end, values.data());
    summary.run.add(values, end - first);
    for (const qint64 length : values)
        summary.longest = std::max(summary.longest, length);
    waits(first, end, values.data());
    summary.wait.add(values, end - first);
}

const SpanSummary *SpanColumns::summaryAt(size_t position) const
{
    const size_t chunk = position / SpanSummary::chunkSize;
    const bool isWhole = position % SpanSummary::chunkSize == 0
        && position + SpanSummary::chunkSize <= m_size && chunk < m_summaries.size();
    return isWhole ? m_summaries[chunk] : nullptr;
}

void SpanColumns::forgetBlock()
{
    const size_t begin = first();
    const size_t end = begin + spanBlockSize;
    Q_ASSERT(end <= m_size);
    if (m_loss.count == 0)
        m_loss.from = started(begin);
    m_loss.to = started(end - 1) + length(end - 1);
    m_loss.count += spanBlockSize;
    const size_t oldest = m_forgotten - m_erased;
    m_bytes -= bytesOfBlock + m_times[oldest].bytes() + m_facts[oldest]->bytes();
    m_times[oldest].release(*m_arena);
    m_facts[oldest]->release(*m_arena);
    m_arena->giveBack(std::exchange(m_facts[oldest], nullptr));
    forgetSummary(begin);
    ++m_forgotten;
    for (; !m_offsets.empty() && m_offsets.front().end() <= m_forgotten; m_offsets.pop_front())
        m_arena->giveBack(m_offsets.front().offsets, m_offsets.front().count * sizeof(SpanOffsets));
    eraseForgotten();
}

void SpanColumns::eraseForgotten()
{
    const size_t dead = m_forgotten - m_erased;
    if (dead * 2 < m_times.size()) // moving the rest is paid by those that went
        return;
    m_starts.erase(m_starts.begin(), m_starts.begin() + static_cast<qsizetype>(dead));
    m_times.erase(m_times.begin(), m_times.begin() + static_cast<qsizetype>(dead));
    m_facts.erase(m_facts.begin(), m_facts.begin() + static_cast<qsizetype>(dead));
    m_erased = m_forgotten;
}

RowSpan SpanColumns::at(size_t position) const
{
    RowSpan span;
    span.started = started(position);
    span.finished = span.started + length(position);
    facts(position).read(slotOf(position), span);
    return span;
}

qint64 SpanColumns::busyBefore(size_t position) const
{
    if (position == m_size)
        return m_busy;
    return times(position).busyBefore(slotOf(position));
}

quint32 SpanColumns::failuresBefore(size_t position) const
{
    if (position == m_size)
        return m_failures;
    return times(position).failuresBefore(slotOf(position));
}

/// The number of elements that come before, which are the first of \a size ones and at least
/// \a low: gallops away from low, then halves.
template <typename ComesBefore>
static size_t gallop(size_t low, size_t size, ComesBefore comesBefore)
{
    size_t step = 1;
    while (low + step <= size && comesBefore(low + step - 1)) {
        low += step;
        step *= 2;
    }
    size_t high = std::min(low + step, size + 1);
    while (high - low > 1) { // the answer lies in [low, high)
        const size_t middle = low + (high - low) / 2;
        (comesBefore(middle - 1) ? low : high) = middle;
    }
    return low;
}

/// How many of the blocks that are not erased begin before \a time; \a from is not above.
size_t SpanColumns::blocksBefore(qint64 time, size_t from, size_t size) const
{
    const size_t end = (size - 1) / spanBlockSize + 1 - m_erased;
    constexpr size_t near = 32; // blocks: one wrong guess, where a gallop has several
    const size_t nearEnd = std::min(end, from + near);
    while (from < nearEnd && m_starts[from] < time)
        ++from;
    if (from < nearEnd || from == end)
        return from;
    return gallop(from, end, [&](size_t block) { return m_starts[block] < time; });
}

size_t SpanColumns::startedBefore(qint64 time, size_t hint, size_t size) const
{
    if (size <= first())
        return first();
    const size_t low = std::max(hint / spanBlockSize, m_forgotten) - m_erased;
    const size_t blocks = blocksBefore(time, low, size);
    if (blocks + m_erased <= m_forgotten)
        return first();
    const size_t last = blocks - 1;
    const size_t begin = (last + m_erased) * spanBlockSize;
    const size_t count = std::min(spanBlockSize, size - begin);
    return begin + m_times[last].startedBefore(time - m_starts[last], count);
}

void SpanColumns::completeIn(SpanEdge &edge, size_t blocks, size_t size) const
{
    if (blocks + m_erased <= m_forgotten) {
        edge.started = first();
        edge.busy = busyBefore(edge.started);
        edge.failures = failuresBefore(edge.started);
        return;
    }
    const SpanTimes &times = m_times[blocks - 1];
    const qint64 begin = m_starts[blocks - 1];
    const size_t position = (blocks - 1 + m_erased) * spanBlockSize;
    const size_t most = std::min(spanBlockSize, size - position);
    const size_t count = times.startedBefore(edge.time - begin, most);
    edge.started = position + count;
    times.complete(edge, begin, count);
}

void SpanColumns::complete(SpanEdge &edge, size_t hint, size_t size) const
{
    const size_t low = std::max(hint / spanBlockSize, m_forgotten) - m_erased;
    completeIn(edge, blocksBefore(edge.time, low, size), size);
}

void SpanColumns::complete(SpanEdge *edges, size_t count, size_t hint, size_t size) const
{
    constexpr size_t few = 12; // spans for each edge
    if (count == 0)
        return;
    const size_t begin = std::max(hint, first());
    const size_t end = startedBefore(edges[count - 1].time, begin, size);
    if (end - begin <= few * count)
        walk(edges, count, begin, size);
    else
        search(edges, count, begin, size);
}

/// Completes \a edges by going from span to span; \a position of them start before the first edge,
/// or some more do.
void SpanColumns::walk(SpanEdge *edges, size_t count, size_t position, size_t size) const
{
    const size_t end = (size - 1) / spanBlockSize - m_erased; // the last block
    size_t block = (position > first() ? position - 1 : position) / spanBlockSize - m_erased;
    size_t slot = position - (block + m_erased) * spanBlockSize;
    for (; count > 0 && slot == 0 && edges->time <= m_starts[block]; ++edges, --count)
        completeIn(*edges, block, size); // nothing starts before
    while (count > 0) {
        const size_t begin = (block + m_erased) * spanBlockSize;
        const qint64 until = block < end ? m_starts[block + 1] : std::numeric_limits<qint64>::max();
        const size_t spans = std::min(spanBlockSize, size - begin);
        const size_t done =
            m_times[block].walk(edges, count, m_starts[block], begin, spans, until, slot);
        edges += done;
        count -= done;
        ++block;
        slot = 0;
    }
}

void SpanColumns::search(SpanEdge *edges, size_t count, size_t hint, size_t size) const
{
    constexpr size_t most = 32; // at once; more lines than the processor asks for at a time
    const size_t dead = m_forgotten - m_erased; // have no offsets any more
    std::array<size_t, most> blocks;
    size_t low = std::max(hint / spanBlockSize, m_forgotten) - m_erased;
    for (; count > 0; edges += std::min(most, count), count -= std::min(most, count)) {
        const size_t now = std::min(most, count);
        for (size_t i = 0; i < now; ++i) {
            blocks[i] = low = blocksBefore(edges[i].time, low, size);
            if (low > 0)
                __builtin_prefetch(&m_times[low - 1]);
        }
        for (size_t i = 0; i < now; ++i) {
            if (blocks[i] > dead)
                m_times[blocks[i] - 1].prefetch(edges[i].time - m_starts[blocks[i] - 1]);
        }
        for (size_t i = 0; i < now; ++i)
            completeIn(edges[i], blocks[i], size);
    }
}

void SpanColumns::prefetch(size_t position) const
{
    const size_t block = blockOf(position);
    if (block >= m_times.size() || !m_facts[block])
        return;
    m_times[block].prefetchLengths();
    m_facts[block]->prefetchWaits();
}

size_t SpanColumns::longestNear(size_t position) const
{
    return position - slotOf(position) + times(position).longest();
}

} // namespace Fanfare
