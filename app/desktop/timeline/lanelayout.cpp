// SPDX-License-Identifier: MIT
#include "desktop/timeline/lanelayout.h"

#include <algorithm>
#include <cmath>
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

RowMetrics metricsFor(int rows)
{
    for (const RowMetrics &step : metrics) {
        if (rows <= step.upTo)
            return step;
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
    // Lanes without a worker hold what was lost or refused; they come last.
    return std::tuple(!a.hasWorker(), a.kind, naturalKey(a.name))
        < std::tuple(!b.hasWorker(), b.kind, naturalKey(b.name));
}

} // namespace

void LaneLayout::sortLanes(const RunModel &model)
{
    m_laneCount = model.laneCount();
    m_places.clear();
    for (quint32 lane = 0; lane < static_cast<quint32>(m_laneCount); ++lane) {
        if (!m_arrangement.isHidden(lane))
            m_places.push_back({.lane = lane, .isPinned = m_arrangement.isPinned(lane)});
    }
    std::ranges::stable_sort(m_places, [&](const LanePlace &a, const LanePlace &b) {
        const auto keyOf = [this](const LanePlace &place) {
            return std::pair(!place.isPinned, m_arrangement.rank(place.lane));
        };
        if (keyOf(a) != keyOf(b))
            return keyOf(a) < keyOf(b);
        return comesBefore(model.lane(a.lane), model.lane(b.lane));
    });
}

void LaneLayout::update(const RunModel &model, const TimelineTracks &tracks, int available,
                        const LaneArrangement &arrangement)
{
    if (m_laneCount != model.laneCount() || arrangement != m_arrangement) {
        m_arrangement = arrangement;
        sortLanes(model);
    }
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
    int y = 0;
    for (LanePlace &place : m_places) {
        const RowMetrics row = metricsFor(place.rows == 1 ? 1 : std::max(2, place.rows / thinning));
        const LaneHeight height = m_arrangement.height(place.lane);
        place.y = y;
        place.pitch = std::max(2, scaled(row.pitch, height));
        place.bar = std::max(1, scaled(row.bar, height));
        const int used = (place.rows - 1) * place.pitch + place.bar;
        place.height = std::max(scaled(minimumHeight, height), used + 2 * padding);
        place.firstRow = y + (place.height - used) / 2;
        y += place.height;
    }
}

int LaneLayout::contentHeight() const
{
    return m_places.empty() ? 0 : m_places.back().y + m_places.back().height;
}

int LaneLayout::pinnedHeight() const
{
    int height = 0;
    for (const LanePlace &place : m_places)
        height += place.isPinned ? place.height : 0;
    return height;
}

int LaneLayout::hiddenCount() const
{
    return m_laneCount - static_cast<int>(m_places.size());
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
