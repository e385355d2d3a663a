// SPDX-License-Identifier: MIT
#include "fanfare/executors/asyncloop.h"

#include <fanfare/base/clock.h>

#include <QCoreApplication>

#include <algorithm>
#include <utility>

namespace Fanfare {

AsyncLoop::AsyncLoop(const Executor &executor, TaskQueue &queue, Recorder *recorder)
    : m_executor(executor)
    , m_queue(queue)
    , m_recorder(recorder)
{
}

AsyncLoop::~AsyncLoop()
{
    stop();
}

void AsyncLoop::start(TaskEntry task)
{
    post({task, nullptr});
}

void AsyncLoop::startQueued(TaskEntry task)
{
    post({task, nullptr, true});
}

void AsyncLoop::startAndWait(TaskEntry task)
{
    std::binary_semaphore started(0);
    post({task, &started});
    started.acquire();
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
    m_pending.push_back(pending);
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
    for (const Pending &each : pending) {
        run(each.task);
        if (each.started)
            each.started->release();
    }
}

void AsyncLoop::run(TaskEntry task)
{
    auto context = std::make_unique<TaskContext>(task, m_recorder);
    const CurrentTaskScope scope({&m_executor, context.get(), nullptr});
    drive(std::move(context)); // the coroutine owns itself
}

QCoro::Task<void> AsyncLoop::drive(std::unique_ptr<TaskContext> context)
{
    TaskTimes times;
    times.started = MonotonicClock::now();
    setOpen(*context, times.started);
    TaskEnd end;
    if (!mayStart(context->task())) {
        end = unstartedEnd(*context);
    } else {
        try {
            QCoro::Task<QCborValue> work = context->subscriber().handler.start(*context);
            end.result = co_await work;
        } catch (...) {
            end = endFromException(*context);
        }
        const CurrentTaskScope scope({&m_executor, context.get(), nullptr});
        times.finished = MonotonicClock::now();
        callBack(*context, end);
    }
    if (times.finished == 0)
        times.finished = times.started;
    setEnded(*context);
    const TaskEntry task = context->task();
    if (recordEnd(task, std::move(end), times, m_lane))
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
