// SPDX-License-Identifier: MIT
#include "fanfare/executors/inlineexecutor.h"

#include "fanfare/executors/deadlinewatch.h"
#include "fanfare/executors/executorerrors.h"
#include "fanfare/executors/runtoend.h"

#include <fanfare/base/fastclock.h>

#include <QCoreApplication>

#include <atomic>
#include <mutex>
#include <thread>
#include <utility>

namespace Fanfare {

class InlineExecutor::Private
{
public:
    Private(const Executor &executor, const InlineOptions &options);

    void runQueued(const EmissionState *unseen);
    void cancelQueued();
    void runAll(const std::vector<TaskEntry> &tasks, const EmissionState *unseen);
    void run(TaskEntry task, Onlookers onlookers);
    void runIn(TaskContext &context, TaskTimes &times, Onlookers onlookers, TimedTask *timed);
    TaskEnd runHandler(TaskContext &context, TaskTimes &times) const;
    void enter(TaskContext &context);
    void leave();
    void record(TaskEntry task, TaskEnd &&end, const TaskTimes &times, Onlookers onlookers);
    bool isOwnTask() const { return m_runner.load() == std::this_thread::get_id(); }

    const Executor &m_executor;
    const InlineOptions m_options;
    FlightSlot m_ownSlot;
    FlightSlot *const m_slot;
    Lane *const m_lane;
    TaskQueue m_queue;
    DeadlineWatch m_watch{{}, {}};
    std::mutex m_runMutex;                 // held by the thread that runs tasks
    std::atomic<std::thread::id> m_runner; // that thread
    std::atomic<EmissionState *> m_running = nullptr;
    std::atomic<bool> m_cancelsUnstarted = false;
    qint64 m_now = 0; // guarded by m_runMutex; when the last task ended, or the first one starts
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
/// one goes on until nothing is left. Of \a unseen, which may be null, nobody has the handle yet.
void InlineExecutor::Private::runQueued(const EmissionState *unseen)
{
    if (isOwnTask())
        return;
    std::lock_guard running(m_runMutex);
    m_runner.store(std::this_thread::get_id());
    {
        const CurrentTaskScope scope({&m_executor, nullptr, m_slot});
        for (auto tasks = m_queue.takeAll(); !tasks.empty(); tasks = m_queue.takeAll())
            runAll(tasks, unseen);
    }
    m_runner.store({});
}

/// Ends the emissions that have not started. Only the thread that runs tasks may write to the lane:
/// while that is another one, it does so when it comes to them.
void InlineExecutor::Private::cancelQueued()
{
    m_cancelsUnstarted.store(true);
    std::unique_lock running(m_runMutex, std::defer_lock);
    if (!isOwnTask() && !running.try_lock())
        return;
    TaskTimes times;
    times.started = times.finished = MonotonicClock::now();
    const std::vector<TaskEntry> tasks = m_queue.takeAll();
    for (const TaskEntry &task : tasks)
        record(task, canceledEnd(), times, Onlookers::Possible);
    m_queue.addEnded(tasks.size());
}

void InlineExecutor::Private::runAll(const std::vector<TaskEntry> &tasks,
                                     const EmissionState *unseen)
{
    m_now = FastClock::now();
    quint64 ended = 0;
    for (size_t i = 0; i < tasks.size(); ++i) {
        const EmissionState *emission = tasks[i].emission;
        run(tasks[i], emission == unseen ? Onlookers::None : Onlookers::Possible);
        ++ended;
        if (i + 1 == tasks.size() || tasks[i + 1].emission != emission)
            m_queue.addEnded(std::exchange(ended, 0));
    }
}

void InlineExecutor::Private::run(TaskEntry task, Onlookers onlookers)
{
    TaskTimes times;
    times.started = times.finished = m_now;
    if (task.index == 0 && m_cancelsUnstarted.load(std::memory_order_relaxed))
        task.emission->detail().cancel();
    if (!mayStart(task)) {
        TaskContext context(task, m_options.recorder);
        record(task, unstartedEnd(context), times, onlookers);
        return;
    }
    if (task.deadline().count() > 0) {
        const SharedContext shared(task, m_options.recorder, m_now);
        m_watch.add(shared.timed, nullptr);
        runIn(*shared.context, times, onlookers, shared.timed.get());
        return;
    }
    TaskContext context(task, m_options.recorder);
    runIn(context, times, onlookers, nullptr);
}

/// \a timed has a deadline, or is null.
void InlineExecutor::Private::runIn(TaskContext &context, TaskTimes &times, Onlookers onlookers,
                                    TimedTask *timed)
{
    enter(context);
    TaskEnd end = runHandler(context, times);
    times.finished = m_now = FastClock::now();
    if (timed)
        (void)m_watch.remove(*timed); // nothing is given up here
    const Subscriber &subscriber = context.subscriber();
    if (subscriber.onSuccess || subscriber.onFailure) {
        callBack(context, end);
        m_now = FastClock::now();
    }
    leave();
    record(context.task(), std::move(end), times, onlookers);
}

static QCoro::Task<void> await(TaskContext &context, QCborValue &result)
{
    QCoro::Task<QCborValue> work = context.subscriber().handler.start(context);
    result = co_await work;
}

static TaskEnd runCoroutine(TaskContext &context)
{
    TaskEnd end;
    try {
        runToEnd([&] { return await(context, end.result); });
    } catch (...) {
        end = endFromException(context);
    }
    return end;
}

TaskEnd InlineExecutor::Private::runHandler(TaskContext &context, TaskTimes &times) const
{
    const qint64 cpuBefore = m_options.measuresCpu ? MonotonicClock::threadCpu() : 0;
    TaskEnd end = context.subscriber().handler.kind == HandlerKind::Async ? runCoroutine(context)
                                                                          : runSync(context);
    if (m_options.measuresCpu)
        times.cpu = MonotonicClock::threadCpu() - cpuBefore;
    return end;
}

void InlineExecutor::Private::enter(TaskContext &context)
{
    m_slot->enter(openTask(context, m_lane, m_now));
    m_running.store(context.task().emission, std::memory_order_release);
    currentTask().context = &context;
}

void InlineExecutor::Private::leave()
{
    currentTask().context = nullptr;
    m_running.store(nullptr, std::memory_order_release);
    m_slot->leave();
}

void InlineExecutor::Private::record(TaskEntry task, TaskEnd &&end, const TaskTimes &times,
                                     Onlookers onlookers)
{
    if (recordEnd(task, std::move(end), times, m_lane, onlookers))
        m_queue.release(task.emission);
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
        d->runQueued(state);
        return emission;
    }
    case TaskQueue::Pushed::Full:
        return Error{ErrorCode::QueueFull,
                     QStringLiteral("A handler emitted more than 1000000 tasks at once; emit "
                                    "fewer from inside a handler.")};
    case TaskQueue::Pushed::Closed:
        break;
    }
    return executorShutdownError();
}

Result<void> InlineExecutor::shutdown(ShutdownMode mode, PendingMode pending)
{
    d->m_queue.close();
    if (pending == PendingMode::CancelQueued)
        d->cancelQueued();
    if (mode == ShutdownMode::Return)
        return {};
    if (d->isOwnTask())
        return ownShutdownError(OwnWaiter::Handler);
    d->runQueued(nullptr);
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

void InlineExecutor::cancel(const EmissionRange &range)
{
    d->m_queue.cancel(range);
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
