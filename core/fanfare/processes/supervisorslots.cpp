// SPDX-License-Identifier: MIT
// How many workers there are, and when one is replaced.
#include "fanfare/processes/supervisor.h"

#include <algorithm>

namespace Fanfare {

/// Does what is due in the life of a slot.
void Supervisor::advanceSlot(int index, PoolTime time)
{
    Slot &advanced = slot(index);
    if (advanced.state == SlotState::Ready)
        retireIfDue(index, time);
    if (advanced.until > time)
        return;
    switch (advanced.state) {
    case SlotState::Starting:
        kill(index, KillCause::Start);
        break;
    case SlotState::Loading:
        kill(index, KillCause::Load);
        break;
    case SlotState::Ready:
    case SlotState::Stopping:
        stopLateTasks(index, time);
        break;
    case SlotState::Dumping:
        kill(index, advanced.cause);
        break;
    case SlotState::Draining:
        kill(index, KillCause::Drain);
        break;
    case SlotState::Reaping:
        hurryReaping(index);
        break;
    case SlotState::Backoff:
        change(advanced, SlotState::Empty);
        break;
    case SlotState::Empty:
    case SlotState::Failed:
        break;
    }
}

bool Supervisor::isOverdue(const Slot &slot, PoolTime time) const
{
    if (time - slot.spawned > m_options.maximumAge)
        return true;
    if (m_options.maximumTasks > 0 && slot.taken >= m_options.maximumTasks)
        return true;
    return slot.baseMemory > 0 && slot.memory > slot.baseMemory + m_options.memoryGrowth;
}

/// Lets a worker leave that is worn out, or that has had nothing to do for long.
void Supervisor::retireIfDue(int index, PoolTime time)
{
    Slot &retired = slot(index);
    if (retired.drain == DrainReason::None && isOverdue(retired, time))
        retired.drain = DrainReason::Recycle;
    if (retired.sent.size > 0)
        return;
    if (m_isClosed && m_tasks.size() == 0) {
        drain(index, DrainReason::Shutdown);
    } else if (retired.drain != DrainReason::None) {
        drain(index, retired.drain);
    } else if (time - retired.idleSince >= m_options.idleTime && m_wanted > m_options.minimumWorkers
               && !hasWaiting(time)) {
        --m_wanted;
        drain(index, DrainReason::Shrink);
    }
}

void Supervisor::drain(int index, DrainReason reason)
{
    slot(index).drain = reason;
    change(slot(index), SlotState::Draining, now() + m_options.drainTime);
    m_ports.workers.sendDrain(index);
}

int Supervisor::aliveCount() const
{
    return int(std::count_if(m_slots.begin(), m_slots.end(),
                             [](const Slot &slot) { return hasProcess(slot.state); }));
}

int Supervisor::failedCount() const
{
    return int(std::count_if(m_slots.begin(), m_slots.end(),
                             [](const Slot &slot) { return slot.state == SlotState::Failed; }));
}

/// Starts workers while more are wanted than there are; wants more while tasks wait for one.
void Supervisor::keepStrength(PoolTime time)
{
    if (m_isClosed && m_tasks.size() == 0) {
        for (int i = 0; i < int(m_slots.size()); ++i) {
            if (slot(i).state == SlotState::Ready)
                retireIfDue(i, time);
            else if (slot(i).state == SlotState::Starting || slot(i).state == SlotState::Loading)
                kill(i, KillCause::Shutdown);
        }
        return;
    }
    if (m_isBroken || time < m_nextSpawn)
        return;
    if (present() >= m_wanted && hasWaiting(time) && startingCount() == 0)
        m_wanted = std::min(m_wanted + 1, int(m_slots.size()));
    if (present() < m_wanted)
        spawnNext(time);
}

/// Slots that have a worker or are about to try again.
int Supervisor::present() const
{
    return int(std::count_if(m_slots.begin(), m_slots.end(), [](const Slot &slot) {
        return slot.state != SlotState::Empty && slot.state != SlotState::Failed;
    }));
}

int Supervisor::startingCount() const
{
    return int(std::count_if(m_slots.begin(), m_slots.end(),
                             [](const Slot &slot) { return slot.state == SlotState::Starting; }));
}

bool Supervisor::hasWaiting(PoolTime time) const
{
    if (m_queue.size > 0 || m_asyncQueue.size > 0)
        return true;
    return m_delayed.first && m_tasks.at(m_delayed.first).due <= time;
}

void Supervisor::spawnNext(PoolTime time)
{
    const auto empty = std::find_if(m_slots.begin(), m_slots.end(), [](const Slot &slot) {
        return slot.state == SlotState::Empty;
    });
    if (empty == m_slots.end())
        return;
    const int failures = empty->bootFailures;
    const int kills = empty->bootKills;
    *empty = {};
    empty->bootFailures = failures;
    empty->bootKills = kills;
    empty->spawned = time;
    change(*empty, SlotState::Starting, time + m_options.startTime);
    m_nextSpawn = time + m_options.spawnPause;
    ++m_counters.spawns;
    m_ports.workers.spawn(int(empty - m_slots.begin()));
}

void Supervisor::breakIfAllFailed()
{
    m_isBroken = m_isBroken || failedCount() == int(m_slots.size());
}

PoolTime Supervisor::nextTime() const
{
    const PoolTime time = now();
    PoolTime next = never;
    for (const Slot &slot : m_slots) {
        next = std::min({next, slot.until, slot.memoryDue});
        if (isAskable(slot))
            next = std::min({next, slot.askDue, slot.lateDue});
        if (slot.state == SlotState::Ready && slot.sent.size == 0
            && m_wanted > m_options.minimumWorkers && !hasWaiting(time)) {
            next = std::min(next, slot.idleSince + m_options.idleTime);
        }
    }
    if (m_delayed.first && m_tasks.at(m_delayed.first).due > time)
        next = std::min(next, m_tasks.at(m_delayed.first).due);
    const bool canSpawn = present() + failedCount() < int(m_slots.size()) && !m_isBroken;
    const bool wantsSpawn = present() < m_wanted || (hasWaiting(time) && startingCount() == 0);
    const bool isLeaving = m_isClosed && m_tasks.size() == 0;
    if (canSpawn && wantsSpawn && !isLeaving)
        next = std::min(next, std::max(m_nextSpawn, time + 1));
    return next;
}

} // namespace Fanfare
