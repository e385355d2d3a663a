// SPDX-License-Identifier: MIT
#include "distributionchart.h"

#include <QPainter>
#include <QPainterPath>

#include <cmath>

namespace Fanfare {

DistributionChart::DistributionChart(QWidget *parent)
    : RangeChart(tr("How long tasks take"), parent)
{
    setCursor(Qt::CrossCursor);
    setToolTip(tr("Drag over times to see only those tasks in both timelines; click to see all"));
    setView({});
}

void DistributionChart::setHandler(const HandlerComparison *handler)
{
    const bool isOther = !handler || !m_handler || handler->key != m_handler->key;
    m_handler = handler;
    if (isOther)
        clearRange();
    refresh();
}

void DistributionChart::setView(const DistributionView &view)
{
    if (view.times != m_view.times)
        clearRange();
    m_view = view;
    refresh();
}

bool DistributionChart::isEmpty() const
{
    return !m_handler || !m_handler->a || !m_handler->b || sampleOf(Side::A).isEmpty()
        || sampleOf(Side::B).isEmpty();
}

const Sample &DistributionChart::sampleOf(Side side) const
{
    const HandlerSamples &samples = side == Side::A ? *m_handler->a : *m_handler->b;
    return m_view.times == DistributionView::Times::Total ? samples.total
                                                          : samples.phase(Phase::Running);
}

void DistributionChart::refresh()
{
    constexpr int bins = 48;
    const bool isTotal = m_view.times == DistributionView::Times::Total;
    m_histogram = Histogram();
    if (!isEmpty()) {
        m_histogram = histogramOf(sampleOf(Side::A), sampleOf(Side::B), bins, m_view.fromZero);
        if (!m_view.asShares)
            m_histogram.scaleBy(double(sampleOf(Side::A).size()), double(sampleOf(Side::B).size()));
    }
    const QString name = m_handler ? m_handler->key.name : QString();
    setTitle(name.isEmpty() ? tr("How long tasks take")
                 : isTotal  ? tr("How long %1 takes, from emitted to done").arg(name)
                            : tr("How long %1 runs").arg(name));
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

void DistributionChart::drawColumns(QPainter &painter, const ChartAxis &x, const QRectF &area,
                                    const CompareTheme &theme) const
{
    const ChartAxis y(0, m_histogram.highest() * 1.05, area.bottom(), area.top());
    for (const Side side : {Side::A, Side::B}) {
        QColor fill = theme.side(side);
        painter.setPen(QPen(fill, 1.5));
        fill.setAlphaF(0.28F);
        painter.setBrush(fill);
        painter.drawPath(
            outlineOf(m_histogram.edges, side == Side::A ? m_histogram.a : m_histogram.b, x, y));
    }
}

void DistributionChart::drawCurves(QPainter &painter, const ChartAxis &x, const QRectF &area,
                                   const CompareTheme &theme) const
{
    const ChartAxis y(0, 1, area.bottom(), area.top());
    painter.setBrush(Qt::NoBrush);
    for (const Side side : {Side::A, Side::B}) {
        QPolygonF curve;
        for (double pixel = area.left(); pixel <= area.right(); ++pixel) {
            const double share = sampleOf(side).shareUpTo(qint64(std::floor(x.valueAt(pixel))));
            curve.append(QPointF(pixel, y.positionOf(share)));
        }
        painter.setPen(QPen(theme.side(side), 1.8));
        painter.drawPolyline(curve);
    }
}

void DistributionChart::draw(QPainter &painter, const QRectF &plot, const CompareTheme &theme)
{
    setAxis({});
    if (m_histogram.edges.empty())
        return drawHint(painter, plot, tr("Choose a handler that ran on both sides."), theme);
    const QRectF area = plot.adjusted(0, 0, 0, -bottomMargin());
    const ChartAxis axis(m_histogram.edges.front(), m_histogram.edges.back(), area.left(),
                         area.right(), m_histogram.scale);
    setAxis(axis);
    drawTimeAxis(painter, area, axis, theme);
    if (m_view.isCumulative)
        drawCurves(painter, axis, area, theme);
    else
        drawColumns(painter, axis, area, theme);
    drawRange(painter, area, theme);
}

} // namespace Fanfare
