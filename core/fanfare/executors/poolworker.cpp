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

void PoolWorker::run()
{
    m_parts.queue.attach(m_worker);
    const CurrentTaskScope scope({&m_parts.executor, nullptr, m_slot});
    m_current = &currentTask();
    while (m_parts.queue.claim(m_worker)) {
        m_now = FastClock::now();
        while (const TaskEntry task = m_worker.claimed.next())
            runTask(task);
    }
    m_parts.queue.detach(m_worker);
}

void PoolWorker::runTask(TaskEntry task)
{
    switch (task.subscriber().handler.kind) {
    case HandlerKind::Sync:
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

void PoolWorker::runHere(TaskEntry task)
{
    TaskTimes times;
    times.started = m_now;
    TaskContext context(task, m_parts.recorder);
    if (!mayStart(task)) {
        times.finished = m_now;
        finish(task, unstartedEnd(context), times);
        return;
    }
    enter(context);
    m_current->context = &context;
    const qint64 cpuBefore = m_parts.measuresCpu ? MonotonicClock::threadCpu() : 0;
    TaskEnd end = runSync(context);
    if (m_parts.measuresCpu)
        times.cpu = MonotonicClock::threadCpu() - cpuBefore;
    times.finished = m_now = FastClock::now();
    const Subscriber &subscriber = context.subscriber();
    if (subscriber.onSuccess || subscriber.onFailure) {
        callBack(context, end);
        m_now = FastClock::now();
    }
    m_current->context = nullptr;
    m_running.store(nullptr, std::memory_order_release);
    m_slot->leave();
    finish(task, std::move(end), times);
}

void PoolWorker::enter(const TaskContext &context)
{
    m_slot->enter(openTask(context, m_lane, m_now));
    m_running.store(context.task().emission, std::memory_order_release);
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
