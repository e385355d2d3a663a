// SPDX-License-Identifier: MIT
// What becomes of a worker that ended, and of the tasks it had.
#include "fanfare/processes/supervisor.h"

#include <algorithm>
#include <utility>

namespace Fanfare {

/// One end of a worker is known and the other does not come: somebody else holds the pipe, or the
/// process goes on without it. After a pause of the whole machine it may just not have been read.
void Supervisor::hurryReaping(int index)
{
    Slot &hurried = slot(index);
    const bool isLastTry = std::exchange(hurried.isHurried, true);
    hurried.until = hurried.hasEnded ? now() + m_options.pipeTime : never;
    if (!hurried.hasEnded && hurried.cause == KillCause::None)
        hurried.cause = KillCause::Silence;
    m_ports.workers.kill(index);
    if (!hurried.hasEnded || !isLastTry)
        return;
    hurried.isClosed = true;
    m_ports.workers.abandon(index);
    reapIfDone(index);
}

void Supervisor::reapIfDone(int index)
{
    const Slot &done = slot(index);
    if (done.hasEnded && done.isClosed)
        reap(index);
}

/// The worker is dead and everything it said has been read. What was started and did not end is
/// lost; what was only sent never ran and goes back to the front of the queue, oldest first. When
/// the output was not read to its end, nobody knows what was started.
void Supervisor::reap(int index)
{
    Slot &dead = slot(index);
    while (PoolTask *task = m_tasks.last(dead.sent)) {
        const bool wasStarted = task->phase == TaskPhase::Started;
        takeFrom(dead, *task);
        if (wasStarted || !dead.isReadToEnd)
            endLost(index, *task, dead.cause);
        else
            requeue(*task);
    }
    const SlotState former = dead.former;
    const DrainReason drain = dead.drain;
    const std::uint32_t loading = dead.loading;
    const int failures = dead.bootFailures;
    const int kills = dead.bootKills;
    const bool wasKilled = dead.wasKilled;
    const KillCause cause = dead.cause;
    dead = {};
    dead.bootFailures = failures;
    dead.bootKills = kills;
    dead.wasKilled = wasKilled;
    afterDeath(index, former, cause, drain);
    if (former == SlotState::Loading)
        countLoadDeath(index, loading, cause);
}

static const char *crashReason(KillCause cause)
{
    switch (cause) {
    case KillCause::Protocol:
        return "protocol-error";
    case KillCause::Flooding:
        return "flooding";
    case KillCause::Deadline:
    case KillCause::Cancel:
    case KillCause::Memory:
        return "worker-killed"; // because of another task
    default:
        return "crashed";
    }
}

/// Ends a task that ran in a worker which is dead.
void Supervisor::endLost(int index, PoolTask &task, KillCause cause)
{
    const PoolTime time = now();
    const bool wasStarted = task.phase == TaskPhase::Started;
    const bool wasKilledForIt = cause == task.stopCause && cause != KillCause::None;
    if (cause == KillCause::Shutdown) {
        finish(task, {Outcome::Canceled, "shutdown", time, true});
    } else if (wasKilledForIt) {
        if (cause == KillCause::Cancel)
            finish(task, {Outcome::Canceled, "canceled", time, true});
        else if (cause == KillCause::Memory) // once more, it would take as much
            finish(task, {Outcome::Crashed, memoryReason, time, true});
        else
            finish(task,
                   {Outcome::TimedOut, slot(index).wasStopped ? stoppedReason : "deadline", time,
                    true});
    } else {
        m_ports.observer.taskCrashed(index, task);
        retryOrEnd(task, wasStarted ? crashReason(cause) : "start-unknown");
    }
}

void Supervisor::retryOrEnd(PoolTask &task, const char *reason)
{
    const PoolTime time = now();
    const bool mayRetry =
        task.spec.isIdempotent && task.stopCause == KillCause::None && !m_isKilled;
    if (!mayRetry || task.attempt >= m_options.maximumAttempts) {
        finish(task, {mayRetry ? Outcome::Quarantined : Outcome::Crashed, reason, time, true});
        return;
    }
    PoolTime delay = m_options.retryDelay;
    for (int i = 1; i < task.attempt; ++i)
        delay *= 4;
    ++task.attempt;
    task.phase = TaskPhase::Delayed;
    task.due = time + delay;
    task.started = 0;
    insertDelayed(task);
    m_ports.observer.taskWillRetry(task);
}

/// Keeps the list of delayed tasks in order of their due times. Late ones are near the end.
void Supervisor::insertDelayed(PoolTask &task)
{
    PoolTask *before = m_tasks.last(m_delayed);
    while (before && before->due > task.due)
        before = m_tasks.before(*before);
    m_tasks.insertAfter(m_delayed, before, task);
}

/// What never ran goes to the front of its queue, unless it is not to run any more: false.
bool Supervisor::putBack(PoolTask &task)
{
    if (task.stopCause != KillCause::None || m_isKilled) {
        const bool wasCanceled = task.stopCause != KillCause::None;
        finish(task, {Outcome::Canceled, wasCanceled ? "canceled" : "shutdown", now()});
        return false;
    }
    task.phase = TaskPhase::Queued;
    m_tasks.pushFront(listOf(task), task);
    return true;
}

void Supervisor::requeue(PoolTask &task)
{
    const bool mayGoOn = task.stopCause != KillCause::None || m_isKilled
        || ++task.requeued <= m_options.maximumRequeues;
    if (!mayGoOn)
        finish(task, {Outcome::Crashed, "died-before-start", now(), true});
    else if (putBack(task))
        ++m_counters.requeued;
}

/// Decides what the slot does next.
void Supervisor::afterDeath(int index, SlotState former, KillCause cause, DrainReason drain)
{
    PoolObserver &observer = m_ports.observer;
    if (cause == KillCause::Shutdown || drain == DrainReason::Shrink
        || drain == DrainReason::Shutdown) {
        observer.slotChanged(index, SlotEvent::Stopped);
        return;
    }
    if (former == SlotState::Draining) {
        observer.slotChanged(index, SlotEvent::Recycled);
        return;
    }
    ++m_counters.deaths;
    Slot &dead = slot(index);
    if (former != SlotState::Starting
        || (dead.wasKilled && ++dead.bootKills < m_options.maximumForeignKills)) {
        observer.slotChanged(index, SlotEvent::Died);
        return;
    }
    // One that hangs says so late, and the next one would hardly do better.
    dead.bootFailures += cause == KillCause::Start ? m_options.hangWeight : 1;
    if (dead.bootFailures < m_options.maximumBootFailures) {
        backOff(index, dead.bootFailures);
        observer.slotChanged(index, SlotEvent::BootFailed);
        return;
    }
    change(dead, SlotState::Failed);
    observer.slotChanged(index, SlotEvent::Failed);
}

/// A handler whose loading ended several workers is not loaded again.
void Supervisor::countLoadDeath(int index, std::uint32_t number, KillCause cause)
{
    if (cause == KillCause::Shutdown)
        return;
    HandlerRecord &culprit = handler(number);
    if (slot(index).wasKilled && ++culprit.loadKills < m_options.maximumForeignKills)
        return;
    if (++culprit.loadDeaths >= m_options.maximumLoadDeaths) {
        culprit.isBroken = true;
        rejectQueued(number, "load-crashed");
    }
    backOff(index, culprit.loadDeaths);
}

void Supervisor::backOff(int index, int failures)
{
    PoolTime delay = m_options.firstBackoff;
    for (int i = 1; i < failures && delay < m_options.maximumBackoff; ++i)
        delay *= 2;
    delay = std::min(delay, m_options.maximumBackoff);
    const PoolTime jitter = PoolTime(m_ports.random.next() % std::uint64_t(delay / 5 * 2 + 1));
    change(slot(index), SlotState::Backoff, now() + delay - delay / 5 + jitter);
}

} // namespace Fanfare
