// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/executors/emissionstate.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <memory>
#include <mutex>
#include <vector>

namespace Fanfare {

/// Consecutive tasks of one emission or batch that are queued together.
struct TaskRange
{
    EmissionState *emission = nullptr;
    quint32 first = 0;
    quint32 count = 0;
};

/// An unbounded queue of task ranges in segments of memory that are used again. What was appended
/// is published by one store, so that both ends work without touching each other's lock.
///
/// Threads: append() by one thread at a time; front(), popFront() and visit() by one thread at a
/// time; both at once. isEmpty() [any].
class RangeFifo
{
public:
    RangeFifo();

    void append(const TaskRange &range);

    /// The oldest range, which may be shortened in place; null when there is none.
    TaskRange *front();
    void popFront(); ///< only when there is one

    /// Sequentially consistent with append(): whoever announces itself before it asks is either
    /// seen by the next append() or sees what that appended.
    bool isEmpty() const { return m_appended.load() == m_taken.load(std::memory_order_relaxed); }

    /// Calls \\a visitor(const TaskRange &) for each range, oldest first, while it returns true.
    template <typename Visitor>
    void visit(Visitor visitor) const
    {
        const Segment *segment = m_first;
        size_t position = m_firstPosition;
        const quint64 end = m_appended.load(std::memory_order_acquire);
        for (quint64 i = m_taken.load(std::memory_order_relaxed); i < end; ++i, ++position) {
            if (position == Segment::size) {
                segment = segment->next;
                position = 0;
            }
            if (!visitor(segment->ranges[position]))
                return;
        }
    }

private:
    struct Segment
    {
        static constexpr size_t size = 1023; ///< 16 KiB with the pointer
        std::array<TaskRange, size> ranges;
        Segment *next = nullptr;
    };

    Segment *takeSegment();
    void giveBack(Segment *segment);

    // The appending end.
    alignas(64) Segment *m_last = nullptr;
    size_t m_lastPosition = 0;
    alignas(64) std::atomic<quint64> m_appended = 0;

    // The taking end.
    alignas(64) Segment *m_first = nullptr;
    size_t m_firstPosition = 0;
    quint64 m_known = 0; // m_appended as last seen there
    alignas(64) std::atomic<quint64> m_taken = 0;

    alignas(64) std::mutex m_mutex;
    std::vector<std::unique_ptr<Segment>> m_segments; // guarded by m_mutex; all of them
    std::vector<Segment *> m_spare;                   // guarded by m_mutex
};

} // namespace Fanfare
