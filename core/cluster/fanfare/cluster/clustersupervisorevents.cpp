// SPDX-License-Identifier: MIT
// What broker and hosts say, and what follows from their silence.
#include "fanfare/cluster/clustersupervisor.h"

#include "fanfare/cluster/taskenvelope.h"

#include <fanfare/base/clock.h>
#include <fanfare/ipc/taskrecords.h>

#include <algorithm>

namespace Fanfare {

using namespace Qt::StringLiterals;

static constexpr int returnLimit = 3;

void ClusterSupervisor::connectTransport()
{
    ClusterTransport *const from = m_transport.get();
    const auto locked = [this](auto function) {
        return [this, function](const auto &...arguments) {
            std::lock_guard lock(m_mutex);
            (this->*function)(arguments...);
        };
    };
    using Self = ClusterSupervisor;
    connect(&m_tick, &QTimer::timeout, this, [this] {
        {
            std::lock_guard lock(m_mutex);
            tick();
        }
        turn();
    });
    connect(from, &ClusterTransport::statusChanged, this, [this](const BrokerStatus &status) {
        {
            std::lock_guard lock(m_mutex);
            statusArrived(status);
        }
        if (m_options.statusChanged)
            m_options.statusChanged(status);
        turn();
    });
    connect(from, &ClusterTransport::taskAccepted, this, locked(&Self::taskAccepted));
    connect(from, &ClusterTransport::taskRefused, this, locked(&Self::taskRefused));
    connect(from, &ClusterTransport::queueInspected, this, locked(&Self::queueInspected));
    connect(from, &ClusterTransport::taskDied, this, locked(&Self::taskDied));
    connect(from, &ClusterTransport::messageArrived, this, locked(&Self::messageArrived));
    connect(from, &ClusterTransport::agentMissing, this, [this](ClusterSession agent) {
        std::lock_guard lock(m_mutex);
        m_hosts.noteMissing(agent, MonotonicClock::now());
    });
    connect(from, &ClusterTransport::turnEnded, this, &Self::turn);
}

void ClusterSupervisor::warn(const QString &text, TaskId task, SubscriberId subscriber)
{
    LogLine line;
    line.time = MonotonicClock::now();
    line.task = task;
    line.subscriber = subscriber;
    line.level = LogLevel::Warning;
    line.text = text;
    m_lanes.log(std::move(line));
}

QString ClusterSupervisor::labelOf(ClusterSession agent) const
{
    const ClusterHostFact *host = m_hosts.find(agent);
    return host ? host->label : u"unknown host"_s;
}

// --- the broker

void ClusterSupervisor::statusArrived(const BrokerStatus &status)
{
    const bool wasConnected = m_status.state == BrokerState::Connected;
    m_status = status;
    if (!status.sentence.isEmpty())
        warn(status.sentence);
    const qint64 now = MonotonicClock::now();
    if (status.state == BrokerState::Connected) {
        m_wasConnected = true;
        m_lostSince = 0;
        if (!wasConnected) {
            m_hosts.forgive(now);
            m_orders[0][ControlKind::Present];
            m_isInspectionDue = true;
        }
        return;
    }
    if (!wasConnected)
        return;
    m_lostSince = now;
    m_queues.forgetAll();
    // Nobody knows whether the broker has them: they are published again, in their order. A copy
    // does no harm, see asked() and ended().
    std::deque<quint64> again;
    for (auto &[number, task] : m_tasks) {
        if (task.phase != Phase::Publishing)
            continue;
        setPhase(task, Phase::Waiting);
        again.push_back(number);
    }
    m_outbox.insert(m_outbox.begin(), again.begin(), again.end());
}

void ClusterSupervisor::taskAccepted(quint64 number)
{
    m_confirmed = MonotonicClock::now();
    const auto found = m_tasks.find(number);
    if (found != m_tasks.end() && found->second.phase == Phase::Publishing)
        setPhase(found->second, Phase::AtBroker);
}

void ClusterSupervisor::taskRefused(quint64 number, const QString &code, const QString &sentence)
{
    m_confirmed = MonotonicClock::now();
    const auto found = m_tasks.find(number);
    if (found == m_tasks.end() || found->second.phase != Phase::Publishing)
        return;
    ClusterTask &task = found->second;
    if (code == "undeliverable"_L1 && publishAgain(number, task)) {
        const HandlerIdentity &identity = task.handler().identity;
        m_queues.announceAgain(taskQueueName(identity.plugin, identity.hash));
        m_isInspectionDue = true; // what waited there is gone as well
        return;
    }
    TaskEnd rejected;
    rejected.outcome = Outcome::Rejected;
    rejected.reason = code;
    rejected.error = {code, sentence};
    end(number, std::move(rejected));
}

/// A host rejects what it cannot read, which another may be able to, and what starts once when it
/// has not heard of this app for long: then this app was away, and is not any more. It has not
/// started, and if there is a copy of it all the same, asked() sees to that. False when that has
/// gone on for too long.
bool ClusterSupervisor::publishAgain(quint64 number, ClusterTask &task)
{
    if (task.returned >= returnLimit)
        return false;
    ++task.returned;
    unstart(task, Phase::Waiting);
    m_outbox.push_front(number);
    return true;
}

void ClusterSupervisor::taskDied(const QByteArray &body, const QString &reason)
{
    const auto envelope = decodeTask(body);
    if (!envelope || envelope->task.app != m_session)
        return;
    const auto found = m_tasks.find(envelope->task.number);
    if (found == m_tasks.end())
        return;
    ClusterTask &task = found->second;
    const bool isRejected = reason != "delivery_limit"_L1 && reason != "expired"_L1;
    const bool hasHost = task.phase == Phase::Held && !task.isIdempotent(); // it was a copy
    if (isRejected && (hasHost || publishAgain(envelope->task.number, task)))
        return;
    TaskEnd died;
    died.outcome = Outcome::Rejected;
    if (reason == "delivery_limit"_L1) {
        died.outcome = Outcome::Quarantined;
        died.reason = u"delivery-limit"_s;
        died.error = {died.reason,
                      u"Every host that got a task of \"%1\" was lost, four in a row; it is in the "
                      "list of dead tasks. Correct the handler before you emit again."_s.arg(
                          task.handler().identity.handler)};
    } else if (reason == "expired"_L1) {
        died.reason = u"expired"_s;
        died.error = {
            died.reason,
            u"No host started a task of \"%1\" in time; start more hosts that have %2."_s.arg(
                task.handler().identity.handler, task.handler().identity.plugin)};
    } else {
        died.reason = u"dead-lettered"_s;
        died.error = {died.reason,
                      u"Hosts gave the task back unread (%1), %2 in a row; run the same version of "
                      "Fanfare there."_s.arg(reason)
                          .arg(returnLimit + 1)};
    }
    end(envelope->task.number, std::move(died));
}

// --- the hosts

void ClusterSupervisor::messageArrived(ClusterTransport::Message kind, const QByteArray &message)
{
    if (kind == ClusterTransport::Message::Presence) {
        presenceArrived(message);
    } else if (kind == ClusterTransport::Message::Clock) {
        clockArrived(message);
    } else {
        const auto events = decodeEvents(message);
        if (!events) {
            ++m_counters.brokenMessages;
            warn(events.error().message);
            return;
        }
        noteNews(*events);
        for (const EventEnvelope &event : *events)
            eventArrived(event);
    }
}

void ClusterSupervisor::clockArrived(const QByteArray &message)
{
    const qint64 arrived = MonotonicClock::now();
    const auto answer = decodeClockAnswer(message);
    if (!answer) {
        ++m_counters.brokenMessages;
        return;
    }
    m_hosts.addPing(*answer, arrived);
    if (m_pings.goesOn(answer->agent))
        sendOrder(answer->agent, ControlKind::Ping, {});
}

void ClusterSupervisor::presenceArrived(const QByteArray &message)
{
    const auto presence = decodePresence(message);
    if (!presence) {
        ++m_counters.brokenMessages;
        warn(presence.error().message);
        return;
    }
    if (!m_hosts.note(*presence, MonotonicClock::now()))
        return;
    m_warned.clear();
    m_pings.begin(presence->session);
    sendOrder(presence->session, ControlKind::Ping, {});
    if (!m_withdrawn.empty())
        sendOrder(presence->session, ControlKind::Cancel, {m_withdrawn.begin(), m_withdrawn.end()});
}

/// They are of one agent.
void ClusterSupervisor::noteNews(const QList<EventEnvelope> &events)
{
    const auto latest = std::ranges::max_element(events, {}, &EventEnvelope::time);
    if (latest != events.end())
        m_hosts.noteNews(latest->agent, latest->time, MonotonicClock::now());
}

void ClusterSupervisor::eventArrived(const EventEnvelope &event)
{
    m_hosts.noteSign(event.agent, MonotonicClock::now());
    quint64 &counter = m_eventCounters[number(event.agent)];
    if (event.counter > counter + 1 && counter > 0)
        m_counters.lostEvents += event.counter - counter - 1;
    counter = std::max(counter, event.counter);
    if (event.task.app != m_session)
        return;
    if (event.kind == EventKind::Asked) {
        asked(event);
        return;
    }
    const auto found = m_tasks.find(event.task.number);
    if (found == m_tasks.end() || !isFromHolder(event, found->second)) {
        if (event.kind == EventKind::Ended) {
            ++m_counters.duplicates;
            if (event.attempt > 0 && event.outcome == Outcome::Succeeded)
                warn(u"A task that had ended finished anyway on %1."_s.arg(labelOf(event.agent)));
        }
        return;
    }
    ClusterTask &task = found->second;
    switch (event.kind) {
    case EventKind::Asked:
        break;
    case EventKind::Started:
        started(event, task);
        break;
    case EventKind::Progress:
        task.progress = std::clamp(event.progress, 0.0, 1.0);
        break;
    case EventKind::Logged: {
        LogLine line;
        line.time = MonotonicClock::now();
        line.task = task.id();
        line.subscriber = task.subscriber().id;
        line.level = LogLevel(event.level);
        line.text = event.text;
        m_lanes.log(std::move(line));
        break;
    }
    case EventKind::Ended:
        ended(event, task);
        break;
    case EventKind::Refused:
        refused(event, task);
        break;
    }
}

/// Of a task that starts once, only the host counts that was told to start it. Of the others the
/// last that started it, and whoever ends it first.
bool ClusterSupervisor::isFromHolder(const EventEnvelope &event, const ClusterTask &task) const
{
    if (!task.isIdempotent() && event.kind != EventKind::Refused)
        return task.phase == Phase::Held && task.agent == event.agent;
    return event.kind == EventKind::Ended || event.kind == EventKind::Refused
        || event.attempt >= task.attempt;
}

/// A host has got a task that starts once. There may be copies of it: one host gets a yes. It gets
/// it again when it asks again, since the first one may be lost, and knows what it has started.
void ClusterSupervisor::asked(const EventEnvelope &event)
{
    auto &orders = m_orders[number(event.agent)];
    const auto found = m_tasks.find(event.task.number);
    if (found == m_tasks.end()
        || (found->second.phase == Phase::Held && found->second.agent != event.agent)) {
        orders[ControlKind::Deny].append(event.task);
        return;
    }
    ClusterTask &task = found->second;
    if (task.isStopping && task.started == 0) { // the yes got lost, and the stop with it
        orders[ControlKind::Deny].append(event.task);
        end(event.task.number, canceledEnd());
        return;
    }
    setPhase(task, Phase::Held);
    task.agent = event.agent;
    task.attempt = event.attempt;
    orders[ControlKind::Grant].append(event.task);
}

void ClusterSupervisor::started(const EventEnvelope &event, ClusterTask &task)
{
    if (task.started == 0)
        ++m_runningCount;
    if (task.phase == Phase::Held && task.agent != event.agent) {
        ++m_counters.redelivered;
        warn(u"Its host %1 was lost; attempt %2 began on %3."_s.arg(labelOf(task.agent))
                 .arg(event.attempt)
                 .arg(labelOf(event.agent)),
             task.id(), task.subscriber().id);
    }
    setPhase(task, Phase::Held);
    task.agent = event.agent;
    task.attempt = event.attempt;
    task.slot = event.slot;
    task.progress = -1;
    task.started =
        m_hosts.toLocal(event.agent, event.time, event.time, task.sent, MonotonicClock::now())
            .started;
}

void ClusterSupervisor::ended(const EventEnvelope &event, ClusterTask &task)
{
    TaskEnd told;
    told.outcome = event.outcome;
    told.reason = event.reason;
    if (event.outcome == Outcome::Succeeded)
        told.result = decodeResult(event.payload).value_or(QCborValue());
    else if (!event.payload.isEmpty())
        told.error = decodeError(event.payload).value_or(TaskError());
    task.agent = event.agent;
    task.attempt = event.attempt;
    end(event.task.number, std::move(told), &event);
}

void ClusterSupervisor::refused(const EventEnvelope &event, ClusterTask &task)
{
    if (event.reason == notHere) {
        if (task.phase != Phase::Held || task.agent != event.agent || task.started > 0)
            return; // it is elsewhere by now
        if (publishAgain(event.task.number, task))
            return;
    }
    const HandlerIdentity &identity = task.handler().identity;
    const QStringList others = m_hosts.hostsWith(identity.plugin, identity.hash);
    const QString where = others.isEmpty()
        ? u"No host has this build now."_s
        : u"Hosts that have this build: %1."_s.arg(others.join(u", "_s));
    TaskEnd told;
    told.outcome = Outcome::Rejected;
    told.reason = event.reason;
    told.error = {event.reason, u"%1: %2 %3"_s.arg(labelOf(event.agent), event.text, where)};
    end(event.task.number, std::move(told));
}

} // namespace Fanfare
