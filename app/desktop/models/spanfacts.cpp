// SPDX-License-Identifier: MIT
#include "desktop/models/spanfacts.h"

#include <algorithm>
#include <limits>

namespace Fanfare {

namespace {

constexpr quint32 notMeasured = std::numeric_limits<quint32>::max();
constexpr quint64 halfRange = quint64(1) << 31; // emissions of neighbors come in any order
constexpr quint8 oddBit = 8;
constexpr int attemptShift = 4;
constexpr quint8 mostAttempts = 15; // more are told as so many

quint8 stateOf(const RowSpan &span)
{
    const auto attempt = static_cast<quint8>(std::min(span.attempt, mostAttempts));
    return static_cast<quint8>(static_cast<quint8>(span.outcome) | (span.isOdd ? oddBit : 0)
                               | attempt << attemptShift);
}

bool isShort(qint64 time)
{
    return time >= 0 && time < qint64(notMeasured);
}

} // namespace

SpanFacts::SpanFacts(EmissionId first)
    : m_emissionBase(number(first) > halfRange ? number(first) - halfRange : 0)
{
}

bool SpanFacts::fits(const RowSpan &span) const
{
    const quint64 emission = number(span.task.emission) - m_emissionBase; // wraps when below
    return emission <= std::numeric_limits<quint32>::max() && isShort(span.started - span.queued)
        && (span.cpu < 0 || isShort(span.cpu))
        && span.handler <= std::numeric_limits<quint16>::max();
}

void SpanFacts::append(size_t slot, const RowSpan &span, SpanArena &arena)
{
    if (!m_wide && !fits(span))
        widen(slot, arena);
    if (m_wide) {
        m_wide->emission[slot] = number(span.task.emission);
        m_wide->wait[slot] = span.started - span.queued;
        m_wide->cpu[slot] = span.cpu;
        m_wide->handler[slot] = span.handler;
    } else {
        m_emission[slot] = static_cast<quint32>(number(span.task.emission) - m_emissionBase);
        m_wait[slot] = static_cast<quint32>(span.started - span.queued);
        m_handler[slot] = static_cast<quint16>(span.handler);
        if (!m_cpu && span.cpu >= 0) {
            m_cpu = arena.make<Cpu>();
            std::fill_n(m_cpu->time, spanBlockSize, notMeasured);
        }
        if (m_cpu)
            m_cpu->time[slot] = span.cpu < 0 ? notMeasured : static_cast<quint32>(span.cpu);
    }
    m_index[slot] = span.task.index;
    m_state[slot] = stateOf(span);
    if (!m_crossing && (span.sentBefore | span.repliedAfter | span.peakMemory) != 0)
        m_crossing = arena.make<Crossing>();
    if (!m_crossing)
        return;
    m_crossing->sent[slot] = span.sentBefore;
    m_crossing->replied[slot] = span.repliedAfter;
    m_crossing->memory[slot] = span.peakMemory;
}

void SpanFacts::release(SpanArena &arena)
{
    arena.giveBack(std::exchange(m_cpu, nullptr));
    arena.giveBack(std::exchange(m_crossing, nullptr));
    arena.giveBack(std::exchange(m_wide, nullptr));
}

void SpanFacts::widen(size_t count, SpanArena &arena)
{
    auto *wide = arena.make<Wide>();
    for (size_t slot = 0; slot < count; ++slot) {
        wide->emission[slot] = m_emissionBase + m_emission[slot];
        wide->wait[slot] = m_wait[slot];
        wide->cpu[slot] = cpu(slot);
        wide->handler[slot] = m_handler[slot];
    }
    m_wide = wide;
    arena.giveBack(std::exchange(m_cpu, nullptr));
}

qint64 SpanFacts::cpu(size_t slot) const
{
    if (m_wide)
        return m_wide->cpu[slot];
    return m_cpu && m_cpu->time[slot] != notMeasured ? qint64(m_cpu->time[slot]) : -1;
}

Outcome SpanFacts::outcome(size_t slot) const
{
    return static_cast<Outcome>(m_state[slot] % oddBit);
}

void SpanFacts::waits(size_t slot, size_t count, qint64 *values) const
{
    if (m_wide)
        std::copy_n(m_wide->wait + slot, count, values);
    else
        std::copy_n(m_wait + slot, count, values);
}

TaskId SpanFacts::task(size_t slot) const
{
    const quint64 emission = m_wide ? m_wide->emission[slot] : m_emissionBase + m_emission[slot];
    return {EmissionId{emission}, m_index[slot]};
}

void SpanFacts::read(size_t slot, RowSpan &span) const
{
    span.queued = span.started - wait(slot);
    span.task = task(slot);
    span.handler = handler(slot);
    span.outcome = outcome(slot);
    span.isOdd = (m_state[slot] & oddBit) != 0;
    span.attempt = static_cast<quint8>(m_state[slot] >> attemptShift);
    span.cpu = cpu(slot);
    if (!m_crossing)
        return;
    span.sentBefore = m_crossing->sent[slot];
    span.repliedAfter = m_crossing->replied[slot];
    span.peakMemory = m_crossing->memory[slot];
}

size_t SpanFacts::bytes() const
{
    return sizeof(*this) + (m_cpu ? sizeof(Cpu) : 0) + (m_crossing ? sizeof(Crossing) : 0)
        + (m_wide ? sizeof(Wide) : 0);
}

} // namespace Fanfare
