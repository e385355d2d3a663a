// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/executors/fullpolicy.h>
#include <fanfare/plugins/handlerrules.h>

#include <QString>
#include <QStringList>

#include <chrono>
#include <optional>

namespace Fanfare {

enum class ExecutorKind : quint8 { Threads, Processes, Inline, Cluster };

/// How the message broker of a cluster is reached. The password is in none of this: it comes from
/// the environment, or from a file that only its owner can read.
struct BrokerChoice
{
    QString url;                  ///< "amqps://user@host/vhost"
    QString passwordFile;         ///< empty: the environment is asked
    bool allowsPlainText = false; ///< to other machines

    bool operator==(const BrokerChoice &other) const = default;
};

/// How an engine is started.
struct EngineOptions
{
    QString hostPath;          ///< empty: the helper executable next to the application
    QStringList pluginFolders; ///< searched in this order; bundled plugins are not implied
    ExecutorKind executor = ExecutorKind::Threads;
    int workers = 0;                ///< 1..256; 0: one per core; a cluster has those of its hosts
    int startAhead = 0;             ///< worker processes that are started before they are needed
    quint64 queueBound = 1'000'000; ///< queued tasks at most, at least 1

    /// What becomes of an emission that does not fit below the bound. Block: it waits in the engine
    /// for room, and those behind it with it; nothing is lost, and no thread is blocked. Reject:
    /// its tasks end as Rejected. DropOldest: the oldest queued tasks do.
    FullPolicy onFull = FullPolicy::Block;

    BrokerChoice broker; ///< of ExecutorKind::Cluster
    /// Of ExecutorKind::Cluster: how long a task may wait for a host that takes it; then it ends as
    /// Rejected, with the reason "expired". 0: any time.
    std::chrono::milliseconds startWithin{0};
    RuleFiles rules; ///< nothing is remembered or overridden unless said so
};

/// "reject", "block" or "drop-oldest": how command lines and JSON name \a policy.
QString policyName(FullPolicy policy);
std::optional<FullPolicy> policyNamed(QStringView name);

} // namespace Fanfare
