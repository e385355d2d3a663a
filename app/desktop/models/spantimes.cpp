// SPDX-License-Identifier: MIT
#include "desktop/models/spantimes.h"

#include <algorithm>
#include <bit>
#include <limits>

namespace Fanfare {

static constexpr qint64 largestOffset = std::numeric_limits<quint32>::max();

SpanTimes::SpanTimes(qint64 begin, qint64 busyBefore, quint32 failuresBefore, SpanOffsets *offsets)
    : m_begin(begin)
    , m_busyBefore(busyBefore)
    , m_offsets(offsets)
    , m_failuresBefore(failuresBefore)
{
    m_partStarts.fill(std::numeric_limits<quint32>::max()); // no span starts after that
}

void SpanTimes::append(size_t slot, const RowSpan &span, SpanArena &arena)
{
    const qint64 start = span.started - m_begin;
    const qint64 length = span.finished - span.started;
    const qint64 busy = busyIn(slot) + length;
    if (!m_wide && (start > largestOffset || busy > largestOffset))
        widen(slot, arena);
    if (m_wide) {
        m_wide->start[slot] = start;
        m_wide->busy[slot] = busy;
    } else {
        m_offsets->start[slot] = static_cast<quint32>(start);
        m_offsets->busy[slot] = static_cast<quint32>(busy);
        if (slot % perPart == 0 && slot > 0)
            m_partStarts[slot / perPart - 1] = static_cast<quint32>(start);
    }
    if (isFailure(span.outcome))
        m_failures |= quint64(1) << slot;
    if (slot == 0 || length > this->length(m_longest)) {
        m_longest = static_cast<quint8>(slot);
        m_longestHandler = span.handler;
    }
}

void SpanTimes::widen(size_t count, SpanArena &arena)
{
    m_wide = arena.make<Wide>();
    std::copy_n(m_offsets->start, count, m_wide->start);
    std::copy_n(m_offsets->busy, count, m_wide->busy);
}

template <typename Sum>
static void differences(const Sum *sums, size_t slot, size_t count, qint64 *values)
{
    Sum before = slot > 0 ? sums[slot - 1] : 0;
    for (size_t i = 0; i < count; ++i) {
        values[i] = static_cast<qint64>(sums[slot + i] - before);
        before = sums[slot + i];
    }
}

void SpanTimes::lengths(size_t slot, size_t count, qint64 *values) const
{
    if (m_wide)
        differences(m_wide->busy, slot, count, values);
    else
        differences(m_offsets->busy, slot, count, values);
}

quint32 SpanTimes::failuresBefore(size_t slot) const
{
    const quint64 earlier =
        slot < spanBlockSize ? m_failures & ((quint64(1) << slot) - 1) : m_failures;
    return m_failuresBefore + static_cast<quint32>(std::popcount(earlier));
}

/// Without branches that depend on the data, so that the searches of neighboring pixels overlap in
/// the processor.
template <typename Time>
static size_t countBefore(const Time *starts, size_t count, Time time)
{
    const Time *begin = starts;
    while (count > 1) {
        const size_t half = count / 2;
        begin = begin[half - 1] < time ? begin + half : begin;
        count -= half;
    }
    return static_cast<size_t>(begin - starts) + (count == 1 && *begin < time ? 1 : 0);
}

/// The last part whose first span starts before \a offset, or the first part.
size_t SpanTimes::partBefore(qint64 offset) const
{
    size_t part = 0;
    for (const quint32 start : m_partStarts)
        part += start < offset ? 1 : 0;
    return part;
}

/// A line of the cache at once, which takes no guess.
static size_t countBefore(const quint32 *line, quint32 time)
{
    constexpr size_t perLine = 64 / sizeof(quint32);
    quint32 count = 0;
    for (size_t i = 0; i < perLine; ++i)
        count += line[i] < time ? 1 : 0;
    return count;
}

size_t SpanTimes::startedBefore(qint64 time, size_t count) const
{
    const qint64 offset = time - m_begin;
    if (offset <= 0)
        return 0;
    if (m_wide)
        return countBefore(m_wide->start, count, offset);
    if (offset > largestOffset)
        return count;
    const size_t before = partBefore(offset) * perPart;
    if (before >= count) // of a picture that stands still while the block grows
        return count;
    if (count == spanBlockSize)
        return before + countBefore(m_offsets->start + before, static_cast<quint32>(offset));
    return before
        + countBefore(m_offsets->start + before, std::min(perPart, count - before),
                      static_cast<quint32>(offset));
}

void SpanTimes::complete(SpanEdge &edge, size_t count) const
{
    const qint64 before = busyIn(count - 1);
    const qint64 busy = busyIn(count);
    edge.lastLength = busy - before;
    edge.lastFinish = started(count - 1) + edge.lastLength;
    edge.busy = m_busyBefore + busy - std::max<qint64>(0, edge.lastFinish - edge.time);
    edge.failures = m_failuresBefore;
    if (m_failures == 0) // of nearly all blocks
        return;
    edge.failures = failuresBefore(count);
    edge.isLastFailure = (m_failures >> (count - 1) & 1) != 0;
}

template <typename Time>
size_t SpanTimes::walkIn(const Time *starts, SpanEdge *edges, size_t count, size_t begin,
                         size_t spans, qint64 until, size_t &slot) const
{
    size_t done = 0;
    for (; done < count && edges[done].time <= until; ++done) {
        SpanEdge &edge = edges[done];
        const qint64 offset = edge.time - m_begin;
        while (slot < spans && static_cast<qint64>(starts[slot]) < offset)
            ++slot;
        edge.started = begin + slot;
        complete(edge, slot);
    }
    return done;
}

size_t SpanTimes::walk(SpanEdge *edges, size_t count, size_t begin, size_t spans, qint64 until,
                       size_t &slot) const
{
    return m_wide ? walkIn(m_wide->start, edges, count, begin, spans, until, slot)
                  : walkIn(m_offsets->start, edges, count, begin, spans, until, slot);
}

void SpanTimes::prefetch(qint64 time) const
{
    const size_t before = partBefore(time - m_begin) * perPart;
    __builtin_prefetch(m_offsets->start + before);
    __builtin_prefetch(m_offsets->busy + before);
}

} // namespace Fanfare
