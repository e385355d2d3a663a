// SPDX-License-Identifier: MIT
#pragma once

#include "workerends.h"

#include <atomic>
#include <functional>
#include <optional>
#include <pthread.h>

namespace Fanfare {

/// Runs the sync or the blocking handlers of a worker one after the other on the thread that asks
/// for it.
/// A handler that ought to have ended long ago, and whose host does not see to that, ends with its
/// process: see CpuLimit.
///
/// Threads: [any].
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

    /// Runs what waits, unless another thread is at it, which then runs that as well. [any, blocks]
    void runWaiting();

    /// The thread that is in runWaiting() and has something to run. [any]
    std::optional<pthread_t> thread() const;

private:
    void runAll();
    void runTask(WorkerContext &context);
    HandlerEnd runHandler(WorkerContext &context);

    const HandlerKind m_kind;
    WorkerTasks &m_tasks;
    WorkerChannel &m_channel;
    WorkerMemory &m_memory;
    const std::function<void()> m_closeOutput;
    const std::function<void()> m_taskEnded;
    std::atomic<pthread_t> m_thread = 0; // see thread()
};

} // namespace Fanfare
