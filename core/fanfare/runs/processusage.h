// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

#include <map>
#include <vector>

namespace Fanfare {

/// What one process of a run took from the system, from the beginning of the run to the last look
/// at it.
struct ProcessUsage
{
    QString name;           ///< "app" for the one that emits, else of its lane: "process 1"
    qint64 pid = 0;         ///< 0: a row that stands for several, or none of a run
    bool isWorker = false;  ///< it runs tasks only
    qint64 cpu = 0;         ///< nanoseconds of all its threads, user and system
    qint64 peakMemory = 0;  ///< KiB resident at most, since the process began
    qint64 voluntary = 0;   ///< context switches because a thread waited
    qint64 involuntary = 0; ///< context switches because another one wanted the core
    qint64 faults = 0;      ///< pages that the system had to map first; 0: not measured
    qint64 count = 1;       ///< processes that the row stands for
    qint64 ready = 0;       ///< ns that its threads waited for a core; 0: not measured

    bool operator==(const ProcessUsage &other) const = default;
};

/// How often a thread gave its core up, or had to, and how long it waited for one.
struct ThreadSwitches
{
    qint64 voluntary = 0;
    qint64 involuntary = 0;
    qint64 ready = 0; ///< nanoseconds
};

/// What the children took that a process has waited for: exact, but for the ticks of the clock.
struct ChildrenUsage
{
    qint64 cpu = 0;    ///< nanoseconds, in steps of 10 ms
    qint64 faults = 0; ///< pages
};

/// What all processes of a run took together.
struct RunUsage
{
    qint64 appMemory = 0;    ///< KiB, of the process that emits
    qint64 workerMemory = 0; ///< KiB, of the biggest worker process; 0: there is none
    qint64 allMemory = 0;    ///< KiB, the sum of all peaks: no more was taken at any time
    qint64 workers = 0;      ///< worker processes
    qint64 cpu = 0;          ///< nanoseconds
    qint64 voluntary = 0;
    qint64 involuntary = 0;
    qint64 faults = 0; ///< pages; 0: not measured
    qint64 ready = 0;  ///< nanoseconds of waiting for a core; 0: not measured

    bool operator==(const RunUsage &other) const = default;
};

/// Sums \a processes up. [any]
RunUsage sumOf(const std::vector<ProcessUsage> &processes);

/// As many rows of processes as a run keeps: no executor has more than 256 workers at once.
inline constexpr size_t mostProcesses = 300;

/// The \a most worker processes of \a processes that took the most memory, in their order, and one
/// row for all others: their sum, named "12 smaller workers", without memory. Those that are no
/// workers stay. Rows that stand for several already go into that one. [any]
std::vector<ProcessUsage> largestOf(std::vector<ProcessUsage> processes,
                                    size_t most = mostProcesses);

/// What the process \a pid has taken since it began, without what switchesOf() tells; its pid is 0
/// when it cannot be read, because it has ended or belongs to somebody else. [any], blocks
ProcessUsage usageOf(qint64 pid);

/// Of each thread that the process \a pid has now, by its number. Reads two files for each. [any],
/// blocks
std::map<qint64, ThreadSwitches> switchesOf(qint64 pid);

/// Of the process \a pid; nothing when it cannot be read. [any], blocks
ChildrenUsage childrenUsageOf(qint64 pid);

/// The process that started \a pid; 0 when that has ended. [any], blocks
qint64 parentOf(qint64 pid);

} // namespace Fanfare
