// SPDX-License-Identifier: MIT
#include "crowdtransport.h"

#include <fanfare/base/clock.h>
#include <fanfare/cluster/controlorder.h>
#include <fanfare/cluster/hostpresence.h>

using namespace Fanfare;
using namespace Qt::StringLiterals;

static constexpr qint64 presencePause = 2'000'000'000; // ns between two of one host

/// Sessions of hosts count from 1.
static int hostOf(ClusterSession agent)
{
    return int(number(agent)) - 1;
}

CrowdTransport::CrowdTransport(int hosts, std::chrono::nanoseconds length, const QByteArray &hash)
    : m_length(length.count())
    , m_counters(size_t(hosts), 0)
{
    m_turn.setParent(this); // so that it moves to its thread
    for (int host = 0; host < hosts; ++host) {
        HostPresence presence;
        presence.session = ClusterSession(host + 1);
        presence.host = u"host %1"_s.arg(host);
        presence.slots = workersPerHost;
        presence.plugins = {{u"org.fanfare.test.paces"_s, u"1.0"_s, hash}};
        m_presences.push_back(encode(presence));
        m_free.insert(m_free.end(), workersPerHost, host);
    }
    connect(&m_turn, &QTimer::timeout, this, &CrowdTransport::turn);
}

void CrowdTransport::open(const ClusterEndpoint &endpoint)
{
    m_app = endpoint.session;
    m_turn.start(1);
    Q_EMIT statusChanged({BrokerState::Connected, {}, {}, false, false});
}

void CrowdTransport::close()
{
    m_turn.stop();
    Q_EMIT statusChanged({});
}

void CrowdTransport::publishTask(quint64 number, const QString &, const QByteArray &,
                                 std::chrono::milliseconds)
{
    m_accepted.push_back(number);
    m_waiting.push_back(number);
}

void CrowdTransport::sendControl(ClusterSession agent, const QByteArray &bytes)
{
    const auto order = decodeOrder(bytes);
    const qint64 now = MonotonicClock::now();
    if (!order || number(agent) == 0)
        return;
    if (order->kind == ControlKind::Ping)
        m_answers.push_back(encode(ClockAnswer{agent, order->time, now, now}));
    else if (order->kind == ControlKind::Grant) {
        for (const ClusterTaskId &task : order->tasks)
            m_granted.emplace_back(hostOf(agent), task.number);
    }
}

void CrowdTransport::tell(ClusterSession agent, EventKind kind, quint64 task)
{
    const int host = hostOf(agent);
    EventEnvelope event;
    event.task = {m_app, task};
    event.agent = agent;
    event.counter = ++m_counters[size_t(host)];
    event.kind = kind;
    event.time = MonotonicClock::now();
    if (kind == EventKind::Ended)
        event.started = event.time - m_length;
    m_events[host].append(event);
}

/// As a host does it, everything since the last turn together.
void CrowdTransport::turn()
{
    const qint64 now = MonotonicClock::now();
    for (const quint64 number : std::exchange(m_accepted, {}))
        Q_EMIT taskAccepted(number);
    for (const QByteArray &answer : std::exchange(m_answers, {}))
        Q_EMIT messageArrived(Message::Clock, answer);
    for (const auto &[host, task] : std::exchange(m_granted, {})) {
        tell(ClusterSession(host + 1), EventKind::Started, task);
        m_ends[now + m_length].emplace_back(host, task);
    }
    while (!m_ends.empty() && m_ends.begin()->first <= now) {
        for (const auto &[host, task] : m_ends.begin()->second) {
            tell(ClusterSession(host + 1), EventKind::Ended, task);
            m_free.push_back(host);
        }
        m_ends.erase(m_ends.begin());
    }
    for (; !m_waiting.empty() && !m_free.empty(); m_waiting.pop_front(), m_free.pop_back())
        tell(ClusterSession(m_free.back() + 1), EventKind::Asked, m_waiting.front());
    for (const auto &[host, events] : std::exchange(m_events, {}))
        Q_EMIT messageArrived(Message::Events, encode(events));
    tellPresence();
    Q_EMIT turnEnded();
    const bool hasWork = !m_waiting.empty() || !m_ends.empty() || !m_accepted.empty();
    m_turn.setInterval(hasWork ? 1 : 20); // at rest it shall cost nothing itself
}

void CrowdTransport::endRound()
{
    ++m_rounds;
    m_rounds.notify_all();
}

void CrowdTransport::waitForRound(int round) const
{
    for (int past = m_rounds; past < round; past = m_rounds)
        m_rounds.wait(past);
}

/// One host after the other, so that all had their turn in two seconds; all at once at first.
void CrowdTransport::tellPresence()
{
    const qint64 now = MonotonicClock::now();
    if (m_presenceDue == 0) {
        m_presenceDue = now;
        for (const QByteArray &presence : m_presences)
            Q_EMIT messageArrived(Message::Presence, presence);
        endRound();
    }
    for (; m_presenceDue < now; m_presenceDue += presencePause / qint64(m_presences.size())) {
        Q_EMIT messageArrived(Message::Presence, m_presences[m_nextPresence]);
        m_nextPresence = (m_nextPresence + 1) % m_presences.size();
        if (m_nextPresence == 0)
            endRound();
    }
}
