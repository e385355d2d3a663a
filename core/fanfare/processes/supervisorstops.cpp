// SPDX-License-Identifier: MIT
// Deadlines and cancellation: ask, wait a moment, kill.
#include "fanfare/processes/supervisor.h"

#include <algorithm>

namespace Fanfare {

void Supervisor::stop(PoolTask &task, KillCause cause)
{
    if (isWaiting(task)) {
        finish(task, {Outcome::Canceled, "canceled", now()});
        return;
    }
    task.stopCause = cause;
    if (slot(task.slot).state != SlotState::Reaping)
        m_ports.workers.sendCancel(task.slot, task.number);
    if (task.phase == TaskPhase::Started) // else the worker drops it, or says that it has started
        beginGrace(task);
}

void Supervisor::beginGrace(PoolTask &task)
{
    task.due = now() + m_options.grace;
    ++slot(task.slot).stoppingCount;
    watch(task);
    settle(task.slot);
}

/// Sees to it that pump() looks at \a task when it is due.
void Supervisor::watch(const PoolTask &task)
{
    Slot &slot = m_slots[std::size_t(task.slot)];
    if (slot.state == SlotState::Ready || slot.state == SlotState::Stopping)
        slot.until = std::min(slot.until, task.due);
}

/// When the next task of \a slot has to be asked to stop, or is killed. Looks at all of them.
PoolTime Supervisor::earliestStop(const Slot &slot) const
{
    PoolTime earliest = never;
    for (std::uint32_t place = slot.sent.first; place; place = m_tasks.at(place).next) {
        const PoolTask &task = m_tasks.at(place);
        if (task.phase == TaskPhase::Started && task.due > 0)
            earliest = std::min(earliest, task.due);
    }
    return earliest;
}

/// Nothing more is sent to a worker that may have to be killed.
void Supervisor::settle(int index)
{
    Slot &settled = slot(index);
    if (settled.state == SlotState::Ready && settled.stoppingCount > 0) {
        settled.state = SlotState::Stopping;
    } else if (settled.state == SlotState::Stopping && settled.stoppingCount == 0) {
        settled.state = SlotState::Ready;
    } else if (settled.state == SlotState::Dumping && settled.stoppingCount == 0) {
        settled.cause = KillCause::None; // the task has ended just in time
        change(settled, SlotState::Ready, earliestStop(settled));
    }
}

void Supervisor::stopLateTasks(int index, PoolTime time)
{
    KillCause cause = KillCause::None;
    for (std::uint32_t place = slot(index).sent.first; place;) {
        PoolTask &task = m_tasks.at(place);
        place = task.next;
        if (task.phase != TaskPhase::Started || task.due == 0 || task.due > time)
            continue;
        if (task.stopCause == KillCause::None)
            stop(task, KillCause::Deadline);
        else
            cause = task.stopCause;
    }
    slot(index).until = earliestStop(slot(index));
    if (cause == KillCause::None)
        return;
    slot(index).cause = cause;
    slot(index).wasStopped = m_ports.workers.isStopped(index);
    change(slot(index), SlotState::Dumping, time + m_options.dumpTime);
    m_ports.workers.sendDump(index);
}

void Supervisor::kill(int index, KillCause cause)
{
    Slot &killed = slot(index);
    if (killed.cause == KillCause::None) // the first one is why
        killed.cause = cause;
    if (killed.state != SlotState::Reaping)
        killed.former = killed.state;
    change(killed, SlotState::Reaping, killed.hasEnded ? now() + m_options.pipeTime : never);
    m_ports.workers.kill(index);
}

} // namespace Fanfare
