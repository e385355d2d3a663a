// SPDX-License-Identifier: MIT
#include "frametimeoverlay.h"

#include "frametimes.h"

#include <QPainter>

namespace Fanfare {

using namespace Qt::StringLiterals;

static constexpr int frameCount = 100; // that the figures are of
static constexpr qreal margin = 6;     // px, around the text and around the box

static QString figures(std::vector<double> times)
{
    const double last = times.back();
    std::sort(times.begin(), times.end());
    const auto p95 = times[(times.size() - 1) * 95 / 100];
    return u"%1 ms, p95 %2, longest %3"_s.arg(last, 0, 'f', 1)
        .arg(p95, 0, 'f', 1)
        .arg(times.back(), 0, 'f', 1);
}

void drawFrameTimes(QPainter &painter, const FrameTimes &times, const QRectF &plot)
{
    const std::vector<double> newest = times.last(frameCount);
    if (newest.empty())
        return;
    const QString text = figures(newest);
    const QFontMetricsF metrics(painter.font());
    const QSizeF size(metrics.horizontalAdvance(text) + 2 * margin, metrics.height() + margin);
    const QRectF box(plot.right() - margin - size.width(), plot.top() + margin, size.width(),
                     size.height());
    painter.fillRect(box, QColor(0, 0, 0, 190)); // on light and dark alike
    painter.setPen(Qt::white);
    painter.drawText(box, Qt::AlignCenter, text);
}

} // namespace Fanfare
