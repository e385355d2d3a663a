// SPDX-License-Identifier: MIT
#include "desktop/timeline/rulermarkers.h"

#include "desktop/panes/durationtext.h"

#include <QFontMetrics>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace Fanfare {

using namespace Qt::StringLiterals;

static void drawFlag(QPainter &painter, const TimelineFrame &frame, const TimelineTheme &theme,
                     double x, QChar name)
{
    const QRect &ruler = frame.areas.ruler;
    if (x < -8 || x > ruler.width() + 8)
        return;
    const double left = ruler.x() + std::round(x * frame.ratio) / frame.ratio;
    painter.setPen(QPen(theme.text, 1, Qt::DashLine));
    painter.drawLine(QPointF(left, ruler.bottom()), QPointF(left, frame.areas.plot.bottom()));
    const QRectF flag(left - 7, ruler.y() + 2, 14, ruler.height() - 4);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.text);
    painter.drawRoundedRect(flag, 3, 3);
    painter.setPen(theme.background);
    painter.drawText(flag, Qt::AlignCenter, name);
}

static void drawDistance(QPainter &painter, const TimelineFrame &frame, const TimelineTheme &theme,
                         const QFont &font, double left, double right, qint64 distance)
{
    const QRect &ruler = frame.areas.ruler;
    const double from = std::clamp<double>(left, 0, ruler.width());
    const double to = std::clamp<double>(right, 0, ruler.width());
    QColor fill = theme.accent;
    fill.setAlpha(60);
    painter.fillRect(QRectF(ruler.x() + from, ruler.y(), to - from, ruler.height()), fill);
    const QString text = u"\u0394 "_s + durationText(distance);
    const double width = QFontMetrics(font).horizontalAdvance(text) + 14;
    const double middle = (from + to) / 2;
    // Between the flags where there is room, else right of them.
    double x = to - from > width + 16 ? middle - width / 2 : to + 10;
    x = std::clamp(x, 0.0, std::max(0.0, ruler.width() - width));
    const QRectF box(ruler.x() + x, ruler.y() + 3, width, ruler.height() - 6);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.accent);
    painter.drawRoundedRect(box, 3, 3);
    painter.setPen(QColor(textColorOn(theme.accent.rgb())));
    painter.drawText(box, Qt::AlignCenter, text);
}

void drawRulerMarkers(QPainter &painter, const TimelineFrame &frame, const TimelineTheme &theme,
                      const QFont &font, const std::vector<qint64> &times)
{
    if (times.empty())
        return;
    painter.save();
    painter.setClipRect(frame.areas.ruler.united(frame.areas.plot));
    painter.setFont(font);
    const double first = frame.axis.xOf(times.front());
    const double last = frame.axis.xOf(times.back());
    if (times.size() == 2 && last > 0 && first < frame.areas.ruler.width())
        drawDistance(painter, frame, theme, font, first, last, times.back() - times.front());
    painter.setRenderHint(QPainter::Antialiasing);
    drawFlag(painter, frame, theme, first, u'A');
    if (times.size() == 2)
        drawFlag(painter, frame, theme, last, u'B');
    painter.restore();
}

} // namespace Fanfare
