// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/processes/pooltask.h>

namespace Fanfare {

inline constexpr PoolTime milliseconds = 1'000'000;
inline constexpr PoolTime seconds = 1000 * milliseconds;

/// The limits a supervisor keeps to. Times are nanoseconds.
struct SupervisorOptions
{
    int workers = 1;        ///< at most that many at a time
    int minimumWorkers = 0; ///< that many stay when there is nothing to do
    int startAhead = 0;     ///< that many are started before there is anything to do

    /// Tasks are sent ahead as long as all that a worker has is estimated to take less than this.
    PoolTime aheadTime = 1 * milliseconds;
    std::size_t maximumAhead = 256;    ///< sync tasks at one worker
    std::size_t maximumAsync = 16'384; ///< async tasks at one worker

    /// A sync task that runs for so long gets nothing more sent behind it, and what was sent behind
    /// it is asked back: all that a worker has was to take less than aheadTime.
    PoolTime lateTime = 5 * milliseconds;

    PoolTime startTime = 2'500 * milliseconds; ///< from the start of a process to its welcome
    PoolTime loadTime = 5 * seconds;           ///< for one handler
    PoolTime grace = 250 * milliseconds;       ///< for a task that was asked to stop
    PoolTime dumpTime = 100 * milliseconds;    ///< for a worker that was asked where it is
    PoolTime pipeTime =
        200 * milliseconds;           ///< from one end of a worker, process or pipe, to the other
    PoolTime drainTime = 2 * seconds; ///< for a worker that was asked to leave
    PoolTime spawnPause = 2 * milliseconds; ///< between two starts

    PoolTime pingPause = 1 * seconds;  ///< between two questions to a worker that has tasks
    PoolTime answerTime = 2 * seconds; ///< then it is unresponsive

    PoolTime memoryPause = 20 * milliseconds; ///< between two looks at what a limited task takes

    PoolTime firstBackoff = 50 * milliseconds; ///< doubled with every failure in a row, +-20 %
    PoolTime maximumBackoff = 5 * seconds;
    int maximumBootFailures = 5; ///< in a row; then the slot has failed
    int hangWeight = 3; ///< so many boot failures is one worker that did not get ready in startTime
    /// A worker that somebody else killed while it started, or loaded, says nothing about the next
    /// one; but a system without memory would go on for ever.
    int maximumForeignKills = 5000;
    int maximumLoadDeaths = 3; ///< of workers that load one handler; then it is not loaded again

    int maximumAttempts = 3;                  ///< of an idempotent task
    PoolTime retryDelay = 100 * milliseconds; ///< before the second attempt, then four times that
    int maximumRequeues = 100; ///< of a task whose workers died before they started it

    PoolTime idleTime = 30 * seconds; ///< then a worker above minimumWorkers leaves
    PoolTime maximumAge = 3600 * seconds;
    std::uint64_t maximumTasks = 0;          ///< of one worker; 0: any number
    std::uint32_t memoryGrowth = 300 * 1024; ///< KiB above what it had after its first task
};

} // namespace Fanfare
