// SPDX-License-Identifier: MIT
#include "cpuchart.h"

#include <QPainter>

#include <algorithm>

namespace Fanfare {

CpuChart::CpuChart(QWidget *parent)
    : CompareChart(tr("CPU time of all the time handlers ran"), parent)
{
}

void CpuChart::setTimes(const CpuTimes &a, const CpuTimes &b)
{
    m_a = a;
    m_b = b;
    update();
}

std::vector<std::pair<QColor, QString>> CpuChart::legend(const CompareTheme &) const
{
    return {};
}

void CpuChart::drawSide(QPainter &painter, const QRectF &row, const ChartAxis &axis, Side side,
                        const CompareTheme &theme) const
{
    const CpuTimes &times = side == Side::A ? m_a : m_b;
    const double height = std::min(26.0, row.height() - 8);
    const double top = row.center().y() - height / 2;
    const double left = axis.positionOf(0);
    painter.setPen(theme.side(side));
    painter.drawText(QRectF(row.left(), top, left - row.left(), height), Qt::AlignVCenter,
                     side == Side::A ? tr("A") : tr("B"));
    if (times.run <= 0) {
        painter.setPen(theme.dimText);
        painter.drawText(QRectF(left, top, row.width(), height), Qt::AlignVCenter,
                         tr("CPU time was not measured"));
        return;
    }
    const double run = axis.positionOf(double(times.run));
    const double cpu = axis.positionOf(double(std::min(times.cpu, times.run)));
    painter.fillRect(QRectF(left, top, cpu - left, height), theme.side(side));
    painter.setPen(QPen(theme.side(side), 1.5));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(QRectF(left, top, run - left, height));
    painter.setPen(theme.text);
    painter.drawText(QRectF(run + 6, top, row.right() - run, height), Qt::AlignVCenter,
                     tr("%1 %").arg(qRound(100 * double(times.cpu) / double(times.run))));
}

void CpuChart::draw(QPainter &painter, const QRectF &plot, const CompareTheme &theme)
{
    const qint64 longest = std::max(m_a.run, m_b.run);
    if (longest <= 0)
        return drawHint(painter, plot, tr("CPU time was not measured."), theme);
    const int share = fontMetrics().horizontalAdvance(QStringLiteral("  100 %"));
    const QRectF area = plot.adjusted(18, 0, -share, -bottomMargin());
    const ChartAxis axis(0, double(longest), area.left(), area.right());
    drawTimeAxis(painter, area, axis, theme);
    const QRectF row(plot.left(), area.top(), plot.width(), area.height() / 2);
    drawSide(painter, row, axis, Side::A, theme);
    drawSide(painter, row.translated(0, row.height()), axis, Side::B, theme);
}

} // namespace Fanfare
