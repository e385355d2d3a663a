// SPDX-License-Identifier: MIT
#include "historychart.h"

#include <fanfare/runs/durationwords.h>

#include <QDateTime>
#include <QHelpEvent>
#include <QLineF>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>

namespace Fanfare {

using namespace Qt::StringLiterals;

static constexpr QPointF nowhere(-1e6, -1e6);

HistoryChart::HistoryChart(QWidget *parent)
    : CompareChart({}, parent)
{
    setMouseTracking(true);
}

void HistoryChart::setPoints(std::vector<HistoryPoint> points,
                             std::vector<std::optional<double>> values, const QString &title)
{
    m_points = std::move(points);
    m_values = std::move(values);
    m_changes = changesOf(m_points, m_values);
    m_places.clear();
    setTitle(title);
}

std::vector<std::pair<QColor, QString>> HistoryChart::legend(const CompareTheme &theme) const
{
    return {{theme.a, tr("like A")}, {theme.b, tr("like B")}, {theme.dimText, tr("others")}};
}

static QColor colorOf(HistoryPoint::Kin kin, const CompareTheme &theme)
{
    switch (kin) {
    case HistoryPoint::Kin::A:
        return theme.a;
    case HistoryPoint::Kin::B:
        return theme.b;
    case HistoryPoint::Kin::Neither:
        break;
    }
    return theme.dimText;
}

void HistoryChart::drawScale(QPainter &painter, const QRectF &area, const ChartAxis &y, double left,
                             const CompareTheme &theme) const
{
    for (const double tick : y.ticks(3)) {
        painter.setPen(theme.line);
        painter.drawLine(QPointF(area.left(), y.positionOf(tick)),
                         QPointF(area.right(), y.positionOf(tick)));
        painter.setPen(theme.dimText);
        painter.drawText(QRectF(left, y.positionOf(tick) - 10, area.left() - left - 6, 20),
                         Qt::AlignRight | Qt::AlignVCenter,
                         tick == 0 ? u"0"_s : durationWords(tick));
    }
}

/// "▲ +12 %" where a new level begins.
static QString changeText(const HistoryChange &change)
{
    const bool isSlower = change.after > change.before;
    if (change.before <= 0)
        return isSlower ? u"▲"_s : u"▼"_s;
    const int percent = qRound(100 * (change.after - change.before) / change.before);
    return (isSlower ? u"▲ +%1 %"_s : u"▼ %1 %"_s).arg(percent);
}

void HistoryChart::drawChanges(QPainter &painter, const QRectF &area, const ChartAxis &x,
                               const CompareTheme &theme) const
{
    for (const HistoryChange &change : m_changes) {
        const double at = x.positionOf(double(change.point) - 0.5);
        painter.setPen(QPen(colorOf(change.kin, theme), 1.2, Qt::DashLine));
        painter.drawLine(QPointF(at, area.top()), QPointF(at, area.bottom()));
        const QString text = changeText(change);
        const double width = fontMetrics().horizontalAdvance(text) + 2;
        const double left = std::min(at + 4, area.right() - width);
        const bool isB = change.kin == HistoryPoint::Kin::B; // below, so that both can be read
        const double top = isB ? area.bottom() - fontMetrics().height() : area.top();
        painter.drawText(QRectF(left, top, width, fontMetrics().height()), Qt::AlignLeft, text);
    }
}

void HistoryChart::draw(QPainter &painter, const QRectF &plot, const CompareTheme &theme)
{
    m_places.assign(m_points.size(), nowhere);
    double longest = 0;
    for (const std::optional<double> &value : m_values)
        longest = std::max(longest, value.value_or(0));
    if (longest <= 0)
        return drawHint(painter, plot, tr("No kept run says so."), theme);
    const int labels = fontMetrics().horizontalAdvance(u"888.88 ms "_s);
    const QRectF area = plot.adjusted(labels, 4, -8, -4);
    const ChartAxis x(-0.5, double(m_points.size()) - 0.5, area.left(), area.right());
    const ChartAxis y(0, longest * 1.1, area.bottom(), area.top());
    drawScale(painter, area, y, plot.left(), theme);
    drawChanges(painter, area, x, theme);
    for (size_t i = 0; i < m_points.size(); ++i) {
        if (!m_values[i])
            continue;
        m_places[i] = {x.positionOf(double(i)), y.positionOf(*m_values[i])};
        const QColor color = colorOf(m_points[i].kin, theme);
        painter.setPen(QPen(color, 1.5));
        painter.setBrush(m_points[i].isCompared ? color : theme.card);
        const double radius = m_points[i].isCompared ? 4.5 : 3.5;
        painter.drawEllipse(m_places[i], radius, radius);
    }
}

std::optional<size_t> HistoryChart::pointAt(const QPointF &position) const
{
    constexpr double reach = 9; // pixels
    const auto distance = [&position](const QPointF &place) {
        return QLineF(place, position).length();
    };
    const auto nearest = std::ranges::min_element(m_places, {}, distance);
    if (nearest == m_places.end() || distance(*nearest) > reach)
        return std::nullopt;
    return size_t(nearest - m_places.begin());
}

QString HistoryChart::sentenceFor(size_t point) const
{
    const HistoryPoint &run = m_points[point];
    const QString when =
        QLocale().toString(QDateTime::fromMSecsSinceEpoch(run.beginUtc), QLocale::ShortFormat);
    const QString value = m_values[point] ? durationWords(*m_values[point]) : QString();
    QStringList lines{tr("%1: %2").arg(run.title, value), when};
    for (const HistoryChange &change : m_changes) {
        if (change.point == point) {
            lines.append(tr("From here on %1, before %2 (change by Pettitt's test, p < 0.05)")
                             .arg(durationWords(change.after), durationWords(change.before)));
        }
    }
    return (lines << tr("Click to open it")).join(u'\n');
}

bool HistoryChart::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return CompareChart::event(event);
    const auto help = static_cast<QHelpEvent *>(event);
    const std::optional<size_t> point = pointAt(help->pos());
    QToolTip::showText(help->globalPos(), point ? sentenceFor(*point) : QString(), this);
    return true;
}

void HistoryChart::mouseMoveEvent(QMouseEvent *event)
{
    setCursor(pointAt(event->position()) ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

void HistoryChart::mouseReleaseEvent(QMouseEvent *event)
{
    const std::optional<size_t> point = pointAt(event->position());
    if (event->button() == Qt::LeftButton && point)
        Q_EMIT openWanted(m_points[*point].path);
}

} // namespace Fanfare
