// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/base/result.h>
#include <fanfare/cluster/brokeraddress.h>

#include <QList>
#include <QStringList>

namespace Fanfare {

/// How full a queue of the broker is.
struct QueueDepth
{
    QString queue;
    bool exists = false;
    quint64 waiting = 0; ///< tasks that no host has taken yet
    int consumers = 0;   ///< that take from it, of all hosts together

    bool operator==(const QueueDepth &other) const = default;
};

/// Asks the broker at \a address for \a queues, on a connection of its own; one answer for each, in
/// that order. Errors: Unsupported, see makeBrokerTransport(); NotFound, with the sentence of a
/// BrokerStatus, when the broker cannot be asked. [any, blocks for up to 5 s]
Result<QList<QueueDepth>> queueDepths(const BrokerAddress &address, const QStringList &queues);

} // namespace Fanfare
