// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/timeline/filtermatcher.h"

#include <map>

namespace Fanfare {

/// Which spans a filter asks for: a bit for each, and sums over blocks, so that any range is
/// counted at once. Filled a bit in every frame; until then unknown spans count as not asked for.
///
/// Threads: [gui].
class FilterMatches
{
public:
    /// A task has to be what \a filter asks for, and what the filter of its lane does.
    FilterMatches(SpanFilter filter, const RunModel &model,
                  const std::map<quint32, SpanFilter> &lanes = {});

    /// Goes on for about \a nanoseconds. Returns whether there was something to do.
    bool advance(const TimelineTracks &tracks, qint64 nanoseconds);

    bool isDone() const { return m_isDone; }
    quint64 count() const { return m_count; } ///< of all that are asked for, so far

    bool matches(const SpanRow &row, const SpanPlace &place);
    bool matches(const OpenSpan &open, qint64 now);

    /// How many of the first \a end spans of a row are asked for.
    quint64 countBefore(quint32 lane, int row, size_t end) const;
    quint64 countBetween(quint32 lane, int row, size_t first, size_t end) const
    {
        return countBefore(lane, row, end) - countBefore(lane, row, first);
    }

    /// The next one of the row from \a position on, or the last one before it.
    std::optional<size_t> nextFrom(quint32 lane, int row, size_t position) const;
    std::optional<size_t> lastBefore(quint32 lane, int row, size_t position) const;

    /// Whether one of them starts in the column, for each of \a width columns of \a axis.
    std::vector<bool> columns(const TimelineTracks &tracks, const TimeAxis &axis, int width) const;

private:
    struct Row
    {
        std::vector<quint64> bits;   ///< of blocks of 64 positions
        std::vector<quint32> before; ///< in the blocks before
        size_t size = 0;             ///< positions that are known
    };

    Row &rowAt(quint32 lane, size_t row);
    const Row *find(quint32 lane, int row) const;
    FilterMatcher *matcherOf(quint32 lane); ///< null without a filter of its own
    void addBlock(Row &row, const SpanRow &spans, quint32 lane);

    FilterMatcher m_matcher;
    std::map<quint32, FilterMatcher> m_laneMatchers;
    std::vector<std::vector<Row>> m_rows; ///< by lane
    quint64 m_count = 0;
    bool m_isDone = false;
};

} // namespace Fanfare
