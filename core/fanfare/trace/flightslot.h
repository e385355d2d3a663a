// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/trace/records.h>

#include <atomic>
#include <optional>

namespace Fanfare {

/// What one worker runs at this moment. Written with plain stores, so that it costs a few
/// nanoseconds and can lie in a file mapping that survives the process.
///
/// Threads: enter() and leave() by the worker; read() by any, also by another process.
class alignas(64) FlightSlot
{
public:
    void enter(const OpenTask &task)
    {
        const quint32 sequence = m_sequence.load(std::memory_order_relaxed);
        m_sequence.store(sequence + 1, std::memory_order_relaxed); // odd: being written
        std::atomic_thread_fence(std::memory_order_release);
        m_emission.store(number(task.task.emission), std::memory_order_relaxed);
        m_index.store(task.task.index, std::memory_order_relaxed);
        m_lane.store(number(task.lane), std::memory_order_relaxed);
        m_subscriber.store(number(task.subscriber), std::memory_order_relaxed);
        m_event.store(task.event, std::memory_order_relaxed);
        m_queued.store(task.queued, std::memory_order_relaxed);
        m_started.store(task.started, std::memory_order_relaxed);
        m_sequence.store(sequence + 2, std::memory_order_release);
    }

    void leave() { m_emission.store(0, std::memory_order_release); }

    /// The task that runs, or nothing. Never a mixture of two tasks: when the worker keeps
    /// changing it, this gives up after some tries and says nothing.
    std::optional<OpenTask> read() const
    {
        for (int tries = 0; tries < 8; ++tries) {
            const quint32 before = m_sequence.load(std::memory_order_acquire);
            const quint64 emission = m_emission.load(std::memory_order_acquire);
            if (emission == 0)
                return {};
            OpenTask task;
            task.task = {EmissionId(emission), m_index.load(std::memory_order_relaxed)};
            task.lane = LaneId(m_lane.load(std::memory_order_relaxed));
            task.subscriber = SubscriberId(m_subscriber.load(std::memory_order_relaxed));
            task.event = m_event.load(std::memory_order_relaxed);
            task.queued = m_queued.load(std::memory_order_relaxed);
            task.started = m_started.load(std::memory_order_relaxed);
            std::atomic_thread_fence(std::memory_order_acquire);
            if (before % 2 == 0 && m_sequence.load(std::memory_order_relaxed) == before
                && m_emission.load(std::memory_order_relaxed) == emission) {
                return task;
            }
        }
        return {};
    }

private:
    std::atomic<quint64> m_emission = 0; ///< 0: nothing runs
    std::atomic<qint64> m_queued = 0;
    std::atomic<qint64> m_started = 0;
    std::atomic<quint32> m_sequence = 0;
    std::atomic<quint32> m_subscriber = 0;
    std::atomic<quint32> m_event = 0;
    std::atomic<quint16> m_index = 0;
    std::atomic<quint16> m_lane = 0;
};
static_assert(sizeof(FlightSlot) == 64);

} // namespace Fanfare
