// SPDX-License-Identifier: MIT
#include "fanfare/executors/threadpoolexecutor.h"

#include "fanfare/executors/executorerrors.h"
#include "fanfare/executors/poolworker.h"

#include <fanfare/base/clock.h>

#include <QCoreApplication>
#include <QThread>
#include <QThreadPool>

#include <algorithm>

namespace Fanfare {

int effectiveWorkerCount(int wanted)
{
    return std::clamp(wanted > 0 ? wanted : QThread::idealThreadCount(), 1, 256);
}

static constexpr int maximumSpares = 4; // workers in place of stuck ones

class ThreadPoolExecutor::Private final : public WorkerReserve
{
public:
    Private(const Executor &executor, const ThreadPoolOptions &options);

    void startWorkers();
    PoolWorker &addWorker(); // needs m_workersMutex
    void start(PoolWorker &worker);
    bool replace(PoolWorker &stuck) override;
    void retire(PoolWorker &worker);
    void settleGivenUp(const std::shared_ptr<TimedTask> &task, TaskEnd end);
    TaskQueue::Pushed push(Submission &submission, EmissionState *&state);
    TaskQueue::Pushed tryPush(Submission &submission, EmissionState *&state);
    void endUnstarted(const std::vector<TaskEntry> &tasks, const TaskEnd &end);
    bool isOwnTask() const { return currentTask().executor == &m_executor; }

    const Executor &m_executor;
    const ThreadPoolOptions m_options;
    const int m_workerCount;
    TaskQueue m_queue;
    QThreadPool m_lateCallbacks; // of tasks that were given up: one thread, not needed otherwise
    DeadlineWatch m_watch;
    ConcurrencyLimits m_limits;
    AsyncLoop m_loop;
    SidePool m_side;
    QThreadPool m_pool;
    std::once_flag m_started;
    std::atomic<bool> m_hasStarted = false;
    mutable std::mutex m_workersMutex;
    std::vector<std::unique_ptr<PoolWorker>> m_workers; // guarded by m_workersMutex
    std::vector<PoolWorker *> m_retired;                // guarded by m_workersMutex
    int m_spareCount = 0;                               // guarded by m_workersMutex
    std::mutex m_unstartedMutex;
    Lane *m_unstartedLane = nullptr; // guarded by m_unstartedMutex, as is writing to it
};

ThreadPoolExecutor::Private::Private(const Executor &executor, const ThreadPoolOptions &options)
    : m_executor(executor)
    , m_options(options)
    , m_workerCount(effectiveWorkerCount(options.workers))
    , m_queue(options.queueBound, options.fullPolicy)
    , m_watch(options.grace,
              [this](const std::shared_ptr<TimedTask> &task, TaskEnd end) {
                  settleGivenUp(task, std::move(end));
              })
    , m_limits(m_queue)
    , m_loop(executor, m_queue, m_watch, m_limits, options.recorder)
    , m_side(executor, m_queue, m_loop, m_watch, m_limits, options.recorder)
{
    m_lateCallbacks.setMaxThreadCount(1);
    m_lateCallbacks.setObjectName(QStringLiteral("fanfare late"));
    m_pool.setMaxThreadCount(m_workerCount);
    m_pool.setObjectName(QStringLiteral("fanfare worker"));
}

PoolWorker &ThreadPoolExecutor::Private::addWorker()
{
    const PoolParts parts{m_executor,
                          m_queue,
                          m_loop,
                          m_side,
                          m_watch,
                          m_limits,
                          *this,
                          m_options.recorder,
                          m_options.measuresCpu,
                          m_workerCount == 1};
    const size_t index = m_workers.size();
    Lane *lane = nullptr;
    if (m_options.recorder) {
        lane = &m_options.recorder->addLane({{},
                                             LaneKind::Thread,
                                             QStringLiteral("thread %1").arg(index + 1),
                                             QCoreApplication::applicationPid()});
    }
    const bool hasSlots = m_options.flightSlots.size() >= size_t(m_workerCount);
    FlightSlot *slot =
        hasSlots && index < m_options.flightSlots.size() ? &m_options.flightSlots[index] : nullptr;
    m_workers.push_back(std::make_unique<PoolWorker>(parts, lane, slot));
    return *m_workers.back();
}

void ThreadPoolExecutor::Private::start(PoolWorker &worker)
{
    m_pool.start([this, &worker] {
        if (worker.run() == PoolWorker::RunEnd::Replaced)
            retire(worker);
    });
}

void ThreadPoolExecutor::Private::startWorkers()
{
    std::lock_guard lock(m_workersMutex);
    for (int i = 0; i < m_workerCount; ++i) {
        PoolWorker &worker = addWorker();
        worker.attach();
        start(worker);
    }
    m_hasStarted.store(true, std::memory_order_release);
}

bool ThreadPoolExecutor::Private::replace(PoolWorker &stuck)
{
    std::lock_guard lock(m_workersMutex);
    if (m_spareCount == maximumSpares)
        return false;
    m_pool.setMaxThreadCount(m_workerCount + ++m_spareCount);
    PoolWorker *spare = nullptr;
    if (m_retired.empty()) {
        spare = &addWorker();
    } else {
        spare = m_retired.back();
        m_retired.pop_back();
    }
    spare->attachInPlaceOf(stuck);
    start(*spare);
    return true;
}

/// \a worker has come back, and another has its place.
void ThreadPoolExecutor::Private::retire(PoolWorker &worker)
{
    std::lock_guard lock(m_workersMutex);
    m_retired.push_back(&worker);
    m_pool.setMaxThreadCount(m_workerCount + --m_spareCount);
}

void ThreadPoolExecutor::Private::settleGivenUp(const std::shared_ptr<TimedTask> &task, TaskEnd end)
{
    m_lateCallbacks.start([this, task, end = std::move(end)] {
        TaskContext &context = task->context();
        const CurrentTaskScope scope({&m_executor, &context, nullptr});
        callBack(context, end);
        if (settleEnd(context.task(), TaskEnd(end)))
            m_queue.release(context.task().emission);
        m_queue.addEnded(1);
    });
}

/// Ends \a tasks, which never started. Their spans go to a lane of their own, because the caller
/// may be any thread.
void ThreadPoolExecutor::Private::endUnstarted(const std::vector<TaskEntry> &tasks,
                                               const TaskEnd &end)
{
    if (tasks.empty())
        return;
    std::lock_guard lock(m_unstartedMutex);
    if (!m_unstartedLane && m_options.recorder) {
        m_unstartedLane = &m_options.recorder->addLane({{},
                                                        LaneKind::Thread,
                                                        QStringLiteral("not started"),
                                                        QCoreApplication::applicationPid()});
    }
    TaskTimes times;
    times.started = times.finished = MonotonicClock::now();
    for (const TaskEntry &task : tasks) {
        if (recordEnd(task, TaskEnd(end), times, m_unstartedLane))
            m_queue.release(task.emission);
    }
    m_queue.addEnded(tasks.size());
}

/// A coroutine needs no worker, so it does not wait for one; only with a single worker, where tasks
/// start in order, it takes its turn in the queue.
TaskQueue::Pushed ThreadPoolExecutor::Private::tryPush(Submission &submission,
                                                       EmissionState *&state)
{
    std::vector<TaskEntry> dropped;
    std::vector<TaskEntry> coroutines;
    const TaskQueue::Pushed pushed =
        m_queue.push(submission, state, dropped, m_workerCount > 1 ? &coroutines : nullptr);
    if (!dropped.empty())
        endUnstarted(dropped, droppedEnd());
    for (const TaskEntry &task : coroutines)
        m_loop.startQueued(task);
    return pushed;
}

TaskQueue::Pushed ThreadPoolExecutor::Private::push(Submission &submission, EmissionState *&state)
{
    TaskQueue::Pushed pushed = tryPush(submission, state);
    const size_t count = submission.taskCount();
    if (pushed != TaskQueue::Pushed::Full || m_options.fullPolicy != FullPolicy::Block
        || count > m_options.queueBound || !mayWaitForRoom()) {
        return pushed;
    }
    const auto end = std::chrono::steady_clock::now() + m_options.blockTime;
    while (pushed == TaskQueue::Pushed::Full && m_queue.waitForRoom(count, end))
        pushed = tryPush(submission, state);
    return pushed;
}

ThreadPoolExecutor::ThreadPoolExecutor(const ThreadPoolOptions &options)
    : d(std::make_unique<Private>(*this, options))
{
}

ThreadPoolExecutor::~ThreadPoolExecutor()
{
    Q_ASSERT_X(!d->isOwnTask(), "ThreadPoolExecutor", "destroyed by one of its own handlers");
    (void)shutdown(ShutdownMode::Wait, PendingMode::Drain);
}

Result<Emission> ThreadPoolExecutor::submit(Submission &submission)
{
    if (!d->m_hasStarted.load(std::memory_order_acquire))
        std::call_once(d->m_started, [this] { d->startWorkers(); });
    EmissionState *state = nullptr;
    switch (d->push(submission, state)) {
    case TaskQueue::Pushed::Accepted:
        return Emission(state);
    case TaskQueue::Pushed::Full:
        d->m_queue.countRejected();
        return queueFullError(d->m_options.queueBound);
    case TaskQueue::Pushed::Closed:
        break;
    }
    return executorShutdownError();
}

Result<void> ThreadPoolExecutor::shutdown(ShutdownMode mode, PendingMode pending)
{
    d->m_queue.close();
    if (pending == PendingMode::CancelQueued) {
        d->endUnstarted(d->m_queue.takeUnstarted(), canceledEnd());
        d->endUnstarted(d->m_limits.takeUnstarted(), canceledEnd());
    }
    if (mode == ShutdownMode::Return)
        return {};
    if (d->isOwnTask())
        return ownShutdownError(OwnWaiter::Handler);
    d->m_queue.waitUntilIdle(std::chrono::nanoseconds::max());
    d->m_pool.waitForDone();
    d->m_side.waitForDone();
    d->m_lateCallbacks.waitForDone();
    d->m_loop.stop();
    return {};
}

void ThreadPoolExecutor::cancelAll()
{
    // Not left to the workers: all of them may hang.
    d->endUnstarted(d->m_queue.takeAll(), canceledEnd());
    d->endUnstarted(d->m_limits.takeAll(), canceledEnd());
    {
        std::lock_guard lock(d->m_workersMutex);
        for (const auto &worker : d->m_workers)
            worker->requestStop();
    }
    d->m_loop.requestStopOfAll();
    d->m_side.requestStopOfAll();
}

void ThreadPoolExecutor::cancel(const EmissionRange &range)
{
    d->m_queue.cancel(range);
    // As in cancelAll(): what is queued does not wait for a worker to be told.
    d->endUnstarted(d->m_queue.takeCanceled(), canceledEnd());
    d->endUnstarted(d->m_limits.takeCanceled(), canceledEnd());
}

bool ThreadPoolExecutor::waitUntilIdle(std::chrono::nanoseconds timeout)
{
    return !d->isOwnTask() && d->m_queue.waitUntilIdle(timeout);
}

bool ThreadPoolExecutor::isAccepting() const
{
    return !d->m_queue.isClosed();
}

ExecutorCounters ThreadPoolExecutor::counters() const
{
    return d->m_queue.counters();
}

LiveSample ThreadPoolExecutor::sample(int queuedLimit) const
{
    LiveSample sample;
    sample.time = MonotonicClock::now();
    sample.queuedCount = d->m_queue.sample(size_t(std::max(0, queuedLimit)), sample.queued);
    d->m_limits.sample(size_t(std::max(0, queuedLimit)), sample.queued);
    {
        std::lock_guard lock(d->m_workersMutex);
        for (const auto &worker : d->m_workers) {
            if (const auto open = worker->runningTask())
                sample.running.push_back(*open);
        }
    }
    d->m_loop.sample(sample.running);
    d->m_side.sample(sample.running);
    return sample;
}

int ThreadPoolExecutor::workerCount() const
{
    return d->m_workerCount;
}

} // namespace Fanfare
