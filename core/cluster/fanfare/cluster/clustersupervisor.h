// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/cluster/clusterexecutor.h>
#include <fanfare/cluster/clusterlanes.h>
#include <fanfare/cluster/controlorder.h>
#include <fanfare/cluster/eventenvelope.h>
#include <fanfare/cluster/pingtrains.h>
#include <fanfare/cluster/queuewatch.h>
#include <fanfare/processes/callbackthread.h>

#include <QHash>
#include <QObject>
#include <QSet>
#include <QTimer>

#include <atomic>
#include <deque>
#include <functional>
#include <map>

namespace Fanfare {

/// A task of a cluster that has not ended.
struct ClusterTask
{
    enum class Phase : quint8 {
        Waiting,    ///< here
        Publishing, ///< sent, and not confirmed
        AtBroker,   ///< confirmed: the broker keeps it until a host takes it
        Held,       ///< a host may run it, or runs it
    };

    EmissionState *emission = nullptr;
    quint32 index = 0;    ///< in its emission or batch
    QByteArray arguments; ///< encoded
    qint64 charge = 0;    ///< bytes of arguments that stay until it ends
    qint64 deadline = 0;  ///< ns from its start; 0: none
    Phase phase = Phase::Waiting;
    ClusterSession agent{}; ///< of Held
    quint8 attempt = 1;
    quint16 slot = 0;
    qint64 sent = 0;         ///< MonotonicClock ns when it was last published
    qint64 started = 0;      ///< as that; 0: not started
    bool isStopping = false; ///< its agent was told to
    quint8 returned = 0;     ///< times that a host, or the broker, gave it back unstarted
    double progress = -1;

    const Subscriber &subscriber() const { return emission->subscriber(index); }
    const HandlerEntryPoint &handler() const { return subscriber().handler; }
    TaskId id() const { return emission->taskId(index); }
    bool isIdempotent() const { return handler().isIdempotent; }
};

/// Everything of a ClusterExecutor that lives on its thread: the tasks that are open, the hosts,
/// and what is said to and heard from them. It decides alone who may start a task that must not
/// start twice, so that copies of messages, which brokers and networks make, do no harm.
///
/// Threads: [owner], unless said otherwise.
class ClusterSupervisor final : public QObject
{
    Q_OBJECT

public:
    ClusterSupervisor(const ClusterOptions &options, std::unique_ptr<ClusterTransport> transport,
                      PoolAccount &account, CallbackThread &callbacks);
    ~ClusterSupervisor() override;

    void open();                            ///< once [any]
    void wake();                            ///< something arrived [any]
    void dropOldest(const QueueLoad &load); ///< ends queued tasks until \a load fits [any, locks]
    void close(bool cancelsUnstarted);      ///< [any]
    void cancelAll();                       ///< [any]
    void rejectWithdrawn();                 ///< [any]
    void sample(LiveSample &sample, size_t queuedLimit) const; ///< [any, locks]
    BrokerStatus status() const;                               ///< [any, locks]
    std::vector<ClusterHostFact> hosts() const;                ///< [any, locks]
    ClusterCounters counters() const;                          ///< [any, locks]

Q_SIGNALS:
    void finished(); ///< once: closed, nothing is open and the connection is

private:
    using Command = std::function<void()>;
    using Phase = ClusterTask::Phase;
    using TaskMap = std::map<quint64, ClusterTask>;

    void post(Command command); // [any]
    void turn();
    void finish();

    // Need m_mutex, as all below.
    void takeArrivals();
    void addTask(const PoolArrival &arrival, quint32 index);
    void pump();
    void publish(quint64 number, ClusterTask &task);
    void setPhase(ClusterTask &task, Phase phase);
    void withdraw(quint64 number, const ClusterTask &task);
    void cancel(quint64 number);
    void cancelUnstarted();
    void cancelCanceled();
    void end(quint64 number, TaskEnd end, const EventEnvelope *event = nullptr);
    void rejectAll(const QString &code, const QString &sentence);
    void sendOrders();
    void sendOrder(ClusterSession agent, ControlKind kind, const QList<ClusterTaskId> &tasks);

    // What the transport says, see clustersupervisorevents.cpp.
    void connectTransport();
    void statusArrived(const BrokerStatus &status);
    void taskAccepted(quint64 number);
    void taskRefused(quint64 number, const QString &code, const QString &sentence);
    void taskDied(const QByteArray &body, const QString &reason);
    bool publishAgain(quint64 number, ClusterTask &task);
    void unstart(ClusterTask &task, Phase phase);

    // What becomes of queues, see clustersupervisorqueues.cpp.
    void inspectQueues();
    void queueInspected(const QString &queue, const QueueState &state);
    int publishLost(const QString &queue, qint64 before);
    void messageArrived(ClusterTransport::Message kind, const QByteArray &message);
    void clockArrived(const QByteArray &message);
    void presenceArrived(const QByteArray &message);
    void noteNews(const QList<EventEnvelope> &events);
    void eventArrived(const EventEnvelope &event);
    void asked(const EventEnvelope &event);
    void started(const EventEnvelope &event, ClusterTask &task);
    void ended(const EventEnvelope &event, ClusterTask &task);
    void refused(const EventEnvelope &event, ClusterTask &task);
    bool isFromHolder(const EventEnvelope &event, const ClusterTask &task) const;
    void tick();
    void ping();
    void hostLost(const ClusterHostFact &host);
    void warnOfUnclaimed();
    void warnOfUnconfirmed();
    qint64 unconfirmedFor() const;
    BrokerStatus unconfirmedStatus() const;
    void warn(const QString &text, TaskId task = {}, SubscriberId subscriber = {});
    QString labelOf(ClusterSession agent) const;

    const ClusterOptions m_options;
    const ClusterSession m_session;
    const std::unique_ptr<ClusterTransport> m_transport;
    PoolAccount &m_account;
    CallbackThread &m_callbacks;
    ClusterLanes m_lanes;
    QTimer m_tick;
    mutable std::mutex m_mutex;
    TaskMap m_tasks;                       // guarded by m_mutex, as the rest; by number, from 1
    std::deque<quint64> m_outbox;          // numbers of Waiting; some may have ended
    std::deque<ClusterTaskId> m_withdrawn; // the last that ended while a host could get them
    std::map<quint64, std::map<ControlKind, QList<ClusterTaskId>>> m_orders; // by agent; 0: all
    HostBook m_hosts;
    PingTrains m_pings;
    QueueWatch m_queues;
    std::map<quint64, quint64> m_eventCounters; // by agent
    QSet<QString> m_warned;                     // queues that nobody takes from, and that was told
    BrokerStatus m_status;
    ClusterCounters m_counters;
    std::vector<PoolArrival> m_arrivals;
    std::vector<PoolDelivery> m_done;        // to be completed at the end of the turn
    std::vector<PoolDelivery> m_callingBack; // to be handed over at the end of the turn
    quint64 m_lastNumber = 0;
    quint64 m_runningCount = 0;
    quint64 m_unconfirmed = 0;
    qint64 m_unconfirmedBytes = 0;
    qint64 m_confirmed = 0; // ns, when something was confirmed, or first waited for it
    bool m_isStallTold = false;
    QueueLoad m_held;
    qint64 m_opened = 0;    // ns, when the first try to connect began
    qint64 m_lostSince = 0; // ns; 0: connected
    int m_ticks = 0;
    bool m_isInspectionDue = false; // the broker is back
    QSet<QString> m_inspections;    // queues to be asked for, at the end of the turn
    bool m_wasConnected = false;
    bool m_isClosing = false;
    bool m_isFinished = false;
    std::atomic<bool> m_isWakeDue = false;
    std::atomic<bool> m_isCancelDue = false;
};

} // namespace Fanfare
