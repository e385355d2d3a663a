// SPDX-License-Identifier: MIT
#include "fanfare/executors/poolworker.h"

#include <fanfare/base/fastclock.h>

#include <utility>

namespace Fanfare {

PoolWorker::PoolWorker(const PoolParts &parts, Lane *lane, FlightSlot *slot)
    : m_parts(parts)
    , m_lane(lane)
    , m_slot(slot ? slot : &m_ownSlot)
{
    m_worker.released.reserve(ClaimedTasks::capacity);
}

void PoolWorker::attachInPlaceOf(PoolWorker &stuck)
{
    m_parts.queue.attachInPlaceOf(m_worker, stuck.m_worker);
}

PoolWorker::RunEnd PoolWorker::run()
{
    m_isReplaced = false;
    const CurrentTaskScope scope({&m_parts.executor, nullptr, m_slot});
    m_current = &currentTask();
    do {
        m_now = FastClock::now();
        while (const TaskEntry task = m_isReplaced ? TaskEntry{} : m_worker.claimed.next())
            runTask(task);
    } while (!m_isReplaced && m_parts.queue.claim(m_worker));
    m_parts.queue.detach(m_worker);
    return m_isReplaced ? RunEnd::Replaced : RunEnd::Closed;
}

std::optional<OpenTask> PoolWorker::runningTask() const
{
    return m_isStuck.load(std::memory_order_acquire) ? std::nullopt : m_slot->read();
}

void PoolWorker::runTask(TaskEntry task)
{
    switch (task.subscriber().handler.kind) {
    case HandlerKind::Sync:
        if (ConcurrencyLimits::isLimited(task))
            runInTurn(task);
        else
            runHere(task);
        return;
    case HandlerKind::Blocking:
        if (m_parts.startsInOrder)
            m_parts.side.startAndWait(task);
        else
            m_parts.side.start(task);
        break;
    case HandlerKind::Async:
        if (m_parts.startsInOrder)
            m_parts.loop.startAndWait(task);
        else
            m_parts.loop.start(task);
        break;
    }
    m_now = FastClock::now();
}

/// Runs \a task, and after it those of its handler that had to wait for it.
void PoolWorker::runInTurn(TaskEntry task)
{
    const SubscriberId subscriber = task.subscriber().id;
    if (!m_parts.limits.enter(task))
        return;
    do {
        m_hasLeft = false;
        runHere(task);
    } while (!m_hasLeft && (task = m_parts.limits.leave(subscriber)));
}

void PoolWorker::runHere(TaskEntry task)
{
    TaskTimes times;
    times.started = m_now;
    if (!mayStart(task)) {
        TaskContext context(task, m_parts.recorder);
        times.finished = m_now;
        finish(task, unstartedEnd(context), times);
        return;
    }
    if (const auto deadline = task.deadline(); deadline.count() > 0) {
        runTimed(task, deadline);
        return;
    }
    TaskContext context(task, m_parts.recorder);
    TaskEnd end = runHandler(context, times);
    conclude(context, std::move(end), times);
}

TaskEnd PoolWorker::runHandler(TaskContext &context, TaskTimes &times)
{
    enter(context);
    m_current->context = &context;
    const qint64 cpuBefore = m_parts.measuresCpu ? MonotonicClock::threadCpu() : 0;
    TaskEnd end = runSync(context);
    if (m_parts.measuresCpu)
        times.cpu = MonotonicClock::threadCpu() - cpuBefore;
    times.finished = m_now = FastClock::now();
    return end;
}

/// Calls back and tells how the task ended.
void PoolWorker::conclude(TaskContext &context, TaskEnd &&end, const TaskTimes &times)
{
    CallbackCoroutine continuation;
    const Subscriber &subscriber = context.subscriber();
    if (subscriber.onSuccess || subscriber.onFailure) {
        continuation = beginCallBack(context, end);
        m_now = FastClock::now();
    }
    leave();
    if (continuation) {
        recordSpan(context.task(), end, times, m_lane);
        m_parts.loop.finish(context.task(), std::move(end), std::move(continuation));
        return;
    }
    finish(context.task(), std::move(end), times);
}

void PoolWorker::runTimed(TaskEntry task, std::chrono::nanoseconds deadline)
{
    TaskTimes times;
    times.started = m_now;
    const auto timed = std::make_shared<TimedTask>(task, m_parts.recorder, m_now, deadline);
    m_parts.watch.add(timed, this);
    TaskEnd end = runHandler(timed->context(), times);
    if (m_parts.watch.remove(*timed)) {
        conclude(timed->context(), std::move(end), times);
        return;
    }
    leave();
    m_isStuck.store(false, std::memory_order_release);
}

void PoolWorker::giveUp(TimedTask &task, const TaskEnd &end, const TaskTimes &times)
{
    m_isStuck.store(true, std::memory_order_release);
    recordSpan(task.context().task(), end, times, m_lane);
    m_isReplaced = m_parts.reserve.replace(*this);
    if (!ConcurrencyLimits::isLimited(task.context().task()))
        return;
    // Those behind it must not wait for a handler that may never return.
    m_hasLeft = true;
    if (const TaskEntry next = m_parts.limits.leave(task.context().subscriber().id))
        m_parts.side.startEntered(next);
}

void PoolWorker::enter(const TaskContext &context)
{
    m_slot->enter(openTask(context, m_lane, m_now));
    m_running.store(context.task().emission, std::memory_order_release);
}

void PoolWorker::leave()
{
    m_current->context = nullptr;
    m_running.store(nullptr, std::memory_order_release);
    m_slot->leave();
}

void PoolWorker::finish(TaskEntry task, TaskEnd &&end, const TaskTimes &times)
{
    if (recordEnd(task, std::move(end), times, m_lane))
        m_worker.released.push_back(task.emission);
    ++m_worker.ended;
}

void PoolWorker::requestStop()
{
    EmissionState *emission = m_running.load(std::memory_order_acquire);
    const std::optional<OpenTask> open = m_slot->read();
    // The slot may have been recycled since: its memory stays, and its id tells.
    if (!emission || !open || !emission->tryAddReference())
        return;
    const Emission handle(emission); // gives the reference back
    const quint64 offset = number(open->task.emission) - number(emission->id());
    if (offset < emission->emissionCount())
        emission->detail().cancel();
}

} // namespace Fanfare
