// SPDX-License-Identifier: MIT
#include "statusstrip.h"

#include "clustertext.h"
#include "desktop/appearance.h"
#include "desktop/models/spanrow.h"
#include "desktop/session.h"
#include "durationtext.h"
#include "queuegauge.h"

#include <fanfare/base/clock.h>

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>

namespace Fanfare {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

StatusStrip::StatusStrip(Session &session, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_symbol(new QLabel(this))
    , m_state(new QLabel(this))
    , m_broker(new QLabel(this))
    , m_spans(new QLabel(this))
    , m_queue(new QLabel(this))
    , m_gauge(new QueueGauge(this))
    , m_failures(new QLabel(this))
    , m_dropped(new QLabel(this))
    , m_odd(new QLabel(this))
{
    createLayout();
    connect(&m_session, &Session::engineStateChanged, this, &StatusStrip::refreshState);
    connect(&m_timer, &QTimer::timeout, this, &StatusStrip::refresh);
    m_sinceMeasured.start();
    m_timer.start(200ms);
    refreshState();
    refresh();
}

void StatusStrip::createLayout()
{
    auto layout = new QHBoxLayout(this);
    layout->setContentsMargins(8, 2, 8, 2);
    layout->setSpacing(6);
    layout->addWidget(m_symbol);
    layout->addWidget(m_state);
    for (QLabel *label : {m_broker, m_spans, m_queue, m_failures, m_dropped, m_odd}) {
        layout->addSpacing(18);
        layout->addWidget(label);
        if (label == m_queue)
            layout->addWidget(m_gauge);
    }
    layout->addStretch();
    m_state->setAccessibleName(tr("Engine"));
    m_broker->setAccessibleName(tr("Broker"));
    m_spans->setToolTip(tr("Finished tasks, and how many finished within the last second"));
    m_queue->setToolTip(tr("Tasks that run now, and tasks that wait for a worker"));
    m_failures->setToolTip(tr("Tasks that did not succeed, without the canceled ones"));
    m_dropped->setToolTip(tr("Spans that could not be recorded; they ran all the same"));
    m_odd->setToolTip(tr("Spans whose times contradicted each other, and were put right"));
}

void StatusStrip::refresh()
{
    measureRate();
    refreshState();
    refreshTotals();
    refreshBroker();
}

void StatusStrip::measureRate()
{
    const qint64 elapsed = m_sinceMeasured.elapsed();
    const quint64 spans = m_session.model().totals().spans;
    if (spans >= m_measuredSpans && elapsed < 1000)
        return;
    m_rate = spans < m_measuredSpans ? 0 : double(spans - m_measuredSpans) * 1e3 / double(elapsed);
    m_measuredSpans = spans;
    m_sinceMeasured.restart();
}

static QString stateText(const Session &session)
{
    switch (session.engineState()) {
    case EngineState::Starting:
        return StatusStrip::tr("Engine starting…");
    case EngineState::Ready:
        return session.isBusy() ? StatusStrip::tr("Live") : StatusStrip::tr("Ready");
    case EngineState::Restarting:
        return StatusStrip::tr("Engine restarting…");
    case EngineState::Ended:
        break;
    }
    return StatusStrip::tr("Engine stopped");
}

static Accent stateAccent(const Session &session)
{
    if (session.engineState() == EngineState::Ended)
        return Accent::Bad;
    return session.engineState() == EngineState::Ready ? Accent::Good : Accent::Caution;
}

void StatusStrip::refreshState()
{
    QString text = stateText(m_session);
    const qint64 start = m_session.model().startTime();
    if (m_session.isBusy() && start > 0)
        text += u" · "_s + momentText(MonotonicClock::now() - start).chopped(2);
    m_state->setText(text);
    const bool isEnded = m_session.engineState() == EngineState::Ended;
    const QString name = isEnded ? u"stop"_s : u"running"_s;
    m_symbol->setPixmap(symbolIcon(name, stateAccent(m_session)).pixmap(14, 14));
}

static quint64 failureCount(const RunTotals &totals)
{
    quint64 count = 0;
    for (size_t outcome = 0; outcome < totals.outcomes.size(); ++outcome)
        count += isFailure(Outcome(outcome)) ? totals.outcomes[outcome] : 0;
    return count;
}

void StatusStrip::refreshQueue(const RunTotals &totals)
{
    const QueueFact &queue = m_session.model().queue();
    QString text = tr("%L1 running · %L2 queued").arg(totals.running).arg(totals.queued);
    if (const QString state = queueStateText(totals.queued, queue); !state.isEmpty())
        text += u" · "_s + state;
    m_queue->setText(text);
    m_gauge->setQueue(totals.queued, queue);
}

void StatusStrip::refreshTotals()
{
    const QLocale locale;
    const RunTotals &totals = m_session.model().totals();
    const QString spans = totals.spans == 1 ? tr("1 span") : tr("%L1 spans").arg(totals.spans);
    m_spans->setText(
        tr("%1 · %2/s").arg(spans).arg(locale.toString(m_rate, 'f', m_rate < 10 ? 1 : 0)));
    refreshQueue(totals);
    const quint64 failures = failureCount(totals);
    m_failures->setText(u"✕ "_s + tr("%L1 failed").arg(failures));
    m_dropped->setText(tr("%L1 dropped").arg(totals.droppedSpans + totals.forgottenSpans));
    m_odd->setText(tr("%L1 with odd times").arg(totals.oddSpans));
    m_odd->setVisible(totals.oddSpans > 0);
    setMuted(*m_odd);
    QPalette colors = palette();
    if (failures > 0)
        colors.setColor(QPalette::WindowText, accentColor(Accent::Bad, colors));
    m_failures->setPalette(colors);
    setMuted(*m_dropped);
}

void StatusStrip::refreshBroker()
{
    const ClusterFact &cluster = m_session.cluster();
    const bool isWrong =
        !cluster.broker.isEmpty() && (!cluster.isConnected || !cluster.problem.isEmpty());
    m_broker->setText(brokerText(cluster));
    m_broker->setToolTip(clusterToolTip(cluster));
    m_broker->setVisible(!cluster.broker.isEmpty());
    QPalette colors = palette();
    if (isWrong)
        colors.setColor(QPalette::WindowText, accentColor(Accent::Bad, colors));
    m_broker->setPalette(colors);
}

void StatusStrip::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        refresh();
    QWidget::changeEvent(event);
}

} // namespace Fanfare
