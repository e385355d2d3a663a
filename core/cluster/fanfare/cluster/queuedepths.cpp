// SPDX-License-Identifier: MIT
#include "fanfare/cluster/queuedepths.h"

#ifdef FANFARE_WITH_RABBITMQ
#include "fanfare/cluster/amqpconnection.h"
#else
#include "fanfare/cluster/brokertransport.h"
#endif

namespace Fanfare {

#ifdef FANFARE_WITH_RABBITMQ

using namespace Qt::StringLiterals;

Result<QList<QueueDepth>> queueDepths(const BrokerAddress &address, const QStringList &queues)
{
    const auto library = amqpLibrary();
    if (!library)
        return library.error();
    AmqpConnection connection(**library);
    ClusterEndpoint endpoint;
    endpoint.address = address;
    endpoint.name = u"fanfare status"_s;
    if (const auto problem = connection.connect(endpoint))
        return Error{ErrorCode::NotFound, problem->sentence};
    QList<QueueDepth> depths;
    for (const QString &queue : queues) {
        const QByteArray name = queue.toUtf8();
        // Passive: it says what there is, and makes nothing.
        const amqp_queue_declare_ok_t *answer = (*library)->queue_declare(
            connection.state(), quint16(AmqpChannel::Probe), toAmqp(name), 1, 1, 0, 0, {});
        QueueDepth depth{queue};
        if (answer)
            depth = {queue, true, answer->message_count, int(answer->consumer_count)};
        bool isAlive = true;
        const auto problem = connection.problem(AmqpChannel::Probe, isAlive);
        if (!isAlive)
            return Error{ErrorCode::NotFound, problem->sentence};
        depths.append(depth);
    }
    connection.close();
    return depths;
}

#else

Result<QList<QueueDepth>> queueDepths(const BrokerAddress &, const QStringList &)
{
    return makeBrokerTransport().error();
}

#endif

} // namespace Fanfare
