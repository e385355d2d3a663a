// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/executors/emissionstate.h>
#include <fanfare/executors/executor.h>

#include <array>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <vector>

namespace Fanfare {

/// One queued task.
struct TaskEntry
{
    EmissionState *emission = nullptr;
    quint32 index = 0;

    explicit operator bool() const { return emission != nullptr; }
};

/// The tasks a worker has claimed and not started yet. The owner takes them one by one without a
/// lock; an idle worker may take them over under the lock of the queue, so that nothing waits
/// behind a long task while somebody is free.
class alignas(64) ClaimedTasks
{
public:
    static constexpr quint32 capacity = 64;

    /// The next claimed task; an empty entry when there is none. [owner]
    TaskEntry next()
    {
        const quint32 position = m_next.fetch_add(1, std::memory_order_relaxed);
        return position < m_end ? m_entries[position] : TaskEntry{};
    }

private:
    friend class TaskQueue;

    quint32 remaining() const // under the lock of the queue
    {
        const quint32 next = m_next.load(std::memory_order_relaxed);
        return next < m_end ? m_end - next : 0;
    }

    std::atomic<quint32> m_next = 0;
    quint32 m_end = 0;                         // written by the owner under the lock of the queue
    quint32 m_limit = 1;                       // the owner's: how many to claim at most
    std::array<TaskEntry, capacity> m_entries; // written by the owner under the lock of the queue
};

/// What a worker tells the queue and gets from it between two claims.
struct Worker
{
    ClaimedTasks claimed;
    std::vector<EmissionState *> released; ///< emissions whose last reference the worker dropped
    quint64 ended = 0;                     ///< tasks that ended since the last claim
    qint64 claimTime = 0;                  ///< MonotonicClock when the last claim was made; 0: none
};

/// The queue between emitting threads and workers: bounded, first in first out, one short lock.
///
/// Waking a sleeping core costs 5 to 40 us and 13 us of the caller's time (measured), a task that
/// does nothing 0.1 us. So workers claim several tasks at once while tasks are short, and one
/// worker at a time is the watcher: it looks for work some microseconds before it sleeps, and it
/// stays the watcher while the tasks it gets are short. Nobody is woken while there is a watcher,
/// except by the watcher itself when more is queued than it can run soon. A watcher that gets
/// stuck in a long task is noticed by the next push and by the sleepers, who look every
/// millisecond while there is a watcher that runs tasks.
///
/// Threads: [any, locks] unless said otherwise. Free of Qt's threads, so that ThreadSanitizer
/// sees all of it.
class TaskQueue
{
public:
    explicit TaskQueue(size_t bound);
    ~TaskQueue(); ///< nothing may be queued or running any more

    enum class Pushed : quint8 { Accepted, Full, Closed };

    /// Queues all tasks of \a submission and sets \a emission to its state, which holds a
    /// reference for the caller. With \a coroutines, the tasks of async handlers are not queued
    /// but added to it; the caller starts them. Full and Closed leave \a submission untouched.
    Pushed push(Submission &submission, EmissionState *&emission,
                std::vector<TaskEntry> *coroutines = nullptr);

    /// Gives \a worker its next tasks; waits for some. False: the queue is closed and empty, the
    /// worker ends. What \a worker released and ended is taken over. [worker, blocks]
    bool claim(Worker &worker);

    void attach(Worker &worker);
    void detach(Worker &worker);

    /// Refuses further tasks; workers end when what is queued has run.
    void close();
    bool isClosed() const;

    /// Takes out everything that no worker has started.
    std::vector<TaskEntry> takeAll();

    /// Takes out the emissions of which no task has started; the others keep their tasks.
    std::vector<TaskEntry> takeUnstarted();

    /// Counts \a count tasks as ended that no Worker::ended counted.
    void addEnded(quint64 count);

    /// Takes back an emission whose last reference was dropped outside of a worker.
    void release(EmissionState *emission);

    /// Waits until every accepted task has ended. [any, blocks]
    bool waitUntilIdle(std::chrono::nanoseconds timeout);

    ExecutorCounters counters() const;

    /// The first \a limit queued tasks, oldest first, and how many there are in all.
    quint64 sample(size_t limit, std::vector<OpenTask> &queued) const;

    /// Every emission with queued tasks, with a reference for the caller. One whose tasks lie
    /// together appears once.
    std::vector<EmissionState *> queuedEmissions() const;

private:
    static constexpr qint64 shortTime = 20'000; ///< ns; of a claim, and of looking for work
    static constexpr quint32 steadyLimit = 8;   ///< claims this large mean that tasks are short
    static constexpr size_t backlog = 64; ///< queued tasks that one watcher is left alone with
    static constexpr auto sleeperPeriod = std::chrono::milliseconds(1);

    std::unique_lock<std::mutex> lockBriefly() const;
    std::vector<TaskEntry> takeOutAll(); // needs m_mutex
    void takeOver(Worker &worker);
    void adaptLimit(Worker &worker, qint64 now);
    bool claimFromQueue(Worker &worker);
    bool claimFromOthers(Worker &worker);
    void becomeOrStopWatcher(Worker &worker, qint64 now);
    bool isWatched(qint64 now) const;
    void waitForWork(Worker &worker, std::unique_lock<std::mutex> &lock);
    void search(std::unique_lock<std::mutex> &lock);
    void sleep(std::unique_lock<std::mutex> &lock);
    void trim(std::unique_lock<std::mutex> &lock);
    quint64 queuedCount() const;

    const size_t m_bound;
    EmissionPool *const m_pool; // deletes itself after abandon()
    mutable std::mutex m_mutex;
    std::condition_variable m_available;
    std::condition_variable m_idle;
    std::deque<TaskEntry> m_entries;      // guarded by m_mutex
    std::vector<EmissionState *> m_spare; // guarded by m_mutex; free
    std::vector<EmissionState *> m_warm;  // guarded by m_mutex; free, still holding recipients
    std::vector<Worker *> m_workers;      // guarded by m_mutex
    quint64 m_emissions = 0;              // guarded by m_mutex
    quint64 m_submitted = 0;              // guarded by m_mutex
    quint64 m_ended = 0;                  // guarded by m_mutex
    int m_sleeping = 0;                   // guarded by m_mutex
    int m_woken = 0;                      // guarded by m_mutex; notified and not yet awake
    const Worker *m_watcher = nullptr;    // guarded by m_mutex
    qint64 m_watchTime = 0;  // guarded by m_mutex; last claim of the watcher; max: it looks
    bool m_isClosed = false; // guarded by m_mutex
    std::atomic<bool> m_hasWork = false; // what the searching worker looks at
};

} // namespace Fanfare
