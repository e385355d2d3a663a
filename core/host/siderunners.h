// SPDX-License-Identifier: MIT
#pragma once

#include "syncrunner.h"

#include <thread>
#include <vector>

namespace Fanfare {

/// The threads beside the one of the sync handlers, on which blocking handlers run: made when they
/// are needed, min(32, cores + 4) at most, and kept until the process ends.
///
/// Threads: [owner].
class SideRunners
{
public:
    SideRunners(WorkerTasks &tasks, TaskReporter &reporter) ///< both are borrowed
        : m_tasks(tasks)
        , m_runner(HandlerKind::Blocking, tasks, reporter)
    {
    }

    void wake(); ///< blocking handlers wait in the tasks

private:
    WorkerTasks &m_tasks;
    SyncRunner m_runner; // without a state of its own: all threads share it
    std::vector<std::thread> m_threads;
};

} // namespace Fanfare
