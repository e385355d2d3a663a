// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/runs/callorder.h>
#include <fanfare/runs/handlerkey.h>
#include <fanfare/runs/runinfo.h>
#include <fanfare/runs/sample.h>
#include <fanfare/trace/records.h>

#include <array>
#include <limits>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <vector>

namespace Fanfare {

/// The four parts of a task's time, in the order in which they happen.
enum class Phase : quint8 {
    Queued,  ///< accepted, until it is handed to a worker
    Sent,    ///< on its way to the worker; 0 on threads
    Running, ///< the handler
    Reply,   ///< on its way back; 0 on threads
};

inline constexpr int phaseCount = 4;

/// What a run says of one handler. All times are nanoseconds, of the tasks that started: of all of
/// them, or of RunSampler::mostTimes chosen at random.
struct HandlerSamples
{
    HandlerKey key;
    QStringList versions;                         ///< of its plugin, that tasks ran in
    QList<QByteArray> builds;                     ///< SHA-256 of those plugin files, where recorded
    std::array<Sample, phaseCount> phases;        ///< by Phase
    Sample total;                                 ///< from accepted to known
    std::array<quint64, outcomeCount> outcomes{}; ///< of all its tasks, by Outcome
    quint64 started = 0; ///< tasks that started; as many times as that, or mostTimes
    quint64 crashes = 0; ///< of its tasks, those that took their process with them
    qint64 cpu = 0;      ///< CPU time of the tasks it was measured of
    qint64 cpuRun = 0;   ///< run time of the same tasks

    const Sample &phase(Phase which) const { return phases[static_cast<size_t>(which)]; }
    quint64 tasks() const;
    quint64 count(Outcome outcome) const { return outcomes[static_cast<size_t>(outcome)]; }

    /// The share of its run time that a handler did not compute, from 0 to 1: it waited for a lock,
    /// a file, a timer, or for a core. -1 when CPU time was not measured.
    double offCpu() const;
};

/// A run, or several rounds of the same, as a comparison sees it.
struct RunSamples
{
    RunInfo info;                         ///< of the first round
    std::vector<HandlerSamples> handlers; ///< by key
    quint64 droppedSpans = 0;
    std::vector<qint64> walls; ///< of each round, from the first task accepted to the last one
                               ///< known, nanoseconds
    std::vector<quint64> roundTasks;     ///< of the same rounds
    std::vector<RunUsage> usages;        ///< of the rounds it was measured of
    std::vector<ProcessUsage> processes; ///< of the first of them
    CallLog calls;                       ///< of the first round
    quint32 peakMemory = 0;              ///< KiB, of the biggest worker process; 0: not measured

    quint64 tasks() const;
    quint64 count(Outcome outcome) const;
    qint64 wall() const;       ///< median over the rounds; 0 without tasks
    double throughput() const; ///< tasks a second of all rounds; 0 without wall time
    const HandlerSamples *find(const HandlerKey &key) const; ///< null when it did not run
};

/// Collects the spans of a run, and tells at any time what they amount to so far.
///
/// Threads: [owner]. 40 bytes for every task that started, up to 40 MB for a handler.
class RunSampler final
{
public:
    /// Of a handler that started more tasks, the times of that many are kept, chosen at random with
    /// a seed of their number alone: quantiles are then off by less than a thousandth in rank.
    /// Everything that is counted or summed is exact.
    static constexpr size_t mostTimes = 1'000'000;

    /// Tasks accepted in the first \a warmUp nanoseconds of a round do not count.
    explicit RunSampler(RunInfo info, qint64 warmUp = 0);

    /// Adds to the round that began last.
    void add(const TraceBatch &batch, const RunNames &names);
    void add(const TraceBatch &batch, const RunNames &names, size_t round);

    /// Begins another round, at \a begin in MonotonicClock nanoseconds, and returns its number. The
    /// first one, 0, began when its RunInfo says. Others may go on beside it.
    size_t beginRound(qint64 begin);

    /// What the processes of a round that has ended took; nothing when \a processes is empty.
    void addProcesses(const std::vector<ProcessUsage> &processes);

    /// What was collected so far: copies and sorts it, O(n log n).
    RunSamples samples() const;

    /// The same at the end, without a copy. Nothing may be added afterwards.
    RunSamples finish();

private:
    struct Column
    {
        std::array<std::vector<qint64>, phaseCount> phases;
        std::vector<qint64> total;
        HandlerSamples facts;
        quint32 number = 0; ///< in the log of calls
        std::mt19937_64 random{1};
    };

    /// Tasks are numbered anew in each round, and so may be handlers.
    struct Round
    {
        qint64 countsFrom = 0;                             // tasks accepted before are the warm-up
        qint64 first = std::numeric_limits<qint64>::max(); // accepted, of the tasks that count
        qint64 last = std::numeric_limits<qint64>::min();  // known to have ended
        RunNames names;                                    // seen last
        std::map<SubscriberId, Column *> known;            // of those names
        std::set<TaskId> crashed;                          // their spans have not come yet
        quint64 tasks = 0;                                 // that count
    };

    Column &columnOf(const SpanRecord &span, Round &round);
    static void addTimes(const SpanRecord &span, Column &column);
    static void addSpan(const SpanRecord &span, Column &column, Round &round);
    void noteCall(const SpanRecord &span, const Column &column);
    static HandlerSamples samplesOf(Column column);
    void noteRounds(RunSamples &run) const;

    RunSamples m_run;
    const qint64 m_warmUp;
    std::map<HandlerKey, Column> m_columns;
    std::vector<Round> m_rounds;
    std::optional<size_t> m_logged; ///< the round whose calls are kept
};

} // namespace Fanfare
