// SPDX-License-Identifier: MIT
#include "desktop/timeline/filtermatches.h"

#include <fanfare/base/clock.h>

#include <algorithm>
#include <bit>

namespace Fanfare {

FilterMatches::FilterMatches(SpanFilter filter, const RunModel &model,
                             const std::map<quint32, SpanFilter> &lanes)
    : m_matcher(std::move(filter), model)
{
    for (const auto &[lane, ofLane] : lanes)
        m_laneMatchers.emplace(lane, FilterMatcher(ofLane, model));
}

FilterMatcher *FilterMatches::matcherOf(quint32 lane)
{
    const auto found = m_laneMatchers.find(lane);
    return found != m_laneMatchers.end() ? &found->second : nullptr;
}

bool FilterMatches::matches(const OpenSpan &open, qint64 now)
{
    FilterMatcher *ofLane = open.task.started > 0 ? matcherOf(open.lane) : nullptr;
    return m_matcher.matches(open, now) && (!ofLane || ofLane->matches(open, now));
}

FilterMatches::Row &FilterMatches::rowAt(quint32 lane, size_t row)
{
    if (lane >= m_rows.size())
        m_rows.resize(lane + 1);
    if (row >= m_rows[lane].size())
        m_rows[lane].resize(row + 1);
    return m_rows[lane][row];
}

const FilterMatches::Row *FilterMatches::find(quint32 lane, int row) const
{
    const bool isKnown = lane < m_rows.size() && size_t(row) < m_rows[lane].size();
    return isKnown ? &m_rows[lane][size_t(row)] : nullptr;
}

/// Up to the end of the block in which the next unknown span lies.
void FilterMatches::addBlock(Row &row, const SpanRow &spans, quint32 lane)
{
    const size_t block = row.size / spanBlockSize;
    const size_t end = std::min(spans.size(), (block + 1) * spanBlockSize);
    while (row.bits.size() <= block) {
        const quint64 last = row.bits.empty() ? 0 : quint64(std::popcount(row.bits.back()));
        row.before.push_back(row.before.empty() ? 0 : row.before.back() + quint32(last));
        row.bits.push_back(0);
    }
    quint64 &bits = row.bits[block];
    const int known = std::popcount(bits);
    FilterMatcher *ofLane = matcherOf(lane);
    for (size_t at = std::max(row.size, spans.first()); at < end; ++at) {
        const bool isMatch =
            m_matcher.matches(spans, lane, at) && (!ofLane || ofLane->matches(spans, lane, at));
        bits |= quint64(isMatch) << at % spanBlockSize;
    }
    m_count += quint64(std::popcount(bits) - known);
    row.size = end;
}

bool FilterMatches::advance(const TimelineTracks &tracks, qint64 nanoseconds)
{
    constexpr int blocksBetweenLooks = 16; // at the clock
    const qint64 begin = MonotonicClock::now();
    int blocks = 0;
    bool isNew = !m_isDone;
    m_isDone = false;
    for (quint32 lane = 0; lane < tracks.lanes().size(); ++lane) {
        const std::vector<SpanRow> &rows = tracks.lanes()[lane].rows;
        for (size_t index = 0; index < rows.size(); ++index) {
            Row &row = rowAt(lane, index);
            while (row.size < rows[index].size()) {
                isNew = true;
                addBlock(row, rows[index], lane);
                if (++blocks % blocksBetweenLooks == 0
                    && MonotonicClock::now() - begin > nanoseconds)
                    return true;
            }
        }
    }
    m_isDone = true;
    return isNew;
}

bool FilterMatches::matches(const SpanRow &row, const SpanPlace &place)
{
    const Row *known = find(place.lane, place.row);
    if (!known || place.position >= known->size) {
        FilterMatcher *ofLane = matcherOf(place.lane);
        return m_matcher.matches(row, place.lane, place.position)
            && (!ofLane || ofLane->matches(row, place.lane, place.position));
    }
    return known->bits[place.position / spanBlockSize] >> place.position % spanBlockSize & 1U;
}

quint64 FilterMatches::countBefore(quint32 lane, int row, size_t end) const
{
    const Row *known = find(lane, row);
    if (!known || known->size == 0)
        return 0;
    const size_t position = std::min(end, known->size);
    const size_t block = position / spanBlockSize;
    if (block == known->bits.size())
        return known->before.back() + quint64(std::popcount(known->bits.back()));
    const quint64 mask = (quint64(1) << position % spanBlockSize) - 1;
    return known->before[block] + quint64(std::popcount(known->bits[block] & mask));
}

std::optional<size_t> FilterMatches::nextFrom(quint32 lane, int row, size_t position) const
{
    const Row *known = find(lane, row);
    if (!known || position >= known->size)
        return std::nullopt;
    const size_t block = position / spanBlockSize;
    const quint64 here = known->bits[block] >> position % spanBlockSize;
    if (here != 0)
        return position + size_t(std::countr_zero(here));
    // The block of the one after those that are before: sums grow, so that it can be searched for.
    const auto next =
        std::upper_bound(known->before.begin() + qsizetype(block) + 1, known->before.end(),
                         quint32(countBefore(lane, row, (block + 1) * spanBlockSize)));
    const size_t found = size_t(next - known->before.begin()) - 1;
    const quint64 bits = known->bits[found];
    if (found == block || bits == 0)
        return std::nullopt;
    return found * spanBlockSize + size_t(std::countr_zero(bits));
}

std::optional<size_t> FilterMatches::lastBefore(quint32 lane, int row, size_t position) const
{
    const Row *known = find(lane, row);
    const quint64 count = countBefore(lane, row, position);
    if (!known || count == 0)
        return std::nullopt;
    const auto next = std::lower_bound(known->before.begin(), known->before.end(), quint32(count));
    const size_t block = size_t(next - known->before.begin()) - 1;
    quint64 bits = known->bits[block];
    for (quint64 skipped = count - known->before[block] - 1; skipped > 0; --skipped)
        bits &= bits - 1; // without its lowest one
    return block * spanBlockSize + size_t(std::countr_zero(bits));
}

std::vector<bool> FilterMatches::columns(const TimelineTracks &tracks, const TimeAxis &axis,
                                         int width) const
{
    std::vector<bool> columns(size_t(std::max(0, width)));
    for (quint32 lane = 0; lane < tracks.lanes().size(); ++lane) {
        const std::vector<SpanRow> &rows = tracks.lanes()[lane].rows;
        for (size_t row = 0; row < rows.size(); ++row) {
            size_t started = rows[row].first();
            for (int x = 0; x < width; ++x) {
                if (columns[size_t(x)]) // another row has one there
                    continue;
                started = rows[row].startedBefore(axis.timeAt(x), started);
                const std::optional<size_t> next = nextFrom(lane, int(row), started);
                if (!next || *next >= rows[row].size())
                    break;
                x = std::max(x, int(std::floor(axis.xOf(rows[row].started(*next)))));
                if (x < width)
                    columns[size_t(x)] = true;
            }
        }
    }
    return columns;
}

} // namespace Fanfare
