// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>

#include <chrono>

struct amqp_connection_state_t_;

namespace Fanfare::Bench {

/// Where a broker is and who one is there.
struct BareBroker
{
    quint16 port = 0; ///< of loopback
    QByteArray virtualHost, user, password;
};

/// The client library of RabbitMQ with as little around it as goes: what the cluster is compared
/// with. One channel, publisher confirms. Ends the program with a sentence when anything fails.
///
/// Threads: one at a time.
class BareConnection final
{
public:
    enum class Kind : quint8 { Nothing, Confirmed, Delivered };

    struct Incoming
    {
        Kind kind = Kind::Nothing;
        quint64 tag = 0;         ///< of the delivery, or of the last one that is confirmed
        bool isMultiple = false; ///< confirmed: all before as well
        QByteArray body;
    };

    explicit BareConnection(const BareBroker &broker);
    ~BareConnection();
    BareConnection(const BareConnection &) = delete;
    BareConnection &operator=(const BareConnection &) = delete;

    void declareExchange(const QByteArray &name);
    enum class Queue : quint8 { Quorum, Classic };
    void declareQueue(const QByteArray &name, Queue kind, const QByteArray &exchange);
    void deleteQueue(const QByteArray &name);
    void consume(const QByteArray &queue, quint16 prefetch);

    /// A persistent, mandatory message. They are numbered from 1 for confirmations.
    void publish(const QByteArray &exchange, const QByteArray &key, const QByteArray &body);
    void acknowledge(quint64 delivery, bool isMultiple);

    /// What arrives next, after \a longest at most.
    Incoming next(std::chrono::microseconds longest);

private:
    void check(const char *what);

    amqp_connection_state_t_ *m_connection;
};

} // namespace Fanfare::Bench
