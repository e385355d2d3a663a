// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/base/outcomecode.h>
#include <fanfare/processes/killcause.h>

#include <cstdint>

namespace Fanfare {

/// Numbers a task of a pool: its place in the task table and how often that was used. 0 is "none".
using TaskNumber = std::uint64_t;

/// Nanoseconds of the clock of the supervisor, or a span of them.
using PoolTime = std::int64_t;

inline constexpr PoolTime never = INT64_MAX;

enum class TaskPhase : std::uint8_t {
    Free,    ///< no task
    Queued,  ///< waits for a worker
    Kept,    ///< waits until another task of its handler has ended
    Delayed, ///< waits for its next attempt
    Sent,    ///< given to a worker, which has not started it
    Started, ///< the worker said that it runs
};

/// What somebody wants to run.
struct TaskSpec
{
    std::uint32_t handler = 0;
    PoolTime deadline = 0;     ///< from its start; 0: none
    bool isIdempotent = false; ///< may be started again after its worker died
    std::uint32_t concurrency =
        0;                    ///< tasks of the handler that workers have at once; 0: any number
    bool isAsync = false;     ///< waits without occupying its worker
    bool isBlocking = false;  ///< isAsync, too, but on a thread of its own
    std::uint32_t plugin = 0; ///< which the handler is of; 0: of none
    std::uint32_t build = 0;  ///< of that plugin; a worker never has two of them
    std::uint32_t memoryLimit = 0; ///< KiB that its worker may take while it has it; 0: any number
};

/// A task as the supervisor sees it. Owned by the task table.
struct PoolTask
{
    TaskNumber number = 0;
    TaskSpec spec;
    std::uint64_t order = 0; ///< how many were submitted before it
    TaskPhase phase = TaskPhase::Free;
    std::uint8_t attempt = 1;              ///< of the present or next start
    std::uint8_t requeued = 0;             ///< how often its worker died before it started
    KillCause stopCause = KillCause::None; ///< Deadline, Cancel or Memory once it has to stop
    int slot = -1;                         ///< which has it, or had it last
    PoolTime sent = 0;
    PoolTime started = 0;
    PoolTime due = 0;      ///< Delayed: when it may run again; Started: when it has to stop, or 0
    PoolTime estimate = 0; ///< what it counts for while it is sent
    std::uint32_t memoryBefore = 0; ///< KiB that its worker had when it was sent; with a limit
    std::uint32_t previous = 0;     ///< in its list, see TaskList; 0: none
    std::uint32_t next = 0;
};

/// How a task ended.
struct PoolTaskEnd
{
    Outcome outcome = Outcome::Succeeded;
    const char *reason = ""; ///< a stable code, empty for Succeeded and Failed
    PoolTime finished = 0;
    bool wasLate = false; ///< its worker died: what it said about the end is not known
};

} // namespace Fanfare
