// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/executors/asyncloop.h>
#include <fanfare/executors/deadlinewatch.h>
#include <fanfare/executors/sidepool.h>
#include <fanfare/executors/taskrun.h>

#include <atomic>
#include <optional>

namespace Fanfare {

class PoolWorker;

/// Who has other workers.
class WorkerReserve
{
public:
    /// Starts another worker, which takes over what \a stuck has claimed. False when there are too
    /// many already. [deadline thread]
    virtual bool replace(PoolWorker &stuck) = 0;

protected:
    ~WorkerReserve() = default;
};

/// What the workers of one executor share.
struct PoolParts
{
    const Executor &executor;
    TaskQueue &queue;
    AsyncLoop &loop;
    SidePool &side;
    DeadlineWatch &watch;
    ConcurrencyLimits &limits;
    WorkerReserve &reserve;
    Recorder *recorder = nullptr;
    bool measuresCpu = false;
    bool startsInOrder = false; ///< one worker: a coroutine starts before the next task does
};

/// One worker of a thread pool: takes tasks from the queue and runs them until it is closed.
///
/// Threads: run() by one pool thread; attach(), attachInPlaceOf() before it; the rest [any].
class PoolWorker final : public TimedTaskOwner
{
public:
    /// \a slot is borrowed; null: the worker uses one of its own. \a lane may be null.
    PoolWorker(const PoolParts &parts, Lane *lane, FlightSlot *slot);

    void attach() { m_parts.queue.attach(m_worker); }
    void attachInPlaceOf(PoolWorker &stuck);

    enum class RunEnd : quint8 { Closed, Replaced };
    /// Returns when the queue is closed and empty, or after a task that got stuck and for which
    /// another worker was started. Then it may be attached and run again. [worker, blocks]
    RunEnd run();

    /// Nothing while it is stuck: the end of its task was told.
    std::optional<OpenTask> runningTask() const;
    void requestStop(); ///< of the task that runs now, if there is one

private:
    void runTask(TaskEntry task);
    void runInTurn(TaskEntry task);
    void runHere(TaskEntry task);
    void runTimed(TaskEntry task, std::chrono::nanoseconds deadline);
    void giveUp(TimedTask &task, const TaskEnd &end, const TaskTimes &times) override;
    TaskEnd runHandler(TaskContext &context, TaskTimes &times);
    void conclude(TaskContext &context, TaskEnd &&end, const TaskTimes &times);
    void enter(const TaskContext &context);
    void leave();
    void finish(TaskEntry task, TaskEnd &&end, const TaskTimes &times);

    const PoolParts m_parts;
    Lane *const m_lane;
    FlightSlot m_ownSlot;
    FlightSlot *const m_slot;
    Worker m_worker;
    CurrentTask *m_current = nullptr; // of this worker's thread
    std::atomic<EmissionState *> m_running = nullptr;
    std::atomic<bool> m_isStuck = false;
    bool m_hasLeft = false;    // the limit of its handler; written as the next one
    bool m_isReplaced = false; // written by giveUp() while this waits for the watch
    qint64 m_now = 0;          // the last time read: the end of one task is the start of the next
};

} // namespace Fanfare
