// SPDX-License-Identifier: MIT
#include "bareconnection.h"

#include "benchprogram.h"

#if __has_include(<rabbitmq-c/amqp.h>)
#include <rabbitmq-c/amqp.h>
#include <rabbitmq-c/tcp_socket.h>
#else
#include <amqp.h>
#include <amqp_tcp_socket.h>
#endif

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/time.h>

namespace Fanfare::Bench {

static constexpr amqp_channel_t channel = 1;
static constexpr int frameSize = 131072;

static amqp_bytes_t bytesOf(const QByteArray &text)
{
    return {size_t(text.size()), const_cast<char *>(text.constData())};
}

BareConnection::BareConnection(const BareBroker &broker)
    : m_connection(amqp_new_connection())
{
    amqp_socket_t *socket = amqp_tcp_socket_new(m_connection);
    if (!socket || amqp_socket_open(socket, "127.0.0.1", broker.port) != AMQP_STATUS_OK)
        fail("the bare client reaches no broker");
    const int on = 1; // as the library of the cluster does, by itself or through Qt
    setsockopt(amqp_get_sockfd(m_connection), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    const amqp_rpc_reply_t login =
        amqp_login(m_connection, broker.virtualHost.constData(), 0, frameSize, 0,
                   AMQP_SASL_METHOD_PLAIN, broker.user.constData(), broker.password.constData());
    if (login.reply_type != AMQP_RESPONSE_NORMAL)
        fail("the broker refuses the login of the bare client");
    amqp_channel_open(m_connection, channel);
    check("the bare client gets no channel");
    amqp_confirm_select(m_connection, channel);
    check("the broker confirms nothing");
}

BareConnection::~BareConnection()
{
    amqp_connection_close(m_connection, AMQP_REPLY_SUCCESS);
    amqp_destroy_connection(m_connection);
}

void BareConnection::check(const char *what)
{
    if (amqp_get_rpc_reply(m_connection).reply_type != AMQP_RESPONSE_NORMAL)
        fail(what);
}

void BareConnection::declareExchange(const QByteArray &name)
{
    amqp_exchange_declare(m_connection, channel, bytesOf(name), amqp_cstring_bytes("direct"), 0, 1,
                          0, 0, amqp_empty_table);
    check("the bare client may not declare an exchange");
}

void BareConnection::declareQueue(const QByteArray &name, Queue kind, const QByteArray &exchange)
{
    amqp_table_entry_t type{};
    type.key = amqp_cstring_bytes("x-queue-type");
    type.value.kind = AMQP_FIELD_KIND_UTF8;
    type.value.value.bytes = amqp_cstring_bytes(kind == Queue::Quorum ? "quorum" : "classic");
    amqp_queue_declare(m_connection, channel, bytesOf(name), 0, 1, 0, 0, {1, &type});
    check("the bare client may not declare a queue");
    amqp_queue_bind(m_connection, channel, bytesOf(name), bytesOf(exchange), bytesOf(name),
                    amqp_empty_table);
    check("the bare client may not bind a queue");
}

void BareConnection::deleteQueue(const QByteArray &name)
{
    amqp_queue_delete(m_connection, channel, bytesOf(name), 0, 0);
    check("the bare client may not delete its queue");
}

void BareConnection::consume(const QByteArray &queue, quint16 prefetch)
{
    amqp_basic_qos(m_connection, channel, 0, prefetch, 0);
    amqp_basic_consume(m_connection, channel, bytesOf(queue), amqp_empty_bytes, 0, 0, 0,
                       amqp_empty_table);
    check("the bare client may not consume");
}

void BareConnection::publish(const QByteArray &exchange, const QByteArray &key,
                             const QByteArray &body)
{
    amqp_basic_properties_t properties{};
    properties._flags = AMQP_BASIC_DELIVERY_MODE_FLAG;
    properties.delivery_mode = AMQP_DELIVERY_PERSISTENT;
    if (amqp_basic_publish(m_connection, channel, bytesOf(exchange), bytesOf(key), 1, 0,
                           &properties, bytesOf(body))
        != AMQP_STATUS_OK)
        fail("the bare client cannot publish");
}

void BareConnection::acknowledge(quint64 delivery, bool isMultiple)
{
    if (amqp_basic_ack(m_connection, channel, delivery, isMultiple) != AMQP_STATUS_OK)
        fail("the bare client cannot acknowledge");
}

BareConnection::Incoming BareConnection::next(std::chrono::microseconds longest)
{
    amqp_maybe_release_buffers(m_connection);
    timeval time{longest.count() / 1'000'000, longest.count() % 1'000'000};
    amqp_frame_t frame;
    const int status = amqp_simple_wait_frame_noblock(m_connection, &frame, &time);
    if (status == AMQP_STATUS_TIMEOUT)
        return {};
    if (status != AMQP_STATUS_OK || frame.frame_type != AMQP_FRAME_METHOD)
        fail("the bare client lost its broker");
    if (frame.payload.method.id == AMQP_BASIC_ACK_METHOD) {
        const auto *ack = static_cast<amqp_basic_ack_t *>(frame.payload.method.decoded);
        return {Kind::Confirmed, ack->delivery_tag, ack->multiple != 0, {}};
    }
    if (frame.payload.method.id != AMQP_BASIC_DELIVER_METHOD)
        fail("the broker refuses or returns what the bare client published");
    const quint64 tag =
        static_cast<amqp_basic_deliver_t *>(frame.payload.method.decoded)->delivery_tag;
    amqp_message_t message;
    if (amqp_read_message(m_connection, channel, &message, 0).reply_type != AMQP_RESPONSE_NORMAL)
        fail("the bare client lost its broker within a message");
    Incoming incoming{
        Kind::Delivered, tag, false,
        QByteArray(static_cast<char *>(message.body.bytes), qsizetype(message.body.len))};
    amqp_destroy_message(&message);
    return incoming;
}

} // namespace Fanfare::Bench
