// SPDX-License-Identifier: MIT
#include "desktop/timeline/lanelayout.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

namespace Fanfare {

namespace {

constexpr int padding = 5; // above and below the rows of a lane
constexpr int minimumHeight = 32;

struct RowMetrics
{
    int upTo; ///< rows
    int pitch;
    int bar;
};

/// A single worker gets a bar that takes a label; thousands of concurrent tasks still get a row
/// each.
constexpr RowMetrics metrics[]{
    {1, 22, 22}, {3, 18, 17}, {8, 15, 14}, {24, 9, 8}, {64, 6, 5},
};
constexpr RowMetrics densest{0, 4, 3};

constexpr int lowestLabeled = 14; // pixels of a bar, with text that is not larger than planned

RowMetrics metricsFor(int rows, TextScale scale)
{
    for (const RowMetrics &step : metrics) {
        if (rows > step.upTo)
            continue;
        if (step.bar < lowestLabeled)
            return step;
        return {step.upTo, scale.of(step.pitch), scale.of(step.bar)};
    }
    return densest;
}

double scaleOf(LaneHeight height)
{
    return height == LaneHeight::Small ? 0.6 : height == LaneHeight::Large ? 1.8 : 1;
}

int scaled(int pixels, LaneHeight height)
{
    return static_cast<int>(std::lround(pixels * scaleOf(height)));
}

/// "thread 12" comes after "thread 2".
std::pair<QString, int> naturalKey(const QString &name)
{
    qsizetype digits = name.size();
    while (digits > 0 && name[digits - 1].isDigit())
        --digits;
    return {name.left(digits), name.mid(digits).toInt()};
}

bool comesBefore(const LaneEntry &a, const LaneEntry &b)
{
    // Lanes without a worker hold what was lost or refused; they come last. The lanes of a group
    // stand together.
    const auto groupOf = [](const LaneEntry &lane) {
        const std::optional<LaneGroup> group = laneGroup(lane);
        return std::pair(!group, naturalKey(group ? group->host : QString()));
    };
    return std::tuple(!a.hasWorker(), a.kind, groupOf(a), naturalKey(a.name))
        < std::tuple(!b.hasWorker(), b.kind, groupOf(b), naturalKey(b.name));
}

/// The places of lanes in the order that the user gave them, and of groups: that of their first.
class SequenceRanks
{
public:
    SequenceRanks(const RunModel &model, const std::vector<quint32> &sequence)
        : m_lanes(static_cast<size_t>(model.laneCount()), sequence.size())
    {
        for (size_t rank = sequence.size(); rank-- > 0;) {
            const quint32 lane = sequence[rank];
            if (lane >= m_lanes.size())
                continue;
            m_lanes[lane] = rank;
            if (const std::optional<LaneGroup> group = laneGroup(model.lane(lane)))
                m_groups[*group] = rank;
        }
        m_last = sequence.size();
    }

    std::pair<size_t, size_t> of(quint32 lane, const LaneEntry &entry) const
    {
        const std::optional<LaneGroup> group = laneGroup(entry);
        const auto found = group ? m_groups.find(*group) : m_groups.end();
        const size_t block = found != m_groups.end() ? found->second
            : group                                  ? m_last
                                                     : m_lanes[lane];
        return {block, m_lanes[lane]};
    }

private:
    std::vector<size_t> m_lanes;
    std::map<LaneGroup, size_t> m_groups;
    size_t m_last = 0;
};

} // namespace

void LaneLayout::sortLanes(const RunModel &model)
{
    m_laneCount = model.laneCount();
    m_order.clear();
    for (quint32 lane = 0; lane < static_cast<quint32>(m_laneCount); ++lane) {
        if (!m_arrangement.isHidden(lane))
            m_order.push_back(lane);
    }
    m_hiddenCount = m_laneCount - static_cast<int>(m_order.size());
    const SequenceRanks ranks(model, m_arrangement.sequence());
    const auto keyOf = [&](quint32 lane) {
        const bool isPinned = m_arrangement.isPinned(lane);
        const auto [block, rank] = ranks.of(lane, model.lane(lane));
        return std::tuple(!isPinned, isPinned ? rank : block, rank);
    };
    std::ranges::stable_sort(m_order, [&](quint32 a, quint32 b) {
        if (keyOf(a) != keyOf(b))
            return keyOf(a) < keyOf(b);
        return comesBefore(model.lane(a), model.lane(b));
    });
    placeLanes(model);
}

GroupPlace *LaneLayout::groupFor(const LaneGroup &group)
{
    const auto found = std::ranges::find(m_groups, group, &GroupPlace::group);
    if (found != m_groups.end())
        return &*found;
    m_groups.push_back({.group = group, .isFolded = m_arrangement.isFolded(group)});
    return &m_groups.back();
}

/// Gives lanes places of their own, or one together with others.
void LaneLayout::placeLanes(const RunModel &model)
{
    m_places.clear();
    m_groups.clear();
    m_stack.clear();
    for (const quint32 lane : m_order) {
        if (const std::optional<LaneGroup> group = laneGroup(model.lane(lane)))
            groupFor(*group)->lanes.push_back(lane);
    }
    const bool isOneLane = m_groups.size() == 1 && m_groups[0].lanes.size() == 1;
    const bool hasHeaders = m_headers == GroupHeaders::Shown && !isOneLane;
    std::erase_if(m_groups,
                  [&](const GroupPlace &group) { return !group.isFolded && !hasHeaders; });
    std::vector<bool> isStacked(m_groups.size());
    for (const quint32 lane : m_order) {
        const std::optional<LaneGroup> group = laneGroup(model.lane(lane));
        const auto found =
            group ? std::ranges::find(m_groups, *group, &GroupPlace::group) : m_groups.end();
        const bool isPinned = m_arrangement.isPinned(lane);
        const bool isInGroup = found != m_groups.end() && !isPinned;
        const auto index = static_cast<size_t>(found - m_groups.begin());
        if (isInGroup && !isStacked[index]) {
            isStacked[index] = true;
            m_stack.push_back({true, index});
        }
        if (isInGroup && found->isFolded)
            continue;
        m_stack.push_back({false, m_places.size()});
        m_places.push_back({.lane = lane, .isPinned = isPinned, .isInGroup = isInGroup});
    }
}

void LaneLayout::update(const RunModel &model, const TimelineTracks &tracks, int available,
                        const LaneArrangement &arrangement, GroupHeaders headers, TextScale scale)
{
    if (m_laneCount != model.laneCount() || arrangement != m_arrangement || headers != m_headers) {
        m_arrangement = arrangement;
        m_headers = headers;
        sortLanes(model);
    }
    m_scale = scale;
    for (LanePlace &place : m_places) {
        const bool isKnown = place.lane < tracks.lanes().size();
        place.rows = isKnown ? std::max(1, tracks.lanes()[place.lane].rowCount) : 1;
    }
    constexpr int roomy = 4;
    constexpr int thin = 1;
    stack(roomy);
    if (contentHeight() > available)
        stack(thin);
}

void LaneLayout::stack(int thinning)
{
    m_height = 0;
    for (const Entry &entry : m_stack) {
        if (entry.isGroup)
            stackGroup(m_groups[entry.index]);
        else
            stackLane(m_places[entry.index], thinning);
    }
}

void LaneLayout::stackGroup(GroupPlace &group)
{
    const int bar = m_scale.of(26);
    group.y = m_height;
    group.bar = group.isFolded ? bar : 0;
    group.height = group.isFolded ? bar + 2 * padding : m_scale.of(groupHeaderHeight);
    group.barY = group.y + (group.height - group.bar) / 2;
    m_height += group.height;
}

void LaneLayout::stackLane(LanePlace &place, int thinning)
{
    const int rows = place.rows == 1 ? 1 : std::max(2, place.rows / thinning);
    const RowMetrics row = metricsFor(rows, m_scale);
    const LaneHeight height = m_arrangement.height(place.lane);
    place.y = m_height;
    place.pitch = std::max(2, scaled(row.pitch, height));
    place.bar = std::max(1, scaled(row.bar, height));
    const int used = (place.rows - 1) * place.pitch + place.bar;
    place.height = std::max(scaled(m_scale.of(minimumHeight), height), used + 2 * padding);
    place.firstRow = place.y + (place.height - used) / 2;
    m_height += place.height;
}

int LaneLayout::pinnedHeight() const
{
    int height = 0;
    for (const LanePlace &place : m_places)
        height += place.isPinned ? place.height : 0;
    return height;
}

const GroupPlace *LaneLayout::groupInView(int y, int scroll) const
{
    if (y < pinnedHeight())
        return nullptr;
    const auto found = std::ranges::find_if(m_groups, [at = y + scroll](const GroupPlace &group) {
        return at >= group.y && at < group.y + group.height;
    });
    return found == m_groups.end() ? nullptr : &*found;
}

const GroupPlace *LaneLayout::foldedGroupOf(quint32 lane) const
{
    const auto found = std::ranges::find_if(m_groups, [lane](const GroupPlace &group) {
        return group.isFolded && std::ranges::find(group.lanes, lane) != group.lanes.end();
    });
    return found == m_groups.end() ? nullptr : &*found;
}

const LanePlace *LaneLayout::placeInView(int y, int scroll) const
{
    return placeAt(y < pinnedHeight() ? y : y + scroll);
}

const LanePlace *LaneLayout::placeOf(quint32 lane) const
{
    const auto found = std::find_if(m_places.begin(), m_places.end(),
                                    [lane](const LanePlace &place) { return place.lane == lane; });
    return found == m_places.end() ? nullptr : &*found;
}

const LanePlace *LaneLayout::placeAt(int y) const
{
    const auto below =
        std::upper_bound(m_places.begin(), m_places.end(), y,
                         [](int at, const LanePlace &place) { return at < place.y; });
    if (below == m_places.begin())
        return nullptr;
    const LanePlace &place = *std::prev(below);
    return y < place.y + place.height ? &place : nullptr;
}

} // namespace Fanfare
