// SPDX-License-Identifier: MIT
#include "desktop/timeline/cursorline.h"

#include <QFontMetrics>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace Fanfare {

/// Two digits more than the labels of the ruler, which are some hundred pixels apart.
QString cursorText(const TimelineFrame &frame, qint64 sinceOrigin)
{
    const qint64 step = std::max<qint64>(1, frame.tickStep / 100);
    return frame.times == RulerTimes::Clock ? clockTickText(sinceOrigin, step)
                                            : tickText(sinceOrigin, step);
}

void drawCursor(QPainter &painter, const TimelineFrame &frame, const TimelineTheme &theme,
                const QFont &font, qint64 time, const QString &text)
{
    const QRect &ruler = frame.areas.ruler;
    const double x = frame.axis.xOf(time);
    if (x < 0 || x >= ruler.width())
        return;
    painter.save();
    painter.setFont(font);
    const double line = ruler.x() + std::floor(x * frame.ratio) / frame.ratio;
    painter.fillRect(QRectF(line, ruler.y() + 3, 1, frame.areas.plot.bottom() - ruler.y() - 3),
                     theme.text);
    const double width = QFontMetrics(font).horizontalAdvance(text) + 12;
    // Right of the line, where the mouse has its arrow, too; left of it at the right edge.
    const double left = line + width > ruler.right() ? line - width : line;
    const QRectF tag(left, ruler.y() + 2, width, ruler.height() - 4);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.text);
    painter.drawRoundedRect(tag, 3, 3);
    painter.setPen(theme.background);
    painter.drawText(tag, Qt::AlignCenter, text);
    painter.restore();
}

} // namespace Fanfare
