// SPDX-License-Identifier: MIT
#include "quantilechart.h"

#include "chartaxis.h"
#include "chartvalues.h"

#include <fanfare/runs/durationwords.h>

#include <QPainter>
#include <QPainterPath>

#include <algorithm>

namespace Fanfare {

using namespace Qt::StringLiterals;

QuantileChart::QuantileChart(QWidget *parent)
    : RangeChart(tr("B − A at each percentile"), parent)
{
    setCursor(Qt::CrossCursor);
    setToolTip(tr("Drag over percentiles to see only those tasks of each side in its timeline; "
                  "click to see all"));
}

void QuantileChart::setHandler(const HandlerComparison *handler)
{
    const bool isOther = !handler || handler->key != m_key;
    m_key = handler ? handler->key : HandlerKey();
    if (isOther)
        clearRange();
    m_differences = handler && handler->a && handler->b
        ? quantileDifferences(handler->a->total, handler->b->total)
        : std::vector<double>();
    setTitle(handler ? tr("%1: B − A at each percentile").arg(handler->key.name)
                     : tr("B − A at each percentile"));
    update();
}

std::vector<std::pair<QColor, QString>> QuantileChart::legend(const CompareTheme &theme) const
{
    return {{theme.a, tr("B faster")}, {theme.b, tr("B slower")}};
}

static QPainterPath areaOf(const std::vector<double> &values, const ChartAxis &x,
                           const ChartAxis &y)
{
    QPainterPath path(QPointF(x.positionOf(1), y.positionOf(0)));
    for (size_t i = 0; i < values.size(); ++i)
        path.lineTo(x.positionOf(double(i) + 1), y.positionOf(values[i]));
    path.lineTo(x.positionOf(double(values.size())), y.positionOf(0));
    path.closeSubpath();
    return path;
}

void QuantileChart::draw(QPainter &painter, const QRectF &plot, const CompareTheme &theme)
{
    setAxis({});
    if (m_differences.empty())
        return drawHint(painter, plot, tr("Choose a handler that ran on both sides."), theme);
    const auto [least, most] = std::ranges::minmax(m_differences);
    const int labels = fontMetrics().horizontalAdvance(u"-888.88 ms "_s);
    const QRectF area = plot.adjusted(labels, 0, 0, -bottomMargin());
    const ChartAxis x(1, 99, area.left(), area.right());
    setAxis(x);
    const ChartAxis y(std::min(0.0, least), std::max(0.0, most), area.bottom(), area.top());
    for (const double tick : y.ticks(4)) {
        painter.setPen(tick == 0 ? theme.dimText : theme.line);
        painter.drawLine(QPointF(area.left(), y.positionOf(tick)),
                         QPointF(area.right(), y.positionOf(tick)));
        painter.setPen(theme.dimText);
        painter.drawText(QRectF(plot.left(), y.positionOf(tick) - 10, labels - 6, 20),
                         Qt::AlignRight | Qt::AlignVCenter,
                         tick == 0 ? u"0"_s
                                   : (tick > 0 ? u"+"_s : QString()) + durationWords(tick));
    }
    for (const int percent : {1, 25, 50, 75, 99}) {
        const double left = std::min(x.positionOf(percent) - 30, area.right() - 60);
        painter.drawText(QRectF(left, area.bottom() + 3, 60, 20),
                         percent == 99 ? Qt::AlignRight : Qt::AlignHCenter, u"p%1"_s.arg(percent));
    }
    const QPainterPath shape = areaOf(m_differences, x, y);
    const double zero = y.positionOf(0);
    for (const Side side : {Side::A, Side::B}) {
        QPainterPath half; // and no clipping, which an SVG of Qt's leaves out
        half.addRect(side == Side::B
                         ? QRectF(area.left(), area.top() - 1, area.width(), zero - area.top() + 1)
                         : QRectF(area.left(), zero, area.width(), area.bottom() - zero + 1));
        const QPainterPath part = shape.intersected(half);
        if (part.isEmpty())
            continue;
        painter.save();
        QColor fill = theme.side(side);
        painter.setPen(QPen(fill, 1.5));
        fill.setAlphaF(0.3F);
        painter.setBrush(fill);
        painter.drawPath(part);
        painter.restore();
    }
    drawRange(painter, area, theme);
}

} // namespace Fanfare
