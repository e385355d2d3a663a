// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/executors/asyncloop.h>
#include <fanfare/executors/sidepool.h>
#include <fanfare/executors/taskrun.h>

#include <atomic>
#include <optional>

namespace Fanfare {

/// What the workers of one executor share.
struct PoolParts
{
    const Executor &executor;
    TaskQueue &queue;
    AsyncLoop &loop;
    SidePool &side;
    Recorder *recorder = nullptr;
    bool measuresCpu = false;
    bool startsInOrder = false; ///< one worker: a coroutine starts before the next task does
};

/// One worker of a thread pool: takes tasks from the queue and runs them until it is closed.
///
/// Threads: run() by one pool thread; the rest [any].
class PoolWorker
{
public:
    /// \a slot is borrowed; null: the worker uses one of its own. \a lane may be null.
    PoolWorker(const PoolParts &parts, Lane *lane, FlightSlot *slot);

    void run(); ///< [worker, blocks] returns when the queue is closed and empty

    std::optional<OpenTask> runningTask() const { return m_slot->read(); }
    void requestStop(); ///< of the task that runs now, if there is one

private:
    void runTask(TaskEntry task);
    void runHere(TaskEntry task);
    void enter(const TaskContext &context);
    void finish(TaskEntry task, TaskEnd &&end, const TaskTimes &times);

    const PoolParts m_parts;
    Lane *const m_lane;
    FlightSlot m_ownSlot;
    FlightSlot *const m_slot;
    Worker m_worker;
    CurrentTask *m_current = nullptr; // of this worker's thread
    std::atomic<EmissionState *> m_running = nullptr;
    qint64 m_now = 0; // the last time read: the end of one task is the start of the next
};

} // namespace Fanfare
