// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/executors/timedtask.h>

#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <thread>

namespace Fanfare {

/// Asks tasks to stop when their time is over, and gives up those that do not: a thread cannot be
/// ended, so their end is told as TimedOut, "still-running", and what they return later is dropped.
/// One thread, started with the first task that has a deadline.
///
/// Threads: [any, locks].
class DeadlineWatch
{
public:
    /// Tells the end of a task that was given up, callback included. [deadline thread]
    using Settle = std::function<void(std::shared_ptr<TimedTask>, TaskEnd)>;

    /// \a grace is the time between asking and giving up.
    DeadlineWatch(std::chrono::nanoseconds grace, Settle settle);
    ~DeadlineWatch(); ///< no task may be watched any more [blocks]

    /// Watches \a task from now on. Without an \a owner it is asked to stop, and never given up.
    void add(const std::shared_ptr<TimedTask> &task, TimedTaskOwner *owner);

    /// The handler of \a task has returned. False when it was given up: then its end is told.
    bool remove(TimedTask &task);

private:
    struct Watched
    {
        std::shared_ptr<TimedTask> task;
        TimedTaskOwner *owner = nullptr;
    };
    using Key = std::pair<qint64, TimedTask *>;

    void run();
    void expire(std::unique_lock<std::mutex> &lock);
    TaskEnd giveUp(const Watched &watched);

    const std::chrono::nanoseconds m_grace;
    const Settle m_settle;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::map<Key, Watched> m_watched; // guarded by m_mutex; the key begins with when to look next
    bool m_isEnding = false;          // guarded by m_mutex
    std::thread m_thread;             // guarded by m_mutex until the destructor
};

} // namespace Fanfare
