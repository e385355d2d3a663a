// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

#include <vector>

namespace Fanfare {

/// What one process of a run took from the system, from the beginning of the run to the last look
/// at it.
struct ProcessUsage
{
    QString name;           ///< "app" for the one that emits, else of its lane: "process 1"
    qint64 pid = 0;         ///< 0: it is none of a run
    bool isWorker = false;  ///< it runs tasks only
    qint64 cpu = 0;         ///< nanoseconds of all its threads, user and system
    qint64 peakMemory = 0;  ///< KiB resident at most, since the process began
    qint64 voluntary = 0;   ///< context switches because a thread waited
    qint64 involuntary = 0; ///< context switches because another one wanted the core

    bool operator==(const ProcessUsage &other) const = default;
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

    bool operator==(const RunUsage &other) const = default;
};

/// Sums \a processes up. [any]
RunUsage sumOf(const std::vector<ProcessUsage> &processes);

/// What the process \a pid has taken since it began; its pid is 0 when it cannot be read, because
/// it has ended or belongs to somebody else. Context switches are those of the threads that it has
/// now. Reads three files below /proc and one for each thread: 0.1 ms. [any], blocks
ProcessUsage usageOf(qint64 pid);

/// The process that started \a pid; 0 when that has ended. [any], blocks
qint64 parentOf(qint64 pid);

} // namespace Fanfare
