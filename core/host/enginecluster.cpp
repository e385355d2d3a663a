// SPDX-License-Identifier: MIT
#include "enginecluster.h"

#include <fanfare/cluster/brokertransport.h>
#include <fanfare/cluster/clusterexecutor.h>

namespace Fanfare {

static HostFact factOf(const ClusterHostFact &host)
{
    return {host.label,
            host.presence.pid,
            host.presence.slots,
            host.presence.busy,
            host.presence.waiting,
            int(host.presence.plugins.size()),
            host.presence.version,
            host.presence.isLeaving,
            host.isSilent,
            host.lastSeen,
            host.clockOffset,
            host.clockError};
}

static ClusterFact factOf(const ClusterExecutor &executor, const QString &broker)
{
    const BrokerStatus status = executor.status();
    const ClusterCounters counters = executor.clusterCounters();
    ClusterFact fact;
    fact.broker = broker;
    fact.isConnected = status.state == BrokerState::Connected;
    fact.problem = status.sentence;
    for (const ClusterHostFact &host : executor.hosts())
        fact.hosts.append(factOf(host));
    fact.atBroker = counters.atBroker;
    fact.redelivered = counters.redelivered;
    fact.lostHosts = counters.lostHosts;
    fact.duplicates = counters.duplicates;
    return fact;
}

static Result<ClusterPart> makeClusterPart(const EngineOptions &options, Recorder &recorder,
                                           const QString &password)
{
    const Result<BrokerAddress> address =
        brokerAddress(options.broker.url,
                      {options.broker.passwordFile, options.broker.allowsPlainText, password});
    if (!address)
        return address.error();
    Result<std::unique_ptr<ClusterTransport>> transport = makeBrokerTransport();
    if (!transport)
        return transport.error();
    ClusterOptions cluster;
    cluster.address = *address;
    cluster.startWithin = options.startWithin;
    cluster.queueBound = size_t(options.queueBound);
    if (options.onFull == FullPolicy::DropOldest) // the scheduler does the rest, without blocking
        cluster.fullPolicy = FullPolicy::DropOldest;
    cluster.recorder = &recorder;
    auto executor = std::make_unique<ClusterExecutor>(cluster, *std::move(transport));
    auto fact = [&executor = *executor, broker = address->text()] {
        return factOf(executor, broker);
    };
    return ClusterPart{std::move(executor), std::move(fact)};
}

ClusterMaker clusterMakerWith(const QString &password)
{
    return [password](const EngineOptions &options, Recorder &recorder) {
        return makeClusterPart(options, recorder, password);
    };
}

} // namespace Fanfare
