// SPDX-License-Identifier: MIT
#include "fanfare/cluster/clusterexecutor.h"

#include "fanfare/cluster/clustersupervisor.h"
#include "fanfare/cluster/envelopereader.h"
#include "fanfare/cluster/taskenvelope.h"

#include <fanfare/base/clock.h>
#include <fanfare/executors/executorerrors.h>
#include <fanfare/executors/transfer.h>
#include <fanfare/ipc/taskrecords.h>
#include <fanfare/processes/callbackthread.h>
#include <fanfare/processes/routetable.h>

#include <QThread>

#include <algorithm>

namespace Fanfare {

using namespace Qt::StringLiterals;

class ClusterExecutor::Private
{
public:
    Private(const Executor &executor, const ClusterOptions &options,
            std::unique_ptr<ClusterTransport> transport);

    PoolAccount::Accepted accept(Submission &submission, const QList<PackedArguments> &arguments,
                                 EmissionState *&state);
    bool isOwnCallback() const { return currentTask().executor == &m_executor; }

    const Executor &m_executor;
    const ClusterOptions m_options;
    PoolAccount m_account;
    CallbackThread m_callbacks;
    QThread m_thread; // of the supervisor and its transport
    ClusterSupervisor m_supervisor;
};

ClusterExecutor::Private::Private(const Executor &executor, const ClusterOptions &options,
                                  std::unique_ptr<ClusterTransport> transport)
    : m_executor(executor)
    , m_options(options)
    , m_account({options.queueBound, options.payloadBound})
    , m_callbacks(executor, m_account, options.recorder)
    , m_supervisor(options, std::move(transport), m_account, m_callbacks)
{
    m_thread.setObjectName(u"fanfare cluster"_s);
    m_supervisor.moveToThread(&m_thread);
    QObject::connect(&m_supervisor, &ClusterSupervisor::finished, &m_thread, &QThread::quit,
                     Qt::DirectConnection);
    m_thread.start();
    m_supervisor.open();
}

PoolAccount::Accepted ClusterExecutor::Private::accept(Submission &submission,
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
        m_supervisor.dropOldest(load);
        return m_account.accept(submission, arguments, state);
    }
    if (!mayWaitForRoom())
        return accepted;
    const auto end = std::chrono::steady_clock::now() + m_options.blockTime;
    while (accepted == PoolAccount::Accepted::Full && m_account.waitForRoom(load, end))
        accepted = m_account.accept(submission, arguments, state);
    return accepted;
}

ClusterExecutor::ClusterExecutor(const ClusterOptions &options,
                                 std::unique_ptr<ClusterTransport> transport)
    : d(std::make_unique<Private>(*this, options, std::move(transport)))
{
}

ClusterExecutor::~ClusterExecutor()
{
    Q_ASSERT_X(!d->isOwnCallback(), "ClusterExecutor", "destroyed by one of its own callbacks");
    (void)shutdown(ShutdownMode::Wait, PendingMode::Drain);
}

/// Error: NotTransferable, for a handler that no other host can know.
static Result<void> checkHandlers(const Submission &submission)
{
    if (auto transferable = checkTransferable(submission); !transferable)
        return transferable;
    for (const SubscriberPointer &subscriber : submission.recipients->subscribers) {
        const HandlerIdentity &identity = subscriber->handler.identity;
        if (isClusterName(identity.plugin) && identity.hash.size() == 32)
            continue;
        return Error{
            ErrorCode::NotTransferable,
            u"The plugin \"%1\" of the handler \"%2\" cannot be named on other hosts; give "
            "it an id of at most 100 letters, digits, dots and dashes."_s.arg(identity.plugin,
                                                                              identity.handler)};
    }
    return {};
}

/// The arguments of \a submission as they travel. Error: NotTransferable.
static Result<QList<PackedArguments>> encodeForHosts(const Submission &submission)
{
    QList<PackedArguments> all;
    for (const Arguments &arguments : submission.arguments) {
        if (const auto transferable = checkTransferable(arguments); !transferable)
            return transferable.error();
        const QByteArray bytes = encodeArguments(arguments); // a broker gets them whole
        all.append({bytes, bytes.size()});
        if (bytes.size() > maximumEnvelope) {
            return Error{ErrorCode::NotTransferable,
                         u"The arguments of the event \"%1\" take %2 KiB, more than the 1024 KiB "
                         "that go through a broker; put them on storage that all hosts share and "
                         "emit the path."_s.arg(submission.recipients->event)
                             .arg(bytes.size() / 1024)};
        }
        if (!isShallow(bytes)) {
            return Error{ErrorCode::NotTransferable,
                         u"The arguments of the event \"%1\" are lists and maps nested deeper than "
                         "the %2 that other hosts accept; make them flatter."_s
                             .arg(submission.recipients->event)
                             .arg(maximumEnvelopeDepth)};
        }
    }
    return all;
}

Result<Emission> ClusterExecutor::submit(Submission &submission)
{
    if (const auto known = checkHandlers(submission); !known)
        return known.error();
    const auto arguments = encodeForHosts(submission);
    if (!arguments)
        return arguments.error();
    EmissionState *state = nullptr;
    switch (d->accept(submission, *arguments, state)) {
    case PoolAccount::Accepted::First:
        d->m_supervisor.wake();
        return Emission(state);
    case PoolAccount::Accepted::More:
        return Emission(state);
    case PoolAccount::Accepted::Full:
        d->m_account.countRejected();
        return queueFullError(d->m_options.queueBound);
    case PoolAccount::Accepted::Closed:
        break;
    }
    return executorShutdownError();
}

Result<void> ClusterExecutor::shutdown(ShutdownMode mode, PendingMode pending)
{
    d->m_account.close();
    d->m_supervisor.close(pending == PendingMode::CancelQueued);
    if (mode == ShutdownMode::Return)
        return {};
    if (d->isOwnCallback())
        return ownShutdownError(OwnWaiter::Callback);
    d->m_account.waitUntilIdle(std::chrono::nanoseconds::max());
    d->m_thread.wait();
    return {};
}

void ClusterExecutor::cancelAll()
{
    d->m_supervisor.cancelAll();
}

void ClusterExecutor::cancel(const EmissionRange &range)
{
    d->m_account.cancel(range); // the notice tells who has to look
}

void ClusterExecutor::rejectWithdrawn()
{
    d->m_supervisor.rejectWithdrawn();
}

bool ClusterExecutor::waitUntilIdle(std::chrono::nanoseconds timeout)
{
    return !d->isOwnCallback() && d->m_account.waitUntilIdle(timeout);
}

bool ClusterExecutor::isAccepting() const
{
    return !d->m_account.isClosed();
}

ExecutorCounters ClusterExecutor::counters() const
{
    return d->m_account.counters();
}

LiveSample ClusterExecutor::sample(int queuedLimit) const
{
    LiveSample sample;
    sample.time = MonotonicClock::now();
    d->m_supervisor.sample(sample, size_t(std::max(0, queuedLimit)));
    return sample;
}

BrokerStatus ClusterExecutor::status() const
{
    return d->m_supervisor.status();
}

std::vector<ClusterHostFact> ClusterExecutor::hosts() const
{
    return d->m_supervisor.hosts();
}

ClusterCounters ClusterExecutor::clusterCounters() const
{
    return d->m_supervisor.counters();
}

} // namespace Fanfare
