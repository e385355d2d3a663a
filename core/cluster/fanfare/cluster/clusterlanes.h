// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/executors/taskrun.h>
#include <fanfare/trace/recorder.h>

#include <QHash>

namespace Fanfare {

/// Where a cluster records what its hosts did: a lane "HOST worker N" for each worker of a host,
/// and one for what never started. Without a recorder nothing happens.
///
/// Threads: [owner].
class ClusterLanes
{
public:
    explicit ClusterLanes(Recorder *recorder)
        : m_recorder(recorder)
    {
    }

    /// Records a span and what it left behind. An empty \a host stands for a task that never
    /// started.
    void record(const QString &host, int slot, SpanRecord span, const TaskEnd &end,
                const QCborMap &crash);

    /// Something happened to all workers of \a host.
    void event(const QString &host, LaneEventKind kind, qint64 pid, const QString &text);
    void log(LogLine line);
    LaneId laneId(const QString &host, int slot);

private:
    Lane *lane(const QString &host, int slot);

    Recorder *const m_recorder;            // may be null
    QHash<QString, QList<Lane *>> m_lanes; // by host, then slot
    Lane *m_unstarted = nullptr;
};

} // namespace Fanfare
