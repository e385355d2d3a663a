// SPDX-License-Identifier: MIT
#include "fanfare/executors/asyncloop.h"

#include <fanfare/base/clock.h>

#include <QCoreApplication>

#include <algorithm>
#include <utility>

namespace Fanfare {

AsyncLoop::AsyncLoop(const Executor &executor, TaskQueue &queue, DeadlineWatch &watch,
                     ConcurrencyLimits &limits, Recorder *recorder)
    : m_executor(executor)
    , m_queue(queue)
    , m_watch(watch)
    , m_limits(limits)
    , m_recorder(recorder)
{
}

AsyncLoop::~AsyncLoop()
{
    stop();
}

void AsyncLoop::start(TaskEntry task)
{
    post({.task = task, .end = {}, .continuation = {}});
}

void AsyncLoop::startQueued(TaskEntry task)
{
    post({.task = task, .isQueued = true, .end = {}, .continuation = {}});
}

void AsyncLoop::startAndWait(TaskEntry task)
{
    std::binary_semaphore started(0);
    post({.task = task, .started = &started, .end = {}, .continuation = {}});
    started.acquire();
}

void AsyncLoop::finish(TaskEntry task, TaskEnd &&end, CallbackCoroutine continuation)
{
    post({.task = task, .end = std::move(end), .continuation = std::move(continuation)});
}

void AsyncLoop::post(Pending pending)
{
    std::lock_guard lock(m_mutex);
    if (!m_thread) {
        if (m_recorder) {
            m_lane = &m_recorder->addLane(
                {{}, LaneKind::Loop, QStringLiteral("loop 1"), QCoreApplication::applicationPid()});
        }
        m_thread = std::make_unique<QThread>();
        m_thread->setObjectName(QStringLiteral("fanfare loop"));
        m_receiver = std::make_unique<QObject>();
        m_receiver->moveToThread(m_thread.get());
        m_thread->start();
    }
    m_pending.push_back(std::move(pending));
    if (m_pending.size() == 1) { // one event for all that come until the loop gets to it
        QMetaObject::invokeMethod(
            m_receiver.get(), [this] { startPending(); }, Qt::QueuedConnection);
    }
}

void AsyncLoop::startPending()
{
    std::vector<Pending> pending;
    {
        std::lock_guard lock(m_mutex);
        pending = std::exchange(m_pending, {});
    }
    const auto queued = quint64(std::ranges::count_if(pending, &Pending::isQueued));
    if (queued > 0)
        m_queue.countTaken(queued);
    for (Pending &each : pending) {
        if (each.continuation)
            runFinish(each);
        else if (each.hasEntered || !ConcurrencyLimits::isLimited(each.task)
                 || m_limits.enter(each.task))
            run(each.task);
        if (each.started)
            each.started->release();
    }
}

void AsyncLoop::run(TaskEntry task)
{
    TaskTimes times;
    times.started = MonotonicClock::now();
    const SharedContext shared(task, m_recorder, times.started);
    const CurrentTaskScope scope({&m_executor, shared.context.get(), nullptr});
    drive(shared, times); // the coroutine owns itself
}

/// Posted, not called: a thousand coroutines that end at once would be nested in one another.
void AsyncLoop::leave(SubscriberId subscriber)
{
    if (const TaskEntry next = m_limits.leave(subscriber))
        post({.task = next, .hasEntered = true, .end = {}, .continuation = {}});
}

QCoro::Task<void> AsyncLoop::drive(SharedContext shared, TaskTimes times)
{
    TaskContext &context = *shared.context;
    const SubscriberId subscriber = context.subscriber().id;
    const bool isLimited = ConcurrencyLimits::isLimited(context.task());
    setOpen(context, times.started);
    TaskEnd end;
    if (!mayStart(context.task())) {
        end = unstartedEnd(context);
        times.finished = times.started;
    } else {
        if (shared.timed)
            m_watch.add(shared.timed, this);
        try {
            QCoro::Task<QCborValue> work = context.subscriber().handler.start(context);
            end.result = co_await work;
        } catch (...) {
            end = endFromException(context);
        }
        if (shared.timed && !m_watch.remove(*shared.timed))
            co_return;
        times.finished = MonotonicClock::now();
        CallbackCoroutine continuation;
        {
            const CurrentTaskScope scope({&m_executor, &context, nullptr});
            continuation = beginCallBack(context, end);
        }
        if (continuation)
            co_await finishCallBack(context, end, std::move(continuation));
    }
    setEnded(context);
    record(context.task(), end, times);
    if (isLimited) // first: behind the last task of all the loop may be stopped
        leave(subscriber);
    settle(context.task(), std::move(end));
}

void AsyncLoop::runFinish(Pending &pending)
{
    auto context = std::make_unique<TaskContext>(pending.task, m_recorder);
    const CurrentTaskScope scope({&m_executor, context.get(), nullptr});
    driveFinish(std::move(context), std::move(pending.end), std::move(pending.continuation));
}

QCoro::Task<void> AsyncLoop::driveFinish(std::unique_ptr<TaskContext> context, TaskEnd end,
                                         CallbackCoroutine continuation)
{
    co_await finishCallBack(*context, end, std::move(continuation));
    settle(context->task(), std::move(end));
}

void AsyncLoop::giveUp(TimedTask &task, const TaskEnd &end, const TaskTimes &times)
{
    setEnded(task.context());
    record(task.context().task(), end, times);
    if (ConcurrencyLimits::isLimited(task.context().task()))
        leave(task.context().subscriber().id);
}

void AsyncLoop::record(TaskEntry task, const TaskEnd &end, const TaskTimes &times)
{
    std::lock_guard lock(m_laneMutex);
    recordSpan(task, end, times, m_lane);
}

void AsyncLoop::settle(TaskEntry task, TaskEnd &&end)
{
    if (settleEnd(task, std::move(end)))
        m_queue.release(task.emission);
    m_queue.addEnded(1);
}

void AsyncLoop::setOpen(TaskContext &context, qint64 started)
{
    std::lock_guard lock(m_mutex);
    m_open.emplace(&context, started);
}

void AsyncLoop::setEnded(TaskContext &context)
{
    std::lock_guard lock(m_mutex);
    m_open.erase(&context);
}

void AsyncLoop::stop()
{
    std::unique_ptr<QThread> thread;
    {
        std::lock_guard lock(m_mutex);
        thread = std::move(m_thread);
    }
    if (!thread)
        return;
    thread->quit();
    thread->wait();
    m_receiver.reset();
}

void AsyncLoop::sample(std::vector<OpenTask> &running) const
{
    std::lock_guard lock(m_mutex);
    for (const auto &[context, started] : m_open)
        running.push_back(openTask(*context, m_lane, started));
}

void AsyncLoop::requestStopOfAll()
{
    std::vector<EmissionState *> emissions;
    {
        std::lock_guard lock(m_mutex);
        for (const auto &[context, started] : m_open)
            emissions.push_back(context->task().emission);
        for (const Pending &each : m_pending)
            emissions.push_back(each.task.emission);
        for (EmissionState *emission : emissions)
            emission->addReference();
    }
    for (EmissionState *emission : emissions) {
        emission->detail().cancel();
        const Emission handle(emission); // gives the reference back
    }
}

} // namespace Fanfare
