// SPDX-License-Identifier: MIT
#include "desktop/timeline/notelayer.h"

#include <QFontMetrics>
#include <QPainter>

#include <algorithm>

namespace Fanfare {

static void drawTag(QPainter &painter, const TimelineFrame &frame, const TimelineTheme &theme,
                    const QString &text, double left, double room)
{
    constexpr double padding = 6;
    constexpr double longest = 260;
    const QFontMetrics metrics(painter.font());
    const double width =
        std::min({metrics.horizontalAdvance(text) + 2 * padding, longest, std::max(14.0, room)});
    const QRect &ruler = frame.areas.ruler;
    const QRectF tag(left, ruler.y() + 2, width, ruler.height() - 5);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.note);
    painter.drawRoundedRect(tag, 3, 3);
    painter.setPen(QColor(textColorOn(theme.note.rgb())));
    const QRectF inside = tag.adjusted(padding, 0, -padding, 0);
    painter.drawText(
        inside, Qt::AlignLeft | Qt::AlignVCenter,
        metrics.elidedText(text, Qt::ElideRight, static_cast<int>(inside.width()) + 1));
}

void drawNotes(QPainter &painter, const TimelineFrame &frame, const TimelineTheme &theme,
               const QFont &font, const std::vector<TimelineNote> &notes)
{
    const QRect &plot = frame.areas.plot;
    painter.save();
    painter.setFont(font);
    painter.setClipRect(frame.areas.ruler.united(plot));
    QColor tint = theme.note;
    tint.setAlphaF(0.16F);
    for (size_t i = 0; i < notes.size(); ++i) {
        const double from = plot.x() + frame.axis.xOf(notes[i].from);
        const double to = plot.x() + frame.axis.xOf(notes[i].to);
        if (to < plot.x() - 300 || from > plot.right())
            continue;
        painter.fillRect(QRectF(from, plot.y(), to - from, plot.height()), tint);
        for (const double edge : {from, to})
            painter.fillRect(QRectF(std::floor(edge), plot.y() - 4, 1.5, plot.height()),
                             theme.note);
        const double next =
            i + 1 < notes.size() ? frame.axis.xOf(notes[i + 1].from) + plot.x() : 1e9;
        painter.setRenderHint(QPainter::Antialiasing);
        drawTag(painter, frame, theme, notes[i].text, std::floor(from), next - from - 2);
        painter.setRenderHint(QPainter::Antialiasing, false);
    }
    painter.restore();
}

} // namespace Fanfare
