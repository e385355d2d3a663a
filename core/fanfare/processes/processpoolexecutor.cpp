// SPDX-License-Identifier: MIT
#include "fanfare/processes/processpoolexecutor.h"

#include "fanfare/processes/hostexecutable.h"
#include "fanfare/processes/poolhost.h"

#include <fanfare/base/clock.h>
#include <fanfare/executors/executorerrors.h>
#include <fanfare/executors/threadpoolexecutor.h>
#include <fanfare/executors/transfer.h>

#include <QThread>

#include <algorithm>
#include <atomic>

namespace Fanfare {

using namespace Qt::StringLiterals;

static constexpr quint64 fewTasks = 16; // that an emitting thread gives to workers itself

static SupervisorOptions supervisorOptions(const ProcessPoolOptions &options)
{
    SupervisorOptions limits;
    limits.workers = effectiveWorkerCount(options.workers);
    limits.minimumWorkers = options.minimumWorkers;
    limits.startAhead = options.startAhead;
    limits.idleTime = options.idleTime.count();
    limits.grace = options.grace.count();
    limits.maximumTasks = options.recycling.afterTasks;
    limits.memoryGrowth = std::uint32_t(options.recycling.afterGrowth / 1024);
    limits.maximumAge = std::chrono::nanoseconds(options.recycling.afterAge).count();
    return limits;
}

static PoolHostOptions hostOptions(const ProcessPoolOptions &options)
{
    const QString path = options.hostPath.isEmpty() ? hostExecutable() : options.hostPath;
    return {supervisorOptions(options),
            {path, options.memoryLimit},
            options.recorder,
            options.crashed,
            options.ended,
            options.keepsEncoded};
}

class ProcessPoolExecutor::Private
{
public:
    Private(const Executor &executor, const ProcessPoolOptions &options);
    ~Private();

    void start();
    void waitForEnd();
    PoolAccount::Accepted accept(Submission &submission, const QList<PackedArguments> &arguments,
                                 EmissionState *&state);
    bool isOwnCallback() const { return currentTask().executor == &m_executor; }

    const Executor &m_executor;
    const ProcessPoolOptions m_options;
    PoolAccount m_account;
    CallbackThread m_callbacks;
    QThread m_thread; // which owns all processes: they die with it
    PoolHost m_host;
    std::once_flag m_started;
    std::atomic<bool> m_hasStarted = false;
};

ProcessPoolExecutor::Private::Private(const Executor &executor, const ProcessPoolOptions &options)
    : m_executor(executor)
    , m_options(options)
    , m_account({options.queueBound, options.payloadBound})
    , m_callbacks(executor, m_account, options.recorder)
    , m_host(hostOptions(options), m_account, m_callbacks)
{
    m_thread.setObjectName(u"fanfare supervisor"_s);
    m_host.moveToThread(&m_thread);
    QObject::connect(&m_host, &PoolHost::finished, &m_thread, &QThread::quit, Qt::DirectConnection);
    if (options.minimumWorkers > 0 || options.startAhead > 0)
        start();
}

ProcessPoolExecutor::Private::~Private() = default;

void ProcessPoolExecutor::Private::start()
{
    std::call_once(m_started, [this] {
        m_thread.start();
        m_host.wake();
        m_hasStarted.store(true, std::memory_order_release);
    });
}

/// Until no task and no process is left. The account is closed.
void ProcessPoolExecutor::Private::waitForEnd()
{
    m_account.waitUntilIdle(std::chrono::nanoseconds::max());
    if (m_hasStarted.load(std::memory_order_acquire))
        m_thread.wait();
}

/// What fits at once is accepted at once; else what the policy says happens first.
PoolAccount::Accepted ProcessPoolExecutor::Private::accept(Submission &submission,
                                                           const QList<PackedArguments> &arguments,
                                                           EmissionState *&state)
{
    PoolAccount::Accepted accepted = m_account.accept(submission, arguments, state);
    if (accepted != PoolAccount::Accepted::Full || m_options.fullPolicy == FullPolicy::Reject)
        return accepted;
    const QueueLoad load = PoolAccount::loadOf(submission, arguments);
    if (!m_account.couldFit(load))
        return accepted;
    if (m_options.fullPolicy == FullPolicy::DropOldest) {
        // Nothing may be left to drop while what has just ended is still counted: that takes a
        // turn.
        constexpr std::chrono::milliseconds turn{10};
        while (accepted == PoolAccount::Accepted::Full
               && (m_host.dropOldest(load)
                   || m_account.waitForRoom(load, std::chrono::steady_clock::now() + turn)))
            accepted = m_account.accept(submission, arguments, state);
        return accepted;
    }
    if (!mayWaitForRoom())
        return accepted;
    const auto end = std::chrono::steady_clock::now() + m_options.blockTime;
    while (accepted == PoolAccount::Accepted::Full && m_account.waitForRoom(load, end))
        accepted = m_account.accept(submission, arguments, state);
    return accepted;
}

ProcessPoolExecutor::ProcessPoolExecutor(const ProcessPoolOptions &options)
    : d(std::make_unique<Private>(*this, options))
{
}

ProcessPoolExecutor::~ProcessPoolExecutor()
{
    Q_ASSERT_X(!d->isOwnCallback(), "ProcessPoolExecutor", "destroyed by one of its own callbacks");
    (void)shutdown(ShutdownMode::Wait, PendingMode::Drain);
}

/// The arguments of \a submission as they travel. Error: NotTransferable, for too many bytes.
static Result<QList<PackedArguments>> encodeAll(const Submission &submission)
{
    if (!submission.encoded.isEmpty())
        return QList<PackedArguments>{{submission.encoded, submission.encoded.size()}};
    QList<PackedArguments> all;
    for (const Arguments &arguments : submission.arguments) {
        if (const auto transferable = checkTransferable(arguments); !transferable)
            return transferable.error();
        all.append(pack(arguments));
        if (all.last().size <= maximumTaskPayload)
            continue;
        return Error{
            ErrorCode::NotTransferable,
            u"The arguments of the event \"%1\" take %2 MiB, more than the 256 MiB that can "
            "be sent to another process; put them into a file and emit its path."_s
                .arg(submission.recipients->event)
                .arg(all.last().size / (1024 * 1024))};
    }
    return all;
}

static Error fullError(const ProcessPoolOptions &options, const QueueLoad &load)
{
    if (load.bytes == 0)
        return queueFullError(options.queueBound);
    constexpr double mebibyte = 1024 * 1024;
    return {ErrorCode::QueueFull,
            u"The queue of the executor has no room for %1 tasks with %2 MiB of arguments; its "
            "bounds are %3 tasks and %4 MiB. Emit slower or raise them."_s.arg(load.tasks)
                .arg(double(load.bytes) / mebibyte, 0, 'f', 1)
                .arg(options.queueBound)
                .arg(double(options.payloadBound) / mebibyte, 0, 'f', 1)};
}

Result<Emission> ProcessPoolExecutor::submit(Submission &submission)
{
    if (const auto transferable = checkTransferable(submission); !transferable)
        return transferable.error();
    const auto arguments = encodeAll(submission);
    if (!arguments)
        return arguments.error();
    d->start();
    EmissionState *state = nullptr;
    switch (d->accept(submission, *arguments, state)) {
    case PoolAccount::Accepted::First:
        if (PoolAccount::loadOf(submission, *arguments).tasks <= fewTasks)
            d->m_host.startAtOnce();
        else
            d->m_host.wake();
        return Emission(state);
    case PoolAccount::Accepted::More:
        return Emission(state);
    case PoolAccount::Accepted::Full:
        d->m_account.countRejected();
        return fullError(d->m_options, PoolAccount::loadOf(submission, *arguments));
    case PoolAccount::Accepted::Closed:
        break;
    }
    return executorShutdownError();
}

Result<void> ProcessPoolExecutor::shutdown(ShutdownMode mode, PendingMode pending)
{
    d->m_account.close();
    d->m_host.close(pending == PendingMode::CancelQueued);
    if (mode == ShutdownMode::Return)
        return {};
    if (d->isOwnCallback())
        return ownShutdownError(OwnWaiter::Callback);
    d->waitForEnd();
    return {};
}

void ProcessPoolExecutor::shutdownNow()
{
    d->m_account.close();
    d->m_host.killAll();
    if (!d->isOwnCallback())
        d->waitForEnd();
}

void ProcessPoolExecutor::cancelAll()
{
    d->m_host.cancelAll();
}

void ProcessPoolExecutor::cancel(const EmissionRange &range)
{
    d->m_account.cancel(range); // the notice tells who has to look
}

void ProcessPoolExecutor::rejectWithdrawn()
{
    d->m_host.rejectWithdrawn();
}

bool ProcessPoolExecutor::waitUntilIdle(std::chrono::nanoseconds timeout)
{
    return !d->isOwnCallback() && d->m_account.waitUntilIdle(timeout);
}

bool ProcessPoolExecutor::isAccepting() const
{
    return !d->m_account.isClosed();
}

ExecutorCounters ProcessPoolExecutor::counters() const
{
    return d->m_account.counters();
}

LiveSample ProcessPoolExecutor::sample(int queuedLimit) const
{
    LiveSample sample;
    sample.time = MonotonicClock::now();
    d->m_host.sample(sample, size_t(std::max(0, queuedLimit)));
    return sample;
}

quint64 ProcessPoolExecutor::clockCorrections() const
{
    return d->m_host.counters().corrections;
}

int ProcessPoolExecutor::workerCount() const
{
    return effectiveWorkerCount(d->m_options.workers);
}

} // namespace Fanfare
