// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/executors/taskrun.h>
#include <fanfare/trace/recorder.h>

#include <vector>

namespace Fanfare {

/// Where a process pool records what its workers did: one lane per slot for sync tasks, one for
/// async ones as soon as there are some, and one for what never started. Without a recorder
/// nothing happens.
///
/// Threads: [owner].
class PoolLanes
{
public:
    explicit PoolLanes(Recorder *recorder)
        : m_recorder(recorder)
    {
    }

    /// Records a span and what it left behind. \a slot is -1 for a task that no worker started.
    void record(int slot, bool isAsync, SpanRecord span, const TaskEnd &end, const QCborMap &crash);

    void event(int slot, LaneEventKind kind, qint64 pid, const QString &text);
    void log(LogLine line);
    LaneId laneId(int slot, bool isAsync);

private:
    Lane *lane(int slot, bool isAsync);

    Recorder *const m_recorder; // may be null
    std::vector<Lane *> m_sync; // by slot
    std::vector<Lane *> m_async;
    Lane *m_unstarted = nullptr;
};

} // namespace Fanfare
