// SPDX-License-Identifier: MIT
#include "histogramchart.h"

#include <QPainter>
#include <QPainterPath>

namespace Fanfare {

HistogramChart::HistogramChart(QWidget *parent)
    : CompareChart(tr("How long tasks take"), parent)
{
}

void HistogramChart::setHandler(const HandlerComparison *handler)
{
    constexpr int bins = 48;
    m_histogram = handler && handler->a && handler->b
        ? histogramOf(handler->a->total, handler->b->total, bins)
        : Histogram();
    setTitle(handler ? tr("How long %1 takes, from emitted to done").arg(handler->key.name)
                     : tr("How long tasks take"));
    update();
}

/// The outline of the columns, closed at the bottom.
static QPainterPath outlineOf(const std::vector<double> &edges, const std::vector<double> &shares,
                              const ChartAxis &x, const ChartAxis &y)
{
    QPainterPath path(QPointF(x.positionOf(edges.front()), y.positionOf(0)));
    for (size_t i = 0; i < shares.size(); ++i) {
        path.lineTo(x.positionOf(edges[i]), y.positionOf(shares[i]));
        path.lineTo(x.positionOf(edges[i + 1]), y.positionOf(shares[i]));
    }
    path.lineTo(x.positionOf(edges.back()), y.positionOf(0));
    path.closeSubpath();
    return path;
}

void HistogramChart::draw(QPainter &painter, const QRectF &plot, const CompareTheme &theme)
{
    if (m_histogram.edges.empty())
        return drawHint(painter, plot, tr("Choose a handler that ran on both sides."), theme);
    const QRectF area = plot.adjusted(0, 0, 0, -bottomMargin());
    const ChartAxis x(m_histogram.edges.front(), m_histogram.edges.back(), area.left(),
                      area.right(), m_histogram.scale);
    const ChartAxis y(0, m_histogram.highest() * 1.05, area.bottom(), area.top());
    drawTimeAxis(painter, area, x, theme);
    for (const Side side : {Side::A, Side::B}) {
        QColor fill = theme.side(side);
        painter.setPen(QPen(fill, 1.5));
        fill.setAlphaF(0.28F);
        painter.setBrush(fill);
        painter.drawPath(
            outlineOf(m_histogram.edges, side == Side::A ? m_histogram.a : m_histogram.b, x, y));
    }
}

} // namespace Fanfare
