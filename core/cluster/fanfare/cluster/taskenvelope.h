// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/base/ids.h>
#include <fanfare/base/result.h>
#include <fanfare/cluster/clusterids.h>

#include <QByteArray>
#include <QString>

namespace Fanfare {

/// A task on its way to some host. It names what shall run and carries data, never code.
///
/// A CBOR map: 0 version, 1 task (16 bytes), 2 plugin, 3 content hash (32 bytes), 4 handler, 5
/// event, 6 clock of the app, 7 deadline, 8 flags (1 idempotent), 9 arguments (bytes), 10 emission,
/// 11 index of the task in it. The last two may be missing: then handlers see numbers of the host.
struct TaskEnvelope
{
    ClusterTaskId task;
    QString plugin;            ///< id, see isClusterName()
    QByteArray hash;           ///< SHA-256 of the plugin file, 32 bytes
    QString handler;           ///< name in that plugin
    QString event;             ///< name, "*" for the global one
    qint64 appTime = 0;        ///< MonotonicClock ns of the app when the task was accepted
    qint64 deadline = 0;       ///< ns it may run, 0: as long as it likes
    bool isIdempotent = false; ///< may be started again; else it starts once the app says so
    TaskId origin;             ///< the task as its app counts it
    QByteArray arguments;      ///< see encodeArguments(); at most maximumEnvelope bytes
};

QByteArray encode(const TaskEnvelope &task); // [any]

/// Error: Protocol, for bytes that are no task of this version, and for arguments that are too long
/// or nested too deep. [any]
Result<TaskEnvelope> decodeTask(const QByteArray &bytes);

/// Whether \a plugin can be part of the name of a queue: A-Z, a-z, 0-9, '.', '-' and '_', 1 to 100
/// of them. [any]
bool isClusterName(const QString &plugin);

/// What the queue of a build of a plugin is called: "fanfare.v1.task.PLUGIN.HASH", with the first
/// 16 hexadecimal digits of the hash. [any]
QString taskQueueName(const QString &plugin, const QByteArray &hash);

} // namespace Fanfare
