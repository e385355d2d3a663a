// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/processes/supervisoroptions.h>
#include <fanfare/processes/supervisorports.h>

#include <string>
#include <vector>

namespace Fanfare {

/// What a worker says about the end of a task.
struct TaskReport
{
    TaskNumber task = 0;
    Outcome outcome = Outcome::Succeeded; ///< Succeeded, Failed or Canceled
    PoolTime time = 0;                    ///< of the clock that all processes share
    std::uint32_t memory = 0;             ///< KiB the worker has; 0 unknown
};

/// Totals since the beginning; submitted == queued + sent + started + ended.
struct PoolCounters
{
    std::uint64_t submitted = 0;
    std::uint64_t queued = 0; ///< delayed ones included
    std::uint64_t sent = 0;
    std::uint64_t started = 0;
    std::uint64_t ended = 0;
    std::uint64_t spawns = 0;
    std::uint64_t deaths = 0;      ///< of workers that were not asked to leave
    std::uint64_t requeued = 0;    ///< sent, and back because the worker died before the start
    std::uint64_t recalled = 0;    ///< sent, and back because another task took too long
    std::uint64_t corrections = 0; ///< times of workers that had to be moved into their bounds
};

/// Decides everything about the tasks and workers of a process pool: who gets what, who is started,
/// stopped, killed and retried, and how each task ends. Single-threaded, without Qt, and without
/// any time, chance or process of its own, so that a simulation can drive it through any schedule.
///
/// The heart is the reaping rule, see reap(): a worker is dead only when the end of its process and
/// the end of its output are both known. A task whose end was read before that has ended as it
/// says; one that was started is lost with the worker; one that was only sent never ran, and goes
/// back to the front of the queue.
///
/// Threads: [owner].
class Supervisor
{
public:
    static constexpr const char *droppedReason = "dropped-oldest"; ///< see dropOldest()

    /// Of a task that timed out because somebody had stopped its worker, not because it took long.
    static constexpr const char *stoppedReason = "worker-stopped";

    /// Of a task that crashed because it took more than TaskSpec::memoryLimit.
    static constexpr const char *memoryReason = "memory-limit";

    Supervisor(const SupervisorOptions &options, const SupervisorPorts &ports);

    /// Queues a task. It ends exactly once, see PoolObserver::taskEnded(); not before pump().
    TaskNumber submit(const TaskSpec &spec);
    void cancel(TaskNumber task);         ///< one that has ended is left alone
    bool cancelIfQueued(TaskNumber task); ///< false when a worker has it
    /// False when a worker has it.
    bool rejectIfQueued(TaskNumber task, const char *reason);
    bool dropOldest(); ///< ends the oldest queued task as Rejected; false when there is none

    /// Gives what waits to workers that have nothing to do and know its handlers, right after
    /// submit(). True when all of it went; else pump() has to be called.
    bool startAtOnce();
    void close();   ///< workers leave when no task is left
    void killAll(); ///< everything ends now, as Canceled

    void workerWelcomed(int slot);
    void handlerLoaded(int slot, std::uint32_t handler);
    void loadFailed(int slot, std::uint32_t handler);
    void taskStarted(int slot, TaskNumber task, PoolTime time);
    void taskFinished(int slot, const TaskReport &report);
    void cancelAcknowledged(int slot, TaskNumber task);
    /// The answer to sendRecall(): \a task has not started and will not; 0: that was all.
    void taskRecalled(int slot, TaskNumber task);
    void workerAnswered(int slot);                ///< the question of sendPing()
    void workerBroken(int slot, KillCause cause); ///< it cannot be listened to any more
    void processEnded(int slot);
    void processKilled(int slot); ///< the same, by somebody who is not of this pool
    void outputEnded(int slot);

    void pump();               ///< starts, sends, stops and kills what is due; after every turn
    PoolTime nextTime() const; ///< when pump() has to be called at the latest; may be never

    bool isBroken() const { return m_isBroken; } ///< no worker can be started; nothing runs
    bool isFinished() const;                     ///< closed, no task and no process left
    PoolCounters counters() const;
    const std::vector<Slot> &slots() const { return m_slots; }
    TaskTable &tasks() { return m_tasks; }

    /// The lists of tasks that no worker has. Those that are kept come first: the end of one lets
    /// another one into a queue.
    std::vector<const TaskList *> waiting() const;

    /// The first thing that is wrong with the account of this supervisor, or an empty text. Costs
    /// time for every task that is there.
    std::string brokenInvariant() const;

private:
    struct HandlerRecord
    {
        PoolTime meanTime = -1; ///< of the last tasks; -1 unknown
        int loadDeaths = 0;
        int loadKills = 0;
        bool isBroken = false;
        std::uint32_t active = 0; ///< tasks that workers have
        TaskList kept;            ///< see TaskPhase::Kept; by order
    };

    Slot &slot(int index) { return m_slots[std::size_t(index)]; }
    HandlerRecord &handler(std::uint32_t number);
    PoolTime now() const { return m_ports.clock.now(); }
    void change(Slot &slot, SlotState state, PoolTime until = never);

    void becomeReady(int slot);

    // supervisorqueue.cpp
    void dispatch();
    bool dispatchTask(PoolTask &task);
    bool isAtLimit(const PoolTask &task) const;
    void keep(PoolTask &task);
    void letIn(std::uint32_t handler);
    static bool isWaiting(const PoolTask &task);
    bool isLoadedAnywhere(std::uint32_t handler) const;
    int chooseSlot(const PoolTask &task) const;
    bool mightOvertake(const Slot &slot, const PoolTask &task) const;
    bool hasRoom(const Slot &slot, const PoolTask &task) const;
    void load(int slot, const PoolTask &task);
    void retireOtherBuilds(const PoolTask &task);
    PoolTime estimate(const PoolTask &task) const;
    void send(int slot, PoolTask &task);
    void takeFrom(Slot &slot, PoolTask &task);
    void finish(PoolTask &task, const PoolTaskEnd &end);
    void rejectQueued(std::uint32_t handler, const char *reason);
    void rejectAll(const char *reason);
    TaskList &listOf(const PoolTask &task);

    // supervisorrecall.cpp
    bool isLate(const Slot &slot) const;
    void watchRunning(Slot &slot);
    void recallIfLate(int slot, PoolTime time);

    // supervisorstops.cpp
    void stop(PoolTask &task, KillCause cause);
    void stopLateTasks(int slot, PoolTime time);
    void beginGrace(PoolTask &task);
    void watch(const PoolTask &task);
    PoolTime earliestStop(const Slot &slot) const;
    void kill(int slot, KillCause cause);
    void settle(int slot);

    // supervisormemory.cpp
    void noteMemory(int slot, PoolTask &task);
    void watchMemory(int slot, PoolTime time);

    // supervisorpings.cpp
    static bool isAskable(const Slot &slot);
    void askIfDue(int slot, PoolTime time);
    void replaceIfUseless(int slot, PoolTime time);

    // supervisorslots.cpp
    void advanceSlot(int slot, PoolTime time);
    void keepStrength(PoolTime time);
    void spawnNext(PoolTime time);
    void drain(int slot, DrainReason reason);
    void retireIfDue(int slot, PoolTime time);
    int present() const;
    int startingCount() const;
    bool hasWaiting(PoolTime time) const;
    bool isOverdue(const Slot &slot, PoolTime time) const;
    void breakIfAllFailed();
    int aliveCount() const;
    int failedCount() const;

    // supervisorreaping.cpp
    void hurryReaping(int slot);
    void reapIfDone(int slot);
    void reap(int slot);
    void endLost(int slot, PoolTask &task, KillCause cause);
    void retryOrEnd(PoolTask &task, const char *reason);
    void insertDelayed(PoolTask &task);
    void requeue(PoolTask &task);
    bool putBack(PoolTask &task);
    void afterDeath(int slot, SlotState former, KillCause cause, DrainReason drain);
    void countLoadDeath(int slot, std::uint32_t handler, KillCause cause);
    void backOff(int slot, int failures);

    std::string brokenInvariant(const Slot &slot) const;
    std::string brokenLimit() const;

    const SupervisorOptions m_options;
    const SupervisorPorts m_ports;
    TaskTable m_tasks;
    TaskList m_queue;
    TaskList m_asyncQueue; ///< with several workers, so that no sync task delays a coroutine
    TaskList m_delayed;    ///< by due time
    std::size_t m_keptCount = 0;
    std::vector<Slot> m_slots;
    std::vector<HandlerRecord> m_handlers;
    PoolCounters m_counters;
    int m_wanted = 0;         ///< workers the pool has grown to
    PoolTime m_nextSpawn = 0; ///< not before that
    bool m_isClosed = false;
    bool m_isKilled = false; ///< nothing runs any more
    bool m_isBroken = false;
};

} // namespace Fanfare
