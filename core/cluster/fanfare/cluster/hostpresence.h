// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/base/result.h>
#include <fanfare/cluster/clusterids.h>

#include <QByteArray>
#include <QList>
#include <QString>

namespace Fanfare {

/// A build of a plugin that a host can run.
struct PresentPlugin
{
    QString id;
    QString version;
    QByteArray hash; ///< SHA-256 of its file, 32 bytes

    bool operator==(const PresentPlugin &other) const = default;
};

/// What an agent tells everybody every two seconds, and when something about it changes. A CBOR
/// map: 0 version, 1 session, 2 host, 3 pid, 4 slots, 5 busy, 6 waiting, 7 prefetch, 8 version of
/// Fanfare, 9 whether it leaves, 10 plugins, a list of maps: 0 id, 1 version, 2 hash.
struct HostPresence
{
    ClusterSession session{};
    QString host;           ///< name of the machine, or what its user calls it
    qint64 pid = 0;         ///< of the agent
    int slots = 0;          ///< tasks it runs at once
    int busy = 0;           ///< that occupy a worker now: coroutines do not
    int waiting = 0;        ///< that it has taken and not started
    int prefetch = 0;       ///< that it may have taken at once
    QString version;        ///< of Fanfare
    bool isLeaving = false; ///< it takes no more tasks and ends when those it has are done
    QList<PresentPlugin> plugins;

    bool operator==(const HostPresence &other) const = default;
};

QByteArray encode(const HostPresence &presence); // [any]

/// Error: Protocol, for bytes that are no presence of this version. [any]
Result<HostPresence> decodePresence(const QByteArray &bytes);

/// Both ways of a ping, for the clock of a host, see ControlKind::Ping. A CBOR map: 0 version,
/// 1 agent, 2 sent, 3 arrived, 4 answered.
struct ClockAnswer
{
    ClusterSession agent{};
    qint64 sent = 0;     ///< MonotonicClock ns of the app, when it asked
    qint64 arrived = 0;  ///< of the agent, when it got the ping
    qint64 answered = 0; ///< of the agent, when it wrote this

    bool operator==(const ClockAnswer &other) const = default;
};

QByteArray encode(const ClockAnswer &answer); // [any]
Result<ClockAnswer> decodeClockAnswer(const QByteArray &bytes);

} // namespace Fanfare
