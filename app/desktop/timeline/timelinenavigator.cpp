// SPDX-License-Identifier: MIT
#include "desktop/timeline/timelinenavigator.h"

#include <algorithm>
#include <tuple>

namespace Fanfare {

TimelineNavigator::TimelineNavigator(const TimelineTracks &tracks, const LaneLayout &lanes)
    : m_tracks(tracks)
    , m_lanes(lanes)
{
}

qint64 TimelineNavigator::startOf(const SpanPlace &place) const
{
    return m_tracks.row(place.lane, place.row).started(place.position);
}

void TimelineNavigator::addRows(quint32 lane, std::vector<Row> &rows) const
{
    if (lane >= m_tracks.lanes().size())
        return;
    int row = 0;
    for (const SpanRow &spans : m_tracks.lanes()[lane].rows) {
        if (!spans.isEmpty())
            rows.push_back({lane, row, &spans});
        ++row;
    }
}

std::vector<TimelineNavigator::Row> TimelineNavigator::rows() const
{
    std::vector<Row> rows;
    for (const LanePlace &place : m_lanes.places())
        addRows(place.lane, rows);
    return rows;
}

std::vector<TimelineNavigator::Row> TimelineNavigator::allRows() const
{
    std::vector<Row> rows;
    for (const quint32 lane : m_lanes.order())
        addRows(lane, rows);
    return rows;
}

std::optional<SpanPlace> TimelineNavigator::neighbor(const SpanPlace &from,
                                                     Direction direction) const
{
    const std::vector<SpanRow> &rows = m_tracks.lanes()[from.lane].rows;
    SpanPlace place = from;
    if (direction == Direction::Backward
            ? from.position <= rows[static_cast<size_t>(from.row)].first()
            : from.position + 1 >= rows[static_cast<size_t>(from.row)].size())
        return std::nullopt;
    place.position += direction == Direction::Forward ? 1 : size_t(-1);
    return place;
}

std::optional<SpanPlace> TimelineNavigator::nearestIn(const Row &row, qint64 time) const
{
    const size_t after = std::min(row.spans->startedBefore(time), row.spans->size() - 1);
    const auto distance = [&](size_t at) {
        return std::max<qint64>({0, row.spans->started(at) - time, time - row.spans->finished(at)});
    };
    const size_t best =
        after > row.spans->first() && distance(after - 1) <= distance(after) ? after - 1 : after;
    return SpanPlace{row.lane, row.row, best};
}

std::optional<SpanPlace> TimelineNavigator::rowNeighbor(const SpanPlace &from,
                                                        Direction direction) const
{
    const std::vector<Row> all = rows();
    const auto here = std::find_if(all.begin(), all.end(), [&from](const Row &row) {
        return row.lane == from.lane && row.row == from.row;
    });
    const auto last = direction == Direction::Forward ? std::prev(all.end()) : all.begin();
    if (here == all.end() || here == last)
        return std::nullopt;
    return nearestIn(*(here + static_cast<int>(direction)), startOf(from));
}

std::optional<SpanPlace> TimelineNavigator::laneNeighbor(const SpanPlace &from,
                                                         Direction direction) const
{
    std::vector<Row> heads; // the first row of each lane
    for (const Row &row : rows()) {
        if (heads.empty() || heads.back().lane != row.lane)
            heads.push_back(row);
    }
    const auto here = std::find_if(heads.begin(), heads.end(),
                                   [&from](const Row &row) { return row.lane == from.lane; });
    const auto last = direction == Direction::Forward ? std::prev(heads.end()) : heads.begin();
    if (here == heads.end() || here == last)
        return std::nullopt;
    return nearestIn(*(here + static_cast<int>(direction)), startOf(from));
}

std::optional<SpanPlace> TimelineNavigator::failureIn(const Row &row, size_t from,
                                                      Direction direction) const
{
    const SpanRow &spans = *row.spans;
    const quint32 before = spans.failuresAmong(from);
    const bool isForward = direction == Direction::Forward;
    if (isForward ? spans.failuresAmong(spans.size()) == before
                  : before == spans.failuresAmong(spans.first()))
        return std::nullopt;
    const quint32 wanted = isForward ? before + 1 : before; // the n-th failure of the row
    size_t low = isForward
        ? from + 1
        : spans.first() + 1; // the smallest count that has so many lies in [low, high]
    size_t high = isForward ? spans.size() : from;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (spans.failuresAmong(middle) >= wanted)
            high = middle;
        else
            low = middle + 1;
    }
    return SpanPlace{row.lane, row.row, low - 1};
}

/// \a find gives the position in a row of the first one from a position on, or of the last before.
template <typename FindInRow>
std::optional<SpanPlace> TimelineNavigator::next(const SpanPlace &from, Direction direction,
                                                 FindInRow find) const
{
    // Spans of one moment (an engine that died) are walked from top to bottom.
    const bool isForward = direction == Direction::Forward;
    const qint64 time = startOf(from);
    const std::vector<Row> all = allRows();
    std::optional<std::tuple<qint64, size_t, SpanPlace>> best;
    bool isBelow = false;
    for (size_t i = 0; i < all.size(); ++i) {
        const bool isHere = all[i].lane == from.lane && all[i].row == from.row;
        const bool takesSame = isBelow == isForward;
        size_t start = all[i].spans->startedBefore(isForward != takesSame ? time + 1 : time);
        if (isHere)
            start = isForward ? from.position + 1 : from.position;
        isBelow = isBelow || isHere;
        const std::optional<SpanPlace> found = find(all[i], start);
        if (!found)
            continue;
        const std::tuple candidate(startOf(*found), i, *found);
        const auto key = [](const auto &entry) {
            return std::pair(std::get<0>(entry), std::get<1>(entry));
        };
        if (!best || (isForward ? key(candidate) < key(*best) : key(candidate) > key(*best)))
            best = candidate;
    }
    return best ? std::optional(std::get<2>(*best)) : std::nullopt;
}

template <typename FindInRow>
std::optional<SpanPlace> TimelineNavigator::next(qint64 time, Direction direction,
                                                 FindInRow find) const
{
    std::optional<SpanPlace> best;
    for (const Row &row : allRows()) {
        const std::optional<SpanPlace> found = find(row, row.spans->startedBefore(time));
        if (!found)
            continue;
        const qint64 started = startOf(*found);
        if (!best
            || (direction == Direction::Forward ? started < startOf(*best)
                                                : started > startOf(*best)))
            best = found;
    }
    return best;
}

std::optional<SpanPlace> TimelineNavigator::failure(const SpanPlace &from,
                                                    Direction direction) const
{
    return next(from, direction,
                [&](const Row &row, size_t at) { return failureIn(row, at, direction); });
}

std::optional<SpanPlace> TimelineNavigator::failure(qint64 time, Direction direction) const
{
    return next(time, direction,
                [&](const Row &row, size_t at) { return failureIn(row, at, direction); });
}

std::optional<SpanPlace> TimelineNavigator::matchIn(const FilterMatches &matches, const Row &row,
                                                    size_t from, Direction direction)
{
    const std::optional<size_t> position = direction == Direction::Forward
        ? matches.nextFrom(row.lane, row.row, from)
        : matches.lastBefore(row.lane, row.row, from);
    const bool isKept =
        position && *position >= row.spans->first() && *position < row.spans->size();
    return isKept ? std::optional(SpanPlace{row.lane, row.row, *position}) : std::nullopt;
}

std::optional<SpanPlace> TimelineNavigator::match(const FilterMatches &matches,
                                                  const SpanPlace &from, Direction direction) const
{
    return next(from, direction,
                [&](const Row &row, size_t at) { return matchIn(matches, row, at, direction); });
}

std::optional<SpanPlace> TimelineNavigator::match(const FilterMatches &matches, qint64 time,
                                                  Direction direction) const
{
    return next(time, direction,
                [&](const Row &row, size_t at) { return matchIn(matches, row, at, direction); });
}

std::optional<SpanPlace> TimelineNavigator::nearest(qint64 time) const
{
    const std::vector<Row> all = rows();
    return all.empty() ? std::nullopt : nearestIn(all.front(), time);
}

} // namespace Fanfare
