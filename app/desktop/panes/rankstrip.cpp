// SPDX-License-Identifier: MIT
#include "rankstrip.h"

#include "desktop/appearance.h"
#include "durationtext.h"

#include <QPainter>

#include <algorithm>

namespace Fanfare {

using namespace Qt::StringLiterals;

static constexpr int histogramHeight = 34;

RankStrip::RankStrip(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    hide();
}

static QString sentenceOf(const HandlerRank &rank)
{
    const QLocale locale;
    const double share = 100.0 * double(rank.faster) / double(rank.count - 1);
    const QString percent = locale.toString(share, 'f', share > 99 && share < 100 ? 1 : 0);
    if (rank.faster == 0)
        return RankStrip::tr("The fastest of %L1 tasks of this handler").arg(rank.count);
    if (rank.faster == rank.count - 1)
        return RankStrip::tr("The slowest of %L1 tasks of this handler").arg(rank.count);
    return RankStrip::tr("Slower than %1 % of %L2 tasks of this handler")
        .arg(percent)
        .arg(rank.count);
}

void RankStrip::setRank(const std::optional<HandlerRank> &rank)
{
    m_rank = rank.value_or(HandlerRank());
    m_sentence = rank ? sentenceOf(*rank) : QString();
    setAccessibleName(m_sentence);
    if (rank) {
        setToolTip(tr("From %1 to %2; each bar is wider than the one before by the same factor")
                       .arg(durationText(rank->shortest), durationText(rank->longest)));
    }
    setVisible(rank.has_value());
    update();
}

QSize RankStrip::sizeHint() const
{
    return {120, histogramHeight + fontMetrics().height() + 6};
}

/// The bar of the task is marked by a triangle as well, not by its color alone.
void RankStrip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(palette().color(QPalette::WindowText));
    const int textHeight = fontMetrics().height();
    painter.drawText(QRect(0, 0, width(), textHeight), Qt::AlignLeft | Qt::AlignVCenter,
                     fontMetrics().elidedText(m_sentence, Qt::ElideRight, width()));
    const QColor bar =
        blended(palette().color(QPalette::Base), palette().color(QPalette::Text), 0.4);
    const QColor own = palette().color(QPalette::Highlight);
    const quint32 most = std::max(1U, *std::max_element(m_rank.bins.begin(), m_rank.bins.end()));
    const double step = double(width()) / double(HandlerRank::binCount);
    const double floor = height() - 6;
    const double room = floor - textHeight - 4;
    for (size_t i = 0; i < HandlerRank::binCount; ++i) {
        const double tall =
            m_rank.bins[i] == 0 ? 0 : std::max(2.0, room * double(m_rank.bins[i]) / double(most));
        painter.fillRect(QRectF(double(i) * step, floor - tall, step - 1, tall),
                         i == m_rank.bin ? own : bar);
    }
    painter.setPen(Qt::NoPen);
    painter.setBrush(own);
    const double middle = (double(m_rank.bin) + 0.5) * step;
    painter.drawPolygon(QPolygonF{QPointF(middle, floor + 1), QPointF(middle - 4, height()),
                                  QPointF(middle + 4, height())});
}

} // namespace Fanfare
