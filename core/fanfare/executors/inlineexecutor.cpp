// SPDX-License-Identifier: MIT
#include "fanfare/executors/inlineexecutor.h"

#include "fanfare/executors/taskrun.h"

#include <fanfare/base/clock.h>

#include <QCoreApplication>
#include <QEventLoop>

#include <atomic>
#include <mutex>

namespace Fanfare {

class InlineExecutor::Private
{
public:
    Private(const Executor &executor, const InlineOptions &options);

    void runQueued();
    void run(TaskEntry task);
    void record(TaskEntry task, TaskEnd &&end, const TaskTimes &times);
    void enter(const TaskContext &context, qint64 started);
    static TaskEnd runCoroutine(TaskContext &context);
    bool isOwnTask() const { return currentTask().executor == &m_executor; }

    const Executor &m_executor;
    const InlineOptions m_options;
    FlightSlot m_ownSlot;
    FlightSlot *const m_slot;
    Lane *const m_lane;
    TaskQueue m_queue;
    std::mutex m_runMutex; // held by the thread that runs tasks
    std::atomic<EmissionState *> m_running = nullptr;
};

InlineExecutor::Private::Private(const Executor &executor, const InlineOptions &options)
    : m_executor(executor)
    , m_options(options)
    , m_slot(options.flightSlot ? options.flightSlot : &m_ownSlot)
    , m_lane(
          options.recorder ? &options.recorder->addLane(
              {{}, LaneKind::Inline, QStringLiteral("inline"), QCoreApplication::applicationPid()})
                           : nullptr)
    , m_queue(1'000'000)
{
}

/// Runs what is queued, unless another thread or a handler further up this stack is at it; that
/// one goes on until nothing is left.
void InlineExecutor::Private::runQueued()
{
    if (isOwnTask())
        return;
    std::lock_guard running(m_runMutex);
    for (;;) {
        const std::vector<TaskEntry> tasks = m_queue.takeAll();
        if (tasks.empty())
            return;
        for (const TaskEntry &task : tasks)
            run(task);
    }
}

void InlineExecutor::Private::run(TaskEntry task)
{
    TaskContext context(task, m_options.recorder);
    TaskTimes times;
    times.started = times.finished = MonotonicClock::now();
    TaskEnd end = canceledEnd();
    if (!task.emission->isCanceled()) {
        enter(context, times.started);
        const CurrentTaskScope scope({&m_executor, &context, m_slot});
        const qint64 cpuBefore = m_options.measuresCpu ? MonotonicClock::threadCpu() : 0;
        end = context.subscriber().handler.kind == HandlerKind::Async ? runCoroutine(context)
                                                                      : runSync(context);
        if (m_options.measuresCpu)
            times.cpu = MonotonicClock::threadCpu() - cpuBefore;
        times.finished = MonotonicClock::now();
        callBack(context, end);
        m_running.store(nullptr, std::memory_order_release);
        m_slot->leave();
    }
    record(task, std::move(end), times);
}

/// Not QCoro::waitFor(), which never returns when the coroutine throws (QCoro 0.8).
static QCoro::Task<void> drive(TaskContext &context, TaskEnd &end, QEventLoop &loop, bool &isDone)
{
    try {
        QCoro::Task<QCborValue> work = context.subscriber().handler.start(context);
        end.result = co_await work;
    } catch (...) {
        end = endFromException(context);
    }
    isDone = true;
    loop.quit();
}

TaskEnd InlineExecutor::Private::runCoroutine(TaskContext &context)
{
    TaskEnd end;
    QEventLoop loop;
    bool isDone = false;
    drive(context, end, loop, isDone);
    if (!isDone)
        loop.exec();
    return end;
}

void InlineExecutor::Private::enter(const TaskContext &context, qint64 started)
{
    m_slot->enter(openTask(context, m_lane, started));
    m_running.store(context.task().emission, std::memory_order_release);
}

void InlineExecutor::Private::record(TaskEntry task, TaskEnd &&end, const TaskTimes &times)
{
    if (recordEnd(task, std::move(end), times, m_lane))
        m_queue.release(task.emission);
    m_queue.addEnded(1);
}

InlineExecutor::InlineExecutor(const InlineOptions &options)
    : d(std::make_unique<Private>(*this, options))
{
}

InlineExecutor::~InlineExecutor()
{
    Q_ASSERT_X(!d->isOwnTask(), "InlineExecutor", "destroyed by one of its own handlers");
    (void)shutdown(ShutdownMode::Wait, PendingMode::Drain);
}

Result<Emission> InlineExecutor::submit(Submission &submission)
{
    EmissionState *state = nullptr;
    std::vector<TaskEntry> dropped; // nothing is: a full queue rejects
    switch (d->m_queue.push(submission, state, dropped)) {
    case TaskQueue::Pushed::Accepted: {
        Emission emission(state);
        d->runQueued();
        return emission;
    }
    case TaskQueue::Pushed::Full:
        return Error{ErrorCode::QueueFull,
                     QStringLiteral("A handler emitted more than 1000000 tasks at once; emit "
                                    "fewer from inside a handler.")};
    case TaskQueue::Pushed::Closed:
        break;
    }
    return Error{ErrorCode::ExecutorShutdown,
                 QStringLiteral("The executor was shut down and runs nothing more; make a new "
                                "one to emit again.")};
}

Result<void> InlineExecutor::shutdown(ShutdownMode mode, PendingMode pending)
{
    d->m_queue.close();
    if (pending == PendingMode::CancelQueued) {
        TaskTimes times;
        times.started = times.finished = MonotonicClock::now();
        for (const TaskEntry &task : d->m_queue.takeAll())
            d->record(task, canceledEnd(), times);
    }
    if (mode == ShutdownMode::Return)
        return {};
    if (d->isOwnTask()) {
        return Error{ErrorCode::ShutdownFromHandler,
                     QStringLiteral("A handler cannot wait for the executor it runs on; use "
                                    "ShutdownMode::Return there.")};
    }
    d->runQueued();
    return {};
}

void InlineExecutor::cancelAll()
{
    for (EmissionState *emission : d->m_queue.queuedEmissions()) {
        emission->detail().cancel();
        const Emission handle(emission); // gives the reference back
    }
    EmissionState *emission = d->m_running.load(std::memory_order_acquire);
    const std::optional<OpenTask> open = d->m_slot->read();
    if (!emission || !open || !emission->tryAddReference())
        return;
    const Emission handle(emission); // gives the reference back
    const quint64 offset = number(open->task.emission) - number(emission->id());
    if (offset < emission->emissionCount())
        emission->detail().cancel();
}

bool InlineExecutor::waitUntilIdle(std::chrono::nanoseconds timeout)
{
    return !d->isOwnTask() && d->m_queue.waitUntilIdle(timeout);
}

bool InlineExecutor::isAccepting() const
{
    return !d->m_queue.isClosed();
}

ExecutorCounters InlineExecutor::counters() const
{
    return d->m_queue.counters();
}

LiveSample InlineExecutor::sample(int queuedLimit) const
{
    LiveSample sample;
    sample.time = MonotonicClock::now();
    sample.queuedCount = d->m_queue.sample(size_t(qMax(0, queuedLimit)), sample.queued);
    if (const auto open = d->m_slot->read())
        sample.running.push_back(*open);
    return sample;
}

} // namespace Fanfare
