// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/cluster/clusterexecutor.h>
#include <fanfare/events/eventemitter.h>

#include <support/agentprocess.h>

#include <atomic>
#include <memory>
#include <vector>

namespace Fanfare::Bench {

/// An app and one host of a cluster, with a handler that sends back what it gets. Whether that is
/// idempotent decides when its task is settled: only an idempotent one, as a bare worker does it,
/// after its result is safe.
class ClusterRun
{
public:
    ClusterRun(const Test::RabbitBroker &broker, int workers, bool isIdempotent);
    ~ClusterRun();

    /// Seconds for \a count tasks of \a size bytes, \a window on their way at most. Ends the
    /// program when the account is not exact.
    double secondsFor(quint64 count, qsizetype size, int window);
    /// Microseconds of \a count single tasks, one after the other.
    std::vector<double> roundTrips(quint64 count, qsizetype size);

private:
    const Event m_echo{QStringLiteral("echo")};
    std::function<void(qsizetype)> m_echoed; // bytes that came back; on the callback thread
    EventLinker m_linker;
    Test::AgentProcess m_agent;
    std::unique_ptr<ClusterExecutor> m_executor;
    std::unique_ptr<EventEmitter> m_emitter;
};

} // namespace Fanfare::Bench
