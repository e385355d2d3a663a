// SPDX-License-Identifier: MIT
#include "desktop/timeline/lanesymbols.h"

#include <QPainter>

#include <cmath>

namespace Fanfare {

// All shapes are drawn in a unit square, with the brush of the painter.

static void drawDeath(QPainter &painter)
{
    painter.drawPolygon(QPolygonF{{0.5, 0}, {1, 0.5}, {0.5, 1}, {0, 0.5}});
    painter.setPen(QPen(Qt::white, 0.14, Qt::SolidLine, Qt::RoundCap));
    painter.drawLine(QPointF(0.36, 0.36), QPointF(0.64, 0.64));
    painter.drawLine(QPointF(0.64, 0.36), QPointF(0.36, 0.64));
}

static void drawFailure(QPainter &painter)
{
    painter.drawRect(QRectF(0, 0, 1, 1));
    painter.fillRect(QRectF(0.42, 0.16, 0.16, 0.4), Qt::white);
    painter.fillRect(QRectF(0.42, 0.68, 0.16, 0.16), Qt::white);
}

static void drawPause(QPainter &painter)
{
    painter.drawRect(QRectF(0.1, 0.05, 0.3, 0.9));
    painter.drawRect(QRectF(0.6, 0.05, 0.3, 0.9));
}

static void drawRing(QPainter &painter)
{
    painter.setPen(QPen(painter.brush(), 0.22));
    painter.setBrush(Qt::NoBrush);
    painter.drawArc(QRectF(0.14, 0.14, 0.72, 0.72), 60 * 16, 300 * 16);
}

static void drawShape(QPainter &painter, LaneEventKind kind)
{
    switch (kind) {
    case LaneEventKind::Died:
        return drawDeath(painter);
    case LaneEventKind::Failed:
        return drawFailure(painter);
    case LaneEventKind::Recycled:
        return drawRing(painter);
    case LaneEventKind::Stopped:
        painter.drawRect(QRectF(0.15, 0.15, 0.7, 0.7));
        return;
    case LaneEventKind::Unresponsive:
        return drawPause(painter);
    case LaneEventKind::Started:
    case LaneEventKind::Responsive:
        painter.drawPolygon(QPolygonF{{0.1, 0.05}, {0.95, 0.5}, {0.1, 0.95}});
        return;
    }
}

static QColor colorOf(LaneEventKind kind, const TimelineTheme &theme)
{
    const bool isBad = kind == LaneEventKind::Died || kind == LaneEventKind::Failed
        || kind == LaneEventKind::Unresponsive;
    return isBad ? QColor(theme.crash) : theme.dimText;
}

void drawLaneMarks(QPainter &painter, const TimelineFrame &frame, const TimelineTheme &theme)
{
    painter.save();
    painter.setClipRect(frame.areas.lanes);
    painter.setRenderHint(QPainter::Antialiasing);
    for (const LaneMarkBox &box : frame.laneMarks) {
        QRect clip = frame.areas.lanes;
        clip.setTop(box.clipTop);
        painter.setClipRect(clip);
        const QColor color = colorOf(box.mark.kind, theme);
        const double x = frame.areas.lanes.x() + std::floor(box.mark.x);
        painter.fillRect(QRectF(x, box.y, 1.5, box.height), color);
        painter.save();
        painter.translate(x + 2, box.y + 1);
        painter.scale(laneSymbolSize, laneSymbolSize);
        painter.setPen(Qt::NoPen);
        painter.setBrush(color);
        drawShape(painter, box.mark.kind);
        painter.restore();
    }
    painter.restore();
}

} // namespace Fanfare
