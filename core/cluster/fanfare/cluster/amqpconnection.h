// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/cluster/amqplibrary.h>
#include <fanfare/cluster/brokeraddress.h>
#include <fanfare/cluster/clustertransport.h>

#include <QByteArray>

#include <memory>
#include <optional>

namespace Fanfare {

/// Channels of a connection, each for one purpose: an error on one of them closes it alone.
enum class AmqpChannel : quint16 {
    Publish = 1, ///< with confirms
    Consume = 2,
    Order = 3, ///< control messages, without confirms
    Probe = 4, ///< questions that may be refused
};

/// Entries of a table of arguments, which has to outlive their use.
class AmqpTable
{
public:
    AmqpTable &text(const char *key, const char *value);
    AmqpTable &number(const char *key, qint64 value);
    AmqpTable &flag(const char *key, bool value);
    AmqpTable &table(const char *key, const AmqpTable &value);
    amqp_table_t view() const;

private:
    std::vector<amqp_table_entry_t> m_entries;
};

amqp_bytes_t toAmqp(const QByteArray &bytes); ///< borrowed
amqp_bytes_t toAmqp(const char *text);        ///< borrowed
QByteArray fromAmqp(const amqp_bytes_t &bytes);

/// One connection to a RabbitMQ broker, from the login to its end. Its functions say what is wrong
/// as a BrokerStatus; after a problem it is good for nothing but to be deleted.
///
/// Threads: [owner]; connecting and questions wait for the broker, 5 s at most.
class AmqpConnection
{
public:
    explicit AmqpConnection(const AmqpLibrary &library)
        : m_amqp(library)
    {
    }
    ~AmqpConnection();
    AmqpConnection(const AmqpConnection &) = delete;
    AmqpConnection &operator=(const AmqpConnection &) = delete;

    /// Logs in and opens the channels. [owner, blocks]
    std::optional<BrokerStatus> connect(const ClusterEndpoint &endpoint);

    /// What the last question of the library said, if it was refused. When only \a channel was
    /// closed because of that, it is opened again and \a isAlive stays true.
    std::optional<BrokerStatus> problem(AmqpChannel channel, bool &isAlive);

    /// What \a method, with which the broker closes a channel or the connection by itself, says: a
    /// missing right, else that the connection is lost.
    BrokerStatus closedBy(const amqp_method_t &method) const;

    amqp_connection_state_t state() const { return m_state; }
    void close(); ///< says goodbye [owner, blocks]

private:
    std::optional<BrokerStatus> openSocket(const BrokerAddress &address);
    std::optional<BrokerStatus> login(const ClusterEndpoint &endpoint);
    std::optional<BrokerStatus> openChannel(AmqpChannel channel);

    const AmqpLibrary &m_amqp;
    amqp_connection_state_t m_state = nullptr;
    BrokerAddress m_address;
    bool m_isOpen = false;
};

} // namespace Fanfare
