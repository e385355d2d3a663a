// SPDX-License-Identifier: MIT
// How an agent lives: its plugins, its broker, its presence and its end.
#include "fanfare/cluster/clusteragent.h"

#include <fanfare/base/clock.h>
#include <fanfare/processes/hostexecutable.h>

#include <QRandomGenerator>
#include <QSysInfo>

#include <algorithm>

namespace Fanfare {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

static constexpr qint64 askPause = 2'000'000'000;              // ns until a question is asked again
static constexpr qint64 askTime = qint64(900) * 1'000'000'000; // ns until nobody will answer
static constexpr qint64 longTask = 1'000'000'000;              // ns: none is taken ahead
static constexpr qint64 growPause = 20'000'000;                // ns between two looks for more
static constexpr int largestPrefetch = 256;
static constexpr int largestHeld = 1000; // coroutines; brokers keep what is not settled in memory

ClusterAgent::ClusterAgent(const AgentOptions &options, std::unique_ptr<ClusterTransport> transport,
                           QObject *parent)
    : QObject(parent)
    , m_options(options)
    , m_session(ClusterSession(QRandomGenerator::system()->generate64() | 1))
    , m_transport(std::move(transport))
    , m_apps(options.missingTime, options.silentTime)
{
    ProcessPoolOptions pool = options.pool;
    const QString hostPath = pool.hostPath.isEmpty() ? hostExecutable() : pool.hostPath;
    pool.crashed = [this](const HandlerIdentity &handler, const QString &text) {
        QMetaObject::invokeMethod(
            this, [this, handler, text] { m_catalog->countCrash(handler, text); },
            Qt::QueuedConnection);
    };
    m_pool = std::make_unique<AgentPool>(pool, [this] {
        if (!m_isTurnDue.exchange(true))
            QMetaObject::invokeMethod(this, &ClusterAgent::turn, Qt::QueuedConnection);
    });
    m_catalog = std::make_unique<PluginCatalog>(m_linker, ProbeOptions{hostPath},
                                                HandlerPlace::Workers, options.rules);
    m_prefetch = m_pool->workerCount() + 1;
    connect(m_catalog.get(), &PluginCatalog::scanned, this, [this] {
        takePlugins();
        m_catalog->watch();
        m_isReady = true;
        Q_EMIT ready();
    });
    connect(m_catalog.get(), &PluginCatalog::changed, this, &ClusterAgent::takePlugins);
    connectTransport();
    m_look.setInterval(50ms);
    m_tick.setInterval(500ms);
    m_presence.setInterval(2s);
    connect(&m_look, &QTimer::timeout, this, &ClusterAgent::turn);
    connect(&m_tick, &QTimer::timeout, this, &ClusterAgent::tick);
    connect(&m_presence, &QTimer::timeout, this, &ClusterAgent::sendPresence);
}

ClusterAgent::~ClusterAgent()
{
    m_pool.reset(); // it calls back until then
}

void ClusterAgent::connectTransport()
{
    ClusterTransport *const from = m_transport.get();
    connect(from, &ClusterTransport::statusChanged, this, &ClusterAgent::statusArrived);
    connect(from, &ClusterTransport::taskDelivered, this, &ClusterAgent::taskDelivered);
    connect(from, &ClusterTransport::controlArrived, this, &ClusterAgent::controlArrived);
    connect(from, &ClusterTransport::messageAccepted, this, &ClusterAgent::messageAccepted);
    connect(from, &ClusterTransport::messageRefused, this, [this](quint64 number) {
        if (const auto found = m_kept.find(number); found != m_kept.end())
            found->second.isDue = true;
    });
    connect(from, &ClusterTransport::appMissing, this,
            [this](ClusterSession app) { m_apps.noteMissing(app, MonotonicClock::now()); });
    connect(from, &ClusterTransport::turnEnded, this, &ClusterAgent::turn);
}

void ClusterAgent::start()
{
    m_catalog->scan(m_options.pluginFolders);
    m_tick.start();
    m_presence.start();
    m_transport->open({m_options.address, ClusterRole::Agent, m_session,
                       u"fanfare host %1"_s.arg(presence().host)});
}

// --- the broker

void ClusterAgent::statusArrived(const BrokerStatus &status)
{
    const bool wasConnected = m_status.state == BrokerState::Connected;
    m_status = status;
    Q_EMIT statusChanged(status);
    if (status.state == BrokerState::Connected && !wasConnected) {
        m_apps.forgive(MonotonicClock::now());
        sendPresence();
        for (auto &[number, kept] : m_kept)
            sendKept(number, kept);
        takeTasks();
        askAgain();
    } else if (status.state != BrokerState::Connected && wasConnected) {
        forgetDeliveries();
    }
}

/// What was delivered comes again, here or elsewhere. What has asked stays: the answer may be yes.
void ClusterAgent::forgetDeliveries()
{
    for (auto at = m_tasks.begin(); at != m_tasks.end();) {
        at->second.delivery = 0;
        at->second.asked = 0;
        at = at->second.phase == Phase::Waiting ? m_tasks.erase(at) : std::next(at);
    }
    m_waiting.clear();
    m_waitingCoroutines.clear();
}

/// An app decides about its own tasks only.
static QList<ClusterTaskId> ownTasks(const ControlOrder &order)
{
    QList<ClusterTaskId> tasks = order.tasks;
    tasks.removeIf([&](const ClusterTaskId &id) { return id.app != order.app; });
    return tasks;
}

void ClusterAgent::controlArrived(const QByteArray &body)
{
    const qint64 arrived = MonotonicClock::now();
    const auto order = decodeOrder(body);
    if (!order)
        return;
    m_apps.noteSign(order->app, arrived);
    switch (order->kind) {
    case ControlKind::Ping:
        m_transport->publish(
            ClusterTransport::Message::Clock, order->app, 0,
            encode(ClockAnswer{m_session, order->time, arrived, MonotonicClock::now()}));
        break;
    case ControlKind::Present:
        sendPresence();
        if (!m_isDraining && !order->queues.isEmpty())
            m_transport->lookFor(order->queues);
        break;
    case ControlKind::Drain:
        drain();
        break;
    case ControlKind::Grant:
        granted(ownTasks(*order));
        break;
    case ControlKind::Deny:
    case ControlKind::Cancel:
        for (const ClusterTaskId &id : ownTasks(*order)) {
            if (order->kind == ControlKind::Deny)
                denied(id);
            else
                canceled(id);
        }
        break;
    }
}

// --- time

void ClusterAgent::tick()
{
    if (m_status.state == BrokerState::Connected) {
        for (const ClusterSession app : m_apps.takeGone(MonotonicClock::now()))
            giveUpApp(app);
    }
    askAgain();
    adaptPrefetch();
    if (m_status.state == BrokerState::Connected) {
        for (auto &[number, kept] : m_kept) {
            if (kept.isDue)
                sendKept(number, kept);
        }
    }
    turn();
}

/// An answer may be lost with a connection.
void ClusterAgent::askAgain()
{
    if (m_status.state != BrokerState::Connected)
        return;
    const qint64 now = MonotonicClock::now();
    std::vector<ClusterTaskId> hopeless;
    for (auto &[id, task] : m_tasks) {
        if (task.phase != Phase::Asked || now - task.asked < askPause)
            continue;
        if (now - task.since > askTime)
            hopeless.push_back(id);
        else
            ask(task);
    }
    for (const ClusterTaskId &id : hopeless)
        denied(id);
}

/// As many tasks as are done in 20 ms, in which the broker sends more.
static qint64 tasksAhead(qint64 mean, int workers)
{
    if (mean == 0)
        return 1;
    return mean > longTask ? 0 : 1 + workers * qint64(20'000'000) / mean;
}

/// Coroutines that are not settled before their end take nobody's place, and as many again may
/// come.
int ClusterAgent::wantedPrefetch() const
{
    const qint64 mean = m_pool->meanTime();
    const int workers = m_pool->workerCount();
    const qint64 held = std::count_if(m_tasks.begin(), m_tasks.end(), [](const auto &each) {
        return each.second.isCoroutine && each.second.delivery != 0;
    });
    if (mean == 0 && held == 0)
        return m_prefetch;
    return int(std::min<qint64>(workers + tasksAhead(mean, workers), largestPrefetch)
               + std::min<qint64>(2 * held, largestHeld));
}

void ClusterAgent::adaptPrefetch()
{
    m_adapted = MonotonicClock::now();
    const int wanted = wantedPrefetch();
    const bool isMuchOther = wanted >= 2 * m_prefetch || 2 * wanted <= m_prefetch
        || (m_pool->meanTime() > longTask && m_prefetch > wanted)
        || (m_openCoroutines > 0 && wanted > m_prefetch);
    if (!isMuchOther)
        return;
    m_prefetch = wanted;
    takeTasks();
}

/// As soon as tasks turn out to be short: until then the host waits for the broker most of the
/// time.
void ClusterAgent::growPrefetch()
{
    if (MonotonicClock::now() - m_adapted >= growPause && wantedPrefetch() >= 2 * m_prefetch)
        adaptPrefetch();
}

// --- plugins and presence

HostPresence ClusterAgent::presence() const
{
    HostPresence presence;
    presence.session = m_session;
    presence.host = m_options.hostName.isEmpty() ? QSysInfo::machineHostName() : m_options.hostName;
    presence.pid = QCoreApplication::applicationPid();
    presence.slots = m_pool->workerCount();
    presence.busy = m_pool->runningCount();
    presence.waiting = int(m_tasks.size()) - m_pool->openCount();
    presence.prefetch = m_prefetch;
    presence.version = QStringLiteral(FANFARE_VERSION);
    presence.isLeaving = m_isDraining;
    for (const PluginFact &plugin : m_catalog->facts().plugins) {
        if (plugin.isActive && isClusterName(plugin.id))
            presence.plugins.append({plugin.id, plugin.version, plugin.hash});
    }
    return presence;
}

void ClusterAgent::sendPresence()
{
    if (m_status.state == BrokerState::Connected)
        m_transport->publish(ClusterTransport::Message::Presence, {}, 0, encode(presence()));
}

void ClusterAgent::takePlugins()
{
    m_pool->setHandlers(m_catalog->facts(), m_linker);
    m_queues.clear();
    for (const PresentPlugin &plugin : presence().plugins)
        m_queues.append(taskQueueName(plugin.id, plugin.hash));
    sendPresence();
    takeTasks();
}

void ClusterAgent::takeTasks()
{
    if (m_status.state == BrokerState::Connected)
        m_transport->takeFrom(m_isDraining ? QStringList() : m_queues, m_prefetch);
}

// --- the end

void ClusterAgent::drain()
{
    if (std::exchange(m_isDraining, true)) {
        if (!std::exchange(m_isFinished, true)) {
            m_transport->close();
            Q_EMIT finished();
        }
        return;
    }
    takeTasks();
    sendPresence();
    for (auto at = m_tasks.begin(); at != m_tasks.end();) {
        if (at->second.phase != Phase::Waiting) {
            ++at;
            continue;
        }
        settle(at->second, Settlement::Requeue);
        at = m_tasks.erase(at);
    }
    m_waiting.clear();
    m_waitingCoroutines.clear();
    turn();
}

void ClusterAgent::endWhenDone()
{
    if (!m_isDraining || m_isFinished || !m_tasks.empty() || !m_kept.empty() || !m_events.empty())
        return;
    m_isFinished = true;
    m_tick.stop();
    m_presence.stop();
    m_transport->close();
    Q_EMIT finished();
}

} // namespace Fanfare
