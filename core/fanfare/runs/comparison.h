// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/runs/ranktest.h>
#include <fanfare/runs/runsamples.h>
#include <fanfare/runs/shiftestimate.h>

#include <stop_token>

namespace Fanfare {

/// What a difference between two samples amounts to.
enum class Judgement : quint8 {
    Noise,  ///< chance may have made it, or it is too small to matter
    Faster, ///< b takes less time than a
    Slower, ///< b takes more time than a
    TooFew, ///< fewer than fewestValues on one side: nothing can be said
};

/// The stable name of \a judgement: "noise", "faster", "slower", "too-few".
QString judgementName(Judgement judgement);

/// How one kind of time differs between two runs. Nanoseconds.
struct Difference
{
    Shift shift; ///< by how much b is longer
    RankTest test;
    double relative = 0; ///< the shift, as a share of the median of a; 0 when that is 0
    Judgement judgement = Judgement::TooFew;
};

/// Of what the processes of a run took.
enum class UsageKind : quint8 {
    AppMemory,    ///< KiB at most, of the process that emits
    WorkerMemory, ///< KiB at most, of the biggest worker process
    AllMemory,    ///< KiB, the sum of the peaks of all processes
    Cpu,          ///< nanoseconds of all processes
    Voluntary,    ///< context switches of all processes because a thread waited
    Involuntary,  ///< context switches of all processes because another thread wanted the core
    Faults,       ///< pages that the system had to map for all processes
    Ready,        ///< nanoseconds that all threads waited for a core
};

inline constexpr int usageKindCount = 8;

/// When a difference counts.
struct Thresholds
{
    double p = 0.05;     ///< probability by chance above which it is noise
    double noise = 0.02; ///< share of the median of a below which it is noise
    quint64 seed = 1;    ///< of the bootstrap
};

Difference compareSamples(const Sample &a, const Sample &b, const Thresholds &thresholds);

/// One handler in both runs. The samples belong to the runs that are compared.
struct HandlerComparison
{
    HandlerKey key;
    const HandlerSamples *a = nullptr; ///< null: only in b
    const HandlerSamples *b = nullptr; ///< null: only in a
    Difference total;                  ///< from accepted to known
    Difference running;                ///< the handler alone
    Shift tail;                        ///< of the 99th percentile of total, with its interval
};

/// The mean nanoseconds of a task in each phase, in both runs.
struct PhaseMeans
{
    std::array<double, phaseCount> a{};
    std::array<double, phaseCount> b{};
};

/// What the processes of a run took of one kind, in both runs.
struct UsageComparison
{
    UsageKind kind{};
    Sample a; ///< of each round; empty: not measured
    Sample b;
    Difference difference; ///< Slower: b takes more
};

/// Something that was not alike, so that the runs may differ for that alone.
struct EnvironmentDifference
{
    QString what; ///< "processor", "plugin org.fanfare.checksum"
    QString a;
    QString b;
    bool isKnown = true; ///< false: one side has not recorded it, so they may be alike
};

/// Two runs side by side; a is the baseline. Swapping them negates every difference.
struct Comparison
{
    const RunSamples *a = nullptr;
    const RunSamples *b = nullptr;
    std::vector<HandlerComparison> handlers; ///< by key
    PhaseMeans phases;
    std::vector<EnvironmentDifference> environment;
    OrderComparison orders;             ///< of the first rounds
    std::vector<UsageComparison> usage; ///< by kind; empty when neither side was measured

    /// The sides made different numbers of tasks in a round, because one goes on or had other work:
    /// their wall times are compared per task.
    bool isPerTask = false;

    double wallRatio() const; ///< wall time of b as a multiple of a's; 0 when a took none

    /// The same for the rounds that were run one after the other, as many as both sides have.
    std::vector<double> wallRatios() const;
};

/// Whether \a handler of \a comparison was called another number of times in a round of b than in
/// one of a; also when it ran on one side only.
bool differsInCalls(const Comparison &comparison, const HandlerComparison &handler);

/// Compares \a a with \a b, which have to outlive the result. A stop request on \a stop ends it
/// early with what it has. [any]; O(n log n) of all values, 0.4 s for twice a million.
Comparison compareRuns(const RunSamples &a, const RunSamples &b, const Thresholds &thresholds = {},
                       std::stop_token stop = {});

} // namespace Fanfare
