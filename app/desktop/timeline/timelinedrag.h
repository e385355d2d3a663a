// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/timeline/minimapdrag.h"

class QMouseEvent;

namespace Fanfare {

/// What the user does with a mouse button held: pans, marks an area, zooms to a box, measures in
/// the ruler, moves in the minimap, or just clicks.
///
/// Threads: [gui].
class TimelineDrag
{
public:
    enum class Kind : quint8 { None, Click, Pan, Area, AreaEdge, Zoom, Measure, Minimap, Lane };

    explicit TimelineDrag(TimelineScene &scene)
        : m_scene(scene)
        , m_minimap(scene)
    {
    }

    void press(const QMouseEvent &event);
    void move(const QMouseEvent &event);

    /// Ends it. Returns whether it was a click on something else than the ruler.
    bool release(const QMouseEvent &event);

    /// Removes the marker under the mouse. Returns whether there was one.
    bool removeMarker(QPointF point);

    /// While the key is held that makes any drag of the left button a pan.
    void setPanKeyHeld(bool isHeld) { m_isPanKeyHeld = isHeld; }

    Kind kind() const { return m_kind; }
    Qt::CursorShape cursor(QPointF point); ///< what the mouse could do at \a point

    /// The lane whose header is at \a point.
    std::optional<quint32> headerAt(QPointF point);

    /// The group whose header is at \a point.
    std::optional<LaneGroup> groupHeaderAt(QPointF point);

    /// The box that is zoomed to when the button is released.
    std::optional<QRectF> zoomBox();

private:
    void begin(const QMouseEvent &event);
    void dragLane();
    void clickHeader();
    void measure(QPointF point, bool snaps);
    void dragEdge(QPointF point, bool snaps);
    void markArea(bool snaps);
    qint64 timeAt(QPointF point, bool snaps);
    std::optional<size_t> markerAt(QPointF point);

    TimelineScene &m_scene;
    MinimapDrag m_minimap;
    Kind m_kind = Kind::None;
    AreaEdge m_edge = AreaEdge::None;
    bool m_isMoved = false;
    bool m_isPanKeyHeld = false;
    std::optional<qint64> m_fixed; ///< the marker that stays
    std::optional<quint32> m_lane; ///< whose header was pressed
    QPointF m_from;
    QPointF m_at;
};

} // namespace Fanfare
