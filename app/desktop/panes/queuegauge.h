// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/engine/facts.h>

#include <QWidget>

namespace Fanfare {

/// What a full queue means now: "held back", "would refuse", "drops the oldest"; empty while there
/// is room.
QString queueStateText(quint64 queued, const QueueFact &queue);

/// How full the queue is, as a bar: its length is the share of the bound. Hidden when there is no
/// bound.
class QueueGauge final : public QWidget
{
    Q_OBJECT

public:
    explicit QueueGauge(QWidget *parent = nullptr);

    void setQueue(quint64 queued, const QueueFact &queue);

    QSize sizeHint() const override { return {72, 10}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    quint64 m_queued = 0;
    QueueFact m_queue;
};

} // namespace Fanfare
