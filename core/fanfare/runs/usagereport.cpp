// SPDX-License-Identifier: MIT
#include "fanfare/runs/usagereport.h"

#include "fanfare/runs/durationwords.h"

#include <QLocale>

#include <algorithm>
#include <cmath>

namespace Fanfare {

using namespace Qt::StringLiterals;

static bool isMemory(UsageKind kind)
{
    return kind == UsageKind::AppMemory || kind == UsageKind::WorkerMemory
        || kind == UsageKind::AllMemory;
}

QString usageKindName(UsageKind kind)
{
    switch (kind) {
    case UsageKind::AppMemory:
        return u"app-memory"_s;
    case UsageKind::WorkerMemory:
        return u"worker-memory"_s;
    case UsageKind::AllMemory:
        return u"all-memory"_s;
    case UsageKind::Cpu:
        return u"cpu"_s;
    case UsageKind::Voluntary:
        return u"voluntary-switches"_s;
    case UsageKind::Involuntary:
        return u"involuntary-switches"_s;
    case UsageKind::Faults:
        return u"page-faults"_s;
    case UsageKind::Ready:
        return u"waiting-for-a-core"_s;
    }
    return {};
}

QString usageJudgementName(Judgement judgement)
{
    switch (judgement) {
    case Judgement::Faster:
        return u"less"_s;
    case Judgement::Slower:
        return u"more"_s;
    case Judgement::Noise:
    case Judgement::TooFew:
        break;
    }
    return judgementName(judgement);
}

static QString titleOf(UsageKind kind)
{
    switch (kind) {
    case UsageKind::AppMemory:
        return u"memory of the app"_s;
    case UsageKind::WorkerMemory:
        return u"memory of the biggest worker"_s;
    case UsageKind::AllMemory:
        return u"memory of all processes"_s;
    case UsageKind::Cpu:
        return u"CPU time of all processes"_s;
    case UsageKind::Voluntary:
        return u"context switches to wait"_s;
    case UsageKind::Involuntary:
        return u"context switches by force"_s;
    case UsageKind::Faults:
        return u"pages handed out"_s;
    case UsageKind::Ready:
        return u"waiting for a core"_s;
    }
    return {};
}

static QString words(UsageKind kind, double amount)
{
    if (kind == UsageKind::Cpu || kind == UsageKind::Ready)
        return durationWords(amount);
    if (isMemory(kind))
        return u"%1 MiB"_s.arg(amount / 1024, 0, 'f', 1);
    return QLocale::c().toString(std::llround(amount));
}

QString usageWords(UsageKind kind, const Sample &amount)
{
    // There was no worker, or the file is older than the figure.
    const bool canBeNone =
        kind == UsageKind::WorkerMemory || kind == UsageKind::Faults || kind == UsageKind::Ready;
    const bool isNone = amount.isEmpty() || (canBeNone && amount.maximum() == 0);
    return isNone ? u"-"_s : words(kind, double(amount.quantile(0.5)));
}

static QString withSign(UsageKind kind, double amount)
{
    return (amount > 0 ? u"+"_s : QString()) + words(kind, amount);
}

QString usageDifferenceWords(const UsageComparison &usage)
{
    if (usage.a.isEmpty() || usage.b.isEmpty())
        return {};
    const Difference &difference = usage.difference;
    switch (difference.judgement) {
    case Judgement::TooFew: {
        const auto bare = double(usage.b.quantile(0.5) - usage.a.quantile(0.5));
        return u"%1, few rounds"_s.arg(withSign(usage.kind, bare));
    }
    case Judgement::Noise:
        return u"~"_s;
    case Judgement::Faster:
    case Judgement::Slower:
        break;
    }
    return u"%1 (%2%3 %) %4"_s.arg(withSign(usage.kind, difference.shift.estimate))
        .arg(difference.relative > 0 ? u"+"_s : QString())
        .arg(difference.relative * 100, 0, 'f', 1)
        .arg(usageJudgementName(difference.judgement));
}

ReportTable usageTable(const Comparison &comparison)
{
    ReportTable table{
        u"What the processes of a round took"_s, {u""_s, u"A"_s, u"B"_s, u"B - A"_s}, {}};
    for (const UsageComparison &usage : comparison.usage) {
        table.rows.append({titleOf(usage.kind), usageWords(usage.kind, usage.a),
                           usageWords(usage.kind, usage.b), usageDifferenceWords(usage)});
    }
    return table;
}

static void addProcesses(const QString &side, std::vector<ProcessUsage> processes,
                         ReportTable &table)
{
    constexpr size_t most = 17; // the app and 16 workers
    std::ranges::stable_sort(processes, [](const ProcessUsage &left, const ProcessUsage &right) {
        return left.isWorker != right.isWorker ? right.isWorker
                                               : left.peakMemory > right.peakMemory;
    });
    for (size_t i = 0; i < std::min(most, processes.size()); ++i) {
        const ProcessUsage &process = processes[i];
        const bool isOne = process.pid > 0;
        table.rows.append({side, process.name, isOne ? QString::number(process.pid) : u"-"_s,
                           isOne ? words(UsageKind::AppMemory, double(process.peakMemory)) : u"-"_s,
                           words(UsageKind::Cpu, double(process.cpu)),
                           words(UsageKind::Voluntary, double(process.voluntary)),
                           words(UsageKind::Involuntary, double(process.involuntary)),
                           words(UsageKind::Faults, double(process.faults))});
    }
}

ReportTable processTable(const Comparison &comparison)
{
    ReportTable table{u"Each process of the first round"_s,
                      {u"run"_s, u"process"_s, u"pid"_s, u"memory at most"_s, u"CPU"_s,
                       u"switches to wait"_s, u"by force"_s, u"pages"_s},
                      {}};
    addProcesses(u"A"_s, comparison.a->processes, table);
    addProcesses(u"B"_s, comparison.b->processes, table);
    return table;
}

} // namespace Fanfare
