// SPDX-License-Identifier: MIT
#include "fanfare/executors/claimedtasks.h"

namespace Fanfare {

quint32 ClaimedTasks::fill(RangeFifo &fifo, quint32 limit)
{
    quint32 count = 0;
    while (count < limit) {
        TaskRange *range = fifo.front();
        if (!range)
            break;
        const quint32 taken = std::min(limit - count, range->count);
        for (quint32 i = 0; i < taken; ++i)
            m_entries[count++] = {range->emission, range->first + i};
        range->first += taken;
        range->count -= taken;
        if (range->count == 0)
            fifo.popFront();
    }
    reset(count);
    return count;
}

quint32 ClaimedTasks::fill(ClaimedTasks &other, quint32 limit)
{
    quint32 count = 0;
    while (count < limit) {
        const TaskEntry entry = other.next();
        if (!entry)
            break;
        m_entries[count++] = entry;
    }
    reset(count);
    return count;
}

} // namespace Fanfare
