// SPDX-License-Identifier: MIT
#include "desktop/timeline/areacard.h"

#include "desktop/panes/durationtext.h"

#include <QFontMetrics>
#include <QLocale>
#include <QPainter>

#include <algorithm>

namespace Fanfare {

using namespace Qt::StringLiterals;

AreaCard::AreaCard(const TimelineTheme &theme, const QFont &font)
    : m_theme(theme)
    , m_font(font)
{
}

static QString percent(double fraction)
{
    return u"%1 %"_s.arg(QLocale().toString(fraction * 100, 'f', fraction < 0.0995 ? 1 : 0));
}

static QString rate(double perSecond)
{
    return QLocale().toString(perSecond, 'f', perSecond < 10 ? 1 : 0);
}

static QString quantiles(const DurationHistogram &durations, std::initializer_list<double> wanted)
{
    QStringList texts;
    for (const double fraction : wanted)
        texts += durationText(durations.quantile(fraction));
    return texts.join(u" · "_s);
}

QString AreaCard::sentence(const AreaStatistics &statistics)
{
    const QString tasks =
        statistics.count == 1 ? tr("1 task") : tr("%L1 tasks").arg(statistics.count);
    return tr("%1 · %2 · busy %3 · %L4 failed")
        .arg(durationText(statistics.to - statistics.from))
        .arg(tasks)
        .arg(percent(statistics.busyFraction()))
        .arg(statistics.failures);
}

std::vector<AreaCard::Line> AreaCard::lines(const AreaStatistics &statistics, bool isCounting)
{
    std::vector<Line> lines{
        {tr("Range"), durationText(statistics.to - statistics.from)},
        {tr("Tasks"), tr("%L1 · %2/s").arg(statistics.count).arg(rate(statistics.perSecond()))},
        {tr("Failed"), QLocale().toString(qulonglong(statistics.failures))},
        {tr("Busy"), percent(statistics.busyFraction())},
    };
    if (statistics.spans.run.count() == 0) {
        if (isCounting && statistics.count > 0)
            lines.push_back({tr("Times"), tr("counting…")});
        return lines;
    }
    lines.push_back(
        {tr("Ran p50 · 90 · 99 · 99.9"), quantiles(statistics.spans.run, {0.5, 0.9, 0.99, 0.999})});
    lines.push_back({tr("Longest"), durationText(statistics.spans.longest)});
    lines.push_back(
        {tr("Waited p50 · 90 · 99"), quantiles(statistics.spans.wait, {0.5, 0.9, 0.99})});
    return lines;
}

void AreaCard::draw(QPainter &painter, const TimelineFrame &frame, const LaneLayout &lanes,
                    const AreaSelection &selection)
{
    if (!selection.area())
        return;
    painter.save();
    painter.setClipRect(frame.areas.lanes);
    drawArea(painter, frame, lanes, *selection.area());
    const double left = frame.axis.xOf(selection.area()->from);
    const double right = frame.axis.xOf(selection.area()->to);
    if (right > 0 && left < frame.areas.plot.width())
        drawCard(painter, frame, left, right,
                 lines(*selection.statistics(), selection.isCounting()));
    painter.restore();
}

void AreaCard::drawArea(QPainter &painter, const TimelineFrame &frame, const LaneLayout &lanes,
                        const TimelineArea &area)
{
    const double width = frame.areas.plot.width();
    const double left = std::clamp(frame.axis.xOf(area.from), -2.0, width + 2);
    const double right = std::clamp(frame.axis.xOf(area.to), -2.0, width + 2);
    QColor fill = m_theme.accent;
    fill.setAlpha(38);
    const int top = frame.areas.lanes.y() - frame.scroll;
    const auto draw = [&](int y, int height) {
        const QRectF rect(frame.areas.plot.x() + left, top + y, std::max(1.0, right - left),
                          height);
        painter.fillRect(rect, fill);
        painter.fillRect(QRectF(rect.left() - 0.75, rect.y(), 1.5, rect.height()), m_theme.accent);
        painter.fillRect(QRectF(rect.right() - 0.75, rect.y(), 1.5, rect.height()), m_theme.accent);
    };
    const GroupPlace *drawn = nullptr; // the lanes of a folded group come one after the other
    for (const quint32 lane : area.lanes) {
        const GroupPlace *group = lanes.foldedGroupOf(lane);
        if (const LanePlace *place = lanes.placeOf(lane))
            draw(place->y, place->height);
        else if (group && group != drawn)
            draw(group->y, group->height);
        drawn = group ? group : drawn;
    }
}

void AreaCard::drawCard(QPainter &painter, const TimelineFrame &frame, double left, double right,
                        const std::vector<Line> &lines)
{
    constexpr int padding = 10;
    constexpr int gap = 14;
    const QFontMetrics metrics(m_font);
    int names = 0;
    int values = 0;
    for (const auto &[name, value] : lines) {
        names = std::max(names, metrics.horizontalAdvance(name));
        values = std::max(values, metrics.horizontalAdvance(value));
    }
    const int lineHeight = metrics.height() + 3;
    const QSizeF size(names + gap + values + 2 * padding,
                      double(lines.size()) * lineHeight + 2 * padding - 3);
    const QRect &area = frame.areas.lanes;
    double x = area.x() + right + 8; // right of the area, else left of it, else in it
    if (x + size.width() > area.right())
        x = area.x() + left - 8 - size.width();
    if (x < area.x())
        x = area.right() - size.width() - 8;
    const QRectF card(QPointF(x, area.y() + 8), size);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(m_theme.line, 1));
    QColor fill = m_theme.header;
    fill.setAlpha(242);
    painter.setBrush(fill);
    painter.drawRoundedRect(card.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
    painter.setFont(m_font);
    double y = card.y() + padding;
    for (const auto &[name, value] : lines) {
        painter.setPen(m_theme.dimText);
        painter.drawText(QRectF(card.x() + padding, y, names, lineHeight), Qt::AlignLeft, name);
        painter.setPen(m_theme.text);
        painter.drawText(QRectF(card.x() + padding + names + gap, y, values, lineHeight),
                         Qt::AlignLeft, value);
        y += lineHeight;
    }
}

} // namespace Fanfare
