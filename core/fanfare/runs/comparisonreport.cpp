// SPDX-License-Identifier: MIT
#include "fanfare/runs/comparisonreport.h"

#include "fanfare/runs/durationwords.h"
#include "fanfare/runs/usagereport.h"

#include <QLocale>

namespace Fanfare {

using namespace Qt::StringLiterals;

static QString grouped(quint64 number)
{
    return QLocale::c().toString(number);
}

static QString percent(double share)
{
    return u"%1%2 %"_s.arg(share > 0 ? u"+"_s : QString()).arg(share * 100, 0, 'f', 1);
}

static QString probability(const RankTest &test)
{
    return test.p < 0.001 ? u"p < 0.001"_s : u"p = %1"_s.arg(test.p, 0, 'f', 3);
}

/// "1.02 ms to 1.18 ms"
static QString intervalText(const Shift &shift)
{
    return u"%1 to %2"_s.arg(durationWords(shift.lower), durationWords(shift.upper));
}

/// "+1.10 ms (+13.6 %) slower", "~" for noise.
static QString differenceText(const Difference &difference)
{
    switch (difference.judgement) {
    case Judgement::TooFew:
        return u"too few"_s;
    case Judgement::Noise:
        return u"~"_s;
    case Judgement::Faster:
    case Judgement::Slower:
        break;
    }
    const double shift = difference.shift.estimate;
    return u"%1%2 (%3) %4"_s.arg(shift > 0 ? u"+"_s : QString(), durationWords(shift),
                                 percent(difference.relative), judgementName(difference.judgement));
}

static QString tailText(const HandlerComparison &handler)
{
    if (handler.total.judgement == Judgement::TooFew)
        return u"too few"_s;
    const Shift &tail = handler.tail;
    if (tail.lower <= 0 && tail.upper >= 0)
        return u"~"_s;
    return (tail.estimate > 0 ? u"+"_s : QString()) + durationWords(tail.estimate);
}

static QString quantileText(const HandlerSamples *samples, double p)
{
    return samples && !samples->total.isEmpty() ? durationWords(double(samples->total.quantile(p)))
                                                : u"-"_s;
}

static QString countText(const HandlerSamples *samples)
{
    return samples ? grouped(samples->tasks()) : u"-"_s;
}

static quint64 unsuccessful(const RunSamples &run)
{
    return run.tasks() - run.count(Outcome::Succeeded);
}

static QString cpuText(const RunSamples &run)
{
    qint64 cpu = 0;
    qint64 measured = 0;
    for (const HandlerSamples &handler : run.handlers) {
        cpu += handler.cpu;
        measured += handler.cpuRun;
    }
    if (measured == 0)
        return u"-"_s;
    return u"%1 (%2 % of run time)"_s.arg(durationWords(double(cpu)))
        .arg(qRound(100 * double(cpu) / double(measured)));
}

static QStringList runRow(const QString &side, const RunSamples &run)
{
    return {side,
            configurationName(run.info),
            grouped(run.walls.size()),
            grouped(run.tasks()),
            grouped(unsuccessful(run)),
            durationWords(double(run.wall())),
            u"%1/s"_s.arg(run.throughput(), 0, 'f', run.throughput() < 100 ? 1 : 0),
            cpuText(run),
            run.peakMemory > 0 ? u"%1 MiB"_s.arg(run.peakMemory / 1024) : u"-"_s};
}

static QStringList runHeader(const QString &first)
{
    return {first,     u"where"_s, u"rounds"_s, u"tasks"_s,        u"not succeeded"_s,
            u"time"_s, u"rate"_s,  u"CPU"_s,    u"worker memory"_s};
}

static ReportTable runTable(const Comparison &comparison)
{
    ReportTable table{u"Runs"_s, runHeader(u"run"_s), {}};
    table.rows = {runRow(u"A"_s, *comparison.a), runRow(u"B"_s, *comparison.b)};
    return table;
}

/// What the wall time of b is of a's, and whether that means something.
static QString againstBase(const Verdict &verdict)
{
    const QString ratio = u"%1×"_s.arg(verdict.ratio, 0, 'f', 2);
    if (verdict.cause == Cause::LostTasks)
        return verdict.winner == Winner::A ? u"lost more"_s : u"lost fewer"_s;
    switch (verdict.winner) {
    case Winner::A:
        return ratio + u" slower"_s;
    case Winner::B:
        return ratio + u" faster"_s;
    case Winner::Neither:
        break;
    }
    return verdict.isUndecided ? ratio + u" undecided"_s : u"~"_s;
}

ReportTable sideTable(const std::vector<SidePair> &pairs)
{
    ReportTable table{u"All sides"_s, runHeader(u"side"_s), {}};
    table.header.append(u"against 1"_s);
    if (pairs.empty())
        return table;
    table.rows.append(runRow(u"1, the base"_s, *pairs.front().comparison->a) + QStringList{u"-"_s});
    for (const SidePair &pair : pairs) {
        table.rows.append(runRow(QString::number(table.rows.size() + 1), *pair.comparison->b)
                          + QStringList{againstBase(*pair.verdict)});
    }
    return table;
}

QString handlerName(const HandlerKey &key)
{
    if (key.name.isEmpty())
        return u"(not known)"_s;
    return key.plugin.section(u'.', -1) + u'/' + key.name;
}

static ReportTable handlerTable(const Comparison &comparison)
{
    ReportTable table{u"Handlers, from emitted to done"_s,
                      {u"handler"_s, u"n A"_s, u"n B"_s, u"p50 A"_s, u"p50 B"_s, u"p99 A"_s,
                       u"p99 B"_s, u"B - A"_s, u"95 % of it"_s, u"p99"_s, u"chance"_s,
                       u"effect A12"_s, u"run alone"_s},
                      {}};
    for (const HandlerComparison &handler : comparison.handlers) {
        const bool isBoth = handler.a && handler.b;
        const Difference &total = handler.total;
        const bool isJudged = total.judgement != Judgement::TooFew;
        table.rows.append({handlerName(handler.key), countText(handler.a), countText(handler.b),
                           quantileText(handler.a, 0.5), quantileText(handler.b, 0.5),
                           quantileText(handler.a, 0.99), quantileText(handler.b, 0.99),
                           isBoth ? differenceText(total) : u"one side only"_s,
                           isJudged ? intervalText(total.shift) : u"-"_s,
                           isBoth ? tailText(handler) : u"-"_s,
                           isJudged ? probability(total.test) : u"-"_s,
                           isJudged ? QString::number(total.test.larger, 'f', 2) : u"-"_s,
                           isBoth ? differenceText(handler.running) : u"-"_s});
    }
    return table;
}

static ReportTable phaseTable(const Comparison &comparison)
{
    ReportTable table{u"Where the time of a mean task goes"_s,
                      {u"run"_s, u"queued"_s, u"sent"_s, u"running"_s, u"reply"_s},
                      {}};
    const auto row = [](const QString &side, const std::array<double, phaseCount> &means) {
        QStringList cells{side};
        for (const double mean : means)
            cells.append(durationWords(mean));
        return cells;
    };
    table.rows = {row(u"A"_s, comparison.phases.a), row(u"B"_s, comparison.phases.b)};
    return table;
}

/// Empty, or how many tasks of a handler stand for all of them on one side.
static QString choiceNote(const HandlerKey &key, const HandlerSamples *samples, const QString &side)
{
    if (!samples || samples->total.size() == samples->started)
        return {};
    return u"Of the %1 tasks of %2 in %3, the times of %4 chosen at random were compared."_s
        .arg(samples->started)
        .arg(handlerName(key), side)
        .arg(samples->total.size());
}

static bool isOverloaded(const RunEnvironment &machine)
{
    return machine.cores > 0 && machine.load > machine.cores;
}

/// Empty, or that something else took the cores when the run of \a side began.
static QString busyNote(const RunEnvironment &machine, const QString &side)
{
    if (!isOverloaded(machine))
        return {};
    return u"The machine was busy before %1 began: a load of %2 on %3 cores. Part of its times is "
           "waiting for a core."_s.arg(side)
               .arg(machine.load, 0, 'f', 1)
               .arg(machine.cores);
}

/// Empty, or which handlers ran in \a side only.
static QString loneNote(const Comparison &comparison, const QString &side)
{
    QStringList names;
    for (const HandlerComparison &handler : comparison.handlers) {
        const bool isLone = side == u"A" ? !handler.b : !handler.a;
        if (isLone)
            names.append(handlerName(handler.key));
    }
    return names.isEmpty() ? QString() : u"Ran only in %1: %2."_s.arg(side, names.join(u", "_s));
}

/// Handlers that were called another number of times in a round.
static QStringList countNotes(const Comparison &comparison)
{
    QStringList notes;
    for (const HandlerComparison &handler : comparison.handlers) {
        if (!handler.a || !handler.b || !differsInCalls(comparison, handler))
            continue;
        notes.append(u"%1 was called %2 times in A and %3 times in B."_s.arg(
            handlerName(handler.key), grouped(handler.a->tasks()), grouped(handler.b->tasks())));
    }
    return notes;
}

/// Empty, or why a busy machine is kinder to one of the sides.
static QString shareNote(const Comparison &comparison)
{
    const RunInfo &a = comparison.a->info;
    const RunInfo &b = comparison.b->info;
    const bool isBusy = isOverloaded(a.environment) || isOverloaded(b.environment);
    if (!isBusy || (a.executor == u"processes") == (b.executor == u"processes"))
        return {};
    return u"Worker processes are sessions of their own: where the system divides a busy machine "
           "by sessions, as most desktops do, they get more of it than threads. Compare again when "
           "it is quiet."_s;
}

static QString orderText(const std::vector<HandlerKey> &order)
{
    QStringList names;
    for (const HandlerKey &key : order)
        names.append(handlerName(key));
    return names.join(u", "_s);
}

/// The most frequent ones; in parallel any order may come.
static QStringList orderNotes(const OrderComparison &orders)
{
    constexpr size_t most = 5;
    QStringList notes;
    if (orders.others > 0) {
        notes.append(
            u"Of %1 emissions with several handlers, %2 called them in another order."_s.arg(
                grouped(orders.emissions), grouped(orders.others)));
    }
    for (size_t i = 0; i < std::min(most, orders.differences.size()); ++i) {
        const OrderDifference &difference = orders.differences[i];
        notes.append(
            u"%1 times, first in emission %2: %3 in A, %4 in B."_s.arg(grouped(difference.count))
                .arg(number(difference.firstA))
                .arg(orderText(difference.a), orderText(difference.b)));
    }
    return notes;
}

static QString environmentNote(const EnvironmentDifference &difference)
{
    if (difference.a == difference.b)
        return u"Not alike: each side has its own %1."_s.arg(difference.what);
    const QString sentence = difference.isKnown
        ? u"Not alike: %1 is %2 in A and %3 in B."_s
        : u"Not known whether alike: %1 is %2 in A and %3 in B."_s;
    return sentence.arg(difference.what, difference.a, difference.b);
}

static QStringList notesOf(const Comparison &comparison, const QStringList &damages)
{
    QStringList notes;
    for (const EnvironmentDifference &difference : comparison.environment)
        notes.append(environmentNote(difference));
    notes << loneNote(comparison, u"A"_s) << loneNote(comparison, u"B"_s)
          << busyNote(comparison.a->info.environment, u"A"_s)
          << busyNote(comparison.b->info.environment, u"B"_s) << shareNote(comparison);
    for (const HandlerComparison &handler : comparison.handlers) {
        notes << choiceNote(handler.key, handler.a, u"A"_s)
              << choiceNote(handler.key, handler.b, u"B"_s);
    }
    if (comparison.isPerTask) {
        notes.append(u"A made %1 tasks and B %2: their times are compared per task."_s
                         .arg(comparison.a->tasks())
                         .arg(comparison.b->tasks()));
    }
    if (comparison.a->droppedSpans + comparison.b->droppedSpans > 0) {
        notes.append(u"Tasks came too fast to be recorded: %1 are missing in A, %2 in B."_s
                         .arg(comparison.a->droppedSpans)
                         .arg(comparison.b->droppedSpans));
    }
    notes.removeAll(QString());
    return notes + damages;
}

ComparisonReport reportOf(const Comparison &comparison, const Verdict &verdict,
                          const QStringList &damages)
{
    const RunInfo &a = comparison.a->info;
    const RunInfo &b = comparison.b->info;
    ComparisonReport report{.verdict = verdict};
    report.title = u"A: %1, %2 — B: %3, %4"_s.arg(a.label, configurationName(a), b.label,
                                                  configurationName(b));
    report.runs = runTable(comparison);
    report.handlers = handlerTable(comparison);
    report.phases = phaseTable(comparison);
    report.usage = usageTable(comparison);
    report.processes = processTable(comparison);
    report.structure = countNotes(comparison) + orderNotes(comparison.orders);
    report.notes = notesOf(comparison, damages);
    return report;
}

} // namespace Fanfare
