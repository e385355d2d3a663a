// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/models/spantimes.h"

namespace Fanfare {

/// All but the times of a block of spans: 14 bytes a span, and more only for what is there: CPU
/// times (4), what crossing a process border cost (12), values that do not fit (28).
///
/// Threads: [gui].
class SpanFacts
{
public:
    explicit SpanFacts(EmissionId first);

    /// Adds the facts of the span after \a slot others. \a arena is where this takes memory.
    void append(size_t slot, const RowSpan &span, SpanArena &arena);

    /// Gives back what append() has taken; nothing may be asked any more.
    void release(SpanArena &arena);

    /// Fills in everything but the start and the end of \a span, whose start is known.
    void read(size_t slot, RowSpan &span) const;

    Outcome outcome(size_t slot) const;
    quint32 handler(size_t slot) const { return m_wide ? m_wide->handler[slot] : m_handler[slot]; }
    TaskId task(size_t slot) const;
    qint64 wait(size_t slot) const { return m_wide ? m_wide->wait[slot] : m_wait[slot]; }
    quint32 sent(size_t slot) const { return m_crossing ? m_crossing->sent[slot] : 0; }
    quint32 replied(size_t slot) const { return m_crossing ? m_crossing->replied[slot] : 0; }
    void prefetchWaits() const
    {
        for (size_t i = 0; i < spanBlockSize; i += 64 / sizeof(quint32))
            __builtin_prefetch(m_wait + i);
    }
    void waits(size_t slot, size_t count, qint64 *values) const; ///< of \a count from \a slot on
    size_t bytes() const;                                        ///< of all that it has allocated

private:
    struct Cpu
    {
        quint32 time[spanBlockSize]; ///< ns; all ones: not measured
    };
    struct Crossing
    {
        quint32 sent[spanBlockSize];
        quint32 replied[spanBlockSize];
        quint32 memory[spanBlockSize];
    };
    struct Wide
    {
        quint64 emission[spanBlockSize];
        qint64 wait[spanBlockSize];
        qint64 cpu[spanBlockSize];
        quint32 handler[spanBlockSize];
    };

    bool fits(const RowSpan &span) const;
    void widen(size_t count, SpanArena &arena);
    qint64 cpu(size_t slot) const;

    quint64 m_emissionBase;
    Cpu *m_cpu = nullptr; // these three: in the arena
    Crossing *m_crossing = nullptr;
    Wide *m_wide = nullptr;
    quint32 m_wait[spanBlockSize]; ///< from queued to started
    quint32 m_emission[spanBlockSize];
    quint16 m_index[spanBlockSize]; ///< of the task in its emission
    quint16 m_handler[spanBlockSize];
    quint8 m_state[spanBlockSize]; ///< bits 0-2 outcome, 3 odd, 4-7 attempt
};

} // namespace Fanfare
