// SPDX-License-Identifier: MIT
#include "fanfare/cluster/deadtasks.h"

#ifdef FANFARE_WITH_RABBITMQ
#include "fanfare/cluster/amqpconnection.h"
#include "fanfare/cluster/amqpheaders.h"

#include <algorithm>
#include <utility>
#else
#include "fanfare/cluster/brokertransport.h"
#endif

namespace Fanfare {

#ifdef FANFARE_WITH_RABBITMQ

using namespace Qt::StringLiterals;

static Error unreachable(const BrokerStatus &status)
{
    return {ErrorCode::NotFound, status.sentence};
}

/// The first and only time it died: nobody takes tasks out of the list.
static QDateTime timeOfDeath(const amqp_basic_properties_t &properties)
{
    const amqp_table_entry_t *deaths = headerOf(properties, "x-death");
    if (!deaths || deaths->value.kind != AMQP_FIELD_KIND_ARRAY
        || deaths->value.value.array.num_entries < 1)
        return {};
    const amqp_field_value_t &first = deaths->value.value.array.entries[0];
    if (first.kind != AMQP_FIELD_KIND_TABLE)
        return {};
    const qint64 seconds = timeOf(entryOf(first.value.table, "time"));
    return seconds > 0 ? QDateTime::fromSecsSinceEpoch(seconds, Qt::UTC) : QDateTime();
}

static DeadTask deadTaskOf(const amqp_message_t &message)
{
    DeadTask dead;
    dead.reason = textOf(headerOf(message.properties, "x-first-death-reason"));
    dead.time = timeOfDeath(message.properties);
    const auto task = decodeTask(fromAmqp(message.body));
    if (task) {
        dead.task = *task;
        dead.task->arguments.clear(); // 10,000 times 1 MiB would be much
    }
    return dead;
}

/// How many there are; none when no app has made the list yet.
static Result<quint64> countAt(const AmqpLibrary &library, AmqpConnection &connection)
{
    const amqp_queue_declare_ok_t *answer = library.queue_declare(
        connection.state(), quint16(AmqpChannel::Probe), toAmqp(deadTaskQueue), 1, 1, 0, 0, {});
    const quint64 count = answer ? answer->message_count : 0;
    bool isAlive = true;
    const auto problem = connection.problem(AmqpChannel::Probe, isAlive);
    if (problem && (!isAlive || problem->code != "not-set-up"_L1))
        return unreachable(*problem);
    return count;
}

/// The next one, which is not acknowledged: with the end of the connection all go back to where
/// they were.
static Result<std::optional<DeadTask>> nextAt(const AmqpLibrary &library,
                                              AmqpConnection &connection)
{
    const auto channel = quint16(AmqpChannel::Consume);
    const amqp_rpc_reply_t reply =
        library.basic_get(connection.state(), channel, toAmqp(deadTaskQueue), 0);
    bool isAlive = true;
    if (const auto problem = connection.problem(AmqpChannel::Consume, isAlive))
        return unreachable(*problem);
    if (reply.reply.id != AMQP_BASIC_GET_OK_METHOD)
        return std::optional<DeadTask>();
    amqp_message_t message;
    if (library.read_message(connection.state(), channel, &message, 0).reply_type
        != AMQP_RESPONSE_NORMAL)
        return Error{ErrorCode::NotFound, u"The connection to the broker was lost; try again."_s};
    DeadTask dead = deadTaskOf(message);
    library.destroy_message(&message);
    return std::optional(std::move(dead));
}

/// By time, and by number within a second: a look at the list changes the order at the broker.
static bool diedLater(const DeadTask &a, const DeadTask &b)
{
    const auto numberOf = [](const DeadTask &dead) {
        return dead.task ? dead.task->task.number : 0;
    };
    return std::pair(a.time, numberOf(a)) > std::pair(b.time, numberOf(b));
}

Result<DeadTasks> deadTasks(const BrokerAddress &address, int most)
{
    const auto library = amqpLibrary();
    if (!library)
        return library.error();
    AmqpConnection connection(**library);
    ClusterEndpoint endpoint;
    endpoint.address = address;
    endpoint.name = u"fanfare dead tasks"_s;
    if (const auto problem = connection.connect(endpoint))
        return unreachable(*problem);
    const Result<quint64> count = countAt(**library, connection);
    if (!count)
        return count.error();
    DeadTasks dead{*count, {}};
    while (quint64(dead.newest.size()) < *count) {
        auto next = nextAt(**library, connection);
        if (!next)
            return next.error();
        if (!*next)
            break;
        dead.newest.append(**std::move(next));
    }
    connection.close();
    std::sort(dead.newest.begin(), dead.newest.end(), &diedLater);
    dead.newest = dead.newest.first(std::min<qsizetype>(most, dead.newest.size()));
    return dead;
}

#else

Result<DeadTasks> deadTasks(const BrokerAddress &, int)
{
    return makeBrokerTransport().error();
}

#endif

} // namespace Fanfare
