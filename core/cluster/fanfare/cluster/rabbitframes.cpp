// SPDX-License-Identifier: MIT
// What a broker says.
#include "fanfare/cluster/amqpheaders.h"
#include "fanfare/cluster/rabbitnames.h"
#include "fanfare/cluster/rabbittransport.h"

#include <algorithm>

namespace Fanfare {

using namespace Qt::StringLiterals;

static constexpr int framesPerTurn = 1000; // then others of the thread have their turn

void RabbitTransport::scheduleTurn()
{
    if (std::exchange(m_isTurnDue, true))
        return;
    QMetaObject::invokeMethod(this, &RabbitTransport::readTurn, Qt::QueuedConnection);
}

void RabbitTransport::readTurn()
{
    m_isTurnDue = false;
    for (int count = 0; m_connection && !m_isBroken; ++count) {
        if (count == framesPerTurn) {
            scheduleTurn();
            break;
        }
        amqp_frame_t frame;
        const timeval now{0, 0};
        const int status = m_amqp.simple_wait_frame_noblock(m_connection->state(), &frame, &now);
        if (status == AMQP_STATUS_TIMEOUT)
            break;
        if (status != AMQP_STATUS_OK) {
            fail();
            break;
        }
        handle(frame);
        m_amqp.maybe_release_buffers(m_connection->state());
    }
    Q_EMIT turnEnded();
    flush();
    if (m_connection && !m_isBroken && m_unacknowledged > 0)
        acknowledge(std::exchange(m_unacknowledged, 0), true);
}

void RabbitTransport::handle(const amqp_frame_t &frame)
{
    if (frame.frame_type == AMQP_FRAME_METHOD)
        handleMethod(frame);
}

void RabbitTransport::handleMethod(const amqp_frame_t &frame)
{
    void *const decoded = frame.payload.method.decoded;
    switch (frame.payload.method.id) {
    case AMQP_BASIC_ACK_METHOD: {
        const auto *ack = static_cast<amqp_basic_ack_t *>(decoded);
        confirm(ack->delivery_tag, ack->multiple, true);
        break;
    }
    case AMQP_BASIC_NACK_METHOD: {
        const auto *nack = static_cast<amqp_basic_nack_t *>(decoded);
        confirm(nack->delivery_tag, nack->multiple, false);
        break;
    }
    case AMQP_BASIC_RETURN_METHOD:
        handleReturn(AmqpChannel(frame.channel));
        break;
    case AMQP_BASIC_DELIVER_METHOD:
        handleDelivery(*static_cast<amqp_basic_deliver_t *>(decoded));
        break;
    case AMQP_BASIC_CANCEL_METHOD:
        handleConsumerEnd(fromAmqp(static_cast<amqp_basic_cancel_t *>(decoded)->consumer_tag));
        break;
    case AMQP_CONNECTION_BLOCKED_METHOD: {
        BrokerStatus blocked{BrokerState::Connected};
        blocked.code = u"blocked"_s;
        blocked.sentence =
            u"The broker takes nothing at present (%1); give it memory or disk."_s.arg(
                QString::fromUtf8(
                    fromAmqp(static_cast<amqp_connection_blocked_t *>(decoded)->reason)));
        blocked.isBlocked = true;
        setStatus(blocked);
        break;
    }
    case AMQP_CONNECTION_UNBLOCKED_METHOD:
        setStatus({BrokerState::Connected, {}, {}, false, false});
        break;
    case AMQP_CHANNEL_CLOSE_METHOD:
    case AMQP_CONNECTION_CLOSE_METHOD:
        // Delivery tags and confirms died with it.
        fail(m_connection->closedBy(frame.payload.method));
        break;
    default:
        break;
    }
}

/// Confirms come in any order; with \a isMultiple all up to \a sequence at once.
void RabbitTransport::confirm(quint64 sequence, bool isMultiple, bool isAccepted)
{
    const auto end = m_unconfirmed.upper_bound(sequence);
    auto at = isMultiple ? m_unconfirmed.begin() : m_unconfirmed.lower_bound(sequence);
    while (at != end) {
        const Pending pending = at->second;
        at = m_unconfirmed.erase(at);
        settlePending(pending, isAccepted);
    }
}

void RabbitTransport::settlePending(const Pending &pending, bool isAccepted)
{
    if (pending.number == 0)
        return;
    if (!pending.isTask) {
        if (isAccepted)
            Q_EMIT messageAccepted(pending.number);
        else
            Q_EMIT messageRefused(pending.number);
    } else if (pending.wasReturned) {
        Q_EMIT taskRefused(pending.number, u"undeliverable"_s,
                           u"The broker has lost the queue of the plugin; emit again."_s);
        m_declared.clear(); // somebody deleted it
    } else if (isAccepted) {
        Q_EMIT taskAccepted(pending.number);
    } else {
        Q_EMIT taskRefused(pending.number, u"broker-full"_s,
                           u"The queue of the plugin at the broker is full; emit slower or start "
                           "more hosts."_s);
    }
}

/// The text that stands for a number, or 0.
static quint64 correlationOf(const amqp_basic_properties_t &properties)
{
    return properties._flags & AMQP_BASIC_CORRELATION_ID_FLAG
        ? fromAmqp(properties.correlation_id).toULongLong()
        : 0;
}

/// A confirm follows for what was published with confirms, and nothing for an order.
void RabbitTransport::handleReturn(AmqpChannel channel)
{
    amqp_message_t message;
    const auto reply = m_amqp.read_message(m_connection->state(), quint16(channel), &message, 0);
    if (reply.reply_type != AMQP_RESPONSE_NORMAL) {
        fail();
        return;
    }
    const quint64 number = correlationOf(message.properties);
    m_amqp.destroy_message(&message);
    if (channel == AmqpChannel::Order) {
        Q_EMIT agentMissing(ClusterSession(number));
        return;
    }
    const auto found = m_unconfirmed.find(number);
    if (found == m_unconfirmed.end())
        return;
    found->second.wasReturned = true;
    if (m_endpoint.role == ClusterRole::Agent)
        Q_EMIT appMissing(found->second.app);
}

void RabbitTransport::handleDelivery(const amqp_basic_deliver_t &deliver)
{
    const quint64 tag = deliver.delivery_tag;
    const QByteArray consumer = fromAmqp(deliver.consumer_tag);
    const bool isDead = fromAmqp(deliver.exchange) == RabbitNames::dead;
    amqp_message_t message;
    const auto reply =
        m_amqp.read_message(m_connection->state(), quint16(AmqpChannel::Consume), &message, 0);
    if (reply.reply_type != AMQP_RESPONSE_NORMAL) {
        fail();
        return;
    }
    const QByteArray type = message.properties._flags & AMQP_BASIC_TYPE_FLAG
        ? fromAmqp(message.properties.type)
        : QByteArray();
    const qint64 redelivered = integerOf(headerOf(message.properties, "x-delivery-count"));
    const QString deathReason = textOf(headerOf(message.properties, "x-first-death-reason"));
    // Not copied: whoever hears of it reads it at once and keeps what it needs.
    const auto body = QByteArray::fromRawData(static_cast<const char *>(message.body.bytes),
                                              qsizetype(message.body.len));

    if (m_endpoint.role == ClusterRole::App)
        m_unacknowledged = tag;
    if (consumer != "own") {
        m_deliveries.emplace(tag, false);
        Q_EMIT taskDelivered(tag, int(std::clamp<qint64>(redelivered, 0, 254)) + 1, body);
    } else if (m_endpoint.role == ClusterRole::Agent) {
        Q_EMIT controlArrived(body);
    } else if (isDead) {
        Q_EMIT taskDied(body, deathReason);
    } else {
        const auto &types = RabbitNames::messageTypes;
        const auto found = std::find(types.begin(), types.end(), type);
        if (found != types.end())
            Q_EMIT messageArrived(Message(found - types.begin()), body);
    }
    m_amqp.destroy_message(&message);
}

/// Its queue was deleted. Whoever makes it again names it.
void RabbitTransport::handleConsumerEnd(const QByteArray &tag)
{
    if (tag == "own") {
        fail();
        return;
    }
    const QString queue = QString::fromUtf8(tag.first(tag.lastIndexOf('#')));
    if (m_consumed.remove(queue))
        m_missing.insert(queue);
}

} // namespace Fanfare
