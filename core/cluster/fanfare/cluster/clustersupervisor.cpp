// SPDX-License-Identifier: MIT
// What is done with tasks: from their arrival to their end.
#include "fanfare/cluster/clustersupervisor.h"

#include "fanfare/cluster/taskenvelope.h"

#include <fanfare/base/clock.h>
#include <fanfare/ipc/taskrecords.h>

#include <QCborMap>
#include <QRandomGenerator>

#include <algorithm>

namespace Fanfare {

using namespace Qt::StringLiterals;

static constexpr quint64 windowTasks = 500; // published and not confirmed
static constexpr qint64 windowBytes = 4 * 1024 * 1024;
static constexpr quint64 brokerTasks = 10'000; // of this app that wait at the broker; the rest here
static constexpr qsizetype orderSize = 4000;   // tasks in one order

ClusterSupervisor::ClusterSupervisor(const ClusterOptions &options,
                                     std::unique_ptr<ClusterTransport> transport,
                                     PoolAccount &account, CallbackThread &callbacks)
    : m_options(options)
    , m_session(ClusterSession(QRandomGenerator::system()->generate64() | 1))
    , m_transport(std::move(transport))
    , m_account(account)
    , m_callbacks(callbacks)
    , m_lanes(options.recorder)
    , m_tick(this)
    , m_hosts(options.missingTime, options.silentTime)
{
    m_transport->setParent(this); // so that it moves to its thread
    connectTransport();
    m_account.setCancelNotice([this] {
        if (!m_isCancelDue.exchange(true))
            post([this] { cancelCanceled(); });
    });
}

ClusterSupervisor::~ClusterSupervisor()
{
    m_account.setCancelNotice({});
}

// --- from other threads

void ClusterSupervisor::post(Command command)
{
    QMetaObject::invokeMethod(
        this,
        [this, command = std::move(command)] {
            {
                std::lock_guard lock(m_mutex);
                takeArrivals();
                if (command)
                    command();
            }
            turn();
        },
        Qt::QueuedConnection);
}

void ClusterSupervisor::open()
{
    QMetaObject::invokeMethod(
        this,
        [this] {
            m_opened = MonotonicClock::now();
            m_tick.start(std::chrono::milliseconds(250));
            m_transport->open({m_options.address, ClusterRole::App, m_session,
                               u"fanfare app %1"_s.arg(QString::number(number(m_session), 16))});
        },
        Qt::QueuedConnection);
}

void ClusterSupervisor::wake()
{
    if (!m_isWakeDue.exchange(true))
        post({});
}

/// On the thread that emits, so that its emission finds room at once.
void ClusterSupervisor::dropOldest(const QueueLoad &load)
{
    std::vector<PoolDelivery> dropped;
    {
        std::lock_guard lock(m_mutex);
        takeArrivals();
        const QueueLoad shortage = m_account.shortage(load);
        std::vector<PoolDelivery> others = std::exchange(m_done, {});
        qint64 bytes = 0;
        for (auto at = m_tasks.begin();
             at != m_tasks.end() && (m_done.size() < shortage.tasks || bytes < shortage.bytes);) {
            const quint64 number = at->first;
            const bool isHeld = at->second.phase == Phase::Held;
            ++at;
            if (isHeld)
                continue;
            withdraw(number, m_tasks.at(number));
            end(number, droppedEnd());
            bytes += m_done.back().bytes;
        }
        dropped = std::exchange(m_done, std::move(others));
    }
    m_account.countDroppedOldest(dropped.size());
    m_account.complete(dropped);
    wake();
}

void ClusterSupervisor::close(bool cancelsUnstarted)
{
    post([this, cancelsUnstarted] {
        m_isClosing = true;
        if (cancelsUnstarted)
            cancelUnstarted();
    });
}

void ClusterSupervisor::cancelAll()
{
    post([this] {
        std::vector<quint64> numbers;
        for (auto &[number, task] : m_tasks) {
            task.emission->detail().cancel();
            numbers.push_back(number);
        }
        for (const quint64 number : numbers)
            cancel(number);
    });
}

void ClusterSupervisor::rejectWithdrawn()
{
    post([this] {
        std::vector<quint64> withdrawn;
        for (const auto &[number, task] : m_tasks) {
            if (task.phase != Phase::Held && task.handler().isWithdrawn())
                withdrawn.push_back(number);
        }
        for (const quint64 number : withdrawn) {
            withdraw(number, m_tasks.at(number));
            end(number, withdrawnEnd(m_tasks.at(number).handler()));
        }
    });
}

void ClusterSupervisor::sample(LiveSample &sample, size_t queuedLimit) const
{
    auto *const self = const_cast<ClusterSupervisor *>(this); // lanes are made when first named
    std::lock_guard lock(m_mutex);
    for (const auto &[number, task] : m_tasks) {
        const bool isRunning = task.started > 0;
        if (!isRunning && (++sample.queuedCount > queuedLimit))
            continue;
        OpenTask told;
        told.task = task.id();
        told.subscriber = task.subscriber().id;
        told.event = task.emission->recipients().eventNumber;
        told.queued = task.emission->queued();
        if (isRunning) {
            told.lane = self->m_lanes.laneId(labelOf(task.agent), task.slot);
            told.started = task.started;
            told.progress = task.progress;
        }
        (isRunning ? sample.running : sample.queued).push_back(told);
    }
}

BrokerStatus ClusterSupervisor::status() const
{
    std::lock_guard lock(m_mutex);
    return unconfirmedFor() >= std::chrono::nanoseconds(m_options.confirmTime).count()
        ? unconfirmedStatus()
        : m_status;
}

std::vector<ClusterHostFact> ClusterSupervisor::hosts() const
{
    std::lock_guard lock(m_mutex);
    return m_hosts.facts(MonotonicClock::now());
}

ClusterCounters ClusterSupervisor::counters() const
{
    std::lock_guard lock(m_mutex);
    return m_counters;
}

// --- the turn

/// What was decided is told when all is consistent and nothing is locked any more.
void ClusterSupervisor::turn()
{
    std::unique_lock lock(m_mutex);
    if (m_isFinished)
        return;
    pump();
    sendOrders();
    std::vector<PoolDelivery> done = std::exchange(m_done, {});
    std::vector<PoolDelivery> callingBack = std::exchange(m_callingBack, {});
    const QSet<QString> inspections = std::exchange(m_inspections, {});
    const bool isFinished = m_isClosing && m_tasks.empty();
    const quint64 running = m_runningCount;
    const QueueLoad held = m_held;
    lock.unlock();

    m_account.setAtWorkers(running, held);
    m_callbacks.post(callingBack);
    m_account.complete(done);
    for (const QString &queue : inspections)
        m_transport->inspectQueue(queue); // waits for the broker
    if (isFinished)
        finish();
}

void ClusterSupervisor::finish()
{
    {
        std::lock_guard lock(m_mutex);
        if (std::exchange(m_isFinished, true))
            return;
    }
    m_tick.stop();
    m_transport->close();
    Q_EMIT finished();
}

// --- needs m_mutex, as all that follows

void ClusterSupervisor::takeArrivals()
{
    m_isWakeDue = false; // before looking, so that nothing is overlooked
    m_account.takeArrivals(m_arrivals);
    for (const PoolArrival &arrival : m_arrivals) {
        const auto count = quint32(arrival.emission->taskCount());
        for (quint32 i = 0; i < count; ++i)
            addTask(arrival, i);
    }
}

void ClusterSupervisor::addTask(const PoolArrival &arrival, quint32 index)
{
    const EmissionState::Place place = arrival.emission->placeOf(index);
    ClusterTask task;
    task.emission = arrival.emission;
    task.index = index;
    task.deadline =
        arrival.deadline.count() > 0 ? arrival.deadline.count() : task.handler().deadline.count();
    if (!arrival.arguments.isEmpty())
        task.arguments = arrival.arguments[place.emission % arrival.arguments.size()].bytes;
    // The arguments of an emission stay until the last of its tasks has ended, usually this one.
    const bool isLast = index + 1 == arrival.emission->taskCount()
        || arrival.emission->placeOf(index + 1).emission != place.emission;
    if (place.emission < arrival.arguments.size() && isLast)
        task.charge = task.arguments.size();
    const quint64 number = ++m_lastNumber;
    m_tasks.emplace_hint(m_tasks.end(), number, task);
    if (task.handler().isWithdrawn())
        end(number, withdrawnEnd(task.handler()));
    else
        m_outbox.push_back(number);
}

/// Publishes what may be on its way and at the broker at once.
void ClusterSupervisor::pump()
{
    if (m_status.state != BrokerState::Connected || m_status.isBlocked)
        return;
    while (!m_outbox.empty() && m_unconfirmed < windowTasks && m_unconfirmedBytes < windowBytes
           && m_counters.atBroker < brokerTasks) {
        const quint64 number = m_outbox.front();
        m_outbox.pop_front();
        const auto found = m_tasks.find(number);
        if (found != m_tasks.end() && found->second.phase == Phase::Waiting)
            publish(number, found->second);
    }
}

void ClusterSupervisor::publish(quint64 number, ClusterTask &task)
{
    const HandlerIdentity &identity = task.handler().identity;
    TaskEnvelope envelope;
    envelope.task = {m_session, number};
    envelope.plugin = identity.plugin;
    envelope.hash = identity.hash;
    envelope.handler = identity.handler;
    envelope.event = task.emission->recipients().event;
    envelope.appTime = task.emission->queued();
    envelope.deadline = task.deadline;
    envelope.isIdempotent = task.isIdempotent();
    envelope.origin = task.id();
    envelope.arguments = task.arguments;
    task.sent = MonotonicClock::now();
    if (m_unconfirmed == 0)
        m_confirmed = task.sent;
    setPhase(task, Phase::Publishing);
    ++m_counters.published;
    const QString queue = taskQueueName(identity.plugin, identity.hash);
    m_transport->publishTask(number, queue, encode(envelope), m_options.startWithin);
    m_queues.noteTask(queue); // afterwards: it exists now
}

/// The one place where the counts of the phases change.
void ClusterSupervisor::setPhase(ClusterTask &task, Phase phase)
{
    const auto count = [&](Phase counted, int by) {
        if (counted == Phase::Publishing) {
            m_unconfirmed += quint64(by);
            m_unconfirmedBytes += by * task.arguments.size();
        } else if (counted == Phase::AtBroker) {
            m_counters.atBroker += quint64(by);
        } else if (counted == Phase::Held) {
            m_held.tasks += quint64(by);
            m_held.bytes += by * task.charge;
        }
    };
    count(task.phase, -1);
    task.phase = phase;
    count(task.phase, 1);
}

void ClusterSupervisor::sendOrders()
{
    if (m_status.state != BrokerState::Connected)
        return;
    if (const QStringList queues = m_queues.takeAnnouncements(); !queues.isEmpty()) {
        const ControlOrder order{
            ControlKind::Present, m_session, MonotonicClock::now(), {}, queues};
        m_transport->sendControl({}, encode(order));
    }
    for (const auto &[agent, byKind] : std::exchange(m_orders, {})) {
        for (const auto &[kind, tasks] : byKind)
            sendOrder(ClusterSession(agent), kind, tasks);
    }
}

void ClusterSupervisor::sendOrder(ClusterSession agent, ControlKind kind,
                                  const QList<ClusterTaskId> &tasks)
{
    for (qsizetype i = 0; i == 0 || i < tasks.size(); i += orderSize) {
        const ControlOrder order{
            kind, m_session, MonotonicClock::now(), tasks.mid(i, orderSize), {}};
        m_transport->sendControl(agent, encode(order));
    }
}

} // namespace Fanfare
