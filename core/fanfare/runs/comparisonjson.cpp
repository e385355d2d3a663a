// SPDX-License-Identifier: MIT
#include "fanfare/runs/comparisonreport.h"

#include "fanfare/runs/jsontext.h"
#include "fanfare/runs/usagereport.h"

#include <QCborArray>
#include <QCborMap>
#include <QCborValue>

namespace Fanfare {

using namespace Qt::StringLiterals;

static QCborMap samplesOf(const HandlerSamples &samples)
{
    return {{u"tasks"_s, qint64(samples.tasks())},
            {u"started"_s, qint64(samples.started)},
            {u"p50Ns"_s, samples.total.quantile(0.5)},
            {u"p90Ns"_s, samples.total.quantile(0.9)},
            {u"p99Ns"_s, samples.total.quantile(0.99)},
            {u"maxNs"_s, samples.total.maximum()},
            {u"runP50Ns"_s, samples.phase(Phase::Running).quantile(0.5)},
            {u"offCpu"_s, samples.offCpu()}};
}

static QCborMap differenceOf(const Difference &difference)
{
    return {{u"shiftNs"_s, difference.shift.estimate},
            {u"lowerNs"_s, difference.shift.lower},
            {u"upperNs"_s, difference.shift.upper},
            {u"relative"_s, difference.relative},
            {u"p"_s, difference.test.p},
            {u"larger"_s, difference.test.larger},
            {u"judgement"_s, judgementName(difference.judgement)}};
}

static QCborArray handlersOf(const Comparison &comparison)
{
    QCborArray rows;
    for (const HandlerComparison &handler : comparison.handlers) {
        QCborMap row{{u"plugin"_s, handler.key.plugin}, {u"handler"_s, handler.key.name}};
        if (handler.a)
            row.insert(u"a"_s, samplesOf(*handler.a));
        if (handler.b)
            row.insert(u"b"_s, samplesOf(*handler.b));
        if (handler.a && handler.b) {
            row.insert(u"total"_s, differenceOf(handler.total));
            row.insert(u"running"_s, differenceOf(handler.running));
            row.insert(u"p99"_s,
                       QCborMap{{u"shiftNs"_s, handler.tail.estimate},
                                {u"lowerNs"_s, handler.tail.lower},
                                {u"upperNs"_s, handler.tail.upper}});
        }
        rows.append(row);
    }
    return rows;
}

static QCborArray processesOf(const RunSamples &run)
{
    QCborArray rows;
    for (const ProcessUsage &process : run.processes) {
        rows.append(QCborMap{{u"name"_s, process.name},
                             {u"pid"_s, process.pid},
                             {u"isWorker"_s, process.isWorker},
                             {u"cpuNs"_s, process.cpu},
                             {u"peakMemoryKiB"_s, process.peakMemory},
                             {u"voluntarySwitches"_s, process.voluntary},
                             {u"involuntarySwitches"_s, process.involuntary},
                             {u"pageFaults"_s, process.faults},
                             {u"waitedForCoreNs"_s, process.ready},
                             {u"processes"_s, process.count}});
    }
    return rows;
}

static QCborMap runOf(const RunSamples &run, const std::array<double, phaseCount> &means)
{
    QCborArray walls;
    for (const qint64 wall : run.walls)
        walls.append(wall);
    QCborMap outcomes;
    for (int i = 0; i < outcomeCount; ++i) {
        if (const quint64 count = run.count(Outcome(i)))
            outcomes.insert(outcomeName(Outcome(i)), qint64(count));
    }
    return {{u"id"_s, run.info.id},
            {u"label"_s, run.info.label},
            {u"executor"_s, run.info.executor},
            {u"workers"_s, run.info.workers},
            {u"tasks"_s, qint64(run.tasks())},
            {u"outcomes"_s, outcomes},
            {u"wallsNs"_s, walls},
            {u"wallNs"_s, run.wall()},
            {u"throughput"_s, run.throughput()},
            {u"peakMemoryKiB"_s, qint64(run.peakMemory)},
            {u"processes"_s, processesOf(run)},
            {u"phasesNs"_s,
             QCborMap{{u"queued"_s, means[0]},
                      {u"sent"_s, means[1]},
                      {u"running"_s, means[2]},
                      {u"reply"_s, means[3]}}}};
}

/// KiB, nanoseconds or context switches, as the kind says.
static QCborArray usageOf(const Comparison &comparison)
{
    QCborArray rows;
    for (const UsageComparison &usage : comparison.usage) {
        QCborMap row{{u"kind"_s, usageKindName(usage.kind)}};
        if (!usage.a.isEmpty())
            row.insert(u"a"_s, usage.a.quantile(0.5));
        if (!usage.b.isEmpty())
            row.insert(u"b"_s, usage.b.quantile(0.5));
        if (!usage.a.isEmpty() && !usage.b.isEmpty()) {
            const Difference &difference = usage.difference;
            row.insert(u"shift"_s, difference.shift.estimate);
            row.insert(u"relative"_s, difference.relative);
            row.insert(u"p"_s, difference.test.p);
            row.insert(u"judgement"_s, usageJudgementName(difference.judgement));
        }
        rows.append(row);
    }
    return rows;
}

static QCborArray namesOf(const std::vector<HandlerKey> &order)
{
    QCborArray names;
    for (const HandlerKey &key : order)
        names.append(handlerName(key));
    return names;
}

static QCborMap ordersOf(const OrderComparison &orders)
{
    QCborArray differences;
    for (const OrderDifference &difference : orders.differences) {
        differences.append(QCborMap{{u"a"_s, namesOf(difference.a)},
                                    {u"b"_s, namesOf(difference.b)},
                                    {u"firstEmissionA"_s, qint64(difference.firstA)},
                                    {u"firstEmissionB"_s, qint64(difference.firstB)},
                                    {u"emissions"_s, qint64(difference.count)}});
    }
    return {{u"emissions"_s, qint64(orders.emissions)},
            {u"otherOrder"_s, qint64(orders.others)},
            {u"differences"_s, differences}};
}

static QString winnerName(Winner winner)
{
    return winner == Winner::A ? u"a"_s : winner == Winner::B ? u"b"_s : u"neither"_s;
}

QByteArray jsonOf(const Comparison &comparison, const Verdict &verdict, const QStringList &damages)
{
    const ComparisonReport report = reportOf(comparison, verdict, damages);
    const QCborMap map{{u"verdict"_s,
                        QCborMap{{u"winner"_s, winnerName(verdict.winner)},
                                 {u"cause"_s, causeName(verdict.cause)},
                                 {u"ratio"_s, verdict.ratio},
                                 {u"lowest"_s, verdict.lowest},
                                 {u"highest"_s, verdict.highest},
                                 {u"taskRatio"_s, verdict.taskRatio},
                                 {u"undecided"_s, verdict.isUndecided},
                                 {u"headline"_s, verdict.headline},
                                 {u"reasons"_s, QCborArray::fromStringList(verdict.reasons)}}},
                       {u"a"_s, runOf(*comparison.a, comparison.phases.a)},
                       {u"b"_s, runOf(*comparison.b, comparison.phases.b)},
                       {u"handlers"_s, handlersOf(comparison)},
                       {u"usage"_s, usageOf(comparison)},
                       {u"orders"_s, ordersOf(comparison.orders)},
                       {u"notes"_s, QCborArray::fromStringList(sentencesOf(report))}};
    QByteArray json;
    appendJson(json, map.toCborValue());
    return json + '\n';
}

} // namespace Fanfare
