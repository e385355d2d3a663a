// SPDX-License-Identifier: MIT
#include "phasechart.h"

#include "chartaxis.h"

#include <fanfare/runs/durationwords.h>

#include <QPainter>

#include <numeric>

namespace Fanfare {

PhaseChart::PhaseChart(QWidget *parent)
    : CompareChart(tr("Time of a mean task"), parent)
{
}

void PhaseChart::setMeans(const PhaseMeans &means)
{
    m_means = means;
    update();
}

std::vector<std::pair<QColor, QString>> PhaseChart::legend(const CompareTheme &theme) const
{
    return {{theme.phases[0], tr("queued")},
            {theme.phases[1], tr("sent")},
            {theme.phases[2], tr("running")},
            {theme.phases[3], tr("reply")}};
}

static double sumOf(const std::array<double, phaseCount> &means)
{
    return std::accumulate(means.begin(), means.end(), 0.0);
}

void PhaseChart::draw(QPainter &painter, const QRectF &plot, const CompareTheme &theme)
{
    const double longest = std::max(sumOf(m_means.a), sumOf(m_means.b));
    if (longest <= 0)
        return drawHint(painter, plot, tr("No task started."), theme);
    constexpr double names = 18;
    const int totals = fontMetrics().horizontalAdvance(QStringLiteral("  888.88 ms"));
    const QRectF area = plot.adjusted(names, 0, -totals, -bottomMargin());
    const ChartAxis axis(0, longest, area.left(), area.right());
    drawTimeAxis(painter, area, axis, theme);
    const double height = std::min(26.0, area.height() / 2 - 8);
    double top = area.top() + (area.height() / 2 - height) / 2;
    for (const Side side : {Side::A, Side::B}) {
        const auto &means = side == Side::A ? m_means.a : m_means.b;
        double x = 0;
        for (size_t i = 0; i < means.size(); ++i) {
            const double left = axis.positionOf(x);
            x += means[i];
            painter.fillRect(QRectF(left, top, axis.positionOf(x) - left, height), theme.phases[i]);
        }
        painter.setPen(theme.side(side));
        painter.drawText(QRectF(plot.left(), top, names, height), Qt::AlignVCenter,
                         side == Side::A ? tr("A") : tr("B"));
        painter.setPen(theme.text);
        painter.drawText(QRectF(axis.positionOf(x) + 6, top, totals, height), Qt::AlignVCenter,
                         durationWords(x));
        top += area.height() / 2;
    }
}

} // namespace Fanfare
