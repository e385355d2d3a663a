// SPDX-License-Identifier: MIT
#pragma once

#include "workercontext.h"

#include <condition_variable>
#include <deque>
#include <memory>
#include <unordered_map>
#include <vector>

namespace Fanfare {

/// What a worker was given and has not finished. A task that waits can be dropped, one that was
/// taken is asked to stop; there is nothing in between.
///
/// Threads: [any, locks].
class WorkerTasks
{
public:
    explicit WorkerTasks(WorkerChannel &channel)
        : m_channel(channel)
    {
    }

    void add(std::vector<WorkerTask> tasks);

    /// The next sync task, or null when none waits; the caller runs it.
    std::unique_ptr<WorkerContext> takeSync();
    void waitForSync(); ///< until takeSync() has something [blocks]

    bool hasAsync() const;
    std::unique_ptr<WorkerContext> takeAsync(); ///< the same for the event loop

    void end(const WorkerContext &context); ///< it was taken and is over

    /// Drops \a task if it waits: true. Else asks it to stop if it runs.
    bool cancel(quint64 task);

    /// Gives \a line to the task that printed it. False when that is over.
    bool addLine(const LogLine &line);

    bool isEmpty() const;

private:
    std::unique_ptr<WorkerContext> take(std::deque<WorkerTask> &queue);

    WorkerChannel &m_channel;
    mutable std::mutex m_mutex;
    std::condition_variable m_syncArrived;
    std::deque<WorkerTask> m_sync; // guarded by m_mutex, as the rest
    std::deque<WorkerTask> m_async;
    std::unordered_map<quint64, WorkerContext *> m_open; // by number
};

} // namespace Fanfare
