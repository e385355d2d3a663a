// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/cluster/clustertransport.h>
#include <fanfare/cluster/hostbook.h>
#include <fanfare/executors/executor.h>
#include <fanfare/executors/fullpolicy.h>
#include <fanfare/trace/recorder.h>

#include <functional>
#include <memory>

namespace Fanfare {

struct ClusterOptions
{
    BrokerAddress address;
    size_t queueBound = 100'000;                ///< queued tasks at most, at least 1
    qint64 payloadBound = 256 * 1024 * 1024;    ///< bytes of their encoded arguments at most
    FullPolicy fullPolicy = FullPolicy::Reject; ///< what happens to emissions beyond the bounds
    std::chrono::milliseconds blockTime{1000};  ///< how long FullPolicy::Block waits for room
    Recorder *recorder = nullptr;               ///< borrowed; null: nothing is recorded

    /// How long a task may wait at the broker for a host; then it ends as Rejected. 0: any time.
    std::chrono::milliseconds startWithin{0};
    /// When no broker was reached at all by then, tasks end as Rejected.
    std::chrono::milliseconds connectTime{10'000};
    /// An agent that lost its connection is given up when it has not come back by then ...
    std::chrono::milliseconds missingTime{3000};
    /// ... and one that only says nothing, as when its network is cut, by then.
    std::chrono::milliseconds silentTime{20'000};

    /// When a broker has confirmed nothing for so long that was sent to it, status() says so.
    std::chrono::milliseconds confirmTime{5000};

    /// Called on a thread of the executor whenever it stands differently with its broker.
    std::function<void(const BrokerStatus &)> statusChanged;
};

/// What happened besides the usual.
struct ClusterCounters
{
    quint64 published = 0;   ///< tasks, each time
    quint64 duplicates = 0;  ///< ends of tasks that had ended; dropped
    quint64 redelivered = 0; ///< tasks that another host got after one was lost
    quint64 lostHosts = 0;
    quint64 lostEvents = 0;     ///< gaps in what agents counted
    quint64 brokenMessages = 0; ///< that could not be read
    quint64 atBroker = 0;       ///< tasks that wait there now
};

/// Runs handlers of plugins on other hosts, through a message broker. Every accepted task ends in
/// exactly one outcome, its callbacks are called once, whatever happens to hosts, broker and
/// network in between. See core/decisions/0021.
///
/// A handler that is not idempotent starts at most once: the agent that gets its task asks, and
/// this executor says yes once. When the host is lost then, the task ends as Crashed. An idempotent
/// one starts without asking, and again on another host, up to three times; then it ends as
/// Quarantined.
///
/// What is accepted waits here until the broker has confirmed it, and is published again after a
/// loss. Callbacks run on one thread of this executor. Handlers that exist only in this process are
/// refused, and so are arguments beyond 1 MiB or nested deeper than 32: NotTransferable. There is
/// no order between tasks.
///
/// Threads: [any].
class ClusterExecutor final : public Executor
{
public:
    /// Connects at once. \a transport is not used by anybody else.
    ClusterExecutor(const ClusterOptions &options, std::unique_ptr<ClusterTransport> transport);
    ~ClusterExecutor() override;

    Result<Emission> submit(Submission &submission) override;
    Result<void> shutdown(ShutdownMode mode = ShutdownMode::Wait,
                          PendingMode pending = PendingMode::Drain) override;
    void cancelAll() override;
    void cancel(const EmissionRange &range) override;
    void rejectWithdrawn() override;
    bool waitUntilIdle(std::chrono::nanoseconds timeout) override;
    bool isAccepting() const override;
    ExecutorCounters counters() const override;
    LiveSample sample(int queuedLimit) const override;

    BrokerStatus status() const;                ///< [any, locks]
    std::vector<ClusterHostFact> hosts() const; ///< [any, locks]
    ClusterCounters clusterCounters() const;    ///< [any, locks]

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace Fanfare
