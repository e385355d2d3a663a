// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/executors/rangefifo.h>

namespace Fanfare {

/// One task of an accepted emission.
struct TaskEntry
{
    EmissionState *emission = nullptr;
    quint32 index = 0;

    explicit operator bool() const { return emission != nullptr; }
    TaskId id() const { return emission->taskId(index); }
    const Subscriber &subscriber() const { return emission->subscriber(index); }
    std::chrono::nanoseconds deadline() const { return emission->deadline(subscriber()); }
};

/// The tasks a worker has claimed and not started yet. The owner takes them one by one without a
/// lock; an idle worker may take them over under the lock of the claims, so that nothing waits
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

    /// How many nobody has started. Needs the lock of the claims.
    quint32 remaining() const
    {
        const quint32 next = m_next.load(std::memory_order_relaxed);
        return next < m_end ? m_end - next : 0;
    }

    quint32 size() const { return m_end; } ///< of the last claim

    /// Takes up to \a limit tasks out of \a fifo; returns how many. Only when none remain. Needs
    /// the lock of the claims. [owner]
    quint32 fill(RangeFifo &fifo, quint32 limit);

    /// Takes up to \a limit tasks that \a other has not started. As above.
    quint32 fill(ClaimedTasks &other, quint32 limit);

private:
    void reset(quint32 count)
    {
        m_end = count;
        m_next.store(0, std::memory_order_relaxed);
    }

    std::atomic<quint32> m_next = 0;
    quint32 m_end = 0;                         // written by the owner under the lock of the claims
    std::array<TaskEntry, capacity> m_entries; // written by the owner under the lock of the claims
};

} // namespace Fanfare
