// SPDX-License-Identifier: MIT
// What was sent ahead to a worker comes back when the task before it takes longer than expected, so
// that another worker can run it.
#include "fanfare/processes/supervisor.h"

#include <algorithm>

namespace Fanfare {

/// Whether the sync task of \a slot that runs has taken longer than all that a worker has should.
bool Supervisor::isLate(const Slot &slot) const
{
    return slot.syncStarted != never && now() - slot.syncStarted >= m_options.lateTime;
}

/// Sees to it that pump() looks at what runs in \a slot when others wait behind it. An only worker
/// keeps what it has: nobody else could run it, and it keeps its order.
void Supervisor::watchRunning(Slot &slot)
{
    const bool keepsOthers = slot.syncStarted != never && slot.syncCount() > 1;
    if (slot.lateDue == never && keepsOthers && !slot.isRecalling && m_slots.size() > 1)
        slot.lateDue = slot.syncStarted + m_options.lateTime;
}

void Supervisor::recallIfLate(int index, PoolTime time)
{
    Slot &late = slot(index);
    if (late.lateDue > time || !isAskable(late))
        return;
    late.lateDue = never;
    if (!isLate(late)) {
        watchRunning(late); // it is another one by now
    } else if (late.syncCount() > 1) {
        late.isRecalling = true;
        m_ports.workers.sendRecall(index);
    }
}

/// Exactly one of two things is said about a task that was sent: that it has started, or this.
/// Until then it counts as sent, and reap() knows what becomes of it.
void Supervisor::taskRecalled(int index, TaskNumber number)
{
    Slot &from = slot(index);
    PoolTask *const task = m_tasks.find(number);
    const bool isThere = task && task->phase == TaskPhase::Sent && task->slot == index;
    if (!from.isRecalling || (number != 0 && !isThere)) {
        workerBroken(index, KillCause::Protocol);
        return;
    }
    if (number == 0) {
        from.isRecalling = false;
        watchRunning(from); // what was sent after it had asked
        if (from.lateDue != never)
            from.lateDue = std::max(from.lateDue, now() + m_options.lateTime);
        return;
    }
    takeFrom(from, *task);
    --from.taken;
    if (putBack(*task))
        ++m_counters.recalled;
}

} // namespace Fanfare
