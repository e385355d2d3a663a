// SPDX-License-Identifier: MIT
#pragma once

#include "workerends.h"

#include <functional>

namespace Fanfare {

/// Runs the sync or the blocking handlers of a worker one after the other, on a thread of its own.
/// A handler that ought to have ended long ago, and whose host does not see to that, ends with its
/// process: see CpuLimit.
///
/// Threads: the thread that calls run().
class SyncRunner
{
public:
    /// \a closeOutput is called after each handler, so that what it printed goes before its end;
    /// \a taskEnded after each report. All are borrowed.
    SyncRunner(HandlerKind kind, WorkerTasks &tasks, WorkerChannel &channel, WorkerMemory &memory,
               std::function<void()> closeOutput, std::function<void()> taskEnded)
        : m_kind(kind)
        , m_tasks(tasks)
        , m_channel(channel)
        , m_memory(memory)
        , m_closeOutput(std::move(closeOutput))
        , m_taskEnded(std::move(taskEnded))
    {
    }

    [[noreturn]] void run(); ///< until the process ends [blocks]

private:
    void runTask(WorkerContext &context);
    HandlerEnd runHandler(WorkerContext &context);

    const HandlerKind m_kind;
    WorkerTasks &m_tasks;
    WorkerChannel &m_channel;
    WorkerMemory &m_memory;
    const std::function<void()> m_closeOutput;
    const std::function<void()> m_taskEnded;
};

} // namespace Fanfare
