// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/processes/slot.h>

namespace Fanfare {

/// What a supervisor does to workers. No function calls the supervisor back: what comes of it is
/// told later.
///
/// Threads: [owner].
class WorkerPort
{
public:
    virtual ~WorkerPort() = default;

    virtual void spawn(int slot) = 0;
    virtual void kill(int slot) = 0;    ///< the whole process group, at once
    virtual void abandon(int slot) = 0; ///< close its output: nothing more is read
    virtual void sendLoad(int slot, std::uint32_t handler) = 0;
    virtual void sendTask(int slot, const PoolTask &task) = 0;
    virtual void sendCancel(int slot, TaskNumber task) = 0;
    virtual void sendRecall(int slot) = 0; ///< asks back the sync tasks that it has not started
    virtual void sendPing(int slot) = 0;
    virtual void sendDump(int slot) = 0;
    virtual void sendDrain(int slot) = 0;

    /// Whether somebody has stopped the process, as SIGSTOP or a debugger does.
    virtual bool isStopped(int) const { return false; }

    /// KiB that the process has and shares with nobody; 0: nobody knows.
    virtual std::uint32_t memory(int) const { return 0; }
};

/// What happened to a worker.
enum class SlotEvent : std::uint8_t {
    Started,
    Unresponsive, ///< it does not answer
    Responsive,   ///< it does so again
    Died,
    Recycled,
    Stopped,
    BootFailed,
    Failed,
};

/// Whether the worker is gone after \a event.
inline bool isEnd(SlotEvent event)
{
    return event > SlotEvent::Responsive;
}

/// What a supervisor tells. No function calls the supervisor back.
///
/// Threads: [owner].
class PoolObserver
{
public:
    virtual ~PoolObserver() = default;

    virtual void taskStarted(const PoolTask &task) = 0;

    /// Exactly once for each task; it is gone afterwards.
    virtual void taskEnded(const PoolTask &task, const PoolTaskEnd &end) = 0;

    /// An attempt ended with its worker; the task will be started again.
    virtual void taskWillRetry(const PoolTask &task) = 0;

    /// When isEnd(), all that the worker left was read; what belongs to the slot's process may be
    /// freed, after the tasks it took along have ended.
    virtual void slotChanged(int slot, SlotEvent event) = 0;

    /// The worker of \a slot is dead and \a task ran in it. Before the task ends or retries.
    virtual void taskCrashed(int slot, const PoolTask &task) = 0;
};

/// The time a supervisor lives by. [owner]
class PoolClock
{
public:
    virtual ~PoolClock() = default;
    virtual PoolTime now() const = 0;
};

/// Where jitter comes from. [owner]
class PoolRandom
{
public:
    virtual ~PoolRandom() = default;
    virtual std::uint64_t next() = 0;
};

struct SupervisorPorts
{
    WorkerPort &workers;
    PoolObserver &observer;
    PoolClock &clock;
    PoolRandom &random;
};

} // namespace Fanfare
