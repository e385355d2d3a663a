// SPDX-License-Identifier: MIT
// Which task goes to which worker, and when.
#include "fanfare/processes/supervisor.h"

#include <algorithm>

namespace Fanfare {

/// Where \a task waits. With one worker everything starts in the order in which it was emitted.
TaskList &Supervisor::listOf(const PoolTask &task)
{
    if (task.phase == TaskPhase::Delayed)
        return m_delayed;
    if (task.phase == TaskPhase::Kept)
        return handler(task.spec.handler).kept;
    return task.spec.isAsync && m_slots.size() > 1 ? m_asyncQueue : m_queue;
}

std::vector<const TaskList *> Supervisor::waiting() const
{
    std::vector<const TaskList *> lists;
    for (const HandlerRecord &known : m_handlers) {
        if (m_keptCount > 0 && known.kept.first)
            lists.push_back(&known.kept);
    }
    lists.insert(lists.end(), {&m_queue, &m_asyncQueue, &m_delayed});
    return lists;
}

bool Supervisor::isWaiting(const PoolTask &task)
{
    return task.phase != TaskPhase::Sent && task.phase != TaskPhase::Started;
}

/// An only worker runs one sync task after another anyway, and keeps their order.
bool Supervisor::isAtLimit(const PoolTask &task) const
{
    const TaskSpec &spec = task.spec;
    if (spec.concurrency == 0 || (m_slots.size() == 1 && !spec.isAsync))
        return false;
    return spec.handler < m_handlers.size() && m_handlers[spec.handler].active >= spec.concurrency;
}

/// Takes \a task out of its queue, so that those of other handlers do not wait behind it.
void Supervisor::keep(PoolTask &task)
{
    m_tasks.unlink(listOf(task), task);
    task.phase = TaskPhase::Kept;
    TaskList &kept = listOf(task);
    const PoolTask *const first = m_tasks.first(kept);
    if (first && task.order < first->order)
        m_tasks.pushFront(kept, task); // it was let in before
    else
        m_tasks.pushBack(kept, task);
    ++m_keptCount;
}

/// The oldest task of \a number that is kept may go, if there is one and the limit allows it.
void Supervisor::letIn(std::uint32_t number)
{
    if (m_keptCount == 0)
        return;
    PoolTask *const task = m_tasks.first(handler(number).kept);
    if (!task || isAtLimit(*task))
        return;
    m_tasks.unlink(listOf(*task), *task);
    --m_keptCount;
    task->phase = TaskPhase::Queued;
    m_tasks.pushFront(listOf(*task), *task);
}

void Supervisor::dispatch()
{
    const PoolTime time = now();
    for (PoolTask *task = m_tasks.first(m_delayed); task && task->due <= time;) {
        PoolTask *const next = m_tasks.after(*task);
        dispatchTask(*task);
        task = next;
    }
    for (TaskList *list : {&m_asyncQueue, &m_queue}) {
        while (list->first && dispatchTask(m_tasks.at(list->first))) { }
        // A worker that shall load must come to rest first.
        if (list->first && !isLoadedAnywhere(m_tasks.at(list->first).spec.handler))
            break;
    }
}

bool Supervisor::startAtOnce()
{
    for (const TaskList *list : {&m_asyncQueue, &m_queue}) {
        while (PoolTask *const task = m_tasks.first(*list)) {
            if (handler(task->spec.handler).isBroken || isAtLimit(*task))
                return false;
            const int index = chooseSlot(*task);
            if (index < 0 || slot(index).sent.size > 0
                || !slot(index).hasLoaded(task->spec.handler))
                return false;
            send(index, *task);
        }
    }
    return true;
}

bool Supervisor::isLoadedAnywhere(std::uint32_t handler) const
{
    return std::any_of(m_slots.begin(), m_slots.end(), [&](const Slot &slot) {
        return slot.state == SlotState::Ready && slot.hasLoaded(handler);
    });
}

/// True when \a task left its list. A worker that does not know its handler is told to load it.
bool Supervisor::dispatchTask(PoolTask &task)
{
    if (handler(task.spec.handler).isBroken) {
        finish(task, {Outcome::Rejected, "load-failed", now()});
        return true;
    }
    if (isAtLimit(task)) {
        if (task.phase == TaskPhase::Queued)
            keep(task);
        return task.phase == TaskPhase::Kept;
    }
    const int index = chooseSlot(task);
    if (index < 0) {
        retireOtherBuilds(task);
        return false;
    }
    if (slot(index).hasLoaded(task.spec.handler)) {
        send(index, task);
        return true;
    }
    load(index, task);
    return false;
}

void Supervisor::load(int index, const PoolTask &task)
{
    Slot &chosen = slot(index);
    const TaskSpec &spec = task.spec;
    if (chosen.builds.size() <= spec.plugin)
        chosen.builds.resize(spec.plugin + 1);
    chosen.builds[spec.plugin] = spec.build;
    chosen.loading = spec.handler;
    change(chosen, SlotState::Loading, now() + m_options.loadTime);
    m_ports.workers.sendLoad(index, spec.handler);
}

/// No worker can take \a task. Those that have another build of its plugin never will: they finish
/// what they have and make room for fresh ones.
void Supervisor::retireOtherBuilds(const PoolTask &task)
{
    for (int i = 0; i < int(m_slots.size()); ++i) {
        Slot &other = slot(i);
        if (other.state != SlotState::Ready || other.drain != DrainReason::None
            || !other.hasOtherBuild(task.spec)) {
            continue;
        }
        other.drain = DrainReason::Rebuilt;
        retireIfDue(i, now());
    }
}

static bool isLighter(const Slot &one, const Slot &other, bool isAsync)
{
    return isAsync ? one.asyncCount < other.asyncCount : one.load < other.load;
}

/// The least loaded worker that has room and knows the handler; else an idle one that does not.
int Supervisor::chooseSlot(const PoolTask &task) const
{
    int best = -1;
    int idle = -1;
    for (int i = 0; i < int(m_slots.size()); ++i) {
        const Slot &candidate = m_slots[std::size_t(i)];
        if (!hasRoom(candidate, task))
            continue;
        if (!candidate.hasLoaded(task.spec.handler)) {
            if (candidate.syncCount() == 0)
                idle = i;
        } else if (best < 0
                   || isLighter(candidate, m_slots[std::size_t(best)], task.spec.isAsync)) {
            best = i;
        }
    }
    // Something that runs at once is better than an idle worker that has to load first.
    return best >= 0 ? best : idle;
}

/// True when an only worker has a task of another kind that it has not started. Sync tasks and
/// coroutines start on different threads there, and each blocking task on one of several, so
/// \a task could overtake it.
bool Supervisor::mightOvertake(const Slot &slot, const PoolTask &task) const
{
    if (m_slots.size() > 1 || !slot.sent.last)
        return false;
    const PoolTask &last = m_tasks.at(slot.sent.last);
    const bool isOther =
        last.spec.isAsync != task.spec.isAsync || last.spec.isBlocking || task.spec.isBlocking;
    return last.phase == TaskPhase::Sent && isOther;
}

bool Supervisor::hasRoom(const Slot &slot, const PoolTask &task) const
{
    if (slot.state != SlotState::Ready || slot.drain != DrainReason::None || slot.isUnresponsive)
        return false;
    if (slot.hasOtherBuild(task.spec))
        return false;
    if (m_options.maximumTasks > 0 && slot.taken >= m_options.maximumTasks)
        return false;
    if (mightOvertake(slot, task))
        return false;
    if (task.spec.isAsync)
        return slot.asyncCount < m_options.maximumAsync;
    const std::size_t count = slot.syncCount();
    return count == 0
        || (count < m_options.maximumAhead && slot.load + estimate(task) <= m_options.aheadTime
            && !isLate(slot));
}

PoolTime Supervisor::estimate(const PoolTask &task) const
{
    const std::uint32_t number = task.spec.handler;
    const PoolTime mean = number < m_handlers.size() ? m_handlers[number].meanTime : -1;
    return mean < 0 ? m_options.aheadTime : mean;
}

void Supervisor::send(int index, PoolTask &task)
{
    m_tasks.unlink(listOf(task), task);
    task.phase = TaskPhase::Sent;
    task.slot = index;
    task.sent = now();
    task.due = 0;
    Slot &to = slot(index);
    if (to.sent.size == 0 && !to.isAsked)
        to.askDue = now() + m_options.pingPause;
    ++to.taken;
    ++handler(task.spec.handler).active;
    if (task.spec.isAsync) {
        ++to.asyncCount;
    } else {
        task.estimate = estimate(task);
        to.load += task.estimate;
    }
    noteMemory(index, task);
    m_tasks.pushBack(to.sent, task);
    watchRunning(to);
    ++m_counters.sent;
    m_ports.workers.sendTask(index, task);
}

/// Takes \a task out of the account of the worker that has it.
void Supervisor::takeFrom(Slot &slot, PoolTask &task)
{
    m_tasks.unlink(slot.sent, task);
    if (task.spec.isAsync)
        --slot.asyncCount;
    else
        slot.load -= task.estimate;
    task.estimate = 0;
    const bool wasStarted = task.phase == TaskPhase::Started;
    --(wasStarted ? m_counters.started : m_counters.sent);
    if (wasStarted && task.stopCause != KillCause::None)
        --slot.stoppingCount;
    if (wasStarted && !task.spec.isAsync)
        slot.syncStarted = never;
    --handler(task.spec.handler).active;
    letIn(task.spec.handler);
    if (slot.sent.size > 0)
        return;
    slot.idleSince = now();
    if (!slot.isAsked)
        slot.askDue = never;
}

/// The one place where a task ends.
void Supervisor::finish(PoolTask &task, const PoolTaskEnd &end)
{
    // A task that a worker had is in no list any more.
    const bool isListed = task.phase == TaskPhase::Queued || task.phase == TaskPhase::Delayed
        || task.phase == TaskPhase::Kept;
    if (isListed)
        m_tasks.unlink(listOf(task), task);
    m_keptCount -= task.phase == TaskPhase::Kept ? 1 : 0;
    ++m_counters.ended;
    const std::uint32_t number = task.spec.handler;
    m_ports.observer.taskEnded(task, end);
    m_tasks.remove(task);
    if (isListed)
        letIn(number); // it may have been let in itself, and nobody follows a task that never ran
}

void Supervisor::rejectQueued(std::uint32_t number, const char *reason)
{
    for (const TaskList *list : waiting()) {
        for (std::uint32_t place = list->first; place;) {
            PoolTask &task = m_tasks.at(place);
            place = task.next;
            if (task.spec.handler == number)
                finish(task, {Outcome::Rejected, reason, now()});
        }
    }
}

void Supervisor::rejectAll(const char *reason)
{
    for (const TaskList *list : waiting()) {
        while (list->first)
            finish(m_tasks.at(list->first), {Outcome::Rejected, reason, now()});
    }
}

} // namespace Fanfare
