// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/executors/taskqueue.h>

#include <deque>
#include <mutex>
#include <unordered_map>
#include <vector>

namespace Fanfare {

/// Keeps tasks of handlers of which only so many may run at once, see
/// HandlerEntryPoint::concurrency, until another task of the handler has ended. Who ends one starts
/// the next: nobody waits, and a task that is kept counts as queued.
///
/// Threads: [any, locks].
class ConcurrencyLimits
{
public:
    /// \a queue is borrowed: it counts the tasks.
    explicit ConcurrencyLimits(TaskQueue &queue)
        : m_queue(queue)
    {
    }

    static bool isLimited(const TaskEntry &task)
    {
        return task.subscriber().handler.concurrency > 0;
    }

    /// True when \a task, which is limited, may start now. Else it is kept, and leave() gives it to
    /// somebody later.
    bool enter(const TaskEntry &task);

    /// After the end of a task of \a subscriber that entered: the next one, which has entered, or
    /// an empty entry.
    TaskEntry leave(SubscriberId subscriber);

    std::vector<TaskEntry> takeAll(); ///< what is kept

    /// What is kept of emissions that have no other task.
    std::vector<TaskEntry> takeUnstarted();

    std::vector<TaskEntry> takeCanceled(); ///< what is kept of canceled emissions

    /// Adds what is kept to \a queued, as far as that stays within \a limit.
    void sample(size_t limit, std::vector<OpenTask> &queued) const;

private:
    struct Turnstile
    {
        int running = 0;
        std::deque<TaskEntry> waiting; // oldest first
    };

    template <typename Condition>
    std::vector<TaskEntry> takeIf(Condition condition);

    TaskQueue &m_queue;
    mutable std::mutex m_mutex;
    std::unordered_map<SubscriberId, Turnstile> m_turnstiles; // guarded by m_mutex
};

} // namespace Fanfare
