// SPDX-License-Identifier: MIT
#include "desktop/timeline/outcomecaps.h"

#include <QPainter>
#include <QPainterPath>

namespace Fanfare {

// All shapes are drawn in a unit square.

static void drawCross(QPainter &painter)
{
    painter.fillRect(QRectF(0, 0, 1, 1), painter.brush());
    painter.setPen(QPen(Qt::white, 0.13, Qt::SolidLine, Qt::RoundCap));
    painter.drawLine(QPointF(0.29, 0.29), QPointF(0.71, 0.71));
    painter.drawLine(QPointF(0.71, 0.29), QPointF(0.29, 0.71));
}

static void drawHourglass(QPainter &painter)
{
    painter.fillRect(QRectF(0, 0, 1, 1), painter.brush());
    QPainterPath glass(QPointF(0.28, 0.2));
    glass.lineTo(0.72, 0.2);
    glass.lineTo(0.28, 0.8);
    glass.lineTo(0.72, 0.8);
    glass.closeSubpath();
    painter.fillPath(glass, Qt::white);
}

static void drawSkull(QPainter &painter)
{
    QPainterPath torn(QPointF(1, 0));
    constexpr int teeth = 4;
    for (int tooth = 0; tooth <= 2 * teeth; ++tooth)
        torn.lineTo(tooth % 2 == 0 ? 0.02 : 0.2, tooth / (2.0 * teeth));
    torn.lineTo(1, 1);
    torn.closeSubpath();
    painter.fillPath(torn, painter.brush());

    QPainterPath skull;
    skull.setFillRule(Qt::WindingFill);
    skull.addEllipse(QPointF(0.6, 0.43), 0.28, 0.26);
    skull.addRect(QRectF(0.47, 0.55, 0.26, 0.24));
    painter.fillPath(skull, Qt::white);
    QPainterPath face;
    face.addEllipse(QPointF(0.49, 0.45), 0.075, 0.085);
    face.addEllipse(QPointF(0.71, 0.45), 0.075, 0.085);
    face.addRect(QRectF(0.58, 0.66, 0.04, 0.13));
    painter.fillPath(face, painter.brush());
}

static void drawBar(QPainter &painter)
{
    painter.fillRect(QRectF(0, 0, 1, 1), painter.brush());
    painter.fillRect(QRectF(0.25, 0.42, 0.5, 0.16), Qt::white);
}

static void drawPadlock(QPainter &painter)
{
    painter.fillRect(QRectF(0, 0, 1, 1), painter.brush());
    painter.fillRect(QRectF(0.24, 0.46, 0.52, 0.38), Qt::white);
    painter.setPen(QPen(Qt::white, 0.12));
    painter.setBrush(Qt::NoBrush);
    painter.drawArc(QRectF(0.33, 0.18, 0.34, 0.5), 0, 180 * 16);
}

static void drawShape(QPainter &painter, Outcome outcome)
{
    switch (outcome) {
    case Outcome::Crashed:
    case Outcome::Interrupted:
        return drawSkull(painter);
    case Outcome::TimedOut:
        return drawHourglass(painter);
    case Outcome::Rejected:
        return drawBar(painter);
    case Outcome::Quarantined:
        return drawPadlock(painter);
    default:
        return drawCross(painter);
    }
}

const QImage &OutcomeCaps::cap(Outcome outcome, int size)
{
    QImage &image = m_images[size * outcomeCount + static_cast<int>(outcome)];
    if (image.isNull()) {
        image = QImage(size, size, QImage::Format_ARGB32_Premultiplied);
        image.fill(Qt::transparent);
        QPainter painter(&image);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.scale(size, size);
        painter.setPen(Qt::NoPen);
        painter.setBrush(QColor(m_theme.outcomeColor(outcome)));
        drawShape(painter, outcome);
    }
    return image;
}

} // namespace Fanfare
