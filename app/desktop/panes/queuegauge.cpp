// SPDX-License-Identifier: MIT
#include "queuegauge.h"

#include "desktop/appearance.h"

#include <QLocale>
#include <QPainter>

#include <algorithm>

namespace Fanfare {

QString queueStateText(quint64 queued, const QueueFact &queue)
{
    const bool isFull = queue.bound > 0 && queued >= queue.bound;
    if (queue.isHoldingBack || (isFull && queue.policy == FullPolicy::Block))
        return QueueGauge::tr("held back");
    if (!isFull)
        return {};
    return queue.policy == FullPolicy::Reject ? QueueGauge::tr("would refuse")
                                              : QueueGauge::tr("drops the oldest");
}

QueueGauge::QueueGauge(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setAccessibleName(tr("Queue"));
    hide();
}

static QString explanation(const QueueFact &queue)
{
    switch (queue.policy) {
    case FullPolicy::Block:
        return QueueGauge::tr("When the queue is full, emissions wait for room.");
    case FullPolicy::Reject:
        return QueueGauge::tr("When the queue is full, emissions are refused: %L1 until now.")
            .arg(queue.rejected);
    case FullPolicy::DropOldest:
        break;
    }
    return QueueGauge::tr("When the queue is full, the oldest tasks are dropped: %L1 until now.")
        .arg(queue.droppedOldest);
}

void QueueGauge::setQueue(quint64 queued, const QueueFact &queue)
{
    setVisible(queue.bound > 0);
    if (queued == m_queued && queue == m_queue)
        return;
    m_queued = queued;
    m_queue = queue;
    const QString depth = tr("%L1 of at most %L2 tasks wait for a worker; the most were %L3.")
                              .arg(queued)
                              .arg(queue.bound)
                              .arg(std::max(queued, queue.highWater));
    setToolTip(depth + QLatin1Char('\n') + explanation(queue));
    setAccessibleDescription(toolTip());
    update();
}

void QueueGauge::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    const QRectF track = QRectF(rect()).adjusted(0, 1, 0, -1);
    const double radius = track.height() / 2;
    painter.setBrush(
        blended(palette().color(QPalette::Window), palette().color(QPalette::WindowText), 0.18));
    painter.drawRoundedRect(track, radius, radius);
    if (m_queued == 0 || m_queue.bound == 0)
        return;
    const double share = std::min(1.0, double(m_queued) / double(m_queue.bound));
    const bool isFull = !queueStateText(m_queued, m_queue).isEmpty();
    painter.setBrush(accentColor(isFull ? Accent::Caution : Accent::Good, palette()));
    QRectF bar = track;
    bar.setWidth(std::max(track.height(), track.width() * share)); // a task is seen, too
    painter.drawRoundedRect(bar, radius, radius);
}

} // namespace Fanfare
