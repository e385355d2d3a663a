// SPDX-License-Identifier: MIT
// Connecting, publishing and settling.
#include "fanfare/cluster/rabbittransport.h"

#include "fanfare/cluster/rabbitnames.h"

#include <QRandomGenerator>

#include <algorithm>

namespace Fanfare {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

static constexpr auto beatTime = 2s;
static constexpr auto firstPause = 100ms; // before the second try to connect; doubles
static constexpr auto longestPause = 5s;
static constexpr auto lookTime = 300s; // for what nobody names: each look is a line of a log

RabbitTransport::RabbitTransport(const AmqpLibrary &library, QObject *parent)
    : ClusterTransport(parent)
    , m_amqp(library)
{
    for (QTimer *timer : {&m_beat, &m_retry, &m_look})
        timer->setParent(this); // so that they move to its thread
    m_beat.setInterval(beatTime);
    m_retry.setSingleShot(true);
    m_look.setInterval(lookTime);
    connect(&m_beat, &QTimer::timeout, this, &RabbitTransport::readTurn);
    connect(&m_retry, &QTimer::timeout, this, &RabbitTransport::connectNow);
    connect(&m_look, &QTimer::timeout, this, &RabbitTransport::lookForAll);
}

RabbitTransport::~RabbitTransport() = default;

void RabbitTransport::open(const ClusterEndpoint &endpoint)
{
    m_endpoint = endpoint;
    setStatus({BrokerState::Connecting, {}, {}, false, false});
    m_retry.start(0ms);
}

void RabbitTransport::close()
{
    m_retry.stop();
    if (m_connection) {
        flush();
        if (m_endpoint.role == ClusterRole::App && !m_isBroken)
            m_amqp.queue_delete(m_connection->state(), quint16(AmqpChannel::Probe),
                                toAmqp(ownQueue()), 0, 0);
        m_connection->close();
    }
    dropConnection();
    setStatus({});
}

void RabbitTransport::setStatus(const BrokerStatus &status)
{
    if (m_status == status)
        return;
    m_status = status;
    Q_EMIT statusChanged(status);
}

void RabbitTransport::connectNow()
{
    m_connection = std::make_unique<AmqpConnection>(m_amqp);
    m_isBroken = false;
    auto problem = m_connection->connect(m_endpoint);
    if (!problem)
        problem = setUp();
    if (problem) {
        dropConnection();
        tryAgainLater(*problem);
        return;
    }
    m_failures = 0;
    m_notifier = std::make_unique<QSocketNotifier>(m_amqp.get_sockfd(m_connection->state()),
                                                   QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, &RabbitTransport::readTurn);
    m_beat.start();
    if (m_endpoint.role == ClusterRole::Agent)
        m_look.start();
    setStatus({BrokerState::Connected, {}, {}, false, false});
    takeFromNew();
    scheduleTurn();
}

void RabbitTransport::tryAgainLater(const BrokerStatus &status)
{
    setStatus(status);
    const auto pause = status.isPermanent
        ? longestPause
        : std::min<std::chrono::milliseconds>(firstPause * (1 << std::min(m_failures, 10)),
                                              longestPause);
    ++m_failures;
    // Many agents that lost the same broker do not come back in the same moment.
    const double part = 0.8 + QRandomGenerator::global()->generateDouble() * 0.4;
    m_retry.start(int(double(pause.count()) * part));
}

void RabbitTransport::dropConnection()
{
    m_notifier.reset();
    m_beat.stop();
    m_look.stop();
    m_connection.reset();
    m_unconfirmed.clear();
    m_sequence = 0;
    m_unacknowledged = 0;
    m_deliveries.clear();
    m_done.clear();
    m_declared.clear();
    m_consumed.clear();
    m_missing.clear();
    m_usedPrefetch = 0;
}

/// Later, because it may be noticed in the middle of reading.
void RabbitTransport::fail(const std::optional<BrokerStatus> &problem)
{
    if (std::exchange(m_isBroken, true))
        return;
    if (m_notifier)
        m_notifier->setEnabled(false); // the library has closed the socket by itself
    const BrokerStatus status = problem.value_or(
        BrokerStatus{BrokerState::Connecting, u"connection-lost"_s,
                     u"The connection to the broker at %1 was lost; it is tried again."_s.arg(
                         m_endpoint.address.text())});
    QMetaObject::invokeMethod(
        this,
        [this, status] {
            if (!m_isBroken || !m_connection)
                return;
            dropConnection();
            tryAgainLater(status);
        },
        Qt::QueuedConnection);
}

// --- what goes out

bool RabbitTransport::send(const Parcel &parcel, const QByteArray &body, const Pending &pending)
{
    if (!m_connection || m_isBroken)
        return false;
    const QByteArray user = m_endpoint.address.user.toUtf8();
    const bool isConfirmed = parcel.channel == AmqpChannel::Publish;
    const QByteArray sequence = QByteArray::number(isConfirmed ? m_sequence + 1 : pending.number);
    amqp_basic_properties_t properties{};
    properties._flags = AMQP_BASIC_CONTENT_TYPE_FLAG | AMQP_BASIC_DELIVERY_MODE_FLAG
        | AMQP_BASIC_TYPE_FLAG | AMQP_BASIC_CORRELATION_ID_FLAG | AMQP_BASIC_USER_ID_FLAG;
    properties.content_type = toAmqp("application/cbor");
    properties.delivery_mode =
        parcel.isKept ? AMQP_DELIVERY_PERSISTENT : AMQP_DELIVERY_NONPERSISTENT;
    properties.type = toAmqp(parcel.type);
    properties.correlation_id = toAmqp(sequence);
    properties.user_id = toAmqp(user); // which the broker verifies
    if (!parcel.expiration.isEmpty()) {
        properties._flags |= AMQP_BASIC_EXPIRATION_FLAG;
        properties.expiration = toAmqp(parcel.expiration);
    }
    const int status = m_amqp.basic_publish(m_connection->state(), quint16(parcel.channel),
                                            toAmqp(parcel.exchange), toAmqp(parcel.key),
                                            parcel.isMandatory, 0, &properties, toAmqp(body));
    if (status != AMQP_STATUS_OK) {
        fail();
        return false;
    }
    if (isConfirmed)
        m_unconfirmed.emplace(++m_sequence, pending);
    scheduleTurn();
    return true;
}

void RabbitTransport::publishTask(quint64 number, const QString &queue, const QByteArray &task,
                                  std::chrono::milliseconds startWithin)
{
    if (!m_connection || m_isBroken)
        return;
    if (!m_declared.contains(queue)) {
        if (const auto problem = declareTaskQueue(queue.toUtf8())) {
            if (m_isBroken)
                return; // a loss, which is told: the task is published again
            // Never from inside of a call: the caller may hold a lock.
            QMetaObject::invokeMethod(
                this,
                [this, number, code = problem->code, sentence = problem->sentence] {
                    Q_EMIT taskRefused(number, code, sentence);
                    Q_EMIT turnEnded();
                },
                Qt::QueuedConnection);
            return;
        }
        m_declared.insert(queue);
    }
    Parcel parcel{AmqpChannel::Publish, RabbitNames::tasks, queue.toUtf8(), "task", {}, true, true};
    if (startWithin > 0ms)
        parcel.expiration = QByteArray::number(qint64(startWithin.count()));
    send(parcel, task, {number, true});
}

void RabbitTransport::sendControl(ClusterSession agent, const QByteArray &order)
{
    const quint64 id = number(agent);
    const QByteArray key = id ? RabbitNames::hostKey(agent) : QByteArray(RabbitNames::everybody);
    send({AmqpChannel::Order, RabbitNames::control, key, "control", {}, false, id != 0}, order,
         {id});
}

void RabbitTransport::publish(Message kind, ClusterSession app, quint64 messageNumber,
                              const QByteArray &message)
{
    Parcel parcel{AmqpChannel::Publish, RabbitNames::events};
    parcel.key = number(app) ? RabbitNames::appKey(app) : QByteArray(RabbitNames::presence);
    parcel.type = RabbitNames::typeOf(kind);
    parcel.isKept = messageNumber != 0;
    if (kind != Message::Events) // nobody wants an old one
        parcel.expiration = "10000";
    parcel.isMandatory = kind == Message::Events && number(app) != 0; // told when it is not there
    send(parcel, message, {messageNumber, false, app});
}

void RabbitTransport::settle(quint64 delivery, Settlement settlement)
{
    const auto found = m_deliveries.find(delivery);
    if (!m_connection || m_isBroken || found == m_deliveries.end())
        return;
    if (settlement == Settlement::Done) {
        found->second = true;
        m_done.push_back(delivery);
        scheduleTurn();
        return;
    }
    m_deliveries.erase(found);
    if (m_amqp.basic_nack(m_connection->state(), quint16(AmqpChannel::Consume), delivery, 0,
                          settlement == Settlement::Requeue)
        != AMQP_STATUS_OK)
        fail();
}

bool RabbitTransport::acknowledge(quint64 delivery, bool withAllBefore)
{
    const bool isSent = m_connection && !m_isBroken
        && m_amqp.basic_ack(m_connection->state(), quint16(AmqpChannel::Consume), delivery,
                            withAllBefore)
            == AMQP_STATUS_OK;
    if (!isSent)
        fail();
    return isSent;
}

/// One word for all up to the first that is not done: each costs a quorum queue an entry in its
/// log.
void RabbitTransport::flush()
{
    if (m_done.empty())
        return;
    std::vector<quint64> done = std::exchange(m_done, {});
    quint64 last = 0;
    while (!m_deliveries.empty() && m_deliveries.begin()->second) {
        last = m_deliveries.begin()->first;
        m_deliveries.erase(m_deliveries.begin());
    }
    if (last > 0 && !acknowledge(last, true))
        return;
    for (const quint64 delivery : done) {
        if (m_deliveries.erase(delivery) > 0 && !acknowledge(delivery, false))
            return;
    }
}

/// What follows is told later: the caller may hold a lock.
void RabbitTransport::inspectQueue(const QString &queue)
{
    if (!m_connection || m_isBroken)
        return;
    auto state = stateOf(queue.toUtf8());
    if (!state && !m_isBroken && !declareTaskQueue(queue.toUtf8()))
        state = QueueState{true, 0, 0};
    if (!state || m_isBroken)
        return;
    m_declared.insert(queue);
    QMetaObject::invokeMethod(
        this,
        [this, queue, state = *state] {
            Q_EMIT queueInspected(queue, state);
            Q_EMIT turnEnded();
        },
        Qt::QueuedConnection);
    scheduleTurn(); // frames may have come with the answer
}

void RabbitTransport::takeFrom(const QStringList &queues, int prefetch)
{
    m_wanted = queues;
    m_missing.intersect({queues.begin(), queues.end()}); // what is wanted anew is looked for
    m_prefetch = prefetch;
    takeFromNew();
}

void RabbitTransport::lookFor(const QStringList &queues)
{
    for (const QString &queue : queues)
        m_missing.remove(queue);
    takeFromNew();
}

void RabbitTransport::lookForAll()
{
    m_missing.clear();
    takeFromNew();
}

} // namespace Fanfare
