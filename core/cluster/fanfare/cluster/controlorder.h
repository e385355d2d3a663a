// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/base/result.h>
#include <fanfare/cluster/clusterids.h>

#include <QByteArray>
#include <QList>
#include <QStringList>

namespace Fanfare {

/// What an app tells one agent, or all of them.
enum class ControlKind : quint8 {
    Ping = 1, ///< answer with a ClockAnswer, at once
    Grant,    ///< start these tasks, which you asked for
    Deny,     ///< do not start these tasks, and forget them
    Cancel,   ///< stop these tasks when you run them, do not start them when you get them
    Present,  ///< tell your presence, and look for the queues that are named: they are there now
    Drain,    ///< take no more tasks, and end when those that you have are done
};

/// A CBOR map: 0 version, 1 kind, 2 app, 3 time, 4 tasks, a list of 16 bytes each, 5 queues, a list
/// of names, which is left out when empty.
struct ControlOrder
{
    ControlKind kind = ControlKind::Ping;
    ClusterSession app{}; ///< who says it
    qint64 time = 0;      ///< MonotonicClock ns of the app
    QList<ClusterTaskId> tasks = {};
    QStringList queues = {}; ///< of Present

    bool operator==(const ControlOrder &other) const = default;
};

QByteArray encode(const ControlOrder &order); // [any]

/// Error: Protocol, for bytes that are no order of this version. [any]
Result<ControlOrder> decodeOrder(const QByteArray &bytes);

} // namespace Fanfare
