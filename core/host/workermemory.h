// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

#include <mutex>

namespace Fanfare {

/// Memory of this process, in KiB; 0 is unknown.
struct MemoryFigures
{
    quint32 now = 0;
    quint32 peak = 0; ///< most since the last look that took long tasks into account
};

/// Looks at the memory of this process after tasks. A look costs 10 us, so short tasks share one:
/// in a millisecond no task can get more than a few MiB.
///
/// Threads: [any, locks].
class WorkerMemory
{
public:
    WorkerMemory();
    ~WorkerMemory();
    WorkerMemory(const WorkerMemory &) = delete;
    WorkerMemory &operator=(const WorkerMemory &) = delete;

    /// The figures after a task that ran from \a started to \a finished.
    MemoryFigures afterTask(qint64 started, qint64 finished);

private:
    void look();

    const int m_status;  // /proc/self/status, or -1
    const int m_restart; // /proc/self/clear_refs, or -1
    std::mutex m_mutex;
    qint64 m_looked = 0;     // guarded by m_mutex
    MemoryFigures m_figures; // guarded by m_mutex
};

} // namespace Fanfare
