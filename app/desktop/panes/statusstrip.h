// SPDX-License-Identifier: MIT
#pragma once

#include <QElapsedTimer>
#include <QTimer>
#include <QWidget>

class QLabel;

namespace Fanfare {

class QueueGauge;
struct RunTotals;
class Session;

/// The state of the engine and the totals of the run, five times a second.
class StatusStrip final : public QWidget
{
    Q_OBJECT

public:
    explicit StatusStrip(Session &session, QWidget *parent = nullptr);

protected:
    void changeEvent(QEvent *event) override;

private:
    void createLayout();
    void refresh();
    void refreshState();
    void refreshTotals();
    void refreshBroker();
    void refreshQueue(const RunTotals &totals);
    void measureRate();

    Session &m_session;
    QLabel *m_symbol;
    QLabel *m_state;
    QLabel *m_broker; ///< only with a cluster
    QLabel *m_spans;
    QLabel *m_queue;
    QueueGauge *m_gauge;
    QLabel *m_failures;
    QLabel *m_dropped;
    QLabel *m_odd; ///< only when there are spans with odd times
    QTimer m_timer;
    QElapsedTimer m_sinceMeasured;
    quint64 m_measuredSpans = 0;
    double m_rate = 0; ///< spans a second, over the last second
};

} // namespace Fanfare
