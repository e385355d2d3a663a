// SPDX-License-Identifier: MIT
#include "fanfare/processes/supervisor.h"

#include <algorithm>

namespace Fanfare {

Supervisor::Supervisor(const SupervisorOptions &options, const SupervisorPorts &ports)
    : m_options(options)
    , m_ports(ports)
    , m_slots(std::size_t(std::max(1, options.workers)))
    , m_wanted(std::min(std::max(options.minimumWorkers, options.startAhead), int(m_slots.size())))
{
}

Supervisor::HandlerRecord &Supervisor::handler(std::uint32_t number)
{
    if (number >= m_handlers.size())
        m_handlers.resize(number + 1);
    return m_handlers[number];
}

void Supervisor::change(Slot &slot, SlotState state, PoolTime until)
{
    slot.state = state;
    slot.until = until;
}

TaskNumber Supervisor::submit(const TaskSpec &spec)
{
    PoolTask &task = m_tasks.add(spec);
    task.phase = TaskPhase::Queued;
    task.order = m_counters.submitted++;
    m_tasks.pushBack(listOf(task), task);
    return task.number;
}

void Supervisor::cancel(TaskNumber number)
{
    PoolTask *task = m_tasks.find(number);
    if (task && task->stopCause == KillCause::None)
        stop(*task, KillCause::Cancel);
}

bool Supervisor::cancelIfQueued(TaskNumber number)
{
    PoolTask *task = m_tasks.find(number);
    if (!task || !isWaiting(*task))
        return false;
    stop(*task, KillCause::Cancel);
    return true;
}

bool Supervisor::rejectIfQueued(TaskNumber number, const char *reason)
{
    PoolTask *task = m_tasks.find(number);
    if (!task || !isWaiting(*task))
        return false;
    finish(*task, {Outcome::Rejected, reason, now()});
    return true;
}

bool Supervisor::dropOldest()
{
    PoolTask *oldest = nullptr;
    for (const TaskList *list : waiting()) {
        PoolTask *const first = list == &m_delayed ? nullptr : m_tasks.first(*list);
        if (first && (!oldest || first->order < oldest->order))
            oldest = first;
    }
    if (!oldest)
        return false;
    finish(*oldest, {Outcome::Rejected, droppedReason, now()});
    return true;
}

void Supervisor::close()
{
    m_isClosed = true;
}

void Supervisor::killAll()
{
    m_isClosed = m_isKilled = true;
    for (const TaskList *list : waiting()) {
        while (list->first)
            finish(m_tasks.at(list->first), {Outcome::Canceled, "shutdown", now()});
    }
    for (int i = 0; i < int(m_slots.size()); ++i) {
        if (hasProcess(slot(i).state) && slot(i).state != SlotState::Reaping)
            kill(i, KillCause::Shutdown);
    }
}

void Supervisor::workerWelcomed(int index)
{
    Slot &ready = slot(index);
    if (ready.state != SlotState::Starting)
        return;
    change(ready, SlotState::Ready);
    ready.bootFailures = 0;
    ready.bootKills = 0;
    ready.idleSince = now();
    m_ports.observer.slotChanged(index, SlotEvent::Started);
}

/// After loading, meanwhile coroutines may have become late.
void Supervisor::becomeReady(int index)
{
    change(slot(index), SlotState::Ready, earliestStop(slot(index)));
    settle(index);
}

void Supervisor::handlerLoaded(int index, std::uint32_t number)
{
    Slot &loaded = slot(index);
    if (loaded.state != SlotState::Loading || loaded.loading != number)
        return;
    if (loaded.loaded.size() <= number)
        loaded.loaded.resize(number + 1);
    loaded.loaded[number] = true;
    becomeReady(index);
}

void Supervisor::loadFailed(int index, std::uint32_t number)
{
    Slot &failed = slot(index);
    if (failed.state != SlotState::Loading || failed.loading != number)
        return;
    becomeReady(index);
    handler(number).isBroken = true;
    rejectQueued(number, "load-failed");
}

void Supervisor::taskStarted(int index, TaskNumber number, PoolTime time)
{
    PoolTask *task = m_tasks.find(number);
    if (!task || task->phase != TaskPhase::Sent || task->slot != index) {
        workerBroken(index, KillCause::Protocol);
        return;
    }
    const PoolTime current = now();
    task->started = std::clamp(time, task->sent, std::max(task->sent, current));
    m_counters.corrections += task->started != time;
    task->phase = TaskPhase::Started;
    --m_counters.sent;
    ++m_counters.started;
    if (!task->spec.isAsync) {
        slot(index).syncStarted = task->started;
        watchRunning(slot(index));
    }
    if (task->stopCause != KillCause::None) { // it won against the request to drop it
        beginGrace(*task);
    } else if (task->spec.deadline > 0) {
        task->due = task->started + task->spec.deadline;
        watch(*task);
    }
    m_ports.observer.taskStarted(*task);
}

static Outcome outcomeOf(const PoolTask &task, Outcome said)
{
    const bool wasLate = task.stopCause == KillCause::Deadline;
    return said == Outcome::Canceled && wasLate ? Outcome::TimedOut : said;
}

static const char *reasonOf(Outcome outcome)
{
    return outcome == Outcome::TimedOut ? "deadline"
        : outcome == Outcome::Canceled  ? "canceled"
        : outcome == Outcome::Failed    ? "exception"
                                        : "";
}

void Supervisor::taskFinished(int index, const TaskReport &report)
{
    PoolTask *task = m_tasks.find(report.task);
    if (!task || task->phase != TaskPhase::Started || task->slot != index) {
        workerBroken(index, KillCause::Protocol);
        return;
    }
    const PoolTime current = now();
    const PoolTime finished =
        std::clamp(report.time, task->started, std::max(task->started, current));
    m_counters.corrections += finished != report.time;
    HandlerRecord &known = handler(task->spec.handler);
    const PoolTime spent = finished - task->started;
    known.meanTime = known.meanTime < 0 ? spent : known.meanTime + (spent - known.meanTime) / 8;
    Slot &at = slot(index);
    at.memory = report.memory ? report.memory : at.memory;
    at.baseMemory = at.baseMemory ? at.baseMemory : at.memory;
    takeFrom(at, *task);
    const Outcome outcome = outcomeOf(*task, report.outcome);
    finish(*task, {outcome, reasonOf(outcome), finished});
    settle(index);
}

void Supervisor::cancelAcknowledged(int index, TaskNumber number)
{
    PoolTask *task = m_tasks.find(number);
    if (!task || task->phase != TaskPhase::Sent || task->slot != index
        || task->stopCause == KillCause::None) {
        workerBroken(index, KillCause::Protocol);
        return;
    }
    takeFrom(slot(index), *task);
    finish(*task, {Outcome::Canceled, "canceled", now()});
}

void Supervisor::workerBroken(int index, KillCause cause)
{
    Slot &broken = slot(index);
    if (!hasProcess(broken.state) || broken.isClosed)
        return;
    broken.isClosed = true;
    m_ports.workers.abandon(index);
    kill(index, cause);
    reapIfDone(index);
}

void Supervisor::processEnded(int index)
{
    Slot &ended = slot(index);
    if (!hasProcess(ended.state) || ended.hasEnded)
        return;
    ended.hasEnded = true;
    if (ended.state != SlotState::Reaping)
        ended.former = ended.state;
    change(ended, SlotState::Reaping, now() + m_options.pipeTime);
    reapIfDone(index);
}

void Supervisor::processKilled(int index)
{
    slot(index).wasKilled = true;
    processEnded(index);
}

void Supervisor::outputEnded(int index)
{
    Slot &closed = slot(index);
    if (!hasProcess(closed.state) || closed.isClosed)
        return;
    closed.isClosed = closed.isReadToEnd = true;
    if (closed.state != SlotState::Reaping)
        closed.former = closed.state;
    change(closed, SlotState::Reaping, now() + m_options.pipeTime);
    reapIfDone(index);
}

void Supervisor::pump()
{
    const PoolTime time = now();
    for (int i = 0; i < int(m_slots.size()); ++i) {
        advanceSlot(i, time);
        recallIfLate(i, time);
        askIfDue(i, time);
        watchMemory(i, time);
    }
    breakIfAllFailed();
    if (m_isBroken)
        rejectAll("no-workers");
    dispatch();
    keepStrength(time);
}

bool Supervisor::isFinished() const
{
    return m_isClosed && m_tasks.size() == 0 && aliveCount() == 0;
}

PoolCounters Supervisor::counters() const
{
    PoolCounters counters = m_counters;
    counters.queued = m_queue.size + m_asyncQueue.size + m_delayed.size + m_keptCount;
    return counters;
}

} // namespace Fanfare
