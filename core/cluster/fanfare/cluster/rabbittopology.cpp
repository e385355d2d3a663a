// SPDX-License-Identifier: MIT
// What Fanfare has at a broker, and who makes it. An app makes everything but the queues of agents,
// so that an agent needs the right to configure "fanfare.v1.host.*" only.
#include "fanfare/cluster/rabbitnames.h"
#include "fanfare/cluster/rabbittransport.h"

namespace Fanfare {

using namespace Qt::StringLiterals;

static constexpr int ownPrefetch = 2000;          // messages of an app that it has not read yet
static constexpr qint64 ownQueueTime = 3'600'000; // ms that the results of an app wait for it
static constexpr qint64 ownQueueBytes = 256 * 1024 * 1024;
static constexpr qint64 taskQueueLength = 100'000;
static constexpr qint64 deliveryLimit = 3; // deliveries after the first one
static constexpr qint64 deadQueueLength = 10'000;
static constexpr qint64 deadQueueTime = qint64(7) * 24 * 3'600'000; // ms

QByteArray RabbitTransport::ownQueue() const
{
    return m_endpoint.role == ClusterRole::App ? RabbitNames::appQueue(m_endpoint.session)
                                               : RabbitNames::hostQueue(m_endpoint.session);
}

std::optional<BrokerStatus> RabbitTransport::declareExchange(const char *name, const char *type,
                                                             AmqpChannel channel)
{
    m_amqp.exchange_declare(m_connection->state(), quint16(channel), toAmqp(name), toAmqp(type), 0,
                            1, 0, 0, {});
    bool isAlive = true;
    return m_connection->problem(channel, isAlive);
}

std::optional<BrokerStatus> RabbitTransport::bind(const QByteArray &queue, const char *exchange,
                                                  const QByteArray &key)
{
    m_amqp.queue_bind(m_connection->state(), quint16(AmqpChannel::Publish), toAmqp(queue),
                      toAmqp(exchange), toAmqp(key), {});
    bool isAlive = true;
    return m_connection->problem(AmqpChannel::Publish, isAlive);
}

std::optional<BrokerStatus> RabbitTransport::declareDeadQueue()
{
    AmqpTable arguments;
    arguments.text("x-queue-type", "quorum")
        .number("x-max-length", deadQueueLength)
        .number("x-message-ttl", deadQueueTime);
    m_amqp.queue_declare(m_connection->state(), quint16(AmqpChannel::Publish),
                         toAmqp(RabbitNames::dead), 0, 1, 0, 0, arguments.view());
    bool isAlive = true;
    if (auto problem = m_connection->problem(AmqpChannel::Publish, isAlive))
        return problem;
    return bind(RabbitNames::dead, RabbitNames::dead, {});
}

/// Tells the broker how much a consumer that follows may have, and consumes. What an agent gets of
/// its control queue need not be acknowledged: it is worth nothing after a loss.
std::optional<BrokerStatus> RabbitTransport::consume(const QByteArray &queue, const QByteArray &tag,
                                                     int prefetch)
{
    const auto channel = quint16(AmqpChannel::Consume);
    bool isAlive = true;
    m_amqp.basic_qos(m_connection->state(), channel, 0, quint16(prefetch), 0);
    if (auto problem = m_connection->problem(AmqpChannel::Consume, isAlive))
        return problem;
    const bool isControl = m_endpoint.role == ClusterRole::Agent && queue == ownQueue();
    m_amqp.basic_consume(m_connection->state(), channel, toAmqp(queue), toAmqp(tag), 0, isControl,
                         0, {});
    return m_connection->problem(AmqpChannel::Consume, isAlive);
}

std::optional<BrokerStatus> RabbitTransport::setUp()
{
    if (auto problem = m_endpoint.role == ClusterRole::App ? setUpApp() : setUpAgent())
        return problem;
    return consume(ownQueue(), "own", ownPrefetch);
}

std::optional<BrokerStatus> RabbitTransport::setUpApp()
{
    const struct
    {
        const char *name;
        const char *type;
    } exchanges[] = {{RabbitNames::tasks, "direct"},
                     {RabbitNames::dead, "fanout"},
                     {RabbitNames::events, "topic"},
                     {RabbitNames::control, "topic"}};
    for (const auto &exchange : exchanges) {
        if (auto problem = declareExchange(exchange.name, exchange.type))
            return problem;
    }
    if (auto problem = declareDeadQueue())
        return problem;
    AmqpTable arguments;
    arguments.number("x-expires", ownQueueTime)
        .number("x-max-length-bytes", ownQueueBytes)
        .text("x-overflow", "reject-publish");
    m_amqp.queue_declare(m_connection->state(), quint16(AmqpChannel::Publish), toAmqp(ownQueue()),
                         0, 1, 0, 0, arguments.view());
    bool isAlive = true;
    if (auto problem = m_connection->problem(AmqpChannel::Publish, isAlive))
        return problem;
    if (auto problem =
            bind(ownQueue(), RabbitNames::events, RabbitNames::appKey(m_endpoint.session)))
        return problem;
    if (auto problem = bind(ownQueue(), RabbitNames::events, RabbitNames::presence))
        return problem;
    return bind(ownQueue(), RabbitNames::dead, {});
}

std::optional<BrokerStatus> RabbitTransport::setUpAgent()
{
    // It may lack the right, and an app has made them, usually.
    (void)declareExchange(RabbitNames::control, "topic", AmqpChannel::Probe);
    (void)declareExchange(RabbitNames::events, "topic", AmqpChannel::Probe);
    m_amqp.queue_declare(m_connection->state(), quint16(AmqpChannel::Publish), toAmqp(ownQueue()),
                         0, 0, 1, 1, {});
    bool isAlive = true;
    if (auto problem = m_connection->problem(AmqpChannel::Publish, isAlive))
        return problem;
    if (auto problem = bind(ownQueue(), RabbitNames::control, RabbitNames::everybody))
        return problem;
    return bind(ownQueue(), RabbitNames::control, RabbitNames::hostKey(m_endpoint.session));
}

/// On the channel of questions: a refusal closes it, and what else is published is not touched.
std::optional<BrokerStatus> RabbitTransport::declareTaskQueue(const QByteArray &queue)
{
    AmqpTable arguments;
    arguments.text("x-queue-type", "quorum")
        .number("x-delivery-limit", deliveryLimit)
        .text("x-dead-letter-exchange", RabbitNames::dead)
        .text("x-dead-letter-strategy", "at-least-once")
        .text("x-overflow", "reject-publish")
        .number("x-max-length", taskQueueLength);
    const auto channel = quint16(AmqpChannel::Probe);
    bool isAlive = true;
    m_amqp.queue_declare(m_connection->state(), channel, toAmqp(queue), 0, 1, 0, 0,
                         arguments.view());
    auto problem = m_connection->problem(AmqpChannel::Probe, isAlive);
    if (!problem) {
        m_amqp.queue_bind(m_connection->state(), channel, toAmqp(queue), toAmqp(RabbitNames::tasks),
                          toAmqp(queue), {});
        problem = m_connection->problem(AmqpChannel::Probe, isAlive);
    }
    if (!isAlive)
        fail(problem);
    return problem;
}

std::optional<QueueState> RabbitTransport::stateOf(const QByteArray &queue)
{
    const auto *const told = m_amqp.queue_declare(
        m_connection->state(), quint16(AmqpChannel::Probe), toAmqp(queue), 1, 1, 0, 0, {});
    QueueState state;
    if (told) {
        state.waiting = told->message_count;
        state.consumers = told->consumer_count;
    }
    bool isAlive = true;
    const auto problem = m_connection->problem(AmqpChannel::Probe, isAlive);
    if (!isAlive)
        fail(problem);
    return problem ? std::nullopt : std::optional(state);
}

/// Another one in each round: a consumer that was canceled and comes back under its old tag makes
/// RabbitMQ 3.10 look for deliveries that it seems to have missed, and crash its channel.
QByteArray RabbitTransport::consumerTag(const QString &queue) const
{
    return queue.toUtf8() + '#' + QByteArray::number(m_consumerRound);
}

void RabbitTransport::cancelConsumers()
{
    for (const QString &queue : std::as_const(m_consumed)) {
        const QByteArray tag = consumerTag(queue);
        m_amqp.basic_cancel(m_connection->state(), quint16(AmqpChannel::Consume), toAmqp(tag));
        bool isAlive = true;
        if (const auto problem = m_connection->problem(AmqpChannel::Consume, isAlive)) {
            fail(problem);
            return;
        }
    }
    m_consumed.clear();
    ++m_consumerRound;
}

void RabbitTransport::takeFromNew()
{
    if (!m_connection || m_isBroken || m_endpoint.role != ClusterRole::Agent)
        return;
    const bool isOther = m_prefetch != m_usedPrefetch
        || std::any_of(m_consumed.cbegin(), m_consumed.cend(),
                       [this](const QString &queue) { return !m_wanted.contains(queue); });
    if (isOther)
        cancelConsumers(); // what was delivered stays
    m_usedPrefetch = m_prefetch;
    for (const QString &queue : std::as_const(m_wanted)) {
        const QByteArray name = queue.toUtf8();
        if (m_isBroken)
            return;
        if (m_consumed.contains(queue) || m_missing.contains(queue))
            continue;
        if (!stateOf(name)) {
            m_missing.insert(queue);
            continue;
        }
        if (const auto problem = consume(name, consumerTag(queue), m_prefetch)) {
            fail(problem);
            return;
        }
        m_consumed.insert(queue);
    }
    scheduleTurn();
}

} // namespace Fanfare
