// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/models/rowspan.h"
#include "desktop/models/spanarena.h"
#include "desktop/models/spanedge.h"

#include <array>

namespace Fanfare {

inline constexpr size_t spanBlockSize = 64;

/// Starts and running times of a block of spans, as offsets of 32 bits.
struct alignas(64) SpanOffsets
{
    quint32 start[spanBlockSize]; ///< after that of the block's first span
    quint32 busy[spanBlockSize];  ///< running time of the block's spans up to and with this one
};

/// The times of one block of a row: 8 bytes a span, or 24 where 32 bits are not enough. Takes one
/// line of the processor's cache, and a search in it one more of starts and one of running times.
///
/// Threads: [gui].
class alignas(64) SpanTimes
{
public:
    /// \a offsets is where to write; somebody else owns it.
    SpanTimes(qint64 begin, qint64 busyBefore, quint32 failuresBefore, SpanOffsets *offsets);

    /// Adds the span after \a slot others. \a arena is where this takes memory.
    void append(size_t slot, const RowSpan &span, SpanArena &arena);

    /// Gives back what append() has taken; nothing may be asked any more.
    void release(SpanArena &arena) { arena.giveBack(std::exchange(m_wide, nullptr)); }

    qint64 started(size_t slot) const
    {
        return m_begin + (m_wide ? m_wide->start[slot] : m_offsets->start[slot]);
    }
    qint64 busyBefore(size_t slot) const { return m_busyBefore + busyIn(slot); }
    quint32 failuresBefore(size_t slot) const;
    qint64 length(size_t slot) const { return busyIn(slot + 1) - busyIn(slot); }

    /// The lengths of \a count spans from \a slot on.
    void lengths(size_t slot, size_t count, qint64 *values) const;

    /// How many of the first \a count spans start before \a time.
    size_t startedBefore(qint64 time, size_t count) const;

    /// Fills in what is left of \a edge, before which the first \a count spans start; at least one.
    void complete(SpanEdge &edge, size_t count) const;

    /// The same for those of \a count edges, in order of time, up to and with \a until, by going
    /// through the first \a spans of this block, of which \a slot start before the first edge and
    /// at least one; \a begin is the position of the block. Returns how many edges, and moves
    /// \a slot on.
    size_t walk(SpanEdge *edges, size_t count, size_t begin, size_t spans, qint64 until,
                size_t &slot) const;

    /// Asks the processor for what a search for \a time will look at.
    void prefetch(qint64 time) const;

    /// The same for all lengths.
    void prefetchLengths() const
    {
        for (size_t i = 0; i < spanBlockSize; i += perPart)
            __builtin_prefetch(m_offsets->busy + i);
    }

    size_t longest() const { return m_longest; } ///< slot of the longest span
    quint32 longestHandler() const { return m_longestHandler; }
    qint64 begin() const { return m_begin; }
    size_t bytes() const { return m_wide ? sizeof(Wide) : 0; } ///< besides the offsets

private:
    struct Wide
    {
        qint64 start[spanBlockSize];
        qint64 busy[spanBlockSize];
    };

    qint64 busyIn(size_t slot) const
    {
        if (slot == 0)
            return 0;
        return m_wide ? m_wide->busy[slot - 1] : m_offsets->busy[slot - 1];
    }
    template <typename Time>
    size_t walkIn(const Time *starts, SpanEdge *edges, size_t count, size_t begin, size_t spans,
                  qint64 until, size_t &slot) const;
    void widen(size_t count, SpanArena &arena);
    size_t partBefore(qint64 offset) const;

    static constexpr size_t perPart = 16; ///< spans, whose starts fill a line of the cache
    static constexpr size_t parts = spanBlockSize / perPart;

    qint64 m_begin;
    qint64 m_busyBefore; ///< running time of the row before this block
    SpanOffsets *m_offsets;
    Wide *m_wide = nullptr;   ///< in the arena
    quint64 m_failures = 0;   ///< a bit for each span
    quint32 m_failuresBefore; ///< of the row before this block
    quint32 m_longestHandler = 0;
    std::array<quint32, parts - 1> m_partStarts; ///< first starts of all parts but the first
    quint8 m_longest = 0;
};
static_assert(sizeof(SpanTimes) == 64);

} // namespace Fanfare
