// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/base/result.h>
#include <fanfare/engine/engineoptions.h>
#include <fanfare/executors/executor.h>
#include <fanfare/trace/recorder.h>

#include <QList>

#include <functional>
#include <memory>
#include <optional>

namespace Fanfare {

/// A host that works for an engine.
struct HostFact
{
    QString label; ///< unique among the hosts; its lanes are called "LABEL worker N"
    qint64 pid = 0;
    int slots = 0;   ///< tasks it runs at once
    int busy = 0;    ///< that it runs now
    int waiting = 0; ///< that it has taken and not started
    int plugins = 0;
    QString version;                   ///< of Fanfare there
    bool isLeaving = false;            ///< takes no more tasks
    bool isSilent = false;             ///< has not been heard of for some seconds
    qint64 lastSeen = 0;               ///< MonotonicClock ns of the engine; 0: not known
    std::optional<qint64> clockOffset; ///< ns, its clock minus ours
    std::optional<qint64> clockError;  ///< ns: the offset is never further off than this

    bool operator==(const HostFact &other) const = default;
};

/// How an engine stands with its message broker and the hosts behind it; only with
/// ExecutorKind::Cluster.
struct ClusterFact
{
    QString broker; ///< its address, without a secret
    bool isConnected = false;
    QString problem; ///< why not, or that it takes nothing; else empty
    QList<HostFact> hosts;
    quint64 atBroker = 0;    ///< tasks that wait there
    quint64 redelivered = 0; ///< tasks that another host got after one was lost
    quint64 lostHosts = 0;
    quint64 duplicates = 0; ///< ends of tasks that had ended; dropped

    bool operator==(const ClusterFact &other) const = default;
};

QByteArray encode(const ClusterFact &fact);
Result<ClusterFact> decodeCluster(const QByteArray &payload); ///< error: Protocol

/// An executor that reaches other hosts, and what is to be told about it.
struct ClusterPart
{
    std::unique_ptr<Executor> executor;
    std::function<ClusterFact()> fact; ///< [any]; not after the executor is gone
};

/// Makes one. The engine itself knows no broker: whoever runs it brings this along. The recorder is
/// borrowed and outlives the executor. Errors: those of the address, with a sentence.
using ClusterMaker = std::function<Result<ClusterPart>(const EngineOptions &, Recorder &)>;

} // namespace Fanfare
