// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/processes/tasktable.h>

#include <vector>

namespace Fanfare {

/// The life of a slot, which is the place of one worker:
///
///     Empty -> Starting -> Ready <-> Loading
///     Ready -> Stopping -> Dumping -> Reaping     a task has to stop and does not
///     Ready -> Draining                           recycled, not needed, shutdown
///     Starting | Loading -> Backoff -> Empty      did not get ready; too often: Failed
///     any with a process -> Reaping -> Empty      the process ended or was killed
///
/// A slot with a process leaves it only by Supervisor::reap(), when both the end of the process
/// and the end of its output are known.
enum class SlotState : std::uint8_t {
    Empty,
    Starting, ///< the process was started; its welcome is due
    Loading,  ///< it loads a handler; nothing is sent meanwhile
    Ready,    ///< takes tasks
    Stopping, ///< a task was asked to stop
    Dumping,  ///< the worker was asked where its threads are; it is killed soon
    Draining, ///< it was asked to leave
    Reaping,  ///< killed or dead; its output is read to the end
    Backoff,  ///< waits before the next try
    Failed,   ///< no further try
};

inline bool hasProcess(SlotState state)
{
    return state != SlotState::Empty && state != SlotState::Backoff && state != SlotState::Failed;
}

/// Why a worker is drained.
enum class DrainReason : std::uint8_t {
    None,
    Recycle, ///< worn out
    Rebuilt, ///< it has an older build of a plugin than a task needs
    Shrink,
    Shutdown,
};

struct Slot
{
    SlotState state = SlotState::Empty;
    SlotState former = SlotState::Empty; ///< what it was before Reaping
    PoolTime until = never;              ///< when the state ends by itself
    TaskList sent;     ///< tasks given to the worker that have not ended, oldest first
    PoolTime load = 0; ///< sum of the estimates of the sync ones
    std::size_t asyncCount = 0;
    std::size_t stoppingCount = 0; ///< started tasks that were asked to stop
    PoolTime syncStarted = never;  ///< when the sync task started that runs; never: none does
    PoolTime lateDue = never;  ///< when it is looked whether that task keeps others from running
    bool isRecalling = false;  ///< it was asked for what it has not started
    std::vector<bool> loaded;  ///< by handler
    std::uint32_t loading = 0; ///< handler; while Loading
    std::vector<std::uint32_t> builds; ///< that were loaded or tried, by plugin; 0: none
    KillCause cause = KillCause::None;
    DrainReason drain = DrainReason::None; ///< wanted or under way
    bool hasEnded = false;                 ///< the process
    bool isClosed = false;                 ///< its output
    bool isReadToEnd = false;              ///< nothing that the worker said was left unread
    bool isHurried = false;  ///< its whole group was killed; the end of its output is due
    int bootFailures = 0;    ///< in a row
    int bootKills = 0;       ///< while it started, by somebody else, in a row
    bool wasKilled = false;  ///< by somebody else
    bool wasStopped = false; ///< when it was to be killed for a task, by somebody else
    PoolTime askDue = never; ///< when it is asked whether it listens, or its answer is overdue
    bool isAsked = false;
    bool isUnresponsive = false; ///< does not answer; gets nothing more
    PoolTime memoryDue = never;  ///< when its memory is looked at, because a task has a limit
    PoolTime spawned = 0;
    PoolTime idleSince = 0;
    std::uint64_t taken = 0;      ///< tasks that this worker was given
    std::uint32_t baseMemory = 0; ///< KiB, after its first task; 0 unknown
    std::uint32_t memory = 0;     ///< KiB, last said; 0 unknown

    std::size_t syncCount() const { return sent.size - asyncCount; }
    bool hasOtherBuild(const TaskSpec &task) const
    {
        return task.plugin < builds.size() && builds[task.plugin] != 0
            && builds[task.plugin] != task.build;
    }
    bool hasLoaded(std::uint32_t handler) const
    {
        return handler < loaded.size() && loaded[handler];
    }
};

} // namespace Fanfare
