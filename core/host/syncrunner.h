// SPDX-License-Identifier: MIT
#pragma once

#include "workerends.h"

#include <functional>

namespace Fanfare {

/// Runs the sync handlers of a worker one after the other, on a thread of its own.
///
/// Threads: the thread that calls run().
class SyncRunner
{
public:
    /// \a closeOutput is called after each handler, so that what it printed goes before its end;
    /// \a taskEnded after each report. All are borrowed.
    SyncRunner(WorkerTasks &tasks, WorkerChannel &channel, std::function<void()> closeOutput,
               std::function<void()> taskEnded)
        : m_tasks(tasks)
        , m_channel(channel)
        , m_closeOutput(std::move(closeOutput))
        , m_taskEnded(std::move(taskEnded))
    {
    }

    [[noreturn]] void run(); ///< until the process ends [blocks]

private:
    void runTask(WorkerContext &context);
    HandlerEnd runHandler(WorkerContext &context);

    WorkerTasks &m_tasks;
    WorkerChannel &m_channel;
    const std::function<void()> m_closeOutput;
    const std::function<void()> m_taskEnded;
    WorkerMemory m_memory;
};

} // namespace Fanfare
