// SPDX-License-Identifier: MIT
#include "comparisonrows.h"

#include "chartvalues.h"

#include <fanfare/runs/durationwords.h>
#include <fanfare/runs/environmentcomparison.h>
#include <fanfare/runs/usagereport.h>
#include <fanfare/runs/verdict.h>

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

#include <algorithm>

namespace Fanfare {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Fanfare::ComparisonRow)
};

QString number(double value)
{
    return QLocale().toString(qRound64(value));
}

QString factor(double a, double b)
{
    return a > 0 && b > 0 ? u"× %1"_s.arg(b / a, 0, 'f', 2) : QString();
}

QString surplus(quint64 a, quint64 b)
{
    if (a == b)
        return {};
    return b > a ? u"+"_s + number(double(b - a)) : u"−"_s + number(double(a - b));
}

quint64 unsuccessful(const RunSamples &run)
{
    return run.tasks() - run.count(Outcome::Succeeded);
}

quint64 crashesOf(const RunSamples &run)
{
    quint64 crashes = 0;
    for (const HandlerSamples &handler : run.handlers)
        crashes += handler.crashes;
    return crashes;
}

ComparisonRow countRow(const QString &what, quint64 a, quint64 b, bool isNotable)
{
    return {what, number(double(a)), number(double(b)), surplus(a, b), isNotable};
}

ComparisonRow durationRow(const QString &what, double a, double b)
{
    return {what, durationWords(a), durationWords(b), factor(a, b)};
}

QString shareText(const CpuTimes &times)
{
    return times.run > 0 ? u"%1 %"_s.arg(qRound(100 * double(times.cpu) / double(times.run)))
                         : Text::tr("not measured");
}

QString memoryText(const RunSamples &run)
{
    return run.peakMemory > 0 ? Text::tr("%L1 MiB").arg(run.peakMemory / 1024)
                              : Text::tr("not measured");
}

} // namespace

std::vector<ComparisonRow> outcomeRows(const Comparison &comparison)
{
    const RunSamples &a = *comparison.a;
    const RunSamples &b = *comparison.b;
    const CpuTimes cpuA = cpuTimesOf(a);
    const CpuTimes cpuB = cpuTimesOf(b);
    const quint64 crashes = crashesOf(a) + crashesOf(b);
    const quint64 dropped = a.droppedSpans + b.droppedSpans;
    std::vector<ComparisonRow> rows{
        durationRow(Text::tr("Time"), double(a.wall()), double(b.wall())),
        {Text::tr("Rounds"), number(double(a.walls.size())), number(double(b.walls.size())), {}},
        countRow(Text::tr("Tasks"), a.tasks(), b.tasks(), false),
        {Text::tr("Rate"), Text::tr("%1/s").arg(number(a.throughput())),
         Text::tr("%1/s").arg(number(b.throughput())), factor(a.throughput(), b.throughput())},
        countRow(Text::tr("Did not succeed"), unsuccessful(a), unsuccessful(b),
                 unsuccessful(a) != unsuccessful(b)),
        countRow(Text::tr("Crashes"), crashesOf(a), crashesOf(b), crashes > 0),
        countRow(Text::tr("Tasks lost in crashes"), a.count(Outcome::Crashed),
                 b.count(Outcome::Crashed), crashes > 0),
        durationRow(Text::tr("CPU time"), double(cpuA.cpu), double(cpuB.cpu)),
        {Text::tr("CPU time of run time"), shareText(cpuA), shareText(cpuB), {}},
        {Text::tr("Biggest worker process"), memoryText(a), memoryText(b),
         factor(a.peakMemory, b.peakMemory)},
    };
    if (dropped > 0)
        rows.push_back(countRow(Text::tr("Not recorded"), a.droppedSpans, b.droppedSpans, true));
    return rows;
}

static QString titleOf(UsageKind kind)
{
    switch (kind) {
    case UsageKind::AppMemory:
        return Text::tr("Memory of the app, at most");
    case UsageKind::WorkerMemory:
        return Text::tr("Memory of the biggest worker, at most");
    case UsageKind::AllMemory:
        return Text::tr("Memory of all processes, at most");
    case UsageKind::Cpu:
        return Text::tr("CPU time of all processes");
    case UsageKind::Voluntary:
        return Text::tr("Context switches to wait");
    case UsageKind::Involuntary:
        return Text::tr("Context switches by force");
    case UsageKind::Faults:
        return Text::tr("Pages that the system handed out");
    case UsageKind::Ready:
        return Text::tr("Waiting for a core");
    }
    return {};
}

/// "38.1 MiB, 1.20 s of CPU, 120 + 30 switches"; empty beyond the last process.
static QString processText(const std::vector<ProcessUsage> &processes, size_t index)
{
    if (index >= processes.size())
        return {};
    const ProcessUsage &process = processes[index];
    if (process.pid == 0)
        return Text::tr("%1 of CPU").arg(durationWords(double(process.cpu)));
    return Text::tr("%1 MiB, %2 of CPU, %L3 + %L4 switches")
        .arg(double(process.peakMemory) / 1024, 0, 'f', 1)
        .arg(durationWords(double(process.cpu)))
        .arg(process.voluntary)
        .arg(process.involuntary);
}

std::vector<ComparisonRow> usageRows(const Comparison &comparison)
{
    constexpr size_t mostRows = 17;
    std::vector<ComparisonRow> rows;
    for (const UsageComparison &usage : comparison.usage) {
        const Judgement judgement = usage.difference.judgement;
        rows.push_back({titleOf(usage.kind), usageWords(usage.kind, usage.a),
                        usageWords(usage.kind, usage.b), usageDifferenceWords(usage), false,
                        judgement == Judgement::Noise || judgement == Judgement::TooFew});
    }
    const std::vector<ProcessUsage> &a = comparison.a->processes;
    const std::vector<ProcessUsage> &b = comparison.b->processes;
    for (size_t i = 0; i < std::min(mostRows, std::max(a.size(), b.size())); ++i) {
        const QString name = i < a.size() ? a[i].name : b[i].name;
        rows.push_back({name, processText(a, i), processText(b, i), {}});
    }
    return rows;
}

std::vector<ComparisonRow> environmentRows(const Comparison &comparison)
{
    const RunInfo &a = comparison.a->info;
    const RunInfo &b = comparison.b->info;
    const auto when = [](const RunInfo &info) {
        return QLocale().toString(QDateTime::fromMSecsSinceEpoch(info.beginUtc),
                                  QLocale::ShortFormat);
    };
    std::vector<ComparisonRow> rows{
        {Text::tr("Label"), a.label, b.label, {}},
        {Text::tr("Where"), configurationName(a), configurationName(b), {}},
        {Text::tr("When"), when(a), when(b), {}},
    };
    for (const EnvironmentDifference &difference : comparison.environment)
        rows.push_back({difference.what, difference.a, difference.b,
                        difference.isKnown ? Text::tr("not alike") : Text::tr("not known"),
                        difference.isKnown});
    const auto addShared = [&rows](const QString &what, const QString &ofA, const QString &ofB) {
        if (ofA == ofB && !ofA.isEmpty())
            rows.push_back({what, ofA, ofB, {}});
    };
    const RunEnvironment &machine = a.environment;
    const RunEnvironment &other = b.environment;
    addShared(Text::tr("Machine"), machine.host, other.host);
    addShared(Text::tr("Processor"), machine.processor, other.processor);
    addShared(Text::tr("System"), machine.system, other.system);
    addShared(Text::tr("Fanfare"), machine.fanfare, other.fanfare);
    addShared(Text::tr("Queue bound"), queueBoundWords(a), queueBoundWords(b));
    addShared(Text::tr("Full queue"), fullPolicyWords(a), fullPolicyWords(b));
    for (const PluginListing &plugin : pluginsOf(comparison))
        addShared(Text::tr("Plugin %1").arg(plugin.id), plugin.a, plugin.b);
    if (machine.load >= 0 && other.load >= 0) {
        rows.push_back({Text::tr("Load at the beginning"),
                        QLocale().toString(machine.load, 'f', 2),
                        QLocale().toString(other.load, 'f', 2),
                        {}});
    }
    return rows;
}

QString differenceWords(const Difference &difference)
{
    switch (difference.judgement) {
    case Judgement::TooFew:
        return Text::tr("too few samples");
    case Judgement::Noise:
        return u"~"_s;
    case Judgement::Faster:
    case Judgement::Slower:
        break;
    }
    const bool isSlower = difference.judgement == Judgement::Slower;
    const double shift = difference.shift.estimate;
    const QString plus = shift > 0 ? u"+"_s : QString();
    return u"%1 %2%3 (%2%4 %) %5"_s.arg(isSlower ? u"▲"_s : u"▼"_s, plus, durationWords(shift))
        .arg(difference.relative * 100, 0, 'f', 1)
        .arg(isSlower ? Text::tr("slower") : Text::tr("faster"));
}

} // namespace Fanfare
