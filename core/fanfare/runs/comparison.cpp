// SPDX-License-Identifier: MIT
#include "fanfare/runs/comparison.h"

#include "fanfare/runs/environmentcomparison.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace Fanfare {

using namespace Qt::StringLiterals;

QString judgementName(Judgement judgement)
{
    switch (judgement) {
    case Judgement::Noise:
        return u"noise"_s;
    case Judgement::Faster:
        return u"faster"_s;
    case Judgement::Slower:
        return u"slower"_s;
    case Judgement::TooFew:
        return u"too-few"_s;
    }
    return {};
}

/// A shift counts as a share of the longer median, so that swapping the runs cannot change whether
/// it is noise.
static Judgement judge(const Difference &difference, const Sample &a, const Sample &b,
                       const Thresholds &thresholds)
{
    if (std::min(a.size(), b.size()) < fewestValues)
        return Judgement::TooFew;
    const auto scale = double(std::max(std::abs(a.quantile(0.5)), std::abs(b.quantile(0.5))));
    const double shift = difference.shift.estimate;
    if (difference.test.p > thresholds.p || std::abs(shift) <= thresholds.noise * scale)
        return Judgement::Noise;
    return shift < 0 ? Judgement::Faster : Judgement::Slower;
}

Difference compareSamples(const Sample &a, const Sample &b, const Thresholds &thresholds)
{
    Difference difference{.shift = estimateShift(a, b), .test = testRanks(a, b)};
    if (a.quantile(0.5) != 0)
        difference.relative = difference.shift.estimate / double(a.quantile(0.5));
    difference.judgement = judge(difference, a, b, thresholds);
    return difference;
}

/// Of \a round; per task when \a isPerTask.
static double wallOf(const RunSamples &run, size_t round, bool isPerTask)
{
    return double(run.walls[round]) / (isPerTask ? double(run.roundTasks[round]) : 1);
}

/// By nearest rank, like everything else.
static double medianWall(const RunSamples &run, bool isPerTask)
{
    std::vector<double> walls;
    for (size_t round = 0; round < run.walls.size(); ++round)
        walls.push_back(wallOf(run, round, isPerTask));
    std::ranges::sort(walls);
    return walls.empty() ? 0 : walls[(walls.size() - 1) / 2];
}

double Comparison::wallRatio() const
{
    const double wallA = a ? medianWall(*a, isPerTask) : 0;
    return b && wallA > 0 ? medianWall(*b, isPerTask) / wallA : 0;
}

std::vector<double> Comparison::wallRatios() const
{
    std::vector<double> ratios;
    for (size_t i = 0; a && b && i < std::min(a->walls.size(), b->walls.size()); ++i) {
        if (a->walls[i] > 0)
            ratios.push_back(wallOf(*b, i, isPerTask) / wallOf(*a, i, isPerTask));
    }
    return ratios;
}

/// A task more or less, such as one that was lost, is no other work.
static bool areUnequal(const RunSamples &a, const RunSamples &b)
{
    if (a.walls.empty() || b.walls.empty())
        return false;
    constexpr double alike = 0.02;
    const double tasksA = double(a.tasks()) / double(a.walls.size());
    const double tasksB = double(b.tasks()) / double(b.walls.size());
    return std::abs(tasksA - tasksB) > alike * std::max(tasksA, tasksB);
}

static std::array<double, phaseCount> phaseMeans(const RunSamples &run)
{
    std::array<double, phaseCount> means{};
    double tasks = 0;
    for (const HandlerSamples &handler : run.handlers)
        tasks += double(handler.started);
    for (size_t phase = 0; phase < means.size(); ++phase) {
        for (const HandlerSamples &handler : run.handlers)
            means[phase] += handler.phases[phase].mean() * double(handler.started);
        means[phase] = tasks > 0 ? means[phase] / tasks : 0;
    }
    return means;
}

static HandlerComparison compareHandlers(const HandlerKey &key, const RunSamples &a,
                                         const RunSamples &b, const Thresholds &thresholds)
{
    HandlerComparison both{.key = key, .a = a.find(key), .b = b.find(key)};
    if (!both.a || !both.b)
        return both;
    const Sample &runA = both.a->phase(Phase::Running);
    const Sample &runB = both.b->phase(Phase::Running);
    both.total = compareSamples(both.a->total, both.b->total, thresholds);
    both.running = compareSamples(runA, runB, thresholds);
    both.tail = estimateQuantileShift(both.a->total, both.b->total, 0.99, thresholds.seed);
    return both;
}

bool differsInCalls(const Comparison &comparison, const HandlerComparison &handler)
{
    if (!handler.a || !handler.b)
        return true;
    // Crosswise, for whole numbers: calls of a round are a share of those of all.
    return handler.a->tasks() * comparison.b->walls.size()
        != handler.b->tasks() * comparison.a->walls.size();
}

static qint64 amountOf(const RunUsage &usage, UsageKind kind)
{
    switch (kind) {
    case UsageKind::AppMemory:
        return usage.appMemory;
    case UsageKind::WorkerMemory:
        return usage.workerMemory;
    case UsageKind::AllMemory:
        return usage.allMemory;
    case UsageKind::Cpu:
        return usage.cpu;
    case UsageKind::Voluntary:
        return usage.voluntary;
    case UsageKind::Involuntary:
        return usage.involuntary;
    case UsageKind::Faults:
        return usage.faults;
    case UsageKind::Ready:
        return usage.ready;
    }
    return 0;
}

static std::vector<UsageComparison> compareUsage(const RunSamples &a, const RunSamples &b,
                                                 const Thresholds &thresholds)
{
    std::vector<UsageComparison> usage;
    if (a.usages.empty() && b.usages.empty())
        return usage;
    for (int i = 0; i < usageKindCount; ++i) {
        const auto kind = UsageKind(i);
        const auto sampleOf = [kind](const RunSamples &run) {
            std::vector<qint64> values;
            for (const RunUsage &round : run.usages)
                values.push_back(amountOf(round, kind));
            return Sample(std::move(values));
        };
        UsageComparison both{.kind = kind, .a = sampleOf(a), .b = sampleOf(b)};
        if (!both.a.isEmpty() && !both.b.isEmpty())
            both.difference = compareSamples(both.a, both.b, thresholds);
        usage.push_back(std::move(both));
    }
    return usage;
}

Comparison compareRuns(const RunSamples &a, const RunSamples &b, const Thresholds &thresholds,
                       std::stop_token stop)
{
    Comparison comparison{.a = &a, .b = &b, .isPerTask = areUnequal(a, b)};
    comparison.phases = {phaseMeans(a), phaseMeans(b)};
    comparison.orders = compareOrders(a.calls, b.calls);
    comparison.usage = compareUsage(a, b, thresholds);

    std::set<HandlerKey> keys;
    for (const RunSamples *run : {&a, &b}) {
        for (const HandlerSamples &handler : run->handlers)
            keys.insert(handler.key);
    }
    for (const HandlerKey &key : keys) {
        if (stop.stop_requested())
            break;
        comparison.handlers.push_back(compareHandlers(key, a, b, thresholds));
    }
    comparison.environment = compareEnvironments(comparison);
    return comparison;
}

} // namespace Fanfare
