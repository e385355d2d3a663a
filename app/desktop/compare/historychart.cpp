// SPDX-License-Identifier: MIT
#include "historychart.h"

#include "chartaxis.h"

#include <fanfare/runs/durationwords.h>

#include <QPainter>

#include <algorithm>

namespace Fanfare {

HistoryChart::HistoryChart(QWidget *parent)
    : CompareChart(tr("Kept runs of this scenario, oldest to the left"), parent)
{
}

void HistoryChart::setPoints(std::vector<HistoryPoint> points)
{
    m_points = std::move(points);
    update();
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

void HistoryChart::draw(QPainter &painter, const QRectF &plot, const CompareTheme &theme)
{
    if (m_points.empty())
        return drawHint(painter, plot, tr("There are no others."), theme);
    const qint64 longest = std::ranges::max(m_points, {}, &HistoryPoint::wall).wall;
    const int labels = fontMetrics().horizontalAdvance(QStringLiteral("888.88 ms "));
    const QRectF area = plot.adjusted(labels, 4, -8, -4);
    const ChartAxis x(-0.5, double(m_points.size()) - 0.5, area.left(), area.right());
    const ChartAxis y(0, double(longest), area.bottom(), area.top());
    for (const double tick : y.ticks(3)) {
        painter.setPen(theme.line);
        painter.drawLine(QPointF(area.left(), y.positionOf(tick)),
                         QPointF(area.right(), y.positionOf(tick)));
        painter.setPen(theme.dimText);
        painter.drawText(QRectF(plot.left(), y.positionOf(tick) - 10, labels - 6, 20),
                         Qt::AlignRight | Qt::AlignVCenter,
                         tick == 0 ? QStringLiteral("0") : durationWords(tick));
    }
    for (size_t i = 0; i < m_points.size(); ++i) {
        const QColor color = colorOf(m_points[i].kin, theme);
        painter.setPen(QPen(color, 1.5));
        painter.setBrush(m_points[i].isCompared ? color : theme.card);
        const double radius = m_points[i].isCompared ? 4.5 : 3.5;
        painter.drawEllipse(
            QPointF(x.positionOf(double(i)), y.positionOf(double(m_points[i].wall))), radius,
            radius);
    }
}

} // namespace Fanfare
