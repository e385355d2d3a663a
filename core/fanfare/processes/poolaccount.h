// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/executors/emissionstate.h>
#include <fanfare/executors/executor.h>
#include <fanfare/processes/pooldelivery.h>

#include <condition_variable>
#include <mutex>
#include <vector>

namespace Fanfare {

/// An accepted emission on its way to the supervisor.
struct PoolArrival
{
    EmissionState *emission = nullptr;    ///< holds the reference of the executor
    QList<QByteArray> arguments;          ///< encoded; emission k carries [k % size]; may be empty
    std::chrono::nanoseconds deadline{0}; ///< of each task; 0: that of its handler
};

/// What emitting threads, the supervisor and the callback thread share: what was accepted, what has
/// ended, and what is on its way in.
///
/// Threads: [any, locks].
class PoolAccount
{
public:
    enum class Accepted : quint8 { First, More, Full, Closed };

    explicit PoolAccount(size_t bound)
        : m_bound(bound)
        , m_pool(new EmissionPool)
    {
    }
    ~PoolAccount(); ///< nothing may be open any more

    /// Takes over \a submission, unless it is Full or Closed. \a emission gets a reference for the
    /// caller. First: nobody has told the supervisor yet that something arrived.
    Accepted accept(Submission &submission, QList<QByteArray> arguments, EmissionState *&emission);

    /// What arrived since the last call. [owner]
    void takeArrivals(std::vector<PoolArrival> &arrivals);

    /// Ends \a deliveries for everybody who holds a handle, and frees the emissions that are over.
    void complete(std::vector<PoolDelivery> &deliveries);

    /// How many tasks workers have, which are no longer queued. [owner]
    void setRunning(quint64 running);
    /// How often an emission of this pool was canceled.
    quint64 cancellations() const { return m_pool->cancellations(); }

    void close();
    bool isClosed() const;
    bool waitUntilIdle(std::chrono::nanoseconds timeout) const; // [any, blocks]
    ExecutorCounters counters() const;

private:
    EmissionState *takeSlot(); // needs m_mutex

    const size_t m_bound;
    EmissionPool *const m_pool; // deletes itself after abandon()
    mutable std::mutex m_mutex;
    mutable std::condition_variable m_idle;
    std::vector<PoolArrival> m_arrivals;  // guarded by m_mutex
    std::vector<EmissionState *> m_spare; // guarded by m_mutex; free
    quint64 m_emissions = 0;              // guarded by m_mutex
    quint64 m_submitted = 0;              // guarded by m_mutex
    quint64 m_ended = 0;                  // guarded by m_mutex
    quint64 m_running = 0;                // guarded by m_mutex
    bool m_isClosed = false;              // guarded by m_mutex
};

} // namespace Fanfare
