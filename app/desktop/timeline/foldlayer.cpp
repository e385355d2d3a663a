// SPDX-License-Identifier: MIT
#include "desktop/timeline/foldlayer.h"

#include "desktop/panes/durationtext.h"

#include <QFontMetrics>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>

namespace Fanfare {

std::vector<FoldBox> foldBoxes(const TimelineFrame &frame,
                               const std::function<int(const QString &)> &textWidth)
{
    std::vector<FoldBox> boxes;
    if (!frame.axis.folds)
        return boxes;
    constexpr int padding = 4;
    const QRect &plot = frame.areas.plot;
    const QRect &ruler = frame.areas.ruler;
    for (const TimeFold &fold : frame.axis.folds->all()) {
        const double left = frame.axis.xOf(fold.from);
        const double right = frame.axis.xOf(fold.to);
        if (right < 0 || left > plot.width())
            continue;
        FoldBox box;
        box.rect = QRectF(plot.x() + left, plot.y(), right - left, plot.height());
        box.text = durationText(fold.idle);
        box.label = QRectF(0, ruler.y() + 3, textWidth(box.text) + 2 * padding, ruler.height() - 6);
        box.label.moveCenter(QPointF(box.rect.center().x(), box.label.center().y()));
        boxes.push_back(box);
    }
    return boxes;
}

/// A jagged line from top to bottom.
static void addTear(QPolygonF &outline, double x, double top, double bottom)
{
    constexpr double depth = 4;
    constexpr double length = 7;
    const double step = bottom > top ? length : -length;
    bool isOut = false;
    for (double y = top; (bottom - y) * step > 0; y += step) {
        outline.append(QPointF(isOut ? x + depth : x, y));
        isOut = !isOut;
    }
    outline.append(QPointF(x, bottom));
}

void drawFolds(QPainter &painter, const TimelineFrame &frame, const TimelineTheme &theme,
               const QFont &font)
{
    const QFontMetrics metrics(font);
    const std::vector<FoldBox> boxes =
        foldBoxes(frame, [&](const QString &text) { return metrics.horizontalAdvance(text); });
    if (boxes.empty())
        return;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(font);
    for (const FoldBox &box : boxes) {
        constexpr double inset = 5; // of what the tear takes of the fold
        const double top = box.rect.top();
        const double bottom = box.rect.bottom();
        QPolygonF outline;
        addTear(outline, box.rect.left() + inset, top, bottom);
        addTear(outline, box.rect.right() - inset - 4, bottom, top);
        painter.setClipRect(frame.areas.plot);
        painter.setPen(QPen(theme.line, 1));
        painter.setBrush(theme.header);
        painter.drawPolygon(outline);
        painter.setClipRect(frame.areas.ruler);
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.line);
        painter.drawRoundedRect(box.label, 3, 3);
        painter.setPen(theme.text);
        painter.drawText(box.label, Qt::AlignCenter, box.text);
    }
    painter.restore();
}

} // namespace Fanfare
