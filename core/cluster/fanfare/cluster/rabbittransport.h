// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/cluster/amqpconnection.h>
#include <fanfare/cluster/clustertransport.h>

#include <QHash>
#include <QSet>
#include <QSocketNotifier>
#include <QTimer>

#include <map>
#include <memory>

namespace Fanfare {

/// The way through RabbitMQ. One connection; the names of its queues and exchanges, and their
/// rights, are in rabbittopology.cpp. librabbitmq waits inside its calls and serves heartbeats only
/// there, so this lives on a thread that may wait, and reads whenever the socket, a timer or a
/// write of its own gives reason to: frames may lie in a buffer of the library, of which the socket
/// says nothing.
///
/// Threads: [owner], which connecting blocks for up to 5 s.
class RabbitTransport final : public ClusterTransport
{
    Q_OBJECT

public:
    explicit RabbitTransport(const AmqpLibrary &library, QObject *parent = nullptr);
    ~RabbitTransport() override;

    void open(const ClusterEndpoint &endpoint) override;
    void close() override;
    void publishTask(quint64 number, const QString &queue, const QByteArray &task,
                     std::chrono::milliseconds startWithin) override;
    void sendControl(ClusterSession agent, const QByteArray &order) override;
    void inspectQueue(const QString &queue) override;
    void takeFrom(const QStringList &queues, int prefetch) override;
    void lookFor(const QStringList &queues) override;
    void settle(quint64 delivery, Settlement settlement) override;
    void flush() override;
    void publish(Message kind, ClusterSession app, quint64 number,
                 const QByteArray &message) override;

private:
    struct Pending
    {
        quint64 number = 0;
        bool isTask = false;
        ClusterSession app{}; ///< whom a message is for
        bool wasReturned = false;
    };

    /// A message on its way out.
    struct Parcel
    {
        AmqpChannel channel = AmqpChannel::Publish;
        const char *exchange = nullptr;
        QByteArray key;
        const char *type = nullptr;
        QByteArray expiration; ///< milliseconds; empty: never
        bool isKept = false;   ///< by the broker, on its disk
        bool isMandatory = false;
    };

    // The connection.
    void connectNow();
    void tryAgainLater(const BrokerStatus &status);
    void dropConnection();
    /// The connection is lost, because of \a problem if that is known; what follows happens later.
    void fail(const std::optional<BrokerStatus> &problem = {});
    void setStatus(const BrokerStatus &status);

    // Names and rights, see rabbittopology.cpp. What they return is wrong.
    std::optional<BrokerStatus> setUp();
    std::optional<BrokerStatus> setUpApp();
    std::optional<BrokerStatus> setUpAgent();
    std::optional<BrokerStatus> declareExchange(const char *name, const char *type,
                                                AmqpChannel channel = AmqpChannel::Publish);
    std::optional<BrokerStatus> declareDeadQueue();
    std::optional<BrokerStatus> bind(const QByteArray &queue, const char *exchange,
                                     const QByteArray &key);
    std::optional<BrokerStatus> consume(const QByteArray &queue, const QByteArray &tag,
                                        int prefetch);
    std::optional<BrokerStatus> declareTaskQueue(const QByteArray &queue);
    std::optional<QueueState> stateOf(const QByteArray &queue); ///< nothing when it is missing
    void takeFromNew(); ///< takes from what is wanted and not known to be missing
    void lookForAll();
    QByteArray consumerTag(const QString &queue) const;
    void cancelConsumers();

    // What arrives, see rabbitframes.cpp.
    void scheduleTurn();
    void readTurn();
    void handle(const amqp_frame_t &frame);
    void handleMethod(const amqp_frame_t &frame);
    void confirm(quint64 sequence, bool isMultiple, bool isAccepted);
    void settlePending(const Pending &pending, bool isAccepted);
    void handleReturn(AmqpChannel channel);
    void handleDelivery(const amqp_basic_deliver_t &deliver);
    void handleConsumerEnd(const QByteArray &tag);
    bool acknowledge(quint64 delivery, bool withAllBefore);
    bool send(const Parcel &parcel, const QByteArray &body, const Pending &pending);

    QByteArray ownQueue() const;

    const AmqpLibrary &m_amqp;
    ClusterEndpoint m_endpoint;
    std::unique_ptr<AmqpConnection> m_connection; // null while there is none
    std::unique_ptr<QSocketNotifier> m_notifier;
    QTimer m_beat;  // heartbeats are sent and missed only when somebody reads
    QTimer m_retry; // until the next try to connect
    QTimer m_look;  // until the next look for queues
    BrokerStatus m_status;
    int m_failures = 0;                       // in a row
    std::map<quint64, Pending> m_unconfirmed; // by sequence number of the channel
    quint64 m_sequence = 0;
    quint64 m_unacknowledged = 0;         // the last delivery of the own queue of an app; 0: none
    std::map<quint64, bool> m_deliveries; // of an agent, not settled at the broker; true: done
    std::vector<quint64> m_done;          // of these
    QSet<QString> m_declared;             // task queues, by an app
    QStringList m_wanted;                 // task queues, of an agent
    QSet<QString> m_consumed;             // of these
    QSet<QString> m_missing;              // of these, when it was last looked for
    int m_consumerRound = 0;              // see consumerTag()
    int m_prefetch = 0;
    int m_usedPrefetch = 0; // of the consumers
    bool m_isTurnDue = false;
    bool m_isBroken = false;
};

} // namespace Fanfare
