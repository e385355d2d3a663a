// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/runs/runinfo.h>
#include <fanfare/runs/sample.h>
#include <fanfare/trace/records.h>

#include <array>
#include <compare>
#include <map>
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

/// Which handler a sample belongs to; the same in every run.
struct HandlerKey
{
    QString plugin; ///< id; empty: of the program itself
    QString name;

    bool operator==(const HandlerKey &other) const = default;
    std::strong_ordering operator<=>(const HandlerKey &other) const = default;
};

/// What a run says of one handler. All times are nanoseconds, of the tasks that started.
struct HandlerSamples
{
    HandlerKey key;
    QStringList versions;                         ///< of its plugin, that tasks ran in
    std::array<Sample, phaseCount> phases;        ///< by Phase
    Sample total;                                 ///< from accepted to known
    std::array<quint64, outcomeCount> outcomes{}; ///< of all its tasks, by Outcome
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
    quint32 peakMemory = 0;    ///< KiB, of the biggest worker process; 0: not measured

    quint64 tasks() const;
    quint64 count(Outcome outcome) const;
    qint64 wall() const;       ///< median over the rounds; 0 without tasks
    double throughput() const; ///< tasks a second of all rounds; 0 without wall time
    const HandlerSamples *find(const HandlerKey &key) const; ///< null when it did not run
};

/// Collects the spans of a run. Threads: [owner]. 40 bytes for every task that started.
class RunSampler final
{
public:
    /// Tasks accepted in the first \a warmUp nanoseconds of a round do not count.
    explicit RunSampler(RunInfo info, qint64 warmUp = 0);

    void add(const TraceBatch &batch, const RunNames &names);

    /// What follows belongs to another round, which began at \a begin, in MonotonicClock
    /// nanoseconds. The first round began when its RunInfo says.
    void beginRound(qint64 begin);

    /// Sorts what was collected: O(n log n). Nothing may be added afterwards.
    RunSamples finish();

private:
    struct Column
    {
        std::array<std::vector<qint64>, phaseCount> phases;
        std::vector<qint64> total;
        HandlerSamples facts;
    };

    Column &columnOf(const SpanRecord &span, const RunNames &names);
    void addSpan(const SpanRecord &span, Column &column);
    void endRound();

    RunSamples m_run;
    const qint64 m_warmUp;
    std::map<HandlerKey, Column> m_columns;
    std::map<SubscriberId, Column *> m_known; // of the names seen last
    RunNames m_names;
    std::set<TaskId> m_crashed; // their spans have not come yet
    qint64 m_roundBegin = 0;
    qint64 m_begin = -1; // when the first task that counts was accepted
    qint64 m_end = 0;    // of this round, as the two above
};

} // namespace Fanfare
