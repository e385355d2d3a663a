// SPDX-License-Identifier: MIT
#pragma once

#include "taskreporter.h"

#include <atomic>
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
    SyncRunner(HandlerKind kind, WorkerTasks &tasks, TaskReporter &reporter) ///< both are borrowed
        : m_kind(kind)
        , m_tasks(tasks)
        , m_reporter(reporter)
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
    TaskReporter &m_reporter;
    std::atomic<pthread_t> m_thread = 0; // see thread()
};

} // namespace Fanfare
