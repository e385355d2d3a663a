// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/executors/brieflock.h>
#include <fanfare/executors/claimedtasks.h>
#include <fanfare/executors/executor.h>
#include <fanfare/executors/fullpolicy.h>
#include <fanfare/executors/workerwatch.h>

namespace Fanfare {

/// What a worker tells the queue and gets from it between two claims.
struct Worker
{
    ClaimedTasks claimed;
    std::vector<EmissionState *> released; ///< emissions the worker ended the last reference of
    quint64 ended = 0;                     ///< tasks that ended since the last claim

private:
    friend class TaskQueue;

    quint32 claims = 0;                // since it slept: one alone is no reason to expect another
    quint32 limit = 1;                 // how many tasks to claim at most
    qint64 taskTime = 0;               // ns a task of the last claim took; 0: unknown
    bool isGuarded = false;            // under the lock of the claims
    std::atomic<qint64> claimTime = 0; // MonotonicClock of the last claim; 0: it is looking for one
};

/// The queue between emitting threads and workers: bounded, first in first out. Emitting threads
/// share one short lock and workers another, which they take once for up to 64 short tasks; both
/// meet in a RangeFifo. WorkerWatch decides who sleeps.
///
/// Threads: [any, locks] unless said otherwise. Free of Qt's threads, so that ThreadSanitizer
/// sees all of it.
class TaskQueue
{
public:
    /// \a policy says what push() does for room; with Block the caller waits, see waitForRoom().
    explicit TaskQueue(size_t bound, FullPolicy policy = FullPolicy::Reject);
    ~TaskQueue(); ///< nothing may be queued or running any more

    enum class Pushed : quint8 { Accepted, Full, Closed };

    /// Queues all tasks of \a submission and sets \a emission to its state, which holds a reference
    /// for the caller. With DropOldest, what had to go is added to \a dropped: the caller ends it.
    /// With \a coroutines, tasks of async handlers are counted as queued and added to it: the
    /// caller starts them, see countTaken(). Full and Closed leave \a submission untouched.
    Pushed push(Submission &submission, EmissionState *&emission, std::vector<TaskEntry> &dropped,
                std::vector<TaskEntry> *coroutines = nullptr);

    /// \a count tasks that push() gave out as coroutines are no longer queued.
    void countTaken(quint64 count);
    /// \a count tasks that were taken wait again, at whoever took them.
    void countReturned(quint64 count);

    /// Waits until \a count tasks fit or the queue is closed, until \a end at most. False when they
    /// did not. [any, blocks]
    bool waitForRoom(size_t count, std::chrono::steady_clock::time_point end);

    /// Counts an emission as rejected because the queue was full.
    void countRejected() { m_rejected.fetch_add(1, std::memory_order_relaxed); }

    /// Gives \a worker its next tasks; waits for some. False: the queue is closed and empty, the
    /// worker ends. What \a worker released and ended is taken over. [worker, blocks]
    bool claim(Worker &worker);

    void attach(Worker &worker);
    /// As attach(), with what \a stuck has claimed and not started.
    void attachInPlaceOf(Worker &worker, Worker &stuck);
    void detach(Worker &worker);

    /// Refuses further tasks; workers end when what is queued has run.
    void close();
    bool isClosed() const { return m_isClosed.load(); }

    /// Takes out everything that no worker has started.
    std::vector<TaskEntry> takeAll();

    /// Takes out the emissions of which no task has started; the others keep their tasks. Only of
    /// a closed queue.
    std::vector<TaskEntry> takeUnstarted();

    /// Takes out the tasks of canceled emissions; the others keep their order.
    std::vector<TaskEntry> takeCanceled();

    /// Flags the open emissions of \a range as canceled.
    void cancel(const EmissionRange &range) { m_pool->cancel(range); }

    /// Counts \a count tasks as ended that no Worker::ended counted.
    void addEnded(quint64 count);

    /// Takes back an emission whose last reference was dropped outside of a worker.
    void release(EmissionState *emission);

    /// Waits until every accepted task has ended. [any, blocks]
    bool waitUntilIdle(std::chrono::nanoseconds timeout);

    ExecutorCounters counters() const;

    /// The first \a limit queued tasks, oldest first, and how many there are in all.
    quint64 sample(size_t limit, std::vector<OpenTask> &queued) const;

    /// Every emission with queued tasks that no worker has claimed, with a reference for the
    /// caller.
    std::vector<EmissionState *> queuedEmissions() const;

private:
    // Needs m_pushMutex.
    EmissionState *takeFree();
    void appendApart(EmissionState *emission, std::vector<TaskEntry> &coroutines);
    bool hasRoom(size_t count) const;
    bool makeRoom(size_t count, std::vector<TaskEntry> &dropped);

    // Need m_claimMutex.
    bool claimFromQueue(Worker &worker, qint64 now);
    bool claimFromOthers(Worker &worker, qint64 now);
    void updateWatcher(Worker &worker, qint64 now);
    bool beginSearch(Worker &worker, qint64 now);
    void endWatch(const Worker &worker);
    void setGuarded(Worker &worker, bool isGuarded);
    void endGuardOfStuck(qint64 now);
    std::vector<TaskEntry> takeOutAll();
    void putBack(std::vector<TaskEntry>::const_iterator from,
                 std::vector<TaskEntry>::const_iterator end); // needs m_pushMutex, too
    quint64 claimedCount() const;

    void takeOver(Worker &worker);
    void giveBack(std::vector<EmissionState *> &emissions);
    void addTaken(quint64 count);
    void wakeMore(const Worker &worker, qint64 now);
    bool search(Worker &worker);
    void trimWarm();

    const size_t m_bound;
    const FullPolicy m_policy;
    EmissionPool *const m_pool; // deletes itself after abandon()
    RangeFifo m_fifo;
    WorkerWatch m_watch;

    alignas(64) mutable BriefMutex m_pushMutex;
    std::vector<EmissionState *> m_warm;  // guarded by m_pushMutex; free, holding recipients
    std::vector<EmissionState *> m_spare; // guarded by m_pushMutex; free and trimmed
    std::atomic<quint64> m_emissions = 0; // written under m_pushMutex, as the next two
    std::atomic<quint64> m_submitted = 0; // tasks
    std::atomic<quint64> m_highWater = 0;
    std::atomic<bool> m_isClosed = false;

    alignas(64) mutable std::mutex m_claimMutex; // after m_pushMutex
    std::vector<Worker *> m_workers;             // guarded by m_claimMutex
    const Worker *m_watcher = nullptr;           // guarded by m_claimMutex
    std::atomic<quint64> m_taken = 0;            // tasks that left m_fifo

    alignas(64) std::atomic<quint64> m_ended = 0;
    std::atomic<quint64> m_rejected = 0;
    std::atomic<quint64> m_dropped = 0;
    std::mutex m_returnMutex;
    std::vector<EmissionState *> m_returned; // guarded by m_returnMutex; as m_warm
    std::atomic<int> m_waiters = 0;          // of both conditions
    std::mutex m_waitMutex;
    std::condition_variable m_idle;
    std::condition_variable m_room;
};

} // namespace Fanfare
