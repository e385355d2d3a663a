// SPDX-License-Identifier: MIT
#include "desktop/timeline/timelinedrag.h"

#include "desktop/timeline/laneheader.h"

#include <QMouseEvent>

#include <algorithm>
#include <cmath>

namespace Fanfare {

void TimelineDrag::press(const QMouseEvent &event)
{
    m_from = m_at = event.position();
    m_isMoved = false;
    m_kind = Kind::None;
    const bool isLeft = event.button() == Qt::LeftButton;
    const TimelineAreas &areas = m_scene.frame().areas;
    if (isLeft && m_isPanKeyHeld) {
        m_kind = Kind::Pan;
        return;
    }
    if (isLeft && areas.minimap.contains(m_from.toPoint())) {
        m_kind = Kind::Minimap;
        m_minimap.press(m_from.x() - areas.minimap.x());
        return;
    }
    if (isLeft && areas.headers.contains(m_from.toPoint())) {
        m_kind = Kind::Lane;
        m_lane = headerAt(m_from);
        return;
    }
    if (event.button() == Qt::MiddleButton || (isLeft && event.modifiers() == Qt::ShiftModifier))
        m_kind = Kind::Pan;
    else if (isLeft && areas.ruler.contains(m_from.toPoint()))
        begin(event);
    else if (isLeft)
        m_kind = Kind::Click;
}

/// Of the marker under the mouse, of a new one, or of the nearest when there are two.
void TimelineDrag::begin(const QMouseEvent &event)
{
    m_kind = Kind::Measure;
    const std::vector<qint64> &markers = m_scene.markers();
    std::optional<size_t> moving = markerAt(event.position());
    if (!moving && markers.size() == 2) {
        const qint64 time = timeAt(event.position(), false);
        moving = std::abs(markers[0] - time) <= std::abs(markers[1] - time) ? 0 : 1;
    }
    m_fixed.reset();
    if (moving && markers.size() == 2)
        m_fixed = markers[1 - *moving];
    else if (!moving && markers.size() == 1)
        m_fixed = markers[0];
}

std::optional<quint32> TimelineDrag::headerAt(QPointF point)
{
    const TimelineFrame &frame = m_scene.frame();
    if (!frame.areas.headers.contains(point.toPoint()))
        return std::nullopt;
    const int y = static_cast<int>(point.y()) - frame.areas.lanes.y();
    const LanePlace *place = m_scene.lanes().placeInView(y, frame.scroll);
    return place ? std::optional(place->lane) : std::nullopt;
}

std::optional<LaneGroup> TimelineDrag::groupHeaderAt(QPointF point)
{
    const TimelineFrame &frame = m_scene.frame();
    if (!frame.areas.headers.contains(point.toPoint()))
        return std::nullopt;
    const int y = static_cast<int>(point.y()) - frame.areas.lanes.y();
    const GroupPlace *group = m_scene.lanes().groupInView(y, frame.scroll);
    return group ? std::optional(group->group) : std::nullopt;
}

/// Moves the lane to where the mouse is, among those that are pinned as well or neither.
void TimelineDrag::dragLane()
{
    const std::optional<quint32> target = headerAt(m_at);
    if (!m_lane || !target || *target == *m_lane)
        return;
    const LaneArrangement &lanes = m_scene.arrangement();
    if (lanes.isPinned(*target) == lanes.isPinned(*m_lane))
        m_scene.moveLane(*m_lane, *target);
}

void TimelineDrag::clickHeader()
{
    if (const std::optional<LaneGroup> group = groupHeaderAt(m_from))
        m_scene.run(TimelineCommand::FoldGroup, {.group = group});
    if (!m_lane)
        return;
    const LanePlace *place = m_scene.lanes().placeOf(*m_lane);
    if (!place)
        return;
    const QRect header = headerRect(m_scene.frame(), *place);
    switch (headerPartAt(header, m_from.toPoint(), m_scene.area().area().has_value())) {
    case HeaderPart::Check:
        m_scene.toggleInArea(*m_lane);
        break;
    case HeaderPart::Pin:
        m_scene.run(TimelineCommand::PinLane, {.lane = m_lane});
        break;
    case HeaderPart::Hide:
        m_scene.run(TimelineCommand::HideLane, {.lane = m_lane});
        break;
    case HeaderPart::Height:
        m_scene.run(TimelineCommand::CycleLaneHeight, {.lane = m_lane});
        break;
    case HeaderPart::Name:
        m_scene.selectLane(m_lane);
        break;
    }
}

qint64 TimelineDrag::timeAt(QPointF point, bool snaps)
{
    const TimelineFrame &frame = m_scene.frame();
    const double x = point.x() - frame.areas.plot.x();
    return snaps ? snappedTime(frame, m_scene.tracks(), x) : frame.axis.timeAt(x);
}

std::optional<size_t> TimelineDrag::markerAt(QPointF point)
{
    constexpr double reach = 6; // pixels
    const TimelineFrame &frame = m_scene.frame();
    if (!frame.areas.ruler.contains(point.toPoint()))
        return std::nullopt;
    const double x = point.x() - frame.areas.plot.x();
    std::optional<size_t> nearest;
    double distance = reach;
    for (size_t i = 0; i < m_scene.markers().size(); ++i) {
        const double away = std::abs(frame.axis.xOf(m_scene.markers()[i]) - x);
        if (away < distance) {
            distance = away;
            nearest = i;
        }
    }
    return nearest;
}

bool TimelineDrag::removeMarker(QPointF point)
{
    const std::optional<size_t> marker = markerAt(point);
    if (!marker)
        return false;
    std::vector<qint64> markers = m_scene.markers();
    markers.erase(markers.begin() + static_cast<qsizetype>(*marker));
    m_scene.setMarkers(markers);
    return true;
}

void TimelineDrag::move(const QMouseEvent &event)
{
    constexpr int slack = 4; // pixels that a click may move
    const QPointF moved = m_at - event.position();
    const bool snaps = !(event.modifiers() & Qt::AltModifier);
    m_at = event.position();
    if (m_kind == Kind::Minimap)
        return m_minimap.move(m_at.x() - m_scene.frame().areas.minimap.x());
    if (!m_isMoved && m_kind != Kind::Pan && (m_at - m_from).manhattanLength() <= slack)
        return;
    m_isMoved = true;
    const TimelineFrame &frame = m_scene.frame();
    if (m_kind == Kind::Click && frame.areas.plot.contains(m_from.toPoint())) {
        m_edge =
            m_scene.area().area() ? edgeAt(frame, *m_scene.area().area(), m_from) : AreaEdge::None;
        m_kind = !snaps ? Kind::Zoom : m_edge != AreaEdge::None ? Kind::AreaEdge : Kind::Area;
    }
    switch (m_kind) {
    case Kind::Pan:
        if (moved.x() != 0)
            m_scene.pan(moved.x());
        m_scene.scroll(static_cast<int>(std::lround(moved.y())));
        break;
    case Kind::Area:
        markArea(snaps);
        break;
    case Kind::AreaEdge:
        dragEdge(m_at, snaps);
        break;
    case Kind::Measure:
        measure(m_at, snaps);
        break;
    case Kind::Lane:
        dragLane();
        break;
    case Kind::Click:
        m_kind = Kind::None;
        break;
    case Kind::Minimap:
    case Kind::Zoom:
    case Kind::None:
        break;
    }
}

void TimelineDrag::markArea(bool snaps)
{
    TimelineArea area = areaBetween(m_scene.frame(), m_scene.lanes(), m_from, m_at);
    const qint64 a = timeAt(m_from, snaps);
    const qint64 b = timeAt(m_at, snaps);
    area.from = std::min(a, b);
    area.to = std::max(a, b);
    m_scene.setArea(area);
}

void TimelineDrag::dragEdge(QPointF point, bool snaps)
{
    TimelineArea area = *m_scene.area().area();
    (m_edge == AreaEdge::From ? area.from : area.to) = timeAt(point, snaps);
    if (area.from > area.to) {
        std::swap(area.from, area.to);
        m_edge = m_edge == AreaEdge::From ? AreaEdge::To : AreaEdge::From;
    }
    m_scene.setArea(area);
}

void TimelineDrag::measure(QPointF point, bool snaps)
{
    std::vector<qint64> markers{timeAt(point, snaps)};
    if (m_fixed)
        markers.push_back(*m_fixed);
    else if (m_isMoved) // a new range
        markers.push_back(timeAt(m_from, snaps));
    m_scene.setMarkers(markers);
}

bool TimelineDrag::release(const QMouseEvent &event)
{
    const Kind kind = std::exchange(m_kind, Kind::None);
    const bool snaps = !(event.modifiers() & Qt::AltModifier);
    m_at = event.position();
    if (kind == Kind::Minimap)
        m_minimap.release(m_at.x() - m_scene.frame().areas.minimap.x());
    if (kind == Kind::Lane) {
        if (!m_isMoved)
            clickHeader();
        m_scene.finishEdit();
    }
    if (kind == Kind::Measure && !m_isMoved)
        measure(m_at, snaps);
    if (kind == Kind::Zoom) {
        const qint64 a = timeAt(m_from, false);
        const qint64 b = timeAt(m_at, false);
        m_scene.zoomTo(std::min(a, b), std::max(a, b));
    }
    return kind == Kind::Click;
}

static Qt::CursorShape cursorFor(MinimapDrag::Grip grip)
{
    switch (grip) {
    case MinimapDrag::Grip::From:
    case MinimapDrag::Grip::To:
        return Qt::SplitHCursor;
    case MinimapDrag::Grip::View:
        return Qt::OpenHandCursor;
    case MinimapDrag::Grip::New:
        return Qt::CrossCursor;
    case MinimapDrag::Grip::None:
        break;
    }
    return Qt::ArrowCursor;
}

Qt::CursorShape TimelineDrag::cursor(QPointF point)
{
    const QRect minimap = m_scene.frame().areas.minimap;
    if (m_kind == Kind::None && minimap.contains(point.toPoint()))
        return cursorFor(m_minimap.gripAt(point.x() - minimap.x()));
    if (m_kind == Kind::Pan || m_kind == Kind::Lane)
        return Qt::ClosedHandCursor;
    if (headerAt(point) || groupHeaderAt(point))
        return Qt::PointingHandCursor;
    const bool isAtEdge = m_kind == Kind::AreaEdge || markerAt(point)
        || (m_scene.area().area()
            && edgeAt(m_scene.frame(), *m_scene.area().area(), point) != AreaEdge::None);
    return isAtEdge ? Qt::SplitHCursor : Qt::ArrowCursor;
}

std::optional<QRectF> TimelineDrag::zoomBox()
{
    if (m_kind != Kind::Zoom)
        return std::nullopt;
    const QRect plot = m_scene.frame().areas.plot;
    const double left = std::max<double>(plot.x(), std::min(m_from.x(), m_at.x()));
    const double right = std::min<double>(plot.right() + 1, std::max(m_from.x(), m_at.x()));
    return QRectF(left, plot.y(), std::max(0.0, right - left), plot.height());
}

} // namespace Fanfare
