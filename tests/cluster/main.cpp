// SPDX-License-Identifier: MIT
// clusterbars --list | BAR... | all [--without BAR,...] [--json FILE]
#include "bar.h"

#include <fanfare/cluster/brokertransport.h>

#include <QCommandLineParser>
#include <QCoreApplication>

using namespace Fanfare::Test;
using namespace Qt::StringLiterals;

static constexpr int skippedCode = 77;

std::vector<Bar> allBars()
{
    return {
        {u"worker-killed"_s, u"a worker process is killed: one task crashed, its host lives"_s,
         &runWorkerKilled},
        {u"agent-killed"_s, u"a host is killed: idempotent tasks start elsewhere, p50 50 ms"_s,
         &runAgentKilled},
        {u"agent-killed-once"_s, u"a host is killed: what starts once ends as Crashed"_s,
         &runAgentKilledOnce},
        {u"agent-stopped"_s, u"a host hangs: its tasks go elsewhere, it comes back"_s,
         &runAgentStopped},
        {u"poison"_s, u"a task whose hosts die is given up after three more tries"_s, &runPoison},
        {u"link-cut"_s, u"the link of a host is cut for 10 s: nothing is lost or told twice"_s,
         &runLinkCut},
        {u"two-networks"_s, u"hosts in networks of their own: one loses its cable, one is killed"_s,
         &runTwoNetworks},
        {u"app-link-cut"_s, u"the link of the app is cut: nothing is lost or told twice"_s,
         &runAppLinkCut},
        {u"app-away"_s, u"an app says nothing for long: others go on, and it loses nothing"_s,
         &runAppAway},
        {u"clocks"_s, u"clocks are never further off than they say"_s, &runClocks},
        {u"broker-killed"_s, u"the broker is killed with 2000 tasks and started again"_s,
         &runBrokerKilled},
        {u"memory-limit"_s, u"the broker has no memory: tasks wait, none is lost"_s,
         &runMemoryLimit},
        {u"disk-limit"_s, u"the broker has no disk: tasks wait, none is lost"_s, &runDiskLimit},
        {u"queue-full"_s, u"the queue is full: the rest is refused as broker-full"_s,
         &runQueueFull},
        {u"queue-deleted"_s, u"the queue is deleted: what waited there is sent again"_s,
         &runQueueDeleted},
        {u"consumer-timeout"_s, u"the broker takes a task back that runs: it ends once"_s,
         &runConsumerTimeout},
        {u"wrong-password"_s, u"refused with its reason, and no secret in it"_s, &runWrongPassword},
        {u"wrong-vhost"_s, u"refused with its reason"_s, &runWrongVirtualHost},
        {u"old-protocol"_s, u"what no host can read is among the dead, the host goes on"_s,
         &runOldProtocol},
        {u"missing-plugin"_s, u"no other build runs the task of one that is missing"_s,
         &runMissingPlugin},
    };
}

/// \a ground is borrowed and outlives them.
static std::vector<NamedBar> barsOn(ClusterGround &ground)
{
    std::vector<NamedBar> bars;
    for (const Bar &bar : allBars()) {
        bars.push_back({bar.name, bar.summary, [bar, &ground] {
                            const QString problem = ground.start();
                            return problem.isEmpty() ? bar.run(ground) : BarResult{{}, problem};
                        }});
    }
    return bars;
}

/// Takes the bars of \a names out of \a bars. Returns a name that none has, or nothing.
static QString takeOut(std::vector<NamedBar> &bars, const QStringList &names)
{
    for (const QString &name : names) {
        if (std::erase_if(bars, [&name](const NamedBar &bar) { return bar.name == name; }) == 0)
            return name;
    }
    return {};
}

static QString whyNot()
{
    if (!Fanfare::hasBrokerTransport())
        return u"This build reaches no broker; configure it with FANFARE_WITH_RABBITMQ."_s;
    return Fanfare::Test::RabbitBroker::whyMissing();
}

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    parser.setApplicationDescription(u"Runs what a cluster has to hold, with a real broker."_s);
    parser.addHelpOption();
    parser.addOptions({{u"list"_s, u"List the bars."_s},
                       {u"without"_s, u"Leave these out of all."_s, u"BAR,..."_s},
                       {u"json"_s, u"Write the results to FILE."_s, u"FILE"_s}});
    parser.addPositionalArgument(u"BAR"_s, u"The bars to run, or all."_s, u"BAR..."_s);
    parser.process(application);

    ClusterGround ground;
    std::vector<NamedBar> bars = barsOn(ground);
    const QStringList without = parser.value(u"without"_s).split(u',', Qt::SkipEmptyParts);
    if (const QString unknown = takeOut(bars, without); !unknown.isEmpty()) {
        printLine(u"There is no bar %1 to leave out; --list names them."_s.arg(unknown));
        return 2;
    }
    if (parser.isSet(u"list"_s) || parser.positionalArguments().isEmpty())
        return listBars(bars);
    if (const QString problem = whyNot(); !problem.isEmpty()) {
        printLine(problem);
        return skippedCode;
    }
    printLine(u"Hosts are processes of this machine; links between them are cut by proxies, and "
              "cables of network namespaces in two-networks."_s);
    return runBars(bars, parser.positionalArguments(), {.file = parser.value(u"json"_s)});
}
