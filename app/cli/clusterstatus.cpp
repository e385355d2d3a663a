// SPDX-License-Identifier: MIT
#include "cli/clusterstatus.h"

#include <fanfare/base/clock.h>
#include <fanfare/cluster/controlorder.h>
#include <fanfare/cluster/deadtasks.h>
#include <fanfare/cluster/taskenvelope.h>

#include <QRandomGenerator>

namespace Fanfare::Cli {

using namespace std::chrono_literals;

static constexpr auto patience = 700ms; // for hosts; the way through a broker takes 1 ms
static constexpr auto longPatience = 2500ms;
static constexpr auto pingInterval = 30ms;
static constexpr auto brokerPatience = 15s;

ClusterStatus::ClusterStatus(BrokerAddress address, std::unique_ptr<ClusterTransport> transport)
    : m_address(std::move(address))
    , m_session(ClusterSession(QRandomGenerator::system()->generate64() | 1))
    , m_transport(std::move(transport))
{
    m_picture.broker = m_address.text();
    m_pings.setInterval(pingInterval);
    connect(&m_pings, &QTimer::timeout, this, &ClusterStatus::ping);
    m_end.setSingleShot(true);
    connect(&m_end, &QTimer::timeout, this, &ClusterStatus::conclude);
    connect(m_transport.get(), &ClusterTransport::statusChanged, this, &ClusterStatus::follow);
    connect(m_transport.get(), &ClusterTransport::messageArrived, this, &ClusterStatus::take);
}

void ClusterStatus::start()
{
    m_picture.problem = QStringLiteral("The broker at %1 does not answer; try again, or look at "
                                       "its log.")
                            .arg(m_picture.broker);
    m_end.start(brokerPatience);
    ClusterEndpoint endpoint;
    endpoint.address = m_address;
    endpoint.session = m_session;
    endpoint.name = QStringLiteral("fanfare-cli cluster status");
    m_transport->open(endpoint);
}

void ClusterStatus::follow(const BrokerStatus &status)
{
    if (m_isOver)
        return;
    if (status.state == BrokerState::Connected) {
        m_picture.problem = status.sentence; // it may be blocked
        m_transport->sendControl({}, encode(ControlOrder{ControlKind::Present, m_session}));
        m_pings.start();
        m_end.start(patience);
    } else if (!status.sentence.isEmpty()) {
        m_picture.problem = status.sentence;
        conclude();
    }
}

void ClusterStatus::ping()
{
    m_transport->sendControl(
        {}, encode(ControlOrder{ControlKind::Ping, m_session, MonotonicClock::now()}));
}

void ClusterStatus::take(ClusterTransport::Message kind, const QByteArray &message)
{
    const qint64 now = MonotonicClock::now();
    if (kind == ClusterTransport::Message::Presence) {
        if (const Result<HostPresence> presence = decodePresence(message))
            m_picture.hosts[presence->session].presence = *presence;
    } else if (kind == ClusterTransport::Message::Clock) {
        if (const Result<ClockAnswer> answer = decodeClockAnswer(message))
            m_picture.hosts[answer->agent].clock.add(
                {answer->sent, answer->arrived, answer->answered, now});
    }
}

/// The list of dead tasks is the last one.
static QStringList queuesOf(const ClusterPicture &picture)
{
    QStringList queues;
    for (const auto &[session, host] : picture.hosts) {
        for (const PresentPlugin &plugin : host.presence.plugins)
            queues.append(taskQueueName(plugin.id, plugin.hash));
    }
    queues.removeDuplicates();
    queues.sort();
    queues.append(QString::fromLatin1(deadTaskQueue));
    return queues;
}

void ClusterStatus::conclude()
{
    if (m_isOver)
        return;
    if (m_picture.problem.isEmpty() && m_picture.hosts.empty() && !m_hasWaited) {
        m_hasWaited = true;
        m_end.start(longPatience - patience);
        return;
    }
    m_isOver = true;
    m_pings.stop();
    m_end.stop();
    std::erase_if(m_picture.hosts, [](const auto &entry) { // only its clock was heard
        return entry.second.presence.session == ClusterSession{};
    });
    m_transport->close();
    if (m_picture.problem.isEmpty()) {
        if (const auto depths = queueDepths(m_address, queuesOf(m_picture))) {
            m_picture.queues = *depths;
            m_picture.dead = m_picture.queues.takeLast().waiting;
        } else {
            m_picture.problem = depths.error().message;
        }
    }
    Q_EMIT finished();
}

} // namespace Fanfare::Cli
