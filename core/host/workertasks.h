// SPDX-License-Identifier: MIT
#pragma once

#include "workercontext.h"

#include <array>
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

    /// The next task of \a kind, or null when none waits; the caller runs it.
    std::unique_ptr<WorkerContext> take(HandlerKind kind);
    void wait(HandlerKind kind); ///< until take() has something [blocks]

    /// For a kind whose tasks run one after the other: true when some wait and nobody else has
    /// claimed them. Whoever has runs them all, also those that are added meanwhile, until
    /// release() is true, which it is not while some wait.
    bool claim(HandlerKind kind);
    bool release(HandlerKind kind);

    /// How many tasks of \a kind wait for a thread, and find none in wait().
    size_t unattended(HandlerKind kind) const;

    void end(const WorkerContext &context); ///< it was taken and is over

    /// Drops \a task if it waits: true. Else asks it to stop if it runs.
    bool cancel(quint64 task);

    /// Takes out all tasks of \a kind that wait; their numbers, oldest first.
    std::vector<quint64> takeBack(HandlerKind kind);

    /// Gives \a line to the task that printed it. False when that is over.
    bool addLine(const LogLine &line);

    bool isEmpty() const;

private:
    struct Queue
    {
        std::deque<WorkerTask> tasks;
        size_t waiters = 0; // threads in wait()
        bool isClaimed = false;
        std::condition_variable arrived;
    };

    Queue &queue(HandlerKind kind) { return m_queues[size_t(kind)]; }

    WorkerChannel &m_channel;
    mutable std::mutex m_mutex;
    std::array<Queue, 3> m_queues;                       // by kind; guarded by m_mutex
    std::unordered_map<quint64, WorkerContext *> m_open; // by number; guarded by m_mutex
};

} // namespace Fanfare
