// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/timeline/filtermatches.h"
#include "desktop/timeline/lanelayout.h"

#include <optional>

namespace Fanfare {

enum class Direction : qint8 { Backward = -1, Forward = 1 };

/// Steps from span to span with the keyboard.
///
/// Threads: [gui].
class TimelineNavigator
{
public:
    TimelineNavigator(const TimelineTracks &tracks, const LaneLayout &lanes);

    /// The neighbor in the same row.
    std::optional<SpanPlace> neighbor(const SpanPlace &from, Direction direction) const;

    /// The span nearest in time in the next row or lane, below or above, that has one.
    std::optional<SpanPlace> rowNeighbor(const SpanPlace &from, Direction direction) const;
    std::optional<SpanPlace> laneNeighbor(const SpanPlace &from, Direction direction) const;

    /// The next failure of any lane by start, after \a from or after \a time.
    std::optional<SpanPlace> failure(const SpanPlace &from, Direction direction) const;
    std::optional<SpanPlace> failure(qint64 time, Direction direction) const;

    /// The next span of any lane by start that a filter asks for, after \a from or after \a time.
    std::optional<SpanPlace> match(const FilterMatches &matches, const SpanPlace &from,
                                   Direction direction) const;
    std::optional<SpanPlace> match(const FilterMatches &matches, qint64 time,
                                   Direction direction) const;

    /// The span nearest to \a time in the topmost row that has any.
    std::optional<SpanPlace> nearest(qint64 time) const;

private:
    struct Row
    {
        quint32 lane = 0;
        int row = 0;
        const SpanRow *spans = nullptr;
    };

    qint64 startOf(const SpanPlace &place) const;
    std::vector<Row> rows() const;    ///< those with spans, from top to bottom
    std::vector<Row> allRows() const; ///< likewise, with those of folded groups
    void addRows(quint32 lane, std::vector<Row> &rows) const;
    std::optional<SpanPlace> nearestIn(const Row &row, qint64 time) const;
    template <typename FindInRow>
    std::optional<SpanPlace> next(const SpanPlace &from, Direction direction, FindInRow find) const;
    template <typename FindInRow>
    std::optional<SpanPlace> next(qint64 time, Direction direction, FindInRow find) const;
    std::optional<SpanPlace> failureIn(const Row &row, size_t from, Direction direction) const;

    static std::optional<SpanPlace> matchIn(const FilterMatches &matches, const Row &row,
                                            size_t from, Direction direction);

    const TimelineTracks &m_tracks;
    const LaneLayout &m_lanes;
};

} // namespace Fanfare
