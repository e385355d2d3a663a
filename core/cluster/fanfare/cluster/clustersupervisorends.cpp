// SPDX-License-Identifier: MIT
// How tasks end, and what the silence of hosts and broker means for them.
#include "fanfare/cluster/clustersupervisor.h"

#include "fanfare/cluster/taskenvelope.h"

#include <fanfare/base/clock.h>

#include <QCborMap>

#include <algorithm>

namespace Fanfare {

using namespace Qt::StringLiterals;

static constexpr size_t withdrawnCount = 10'000;
static constexpr int pingTicks = 4;        // a ping each second, or a train
static constexpr int inspectionTicks = 20; // a look at queues where tasks wait, each 5 s
static constexpr qint64 unclaimedTime = 3'000'000'000; // ns that a task waits before that is told
static constexpr qint64 abandonTime =
    30'000'000'000; // ns that an end waits for a broker that is gone

static quint32 clampedSpan(qint64 from, qint64 to)
{
    return quint32(std::clamp<qint64>(to - from, 0, std::numeric_limits<quint32>::max()));
}

/// \a event, if any, is what its host says about the end.
void ClusterSupervisor::end(quint64 number, TaskEnd end, const EventEnvelope *event)
{
    const auto found = m_tasks.find(number);
    ClusterTask &task = found->second;
    const qint64 now = MonotonicClock::now();
    SpanRecord span;
    span.task = task.id();
    span.queued = task.emission->queued();
    span.subscriber = task.subscriber().id;
    span.event = task.emission->recipients().eventNumber;
    span.outcome = end.outcome;
    span.attempt = task.attempt;
    span.started = span.finished = now;
    if (task.started > 0)
        span.started = task.started;
    QCborMap crash;
    const bool hasRun = task.started > 0 || (event && event->started > 0);
    if (event && event->started > 0) {
        const auto [started, finished] =
            m_hosts.toLocal(event->agent, event->started, event->time, task.sent, now);
        span.started = started;
        span.finished = finished;
        span.cpu = event->cpu;
        span.peakMemory = event->peakMemory;
        span.repliedAfter = clampedSpan(finished, now);
    }
    if (event)
        crash = QCborValue::fromCbor(event->crash).toMap();
    if (hasRun)
        span.sentBefore = clampedSpan(task.sent, span.started);
    const int slot = event ? event->slot : task.slot;
    m_lanes.record(hasRun ? labelOf(task.agent) : QString(), slot, span, end, crash);
    if (end.outcome == Outcome::Succeeded && task.handler().gate)
        task.handler().gate->noteSuccess();

    const bool isTold = end.outcome != Outcome::Canceled && end.reason != droppedEnd().reason;
    const bool hasCallbacks = task.subscriber().onSuccess || task.subscriber().onFailure;
    PoolDelivery delivery{{task.emission, task.index}, std::move(end), true, task.charge};
    delivery.callsBack = (hasRun || isTold) && hasCallbacks;
    if (task.started > 0)
        --m_runningCount;
    setPhase(task, Phase::Waiting);
    m_tasks.erase(found);
    (delivery.callsBack ? m_callingBack : m_done).push_back(std::move(delivery));
}

void ClusterSupervisor::rejectAll(const QString &code, const QString &sentence)
{
    while (!m_tasks.empty()) {
        TaskEnd rejected;
        rejected.outcome = Outcome::Rejected;
        rejected.reason = code;
        rejected.error = {code, sentence};
        end(m_tasks.begin()->first, std::move(rejected));
    }
    m_outbox.clear();
}

// --- what is canceled

/// A host may get it all the same: the broker takes nothing back out of a queue.
void ClusterSupervisor::withdraw(quint64 number, const ClusterTask &task)
{
    if (task.phase == Phase::Waiting)
        return;
    const ClusterTaskId id{m_session, number};
    m_orders[Fanfare::number(task.agent)][ControlKind::Cancel].append(id);
    m_withdrawn.push_back(id);
    if (m_withdrawn.size() > withdrawnCount)
        m_withdrawn.pop_front();
}

void ClusterSupervisor::cancel(quint64 number)
{
    const auto found = m_tasks.find(number);
    if (found == m_tasks.end())
        return;
    ClusterTask &task = found->second;
    if (task.phase != Phase::Held) {
        withdraw(number, task);
        end(number, canceledEnd());
    } else if (!std::exchange(task.isStopping, true)) {
        withdraw(number, task);
    }
}

/// Finds out whose flag it was that Emission::cancel() raised.
void ClusterSupervisor::cancelCanceled()
{
    m_isCancelDue = false; // before looking, so that nothing is overlooked
    std::vector<quint64> canceled;
    for (const auto &[number, task] : m_tasks) {
        if (task.emission->isCanceled())
            canceled.push_back(number);
    }
    for (const quint64 number : canceled)
        cancel(number);
}

/// Ends the emissions of which no task may run anywhere.
void ClusterSupervisor::cancelUnstarted()
{
    std::map<const EmissionState *, std::vector<quint64>> queued;
    for (const auto &[number, task] : m_tasks) {
        if (task.phase != Phase::Held && task.attempt == 1)
            queued[task.emission].push_back(number);
    }
    for (const auto &[emission, numbers] : queued) {
        if (numbers.size() < emission->taskCount())
            continue;
        for (const quint64 number : numbers)
            cancel(number);
    }
}

// --- silence

void ClusterSupervisor::tick()
{
    const qint64 now = MonotonicClock::now();
    ++m_ticks;
    if (m_status.state != BrokerState::Connected) {
        const bool isLate =
            now - m_opened > std::chrono::nanoseconds(m_options.connectTime).count();
        if (!m_wasConnected && (isLate || m_status.isPermanent)) {
            rejectAll(m_status.code.isEmpty() ? u"no-broker"_s : m_status.code, m_status.sentence);
        } else if (m_isClosing && m_lostSince > 0 && now - m_lostSince > abandonTime) {
            rejectAll(u"broker-lost"_s,
                      u"The executor was shut down while its broker was gone; what became of the "
                      "task is not known."_s);
        }
        return;
    }
    if (m_ticks % pingTicks == 0)
        ping();
    for (const ClusterHostFact &host : m_hosts.takeLost(now))
        hostLost(host);
    warnOfUnclaimed();
    warnOfUnconfirmed();
    if (m_ticks % inspectionTicks == 0 || m_isInspectionDue)
        inspectQueues();
}

void ClusterSupervisor::ping()
{
    const std::vector<ClusterSession> agents = m_hosts.sessions();
    m_pings.beginSome(agents);
    for (const ClusterSession agent : agents)
        sendOrder(agent, ControlKind::Ping, {});
}

/// Its host does not have it any more.
void ClusterSupervisor::unstart(ClusterTask &task, Phase phase)
{
    if (task.started > 0)
        --m_runningCount;
    task.started = 0;
    setPhase(task, phase);
}

/// What it held and must not start twice has crashed with it. The broker gives the rest to others.
void ClusterSupervisor::hostLost(const ClusterHostFact &host)
{
    ++m_counters.lostHosts;
    const ClusterSession agent = host.presence.session;
    m_eventCounters.erase(number(agent));
    m_pings.forget(agent);
    if (!host.presence.isLeaving)
        m_lanes.event(host.label, LaneEventKind::Died, host.presence.pid, u"the host is gone"_s);
    std::vector<quint64> crashed;
    for (auto &[number, task] : m_tasks) {
        if (task.phase != Phase::Held || task.agent != agent)
            continue;
        if (!task.isIdempotent()) {
            crashed.push_back(number);
            continue;
        }
        unstart(task, Phase::AtBroker);
    }
    for (const quint64 number : crashed) {
        TaskEnd lost;
        lost.outcome = Outcome::Crashed;
        lost.reason = u"host-lost"_s;
        lost.error = {
            lost.reason,
            u"The host %1 that ran it is gone; whether it was done is not known. Mark its "
            "handler as idempotent if it may run again."_s.arg(host.label)};
        end(number, std::move(lost));
    }
}

/// Once for each build that nobody takes.
void ClusterSupervisor::warnOfUnclaimed()
{
    const qint64 now = MonotonicClock::now();
    for (const auto &[number, task] : m_tasks) {
        if (task.phase != Phase::AtBroker)
            continue;
        if (now - task.sent < unclaimedTime)
            return; // as all that follow
        const HandlerIdentity &identity = task.handler().identity;
        const QString queue = taskQueueName(identity.plugin, identity.hash);
        if (m_warned.contains(queue)
            || !m_hosts.hostsWith(identity.plugin, identity.hash).isEmpty())
            return;
        m_warned.insert(queue);
        const QStringList others = m_hosts.hostsWithOther(identity.plugin, identity.hash);
        warn(u"No host has this build of %1, so its tasks wait. %2"_s.arg(
                 identity.plugin,
                 others.isEmpty() ? u"Start a host with it in its plugin folder."_s
                                  : u"Hosts that have another build: %1; put this one there."_s.arg(
                                      others.join(u", "_s))),
             task.id(), task.subscriber().id);
        return;
    }
}

/// ns that the broker has confirmed nothing, though it was sent something; 0: it does.
qint64 ClusterSupervisor::unconfirmedFor() const
{
    const bool isWaiting = m_status.state == BrokerState::Connected && m_unconfirmed > 0;
    return isWaiting ? MonotonicClock::now() - m_confirmed : 0;
}

/// As m_status, with what that is not told of: brokers do not always say that they take nothing.
BrokerStatus ClusterSupervisor::unconfirmedStatus() const
{
    BrokerStatus status = m_status;
    if (!status.sentence.isEmpty())
        return status;
    status.code = u"unconfirmed"_s;
    status.sentence =
        u"The broker has confirmed nothing for %1 s; tasks that it was sent and that "
        "wait for that: %2. Look at its memory, its disk and its other nodes; a queue "
        "that lost its leader when it was killed can be deleted there, its tasks are "
        "sent again."_s.arg(unconfirmedFor() / 1'000'000'000)
            .arg(m_unconfirmed);
    return status;
}

void ClusterSupervisor::warnOfUnconfirmed()
{
    const bool isStalled =
        unconfirmedFor() >= std::chrono::nanoseconds(m_options.confirmTime).count();
    if (isStalled && !m_isStallTold && m_status.sentence.isEmpty())
        warn(unconfirmedStatus().sentence);
    m_isStallTold = isStalled;
}

} // namespace Fanfare
