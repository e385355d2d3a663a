// SPDX-License-Identifier: MIT
// clusterbars --list | BAR... | all [--json FILE]
#include "bar.h"

#include <fanfare/base/clock.h>
#include <fanfare/cluster/brokertransport.h>

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <cstdio>

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
        {u"clocks"_s, u"clocks are never further off than they say"_s, &runClocks},
        {u"broker-killed"_s, u"the broker is killed with 2000 tasks and started again"_s,
         &runBrokerKilled},
        {u"memory-limit"_s, u"the broker has no memory: tasks wait, none is lost"_s,
         &runMemoryLimit},
        {u"disk-limit"_s, u"the broker has no disk: tasks wait, none is lost"_s, &runDiskLimit},
        {u"queue-full"_s, u"the queue is full: the rest is refused as broker-full"_s,
         &runQueueFull},
        {u"wrong-password"_s, u"refused with its reason, and no secret in it"_s, &runWrongPassword},
        {u"wrong-vhost"_s, u"refused with its reason"_s, &runWrongVirtualHost},
        {u"old-protocol"_s, u"what no host can read is among the dead, the host goes on"_s,
         &runOldProtocol},
        {u"missing-plugin"_s, u"no other build runs the task of one that is missing"_s,
         &runMissingPlugin},
    };
}

static void print(const QString &line)
{
    std::fputs(qPrintable(line + u'\n'), stdout);
    std::fflush(stdout);
}

static QJsonObject runBar(const Bar &bar, ClusterGround &ground)
{
    const qint64 begin = Fanfare::MonotonicClock::now();
    BarResult result;
    if (const QString problem = ground.start(); !problem.isEmpty())
        result.problem = problem;
    else
        result = bar.run(ground);
    const bool holds = result.problem.isEmpty();
    print(u"%1 %2: %3"_s.arg(
        bar.name, holds ? u"holds"_s : u"BROKEN"_s,
        QString::fromUtf8(QJsonDocument(result.figures).toJson(QJsonDocument::Compact))));
    if (!holds)
        print(u"    "_s + result.problem);
    result.figures[u"bar"_s] = bar.name;
    result.figures[u"holds"_s] = holds;
    result.figures[u"problem"_s] = result.problem;
    result.figures[u"seconds"_s] = millisecondsSince(begin) / 1000;
    return result.figures;
}

static QString whyNot()
{
    if (!Fanfare::hasBrokerTransport())
        return u"This build reaches no broker; configure it with FANFARE_WITH_RABBITMQ."_s;
    return Fanfare::Test::RabbitBroker::whyMissing();
}

static int runBars(const QStringList &names, const QString &file)
{
    if (const QString problem = whyNot(); !problem.isEmpty()) {
        print(problem);
        return skippedCode;
    }
    print(u"Hosts are processes of this machine; links between them are cut by proxies, and cables "
          "of network namespaces in two-networks."_s);
    ClusterGround ground;
    QJsonArray results;
    for (const Bar &bar : allBars()) {
        if (names.contains(u"all"_s) || names.contains(bar.name))
            results.append(runBar(bar, ground));
    }
    QFile json(file);
    if (!file.isEmpty()
        && (!json.open(QIODevice::WriteOnly) || json.write(QJsonDocument(results).toJson()) <= 0))
        return 2;
    return !results.isEmpty()
            && std::all_of(results.begin(), results.end(),
                           [](const auto &one) { return one[u"holds"_s].toBool(); })
        ? 0
        : 1;
}

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    parser.setApplicationDescription(u"Runs what a cluster has to hold, with a real broker."_s);
    parser.addHelpOption();
    parser.addOptions({{u"list"_s, u"List the bars."_s},
                       {u"json"_s, u"Write the results to FILE."_s, u"FILE"_s}});
    parser.addPositionalArgument(u"BAR"_s, u"The bars to run, or all."_s, u"BAR..."_s);
    parser.process(application);
    const QStringList names = parser.positionalArguments();
    if (!parser.isSet(u"list"_s) && !names.isEmpty())
        return runBars(names, parser.value(u"json"_s));
    for (const Bar &bar : allBars())
        print(bar.name.leftJustified(20) + bar.summary);
    return 0;
}
