// SPDX-License-Identifier: MIT
#include "fanfare/executors/sidepool.h"

#include <fanfare/base/clock.h>

#include <QCoreApplication>
#include <QThread>

#include <algorithm>
#include <utility>

namespace Fanfare {

static constexpr int maximumSpares = 4; // threads in place of stuck ones

SidePool::SidePool(const Executor &executor, TaskQueue &queue, AsyncLoop &loop,
                   DeadlineWatch &watch, ConcurrencyLimits &limits, Recorder *recorder)
    : m_executor(executor)
    , m_queue(queue)
    , m_loop(loop)
    , m_watch(watch)
    , m_limits(limits)
    , m_recorder(recorder)
{
    fitThreadCount();
    m_pool.setObjectName(QStringLiteral("fanfare beside"));
}

void SidePool::start(TaskEntry task)
{
    m_pool.start([this, task] { enterAndRun(task); });
}

void SidePool::startEntered(TaskEntry task)
{
    m_pool.start([this, task] { runInTurn(task); });
}

void SidePool::startAndWait(TaskEntry task)
{
    std::binary_semaphore started(0);
    m_pool.start([this, task, &started] { enterAndRun(task, &started); });
    started.acquire();
}

void SidePool::waitForDone()
{
    m_pool.waitForDone();
}

Lane *SidePool::takeLane()
{
    if (!m_recorder)
        return nullptr;
    std::lock_guard lock(m_mutex);
    if (m_freeLanes.empty()) {
        return &m_recorder->addLane({{},
                                     LaneKind::Thread,
                                     QStringLiteral("beside %1").arg(++m_laneCount),
                                     QCoreApplication::applicationPid()});
    }
    Lane *lane = m_freeLanes.back();
    m_freeLanes.pop_back();
    return lane;
}

void SidePool::enterAndRun(TaskEntry task, std::binary_semaphore *started)
{
    if (!ConcurrencyLimits::isLimited(task))
        run(task, started);
    else if (m_limits.enter(task))
        runInTurn(task, started);
    else if (started)
        started->release();
}

/// Runs \a task, which has entered, and after it those of its handler that had to wait for it.
void SidePool::runInTurn(TaskEntry task, std::binary_semaphore *started)
{
    const SubscriberId subscriber = task.subscriber().id;
    do {
        if (!run(task, std::exchange(started, nullptr)))
            return;
    } while ((task = m_limits.leave(subscriber)));
}

/// False when it was given up: then giveUp() did the rest.
bool SidePool::run(TaskEntry task, std::binary_semaphore *started)
{
    Lane *lane = takeLane();
    bool hasEnded = true;
    if (!mayStart(task)) {
        if (started)
            started->release();
        TaskTimes times;
        times.started = times.finished = MonotonicClock::now();
        TaskContext context(task, m_recorder);
        const CurrentTaskScope scope({&m_executor, &context, nullptr});
        if (recordEnd(task, unstartedEnd(context), times, lane))
            m_queue.release(task.emission);
        m_queue.addEnded(1);
    } else {
        hasEnded = runOn(lane, task, started);
    }
    if (lane) {
        std::lock_guard lock(m_mutex);
        m_freeLanes.push_back(lane);
    }
    return hasEnded;
}

bool SidePool::runOn(Lane *lane, TaskEntry task, std::binary_semaphore *started)
{
    TaskTimes times;
    times.started = MonotonicClock::now();
    const SharedContext shared(task, m_recorder, times.started);
    TaskContext &context = *shared.context;
    const CurrentTaskScope scope({&m_executor, &context, nullptr});
    setOpen(context, lane, times.started);
    if (shared.timed)
        m_watch.add(shared.timed, this);
    if (started)
        started->release();
    TaskEnd end = runSync(context);
    times.finished = MonotonicClock::now();
    const bool hasEnded = !shared.timed || m_watch.remove(*shared.timed);
    if (hasEnded)
        conclude(context, std::move(end), times, lane);
    else
        setEnded(context);
    return hasEnded;
}

void SidePool::conclude(TaskContext &context, TaskEnd &&end, const TaskTimes &times, Lane *lane)
{
    CallbackCoroutine continuation = beginCallBack(context, end);
    setEnded(context);
    const TaskEntry task = context.task();
    recordSpan(task, end, times, lane);
    if (continuation) {
        m_loop.finish(task, std::move(end), std::move(continuation));
        return;
    }
    if (settleEnd(task, std::move(end)))
        m_queue.release(task.emission);
    m_queue.addEnded(1);
}

void SidePool::giveUp(TimedTask &task, const TaskEnd &end, const TaskTimes &times)
{
    const TaskEntry entry = task.context().task();
    {
        std::lock_guard lock(m_mutex);
        markGivenUp(entry, end, times);
        ++m_stuckCount;
        fitThreadCount();
    }
    if (!ConcurrencyLimits::isLimited(entry))
        return;
    if (const TaskEntry next = m_limits.leave(entry.subscriber().id))
        startEntered(next);
}

void SidePool::markGivenUp(TaskEntry entry, const TaskEnd &end, const TaskTimes &times)
{
    for (Running &running : m_open[entry.emission]) {
        if (running.open.task != entry.id())
            continue;
        running.isGivenUp = true;
        recordSpan(entry, end, times, running.lane); // its thread waits for this
    }
}

void SidePool::fitThreadCount()
{
    const int usual = std::min(32, QThread::idealThreadCount() + 4);
    m_pool.setMaxThreadCount(usual + std::min(m_stuckCount, maximumSpares));
}

void SidePool::setOpen(const TaskContext &context, Lane *lane, qint64 started)
{
    const OpenTask open = openTask(context, lane, started);
    std::lock_guard lock(m_mutex);
    m_open[context.task().emission].push_back({open, lane});
}

void SidePool::setEnded(const TaskContext &context)
{
    std::lock_guard lock(m_mutex);
    const auto place = m_open.find(context.task().emission);
    std::erase_if(place->second, [&](const Running &running) {
        if (running.open.task != context.id())
            return false;
        m_stuckCount -= running.isGivenUp;
        return true;
    });
    if (place->second.empty())
        m_open.erase(place);
    fitThreadCount();
}

void SidePool::sample(std::vector<OpenTask> &running) const
{
    std::lock_guard lock(m_mutex);
    for (const auto &[emission, ofEmission] : m_open) {
        for (const Running &each : ofEmission) {
            if (!each.isGivenUp)
                running.push_back(each.open);
        }
    }
}

void SidePool::requestStopOfAll()
{
    std::vector<EmissionState *> emissions;
    {
        std::lock_guard lock(m_mutex);
        for (const auto &[emission, open] : m_open) {
            emission->addReference();
            emissions.push_back(emission);
        }
    }
    for (EmissionState *emission : emissions) {
        emission->detail().cancel();
        const Emission handle(emission); // gives the reference back
    }
}

} // namespace Fanfare
