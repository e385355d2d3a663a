// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/executors/emissionstate.h>
#include <fanfare/executors/executor.h>
#include <fanfare/ipc/packedarguments.h>
#include <fanfare/processes/pooldelivery.h>

#include <condition_variable>
#include <mutex>
#include <vector>

namespace Fanfare {

/// An accepted emission on its way to the supervisor.
struct PoolArrival
{
    EmissionState *emission = nullptr;    ///< holds the reference of the executor
    QList<PackedArguments> arguments;     ///< emission k carries [k % size]; may be empty
    std::chrono::nanoseconds deadline{0}; ///< of each task; 0: that of its handler
};

/// How much may wait in a queue: a number of tasks, and the bytes of their encoded arguments.
struct QueueLoad
{
    quint64 tasks = 0;
    qint64 bytes = 0;
};

/// What emitting threads, the supervisor and the callback thread share: what was accepted, what has
/// ended, and what is on its way in.
///
/// Threads: [any, locks].
class PoolAccount
{
public:
    enum class Accepted : quint8 { First, More, Full, Closed };

    explicit PoolAccount(QueueLoad bound)
        : m_bound(bound)
        , m_pool(new EmissionPool)
    {
    }
    ~PoolAccount(); ///< nothing may be open any more

    /// Takes over \a submission, unless it is Full or Closed. \a emission gets a reference for the
    /// caller. First: nobody has told the supervisor yet that something arrived.
    Accepted accept(Submission &submission, const QList<PackedArguments> &arguments,
                    EmissionState *&emission);

    /// What \a submission with its packed \a arguments adds to the queue.
    static QueueLoad loadOf(const Submission &submission, const QList<PackedArguments> &arguments);

    /// Whether \a load fits below the bounds when nothing else waits.
    bool couldFit(const QueueLoad &load) const;

    /// How much has to leave the queue before \a load fits.
    QueueLoad shortage(const QueueLoad &load) const;

    /// Waits until \a load fits or the executor is closed, until \a end at most. False when it did
    /// not. [any, blocks]
    bool waitForRoom(const QueueLoad &load, std::chrono::steady_clock::time_point end);

    void countRejected();                     ///< an emission was refused because it did not fit
    void countDroppedOldest(quint64 dropped); ///< tasks that made room

    /// What arrived since the last call. [owner]
    void takeArrivals(std::vector<PoolArrival> &arrivals);

    /// Ends \a deliveries for everybody who holds a handle, and frees the emissions that are over.
    void complete(std::vector<PoolDelivery> &deliveries);

    /// How many tasks run, and what workers have got, running or not, which takes no room in the
    /// queue. [owner]
    void setAtWorkers(quint64 running, const QueueLoad &taken);

    /// See EmissionPool::setCancelNotice().
    void setCancelNotice(std::function<void()> notice)
    {
        m_pool->setCancelNotice(std::move(notice));
    }

    /// Flags the open emissions of \a range as canceled, which calls the notice.
    void cancel(const EmissionRange &range) { m_pool->cancel(range); }

    void close();
    bool isClosed() const;
    bool waitUntilIdle(std::chrono::nanoseconds timeout) const; // [any, blocks]
    ExecutorCounters counters() const;

private:
    void releaseBytes(const std::vector<PoolDelivery> &deliveries);

    // Need m_mutex.
    EmissionState *takeSlot();
    QueueLoad waiting() const;
    bool hasRoom(const QueueLoad &load) const;

    const QueueLoad m_bound;
    EmissionPool *const m_pool; // deletes itself after abandon()
    mutable std::mutex m_mutex;
    mutable std::condition_variable m_idle;
    std::condition_variable m_room;
    std::vector<PoolArrival> m_arrivals;  // guarded by m_mutex
    std::vector<EmissionState *> m_spare; // guarded by m_mutex; free
    quint64 m_emissions = 0;              // guarded by m_mutex
    quint64 m_submitted = 0;              // guarded by m_mutex
    quint64 m_ended = 0;                  // guarded by m_mutex
    quint64 m_running = 0;                // guarded by m_mutex, as the rest
    QueueLoad m_atWorkers;
    qint64 m_bytes = 0; // of the arguments of what has not ended
    quint64 m_highWater = 0;
    quint64 m_rejected = 0;
    quint64 m_droppedOldest = 0;
    int m_roomWaiters = 0;
    bool m_isClosed = false;
};

} // namespace Fanfare
