// SPDX-License-Identifier: MIT
#include "desktop/timeline/timelinearea.h"

#include <fanfare/base/clock.h>

#include <algorithm>
#include <cmath>

namespace Fanfare {

TimelineArea areaBetween(const TimelineFrame &frame, const LaneLayout &lanes, QPointF a, QPointF b)
{
    const int plotLeft = frame.areas.plot.x();
    TimelineArea area;
    area.from = frame.axis.timeAt(std::min(a.x(), b.x()) - plotLeft);
    area.to = frame.axis.timeAt(std::max(a.x(), b.x()) - plotLeft);
    const double top = std::min(a.y(), b.y());
    const double bottom = std::max(a.y(), b.y());
    for (const LanePlace &place : lanes.places()) {
        const int y = laneY(frame, place);
        const int end = y + place.height;
        if (y <= bottom && end > std::max<double>(top, laneClipTop(frame, place)))
            area.lanes.push_back(place.lane);
    }
    for (const GroupPlace &group : lanes.groups()) {
        const QRect rect = groupRect(frame, group);
        if (!group.isFolded || rect.top() > bottom
            || rect.bottom() < std::max<double>(top, frame.areas.lanes.y() + frame.pinnedHeight))
            continue;
        for (const quint32 lane : group.lanes) {
            if (!lanes.placeOf(lane)) // else it is pinned
                area.lanes.push_back(lane);
        }
    }
    return area;
}

AreaEdge edgeAt(const TimelineFrame &frame, const TimelineArea &area, QPointF point)
{
    constexpr double reach = 5; // pixels
    if (!frame.areas.lanes.contains(point.toPoint()))
        return AreaEdge::None;
    const double x = point.x() - frame.areas.plot.x();
    const double toFrom = std::abs(frame.axis.xOf(area.from) - x);
    const double toTo = std::abs(frame.axis.xOf(area.to) - x);
    if (std::min(toFrom, toTo) > reach)
        return AreaEdge::None;
    return toTo <= toFrom ? AreaEdge::To : AreaEdge::From;
}

qint64 snappedTime(const TimelineFrame &frame, const TimelineTracks &tracks, double x)
{
    constexpr double reach = 6; // pixels
    const qint64 here = frame.axis.timeAt(x);
    const auto tolerance = static_cast<qint64>(reach * frame.axis.nsPerPixel);
    qint64 best = here;
    qint64 distance = tolerance + 1;
    const auto offer = [&](qint64 time) {
        if (std::abs(time - here) >= distance)
            return;
        distance = std::abs(time - here);
        best = time;
    };
    for (size_t i = 0; i < frame.rowCount; ++i) {
        const RowFrame &row = frame.rows[i];
        const SpanRow &spans = tracks.row(row.lane, row.row);
        const double left = (x - reach) * frame.ratio;
        const double right = (x + reach) * frame.ratio;
        for (const SpanBox &box : row.layout.boxes) {
            if (box.right < left || box.left > right)
                continue;
            offer(spans.started(box.position));
            offer(spans.finished(box.position));
        }
    }
    return best;
}

void AreaSelection::set(std::optional<TimelineArea> area, const TimelineTracks &tracks)
{
    if (area == m_area)
        return;
    m_area = std::move(area);
    start(tracks);
}

void AreaSelection::start(const TimelineTracks &tracks)
{
    m_pass.reset();
    if (!m_area)
        return;
    std::vector<SpanRow> rows;
    for (const quint32 lane : m_area->lanes) {
        if (lane >= tracks.lanes().size())
            continue;
        const std::vector<SpanRow> &all = tracks.lanes()[lane].rows;
        rows.insert(rows.end(), all.begin(), all.end());
    }
    m_spans = tracks.spanCount();
    m_started = MonotonicClock::now();
    m_pass = std::make_unique<AreaStatisticsPass>(std::move(rows), m_area->from, m_area->to);
    m_shown = m_pass->result();
}

bool AreaSelection::advance(const TimelineTracks &tracks, qint64 nanoseconds)
{
    constexpr qint64 pause = 250'000'000;
    constexpr size_t step = 20'000; // about 0.1 ms
    if (!m_area)
        return false;
    const qint64 now = MonotonicClock::now();
    if (!m_pass && m_spans != tracks.spanCount() && now - m_started > pause)
        start(tracks);
    if (!m_pass)
        return false;
    while (m_pass->advance(step) && MonotonicClock::now() - now < nanoseconds) { }
    if (m_pass->isDone()) {
        m_shown = m_pass->result();
        m_pass.reset();
    }
    return true;
}

} // namespace Fanfare
