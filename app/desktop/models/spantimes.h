// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/models/rowspan.h"
#include "desktop/models/spanarena.h"
#include "desktop/models/spanedge.h"

#include <array>

namespace Fanfare {

inline constexpr size_t spanBlockSize = 64;

/// Starts and running times of a block of spans, as offsets of 32 bits: those of eight spans share
/// a line of the processor's cache.
struct SpanOffsets
{
    static constexpr size_t perPart = 8;
    static constexpr size_t partCount = spanBlockSize / perPart;

    struct alignas(64) Part
    {
        quint32 starts[perPart]; ///< after that of the block's first span
        quint32 busy[perPart];   ///< running time of the block's spans up to and with this one
    };

    quint32 &start(size_t slot) { return parts[slot / perPart].starts[slot % perPart]; }
    quint32 start(size_t slot) const { return parts[slot / perPart].starts[slot % perPart]; }
    quint32 &busy(size_t slot) { return parts[slot / perPart].busy[slot % perPart]; }
    quint32 busy(size_t slot) const { return parts[slot / perPart].busy[slot % perPart]; }

    Part parts[partCount];
};

/// The same with 64 bits, where 32 are not enough.
struct WideSpanOffsets
{
    qint64 &start(size_t slot) { return starts[slot]; }
    qint64 start(size_t slot) const { return starts[slot]; }
    qint64 &busy(size_t slot) { return sums[slot]; }
    qint64 busy(size_t slot) const { return sums[slot]; }

    qint64 starts[spanBlockSize];
    qint64 sums[spanBlockSize];
};

/// The times of one block of a row: 8 bytes a span, or 24 where 32 bits are not enough. Takes one
/// line of the processor's cache, and a search in it one more. When the block begins is known by
/// its owner, who asks: an offset is the time since then, in nanoseconds.
///
/// Threads: [gui].
class alignas(64) SpanTimes
{
public:
    /// \a offsets is where to write; somebody else owns it.
    SpanTimes(qint64 busyBefore, quint32 failuresBefore, SpanOffsets *offsets);

    /// Adds the span after \a slot others, which starts at \a offset. \a arena is where this takes
    /// memory.
    void append(size_t slot, qint64 offset, const RowSpan &span, SpanArena &arena);

    /// Gives back what append() has taken; nothing may be asked any more.
    void release(SpanArena &arena);

    qint64 offset(size_t slot) const
    {
        return m_isWide ? m_wide->start(slot) : m_offsets->start(slot); // of the start
    }
    qint64 busyBefore(size_t slot) const { return m_busyBefore + busyIn(slot); }
    quint32 failuresBefore(size_t slot) const;
    qint64 length(size_t slot) const { return busyIn(slot + 1) - busyIn(slot); }

    /// The lengths of \a count spans from \a slot on.
    void lengths(size_t slot, size_t count, qint64 *values) const;

    /// How many of the first \a count spans start before \a offset.
    size_t startedBefore(qint64 offset, size_t count) const;

    /// Fills in what is left of \a edge, before which the first \a count spans start, at least one;
    /// the block begins at \a begin.
    void complete(SpanEdge &edge, qint64 begin, size_t count) const;

    /// The same for those of \a count edges, in order of time, up to and with \a until, by going
    /// through the first \a spans of this block, of which \a slot start before the first edge and
    /// at least one; \a position is that of the block. Returns how many edges, and moves \a slot
    /// on.
    size_t walk(SpanEdge *edges, size_t count, qint64 begin, size_t position, size_t spans,
                qint64 until, size_t &slot) const;

    /// Asks the processor for what a search for \a offset will look at.
    void prefetch(qint64 offset) const
    {
        if (!m_isWide)
            __builtin_prefetch(&m_offsets->parts[partBefore(offset)]);
    }

    /// The same for all lengths.
    void prefetchLengths() const
    {
        for (size_t i = 0; !m_isWide && i < SpanOffsets::partCount; ++i)
            __builtin_prefetch(&m_offsets->parts[i]);
    }

    size_t longest() const { return m_longest; } ///< slot of the longest span
    quint32 longestHandler() const { return m_longestHandler; }
    size_t bytes() const { return m_isWide ? sizeof(WideSpanOffsets) : 0; } ///< besides the offsets

private:
    qint64 busyIn(size_t slot) const
    {
        if (slot == 0)
            return 0;
        return m_isWide ? m_wide->busy(slot - 1) : m_offsets->busy(slot - 1);
    }
    template <typename Offsets>
    size_t walkIn(const Offsets &offsets, SpanEdge *edges, size_t count, qint64 begin,
                  size_t position, size_t spans, qint64 until, size_t &slot) const;
    void widen(size_t count, SpanArena &arena);
    size_t partBefore(qint64 offset) const;

    union
    {
        SpanOffsets *m_offsets;
        WideSpanOffsets *m_wide; ///< in the arena
    };
    qint64 m_busyBefore;    ///< running time of the row before this block
    quint64 m_failures = 0; ///< a bit for each span
    std::array<quint32, SpanOffsets::partCount - 1> m_partStarts; ///< of all parts but the first
    quint32 m_failuresBefore;                                     ///< of the row before this block
    quint32 m_longestHandler = 0;
    quint8 m_longest = 0;
    bool m_isWide = false;
};
static_assert(sizeof(SpanTimes) == 64 && sizeof(SpanOffsets) == 8 * spanBlockSize);

} // namespace Fanfare
