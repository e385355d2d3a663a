// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/base/result.h>
#include <fanfare/cluster/brokeraddress.h>
#include <fanfare/cluster/taskenvelope.h>

#include <QDateTime>
#include <QList>

#include <optional>

namespace Fanfare {

/// The queue of a broker that keeps dead tasks, for 7 days and 10,000 of them at most.
inline constexpr const char *deadTaskQueue = "fanfare.v1.dead";

/// A task that a broker gave up.
struct DeadTask
{
    /// The word of the broker: "delivery_limit", every host that had it was lost; "expired", none
    /// took it in time; "rejected", a host could not read it; "maxlen", there was no room.
    QString reason;
    QDateTime time; ///< when it died, to the second, in UTC; null when the broker does not say
    std::optional<TaskEnvelope> task; ///< none: it is no task that this version can read
};

/// What is in the list of dead tasks.
struct DeadTasks
{
    quint64 count = 0;
    QList<DeadTask> newest; ///< of these, the last one first; their arguments are left out
};

/// Looks at the list of dead tasks of the broker at \a address, on a connection of its own, and at
/// the last \a most of them. Nothing is taken out; only while it looks do others not see them.
/// RabbitMQ counts a look as a delivery, without a limit up to 3.13; from 4.0 on a policy has to
/// lift the limit of 20 from this queue, or the twenty-first look finds it empty. Errors:
/// Unsupported, see makeBrokerTransport(); NotFound, with the sentence of a BrokerStatus, when the
/// broker cannot be asked. [any, blocks for up to 5 s, and 1 ms a task]
Result<DeadTasks> deadTasks(const BrokerAddress &address, int most);

} // namespace Fanfare
