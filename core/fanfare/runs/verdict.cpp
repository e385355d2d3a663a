// SPDX-License-Identifier: MIT
#include "fanfare/runs/verdict.h"

#include "fanfare/runs/durationwords.h"
#include "fanfare/runs/verdictmemory.h"
#include "fanfare/runs/verdicttasks.h"
#include "fanfare/runs/wallratio.h"

#include <algorithm>
#include <cmath>

namespace Fanfare {

using namespace Qt::StringLiterals;

QString causeName(Cause cause)
{
    switch (cause) {
    case Cause::LostTasks:
        return u"lost-tasks"_s;
    case Cause::Waiting:
        return u"waiting"_s;
    case Cause::Computing:
        return u"computing"_s;
    case Cause::Travel:
        return u"travel"_s;
    case Cause::Slots:
        return u"slots"_s;
    case Cause::Cores:
        return u"cores"_s;
    case Cause::Nothing:
        return u"nothing"_s;
    }
    return {};
}

QString configurationName(const RunInfo &info)
{
    return info.workers > 0 ? u"%1 × %2"_s.arg(info.executor).arg(info.workers) : info.executor;
}

namespace {

/// The two sides seen from the one that did worse.
struct Sides
{
    const RunSamples &better;
    const RunSamples &worse;
    std::array<double, phaseCount> betterMeans;
    std::array<double, phaseCount> worseMeans;
    QString betterName;
    QString worseName;

    double more(Phase phase) const
    {
        const auto i = static_cast<size_t>(phase);
        return worseMeans[i] - betterMeans[i];
    }
};

struct Reason
{
    Cause cause = Cause::Nothing;
    double weight = 0; ///< nanoseconds of a mean task that it explains
    QString sentence;
};

/// How the handlers of a run spent their time, all together.
struct CpuUse
{
    double perTask = 0; ///< CPU nanoseconds
    double offCpu = -1; ///< share of run time; -1: not measured
};

} // namespace

static quint64 lostTasks(const RunSamples &run)
{
    return run.count(Outcome::Crashed) + run.count(Outcome::Interrupted)
        + run.count(Outcome::Quarantined);
}

static quint64 startedTasks(const RunSamples &run)
{
    quint64 sum = 0;
    for (const HandlerSamples &handler : run.handlers)
        sum += handler.started;
    return sum;
}

static CpuUse cpuUse(const RunSamples &run)
{
    double cpu = 0;
    double measured = 0;
    for (const HandlerSamples &handler : run.handlers) {
        cpu += double(handler.cpu);
        measured += double(handler.cpuRun);
    }
    if (measured <= 0)
        return {};
    return {.perTask = cpu / double(std::max<quint64>(1, startedTasks(run))),
            .offCpu = std::clamp(1 - cpu / measured, 0.0, 1.0)};
}

static QString percent(double share)
{
    return u"%1 %"_s.arg(qRound(share * 100));
}

/// The handler that crashed most often; empty when that is not known.
static QString culprit(const RunSamples &run)
{
    const auto most = std::ranges::max_element(run.handlers, {}, &HandlerSamples::crashes);
    return most != run.handlers.end() && most->crashes > 0 ? most->key.name : QString();
}

static Reason travelReason(const Sides &sides)
{
    const double more = sides.more(Phase::Sent) + sides.more(Phase::Reply);
    return {
        Cause::Travel, more,
        u"On %1 each task pays %2 for the way to its worker and back, %3 more than on %4."_s.arg(
            sides.worseName,
            durationWords(sides.worseMeans[size_t(Phase::Sent)]
                          + sides.worseMeans[size_t(Phase::Reply)]),
            durationWords(more), sides.betterName)};
}

/// Nanoseconds that a mean task waited for a core; 0: not measured.
static double readyPerTask(const RunSamples &run)
{
    qint64 ready = 0;
    for (const RunUsage &round : run.usages)
        ready += round.ready;
    return double(ready) / double(std::max<quint64>(1, run.tasks()));
}

/// When half of the \a more nanoseconds that a handler runs longer are a wait for a core.
static Reason coreReason(const Sides &sides, double more)
{
    const double waited = readyPerTask(sides.worse) - readyPerTask(sides.better);
    if (readyPerTask(sides.better) <= 0 || waited <= more / 2)
        return {};
    const RunInfo &info = sides.worse.info;
    return {Cause::Cores, more,
            u"On %1 a task waits %2 longer for a core: %3"_s.arg(
                sides.worseName, durationWords(waited),
                info.workers > info.environment.cores
                    ? u"there are more workers than cores."_s
                    : u"other programs had them. Compare again when the machine is quiet."_s)};
}

/// Where the handler itself takes longer: it waits more, or it computes more.
static Reason runningReason(const Sides &sides)
{
    const double more = sides.more(Phase::Running);
    const CpuUse better = cpuUse(sides.better);
    const CpuUse worse = cpuUse(sides.worse);
    if (better.offCpu < 0 || worse.offCpu < 0) {
        return {Cause::Computing, more,
                u"On %1 a handler runs %2 longer; CPU time was not measured, so it cannot be said "
                "why."_s.arg(sides.worseName, durationWords(more))};
    }
    if (worse.perTask - better.perTask > more / 2) {
        return {Cause::Computing, more,
                u"On %1 a task needs %2 of CPU time, on %3 %4, for the same work%5."_s.arg(
                    sides.worseName, durationWords(worse.perTask), sides.betterName,
                    durationWords(better.perTask),
                    pageClause(sides.better, sides.worse, worse.perTask - better.perTask))};
    }
    if (const Reason cores = coreReason(sides, more); cores.weight > 0)
        return cores;
    constexpr double apart = 0.05;
    if (worse.offCpu - better.offCpu < apart) {
        return {Cause::Waiting, more,
                u"On %1 a handler runs %2 longer without computing more: what it waits for takes "
                "longer."_s.arg(sides.worseName, durationWords(more))};
    }
    return {Cause::Waiting, more,
            u"On %1 handlers spend %2 of their run time off the CPU, waiting for a lock, for data "
            "or for a core; on %3 %4."_s.arg(sides.worseName, percent(worse.offCpu),
                                             sides.betterName, percent(better.offCpu))};
}

/// When tasks only wait longer in the queue, because fewer of them run at once.
static Reason slotReason(const Sides &sides)
{
    const int better = sides.better.info.workers;
    const int worse = sides.worse.info.workers;
    if (better <= worse || worse <= 0)
        return {};
    return {Cause::Slots, sides.more(Phase::Queued),
            u"%1 has %2 workers and %3 has %4: tasks wait %5 longer in the queue."_s
                .arg(sides.betterName)
                .arg(better)
                .arg(sides.worseName)
                .arg(worse)
                .arg(durationWords(sides.more(Phase::Queued)))};
}

/// What explains why one side took longer, the weightiest first. Waiting in the queue is mostly an
/// effect of the other two, so it counts only when they explain nothing.
static std::vector<Reason> reasonsOf(const Sides &sides)
{
    std::vector<Reason> reasons{travelReason(sides), runningReason(sides)};
    constexpr double enough = 0.2; // of all that is explained
    double all = 0;
    for (const Reason &reason : reasons)
        all += std::max(0.0, reason.weight);
    std::erase_if(reasons, [all](const Reason &r) { return r.weight <= enough * all; });
    std::ranges::sort(reasons, std::ranges::greater(), &Reason::weight);
    const double queued = sides.more(Phase::Queued);
    if (const Reason slots = slotReason(sides); slots.weight > 0 && all < queued / 4)
        reasons.insert(reasons.begin(), slots);
    return reasons;
}

/// Whether one side lost so much more that times say nothing. A single task is not much of a
/// thousand, but it is when the other side lost none and the run has few.
static Winner keeperOf(const RunSamples &a, const RunSamples &b)
{
    const double lostA = double(lostTasks(a)) / double(std::max<quint64>(1, a.tasks()));
    const double lostB = double(lostTasks(b)) / double(std::max<quint64>(1, b.tasks()));
    constexpr double matters = 0.01;
    if (std::abs(lostA - lostB) <= matters)
        return Winner::Neither;
    return lostA < lostB ? Winner::A : Winner::B;
}

/// By configuration, or "A" and "B" where both have the same.
static std::pair<QString, QString> sideNames(const Comparison &comparison)
{
    const QString a = configurationName(comparison.a->info);
    const QString b = configurationName(comparison.b->info);
    return a == b ? std::pair(u"A"_s, u"B"_s) : std::pair(a, b);
}

static Sides sidesOf(const Comparison &comparison, Winner winner)
{
    const auto [a, b] = sideNames(comparison);
    if (winner == Winner::B)
        return {*comparison.b, *comparison.a, comparison.phases.b, comparison.phases.a, b, a};
    return {*comparison.a, *comparison.b, comparison.phases.a, comparison.phases.b, a, b};
}

static void judgeByLoss(const Sides &sides, Verdict &verdict)
{
    const quint64 worse = lostTasks(sides.worse);
    const quint64 better = lostTasks(sides.better);
    verdict.cause = Cause::LostTasks;
    verdict.headline = u"%1 keeps what %2 loses: %3 of %4 tasks were lost there, %5 of %6 here."_s
                           .arg(sides.betterName, sides.worseName)
                           .arg(worse)
                           .arg(sides.worse.tasks())
                           .arg(better)
                           .arg(sides.better.tasks());
    const QString name = culprit(sides.worse);
    verdict.reasons = {
        (name.isEmpty() ? u"A handler crashed. "_s : u"The handler %1 crashed. "_s.arg(name))
        + (sides.worse.info.executor == u"threads"
               ? u"On threads a crash ends the process with every task in it; on processes it "
                 "costs the task that ran."_s
               : u"Each crash costs the task that ran in that process."_s)};
}

static void addReasons(const Sides &sides, Verdict &verdict)
{
    const std::vector<Reason> reasons = reasonsOf(sides);
    verdict.cause = reasons.empty() ? Cause::Nothing : reasons.front().cause;
    for (const Reason &reason : reasons)
        verdict.reasons.append(reason.sentence);
}

static void judgeByTime(const Sides &sides, Verdict &verdict, size_t rounds, bool isPerTask)
{
    const bool isA = verdict.winner == Winner::A;
    const double ratio = isA ? verdict.ratio : 1 / verdict.ratio;
    const double lowest = isA ? verdict.lowest : 1 / verdict.highest;
    const double highest = isA ? verdict.highest : 1 / verdict.lowest;
    const QString text =
        isPerTask ? u"For a task %1 takes %2 as long as %3."_s : u"%1 takes %2 as long as %3."_s;
    verdict.headline =
        text.arg(sides.worseName, timesWords(ratio, {lowest, highest}, rounds), sides.betterName);
    addReasons(sides, verdict);
    if (verdict.reasons.isEmpty()) {
        verdict.reasons = {
            u"No phase of the tasks explains it: look at the gaps between them on the timeline."_s};
    }
}

/// What is said of wall times without a winner, before what is said of the tasks.
static QString evenWords(const Comparison &comparison, const Verdict &verdict)
{
    const auto [a, b] = sideNames(comparison);
    if (verdict.isUndecided)
        return u"Which of %1 and %2 took longer is undecided"_s.arg(a, b);
    return comparison.isPerTask ? u"%1 and %2 took equally long for a task"_s.arg(a, b)
                                : u"%1 and %2 took equally long"_s.arg(a, b);
}

static void judgeByTasks(const Comparison &comparison, const TaskVerdict &tasks, Verdict &verdict)
{
    verdict.winner = tasks.winner;
    verdict.taskRatio = tasks.ratio;
    const Sides sides = sidesOf(comparison, tasks.winner);
    const double ratio = tasks.winner == Winner::A ? tasks.ratio : 1 / tasks.ratio;
    verdict.headline = u"%1, but tasks of %2 take %3 times as long: %4."_s.arg(
        evenWords(comparison, verdict), sides.worseName, QString::number(ratio, 'f', 2),
        tasks.words);
    addReasons(sides, verdict);
    verdict.reasons += tasks.contrary;
}

static void judgeAlike(const Comparison &comparison, Verdict &verdict, size_t rounds)
{
    const auto [nameA, nameB] = sideNames(comparison);
    verdict.headline = u"No difference that matters between %1 and %2: %3."_s.arg(
        nameA, nameB, timesWords(verdict.ratio, {verdict.lowest, verdict.highest}, rounds));
    const CpuUse a = cpuUse(*comparison.a);
    const CpuUse b = cpuUse(*comparison.b);
    constexpr double busy = 0.5;
    if (a.offCpu >= 0 && b.offCpu >= 0 && std::max(a.offCpu, b.offCpu) < busy) {
        verdict.reasons = {u"The handlers compute (%1 and %2 of their run time on the CPU) and "
                           "share nothing: the cores are the limit, and both keep them busy."_s.arg(
                               percent(1 - a.offCpu), percent(1 - b.offCpu))};
    }
    if (const QString memory = memorySentence(*comparison.a, *comparison.b, {nameA, nameB});
        !memory.isEmpty())
        verdict.reasons.append(memory);
}

static void judgeEven(const Comparison &comparison, const Thresholds &thresholds, Verdict &verdict,
                      size_t rounds)
{
    const RatioInterval interval{verdict.lowest, verdict.highest};
    const std::pair<QString, QString> names = sideNames(comparison);
    const double apart = std::max(interval.highest, 1 / interval.lowest);
    verdict.isUndecided = apart > 1 + thresholds.noise;
    const TaskVerdict tasks = judgeTasks(comparison, apart, thresholds);
    if (tasks.winner != Winner::Neither)
        judgeByTasks(comparison, tasks, verdict);
    else if (verdict.isUndecided)
        verdict.headline = u"Undecided: %1 takes %2 as long as %3; more rounds decide it."_s.arg(
            names.second, timesRange(verdict.ratio, interval, rounds), names.first);
    else
        judgeAlike(comparison, verdict, rounds);
}

Verdict judgeRuns(const Comparison &comparison, const Thresholds &thresholds)
{
    Verdict verdict;
    const RunSamples &a = *comparison.a;
    const RunSamples &b = *comparison.b;
    if (a.tasks() == 0 || b.tasks() == 0) {
        verdict.headline = u"One of the runs has no tasks: there is nothing to compare."_s;
        return verdict;
    }
    std::vector<double> ratios = comparison.wallRatios();
    std::ranges::sort(ratios);
    if (!ratios.empty()) {
        verdict.ratio = comparison.wallRatio();
        const RatioInterval interval = ratioInterval(ratios);
        verdict.lowest = interval.lowest;
        verdict.highest = interval.highest;
    }
    verdict.winner = keeperOf(a, b);
    if (verdict.winner != Winner::Neither) {
        judgeByLoss(sidesOf(comparison, verdict.winner), verdict);
        return verdict;
    }
    verdict.winner = fasterOf(ratios, verdict.ratio, thresholds.noise);
    if (verdict.winner == Winner::Neither)
        judgeEven(comparison, thresholds, verdict, ratios.size());
    else
        judgeByTime(sidesOf(comparison, verdict.winner), verdict, ratios.size(),
                    comparison.isPerTask);
    return verdict;
}

bool isSlower(const Verdict &verdict, double threshold)
{
    if (verdict.winner != Winner::A)
        return false;
    return verdict.cause == Cause::LostTasks
        || std::max(verdict.ratio, verdict.taskRatio) > 1 + threshold;
}

} // namespace Fanfare
