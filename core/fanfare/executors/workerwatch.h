// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>

namespace Fanfare {

/// Decides which workers sleep and when one is woken.
///
/// Waking a sleeping core costs 5 to 40 us and 13 us of the caller's time (measured), a task that
/// does nothing 0.1 us. So one worker at a time, the watcher, vouches to look for new tasks by
/// itself until a time, its lease: while it runs short tasks, or spins for some microseconds before
/// it sleeps. Nobody is woken before the lease is over. Whoever wakes a worker takes a lease on its
/// behalf, so one wake-up at a time is under way. A lease ends by itself: none can be forgotten.
///
/// A watcher may get stuck in a task that is longer than those before, when nobody comes any more
/// to notice. So while a worker is guarded, that is while it watches or has claimed several tasks,
/// one of the sleepers, the sentinel, looks every millisecond.
///
/// The order that makes it safe: tasks are published before the lease is read; a lease is ended,
/// and a sleeper counted, before the tasks are looked at for the last time. All of these operations
/// are sequentially consistent.
///
/// Threads: [any]. Free of Qt's threads.
class WorkerWatch
{
public:
    static constexpr qint64 shortTime = 20'000;   ///< ns; of a lease, and of looking for work
    static constexpr qint64 wakeUpTime = 100'000; ///< ns; lease for one that is being woken
    static constexpr qint64 endlessLease = INT64_MAX;

    /// Wakes a sleeper unless somebody watches. Call it after tasks were published.
    void announce(qint64 now)
    {
        if (now >= m_lease.load() && m_sleeping.load() > 0)
            wakeOne(now);
    }

    /// Wakes a sleeper even if somebody watches: there is more than one worker can do soon.
    void wakeOne(qint64 now);

    bool isWatched(qint64 now) const { return now < m_lease.load(); }
    void setLease(qint64 until) { m_lease.store(until); }
    bool hasSleepers() const { return m_sleeping.load(std::memory_order_relaxed) > 0; }

    /// Changes the number of guarded workers by \a difference.
    void addGuarded(int difference);

    enum class Rest : quint8 { Called, Sentinel };

    /// Sleeps until this worker is woken, or \a hasTasks() while nobody watches, or as the sentinel
    /// for a millisecond, which it says. Returns at once when closed. [worker, blocks]
    template <typename HasTasks>
    Rest sleep(HasTasks hasTasks)
    {
        Rest rest = Rest::Called;
        std::unique_lock lock(m_mutex);
        m_sleeping.fetch_add(1);
        while (m_woken == 0 && !m_isClosed && !(hasTasks() && !isWatchedNow())) {
            if (m_guarded.load() > 0 && !m_hasSentinel.load()) {
                rest = standSentinel(lock);
                break;
            }
            m_condition.wait(lock);
        }
        m_sleeping.fetch_sub(1);
        if (m_woken > 0)
            --m_woken;
        return rest;
    }

    void close(); ///< nobody sleeps any more

private:
    static constexpr auto sentinelPeriod = std::chrono::milliseconds(1);

    bool isWatchedNow() const;
    Rest standSentinel(std::unique_lock<std::mutex> &lock);

    alignas(64) std::atomic<qint64> m_lease = 0; // MonotonicClock; somebody looks before that time
    alignas(64) std::atomic<int> m_sleeping = 0;
    std::atomic<int> m_guarded = 0;
    std::atomic<bool> m_hasSentinel = false;
    std::mutex m_mutex;
    std::condition_variable m_condition;
    int m_woken = 0;         // guarded by m_mutex; notified and not yet awake
    bool m_isClosed = false; // guarded by m_mutex
};

} // namespace Fanfare
