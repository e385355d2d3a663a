// SPDX-License-Identifier: MIT
#include "desktop/models/spantimes.h"

#include <algorithm>
#include <bit>
#include <limits>

namespace Fanfare {

static constexpr qint64 largestOffset = std::numeric_limits<quint32>::max();

SpanTimes::SpanTimes(qint64 busyBefore, quint32 failuresBefore, SpanOffsets *offsets)
    : m_offsets(offsets)
    , m_busyBefore(busyBefore)
    , m_failuresBefore(failuresBefore)
{
    m_partStarts.fill(std::numeric_limits<quint32>::max()); // no span starts after that
}

void SpanTimes::append(size_t slot, qint64 offset, const RowSpan &span, SpanArena &arena)
{
    const qint64 length = span.finished - span.started;
    const qint64 busy = busyIn(slot) + length;
    if (!m_isWide && (offset > largestOffset || busy > largestOffset))
        widen(slot, arena);
    if (m_isWide) {
        m_wide->start(slot) = offset;
        m_wide->busy(slot) = busy;
    } else {
        m_offsets->start(slot) = static_cast<quint32>(offset);
        m_offsets->busy(slot) = static_cast<quint32>(busy);
        if (slot % SpanOffsets::perPart == 0 && slot > 0)
            m_partStarts[slot / SpanOffsets::perPart - 1] = static_cast<quint32>(offset);
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
    auto wide = arena.make<WideSpanOffsets>();
    for (size_t slot = 0; slot < count; ++slot) {
        wide->start(slot) = m_offsets->start(slot);
        wide->busy(slot) = m_offsets->busy(slot);
    }
    m_wide = wide;
    m_isWide = true;
}

void SpanTimes::release(SpanArena &arena)
{
    if (m_isWide)
        arena.giveBack(m_wide);
    m_offsets = nullptr;
    m_isWide = false;
}

template <typename Offsets>
static void differences(const Offsets &offsets, size_t slot, size_t count, qint64 *values)
{
    auto before = slot > 0 ? offsets.busy(slot - 1) : 0;
    for (size_t i = 0; i < count; ++i) {
        const auto busy = offsets.busy(slot + i);
        values[i] = static_cast<qint64>(busy - before);
        before = busy;
    }
}

void SpanTimes::lengths(size_t slot, size_t count, qint64 *values) const
{
    if (m_isWide)
        differences(*m_wide, slot, count, values);
    else
        differences(*m_offsets, slot, count, values);
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

/// All of a part, which takes no guess.
static size_t countBefore(const SpanOffsets::Part &part, quint32 offset)
{
    quint32 count = 0;
    for (const quint32 start : part.starts)
        count += start < offset ? 1 : 0;
    return count;
}

size_t SpanTimes::startedBefore(qint64 offset, size_t count) const
{
    if (offset <= 0)
        return 0;
    if (m_isWide)
        return countBefore(m_wide->starts, count, offset);
    if (offset > largestOffset)
        return count;
    const size_t part = partBefore(offset);
    const size_t before = part * SpanOffsets::perPart;
    if (before >= count) // of a picture that stands still while the block grows
        return count;
    const SpanOffsets::Part &offsets = m_offsets->parts[part];
    const auto narrow = static_cast<quint32>(offset);
    if (count == spanBlockSize)
        return before + countBefore(offsets, narrow);
    return before
        + countBefore(offsets.starts, std::min(SpanOffsets::perPart, count - before), narrow);
}

void SpanTimes::complete(SpanEdge &edge, qint64 begin, size_t count) const
{
    const qint64 before = busyIn(count - 1);
    const qint64 busy = busyIn(count);
    edge.lastLength = busy - before;
    edge.lastFinish = begin + offset(count - 1) + edge.lastLength;
    edge.busy = m_busyBefore + busy - std::max<qint64>(0, edge.lastFinish - edge.time);
    edge.failures = m_failuresBefore;
    if (m_failures == 0) // of nearly all blocks
        return;
    edge.failures = failuresBefore(count);
    edge.isLastFailure = (m_failures >> (count - 1) & 1) != 0;
}

template <typename Offsets>
size_t SpanTimes::walkIn(const Offsets &offsets, SpanEdge *edges, size_t count, qint64 begin,
                         size_t position, size_t spans, qint64 until, size_t &slot) const
{
    size_t done = 0;
    for (; done < count && edges[done].time <= until; ++done) {
        SpanEdge &edge = edges[done];
        const qint64 offset = edge.time - begin;
        while (slot < spans && static_cast<qint64>(offsets.start(slot)) < offset)
            ++slot;
        edge.started = position + slot;
        complete(edge, begin, slot);
    }
    return done;
}

size_t SpanTimes::walk(SpanEdge *edges, size_t count, qint64 begin, size_t position, size_t spans,
                       qint64 until, size_t &slot) const
{
    return m_isWide ? walkIn(*m_wide, edges, count, begin, position, spans, until, slot)
                    : walkIn(*m_offsets, edges, count, begin, position, spans, until, slot);
}

} // namespace Fanfare
