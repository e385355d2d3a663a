// SPDX-License-Identifier: MIT
// Hosts that reach nothing but the broker, over a cable of their own.
#include "bar.h"

#include <support/brokerfiles.h>
#include <support/networknamespace.h>

#include <fanfare/base/clock.h>

#include <csignal>

using namespace Fanfare;
using namespace Fanfare::Test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// A broker that listens on two cables besides loopback, and a host at the end of each.
struct TwoNetworks
{
    TwoNetworks()
        : broker({.lines = {u"listeners.tcp.2 = %1:%2"_s.arg(east.ourAddress()).arg(port),
                            u"listeners.tcp.3 = %1:%2"_s.arg(west.ourAddress()).arg(port)}})
    {
    }

    std::unique_ptr<AgentProcess> host(const QString &name, const NetworkNamespace &network) const
    {
        auto agent = std::make_unique<AgentProcess>(
            broker,
            AgentProcess::Settings{.name = name,
                                   .pluginFolders = {ClusterRig::pluginFolder()},
                                   .workers = 2,
                                   .port = port,
                                   .brokerHost = network.ourAddress(),
                                   .command = network.command()});
        if (!agent->start())
            qFatal("A host does not start: %s", agent->said().constData());
        return agent;
    }

    const quint16 port = freePort();
    NetworkNamespace east;
    NetworkNamespace west;
    RabbitBroker broker;
};

} // namespace

static void cutOneKillOther(TwoNetworks &networks, BarResult &result)
{
    constexpr int tasks = 300;
    ClusterOptions options;
    options.address = *brokerAddress(networks.broker.address(), {networks.broker.passwordFile()});
    ClusterRig rig(options, *makeBrokerTransport());
    rig.on(u"nap"_s, true);
    auto east = networks.host(u"east"_s, networks.east);
    auto west = networks.host(u"west"_s, networks.west);
    result.expect(knowsHosts(rig, 2), u"The hosts are not known."_s);
    std::vector<Emission> emissions;
    for (int i = 0; i < tasks; ++i)
        emissions.push_back(rig.emitOne(u"nap"_s, {50}));
    result.expect(comesTrue([&] { return rig.executor->counters().ended >= 20; }),
                  u"Nothing ends."_s);

    const qint64 begin = MonotonicClock::now();
    networks.east.cut();
    (void)comesTrue([&] { return millisecondsSince(begin) > 2000; }, 5);
    west->kill();
    west = networks.host(u"west again"_s, networks.west);
    (void)comesTrue([&] { return millisecondsSince(begin) > 10'000; }, 12);
    networks.east.restore();
    result.expect(rig.executor->waitUntilIdle(60s), u"Not all tasks end."_s);
    result.figures = accountOf(rig, emissions);
    result.figures[u"by"_s] = u"network namespaces"_s;
    result.figures[u"allEndedAfterSeconds"_s] = millisecondsSince(begin) / 1000;
    result.expect(endedAs(emissions, Outcome::Succeeded) == tasks, u"Tasks were lost."_s);
    result.expect(comesTrue([&] { return rig.callbacks().size() >= tasks; })
                      && rig.callbacks().size() == tasks,
                  u"Not one callback for each task."_s);
}

/// Where nobody may make networks, link-cut and agent-killed stand for it.
BarResult runTwoNetworks(ClusterGround &)
{
    BarResult result;
    if (const QString missing = NetworkNamespace::whyMissing(); !missing.isEmpty()) {
        result.figures[u"skipped"_s] = missing;
        return result;
    }
    TwoNetworks networks;
    for (const NetworkNamespace *network : {&networks.east, &networks.west})
        result.expect(network->problem().isEmpty(), network->problem());
    result.expect(networks.broker.start(), networks.broker.problem());
    if (result.problem.isEmpty())
        cutOneKillOther(networks, result);
    return result;
}
