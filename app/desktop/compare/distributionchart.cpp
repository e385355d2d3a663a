// SPDX-License-Identifier: MIT
#include "distributionchart.h"

#include <QApplication>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>

#include <cmath>

namespace Fanfare {

DistributionChart::DistributionChart(QWidget *parent)
    : CompareChart(tr("How long tasks take"), parent)
{
    setView({});
}

void DistributionChart::setHandler(const HandlerComparison *handler)
{
    const bool isOther = !handler || !m_handler || handler->key != m_handler->key;
    m_handler = handler;
    if (isOther)
        m_range.reset();
    refresh();
}

void DistributionChart::setView(const DistributionView &view)
{
    if (view.times != m_view.times)
        m_range.reset();
    m_view = view;
    setCursor(canChoose() ? Qt::CrossCursor : Qt::ArrowCursor);
    setToolTip(canChoose()
                   ? tr("Drag over times to see only those tasks in both timelines; click to see "
                        "all")
                   : tr("Look at the handler alone to choose tasks by their times"));
    refresh();
}

/// A timeline can be asked for how long handlers ran, not for the sum of all phases.
bool DistributionChart::canChoose() const
{
    return m_view.times == DistributionView::Times::Running;
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

void DistributionChart::drawRange(QPainter &painter, const QRectF &area,
                                  const CompareTheme &theme) const
{
    if (!m_isDragging && !m_range)
        return;
    const double from = m_isDragging ? m_pressed : m_axis->positionOf(m_range->first);
    const double to = m_isDragging ? m_dragged : m_axis->positionOf(m_range->second);
    QColor fill = theme.text;
    fill.setAlphaF(0.12F);
    painter.fillRect(QRectF(std::min(from, to), area.top(), std::abs(to - from), area.height()),
                     fill);
}

void DistributionChart::draw(QPainter &painter, const QRectF &plot, const CompareTheme &theme)
{
    m_axis.reset();
    if (m_histogram.edges.empty())
        return drawHint(painter, plot, tr("Choose a handler that ran on both sides."), theme);
    const QRectF area = plot.adjusted(0, 0, 0, -bottomMargin());
    m_axis.emplace(m_histogram.edges.front(), m_histogram.edges.back(), area.left(), area.right(),
                   m_histogram.scale);
    drawTimeAxis(painter, area, *m_axis, theme);
    if (m_view.isCumulative)
        drawCurves(painter, *m_axis, area, theme);
    else
        drawColumns(painter, *m_axis, area, theme);
    drawRange(painter, area, theme);
}

void DistributionChart::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton || !m_axis || !canChoose())
        return;
    m_pressed = m_dragged = event->position().x();
    m_isDragging = true;
}

void DistributionChart::mouseMoveEvent(QMouseEvent *event)
{
    if (!m_isDragging)
        return;
    m_dragged = event->position().x();
    update();
}

void DistributionChart::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton || !std::exchange(m_isDragging, false) || !m_axis)
        return;
    update();
    m_dragged = event->position().x();
    if (std::abs(m_dragged - m_pressed) < QApplication::startDragDistance()) {
        m_range.reset();
        Q_EMIT rangeCleared();
        return;
    }
    const double from = std::max(0.0, m_axis->valueAt(std::min(m_pressed, m_dragged)));
    const double to = std::max(from, m_axis->valueAt(std::max(m_pressed, m_dragged)));
    m_range = {from, to};
    Q_EMIT rangeChosen(std::llround(from), std::llround(to));
}

} // namespace Fanfare
