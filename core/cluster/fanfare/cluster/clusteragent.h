// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/cluster/agentpool.h>
#include <fanfare/cluster/appbook.h>
#include <fanfare/cluster/clustertransport.h>
#include <fanfare/cluster/controlorder.h>
#include <fanfare/cluster/hostpresence.h>
#include <fanfare/plugins/plugincatalog.h>

#include <QObject>
#include <QTimer>

#include <atomic>
#include <deque>
#include <map>
#include <memory>
#include <unordered_map>
#include <unordered_set>

namespace Fanfare {

struct AgentOptions
{
    BrokerAddress address;
    QString hostName;          ///< to be shown; empty: that of the machine
    QStringList pluginFolders; ///< the only code that is ever run
    RuleFiles rules;           ///< for the handlers, as on an engine
    ProcessPoolOptions pool;   ///< its recorder and listeners are set here

    /// An idempotent task is ended when it runs longer: it is settled when it has ended, and a
    /// broker closes the connection to a host that does not settle in time, 30 minutes unless its
    /// consumer_timeout says otherwise. Has to be less than that.
    std::chrono::nanoseconds longestTask = std::chrono::minutes(25);

    /// An app whose queue is gone, as when it ended, and that has not come back by then ...
    std::chrono::milliseconds missingTime{3000};
    /// ... or that said nothing by then, is gone: what waits for its word is given up.
    std::chrono::milliseconds silentTime{30'000};
};

/// One host of a cluster: takes tasks from the broker, runs them in worker processes with the
/// plugins of its own folders, and tells the apps what happens. Takes only tasks of builds that it
/// has.
///
/// A task that is not idempotent is settled before it starts, after its app has said yes; an
/// idempotent one when the broker keeps its result. Results wait here until the broker has
/// confirmed them. How many tasks it takes ahead depends on how long they take. Tasks that wait for
/// the word of an app which is gone are dead-lettered, so that they take no places from others.
///
/// Threads: [owner], an event loop is needed. The broker is answered from it, never by a handler.
class ClusterAgent final : public QObject
{
    Q_OBJECT

public:
    ClusterAgent(const AgentOptions &options, std::unique_ptr<ClusterTransport> transport,
                 QObject *parent = nullptr);
    ~ClusterAgent() override;

    void start(); ///< once

    /// Takes no more tasks, gives back what has not started, and ends when the rest is done and
    /// told: finished() follows. Called again: without waiting.
    void drain();

    HostPresence presence() const;

Q_SIGNALS:
    void statusChanged(const Fanfare::BrokerStatus &status);
    void ready();                         ///< once: all plugins were looked at
    void warned(const QString &sentence); ///< what its operator should know
    void finished();

private:
    enum class Phase : quint8 { Waiting, Asked, Running, Ended };

    struct Task
    {
        TaskEnvelope envelope;
        Phase phase = Phase::Waiting;
        quint64 delivery = 0; ///< 0: settled, or of a connection that was lost
        quint8 attempt = 1;
        bool isCoroutine = false;
        qint64 asked = 0;   ///< MonotonicClock ns when it last asked
        qint64 since = 0;   ///< as that, when it asked first
        bool isCut = false; ///< it may run for AgentOptions::longestTask only
    };

    /// A message that the broker has to keep.
    struct Kept
    {
        ClusterSession app{};
        QByteArray body;
        QList<ClusterTaskId> tasks; ///< that ended with it
        bool isDue = false;         ///< to be sent again
    };

    void connectTransport();
    void statusArrived(const BrokerStatus &status);
    void forgetDeliveries();
    void taskDelivered(quint64 delivery, int attempt, const QByteArray &body);
    bool adopt(Task &known, quint64 delivery);
    void controlArrived(const QByteArray &body);
    void granted(const QList<ClusterTaskId> &tasks);
    void denied(const ClusterTaskId &id);
    void canceled(const ClusterTaskId &id);
    void giveUpApp(ClusterSession app);
    void messageAccepted(quint64 number);

    void turn();
    void startWaiting();
    void startFirst(std::deque<ClusterTaskId> &waiting);
    bool hasPlace(const Task &task) const;
    int &openOf(const Task &task) { return task.isCoroutine ? m_openCoroutines : m_openOthers; }
    std::deque<ClusterTaskId> &waitingWith(const Task &task);
    void ask(Task &task);
    void startTask(Task &task);
    void settle(Task &task, Settlement settlement);
    void tellMissing(const ClusterTaskId &id);
    void explainCut(EventEnvelope &event) const;
    void tell(EventEnvelope event);
    void tellEnd(const Task &task, Outcome outcome, const QString &reason, const QString &text);
    void sendEvents();
    void sendKept(quint64 number, Kept &kept);
    void tick();
    void askAgain();
    int wantedPrefetch() const;
    void adaptPrefetch();
    void growPrefetch();
    void sendPresence();
    void takePlugins();
    void takeTasks();
    void endWhenDone();
    int parallel() const;

    const AgentOptions m_options;
    const ClusterSession m_session;
    EventLinker m_linker;
    const std::unique_ptr<ClusterTransport> m_transport;
    std::unique_ptr<AgentPool> m_pool;
    std::unique_ptr<PluginCatalog> m_catalog;
    QTimer m_look; // while tasks run: what began, how far they are
    QTimer m_tick;
    QTimer m_presence;
    BrokerStatus m_status;
    AppBook m_apps;
    QStringList m_queues;
    std::unordered_map<ClusterTaskId, Task> m_tasks;
    std::deque<ClusterTaskId> m_waiting;           // some may be gone
    std::deque<ClusterTaskId> m_waitingCoroutines; // the same, with several workers
    int m_openCoroutines = 0;                      // Asked and Running
    int m_openOthers = 0;
    std::unordered_set<ClusterTaskId> m_canceled;     // not to be started when they come
    std::map<quint64, QList<EventEnvelope>> m_events; // to be sent, by app
    std::map<quint64, quint64> m_counters;            // of events, by app
    std::map<quint64, Kept> m_kept;                   // by number of the message
    quint64 m_lastMessage = 0;
    int m_prefetch = 0;
    qint64 m_adapted = 0; // MonotonicClock ns when the prefetch was looked at last
    bool m_isDraining = false;
    bool m_isReady = false;
    bool m_isFinished = false;
    std::atomic<bool> m_isTurnDue = false;
};

} // namespace Fanfare
