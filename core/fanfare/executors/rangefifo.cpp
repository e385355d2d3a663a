// SPDX-License-Identifier: MIT
#include "fanfare/executors/rangefifo.h"

namespace Fanfare {

RangeFifo::RangeFifo()
{
    m_first = m_last = takeSegment();
}

void RangeFifo::append(const TaskRange &range)
{
    if (m_lastPosition == Segment::size) {
        m_last->next = takeSegment();
        m_last = m_last->next;
        m_lastPosition = 0;
    }
    m_last->ranges[m_lastPosition++] = range;
    m_appended.store(m_appended.load(std::memory_order_relaxed) + 1);
}

TaskRange *RangeFifo::front()
{
    const quint64 taken = m_taken.load(std::memory_order_relaxed);
    if (m_known == taken)
        m_known = m_appended.load(std::memory_order_acquire);
    if (m_known == taken)
        return nullptr;
    if (m_firstPosition == Segment::size) {
        Segment *used = m_first;
        m_first = used->next;
        m_firstPosition = 0;
        giveBack(used);
    }
    return &m_first->ranges[m_firstPosition];
}

void RangeFifo::popFront()
{
    ++m_firstPosition;
    m_taken.store(m_taken.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
}

RangeFifo::Segment *RangeFifo::takeSegment()
{
    std::lock_guard lock(m_mutex);
    if (m_spare.empty()) {
        m_segments.push_back(std::make_unique<Segment>());
        return m_segments.back().get();
    }
    Segment *segment = m_spare.back();
    m_spare.pop_back();
    segment->next = nullptr;
    return segment;
}

void RangeFifo::giveBack(Segment *segment)
{
    std::lock_guard lock(m_mutex);
    m_spare.push_back(segment);
}

} // namespace Fanfare
