// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/executors/asyncloop.h>
#include <fanfare/executors/deadlinewatch.h>

#include <QThreadPool>

#include <mutex>
#include <semaphore>
#include <unordered_map>
#include <vector>

namespace Fanfare {

/// The threads beside the workers on which blocking handlers run: they occupy no worker, so some
/// of them may wait for one another even where there is only one.
///
/// Threads: [any].
class SidePool final : public TimedTaskOwner
{
public:
    SidePool(const Executor &executor, TaskQueue &queue, AsyncLoop &loop, DeadlineWatch &watch,
             ConcurrencyLimits &limits, Recorder *recorder);

    void start(TaskEntry task);

    /// The same for a task that has entered the limit of its handler.
    void startEntered(TaskEntry task);

    /// The same, and returns when the task has started. [worker, blocks]
    void startAndWait(TaskEntry task);
    void waitForDone(); ///< [any, blocks]

    void sample(std::vector<OpenTask> &running) const;
    void requestStopOfAll();

private:
    /// A handler that has not returned.
    struct Running
    {
        OpenTask open;
        Lane *lane = nullptr;
        bool isGivenUp = false;
    };

    void enterAndRun(TaskEntry task, std::binary_semaphore *started = nullptr);
    void runInTurn(TaskEntry task, std::binary_semaphore *started = nullptr);
    bool run(TaskEntry task, std::binary_semaphore *started = nullptr);
    bool runOn(Lane *lane, TaskEntry task, std::binary_semaphore *started);
    void conclude(TaskContext &context, TaskEnd &&end, const TaskTimes &times, Lane *lane);
    void giveUp(TimedTask &task, const TaskEnd &end, const TaskTimes &times) override;
    void markGivenUp(TaskEntry entry, const TaskEnd &end, const TaskTimes &times); // needs m_mutex
    Lane *takeLane();
    void setOpen(const TaskContext &context, Lane *lane, qint64 started);
    void setEnded(const TaskContext &context);
    void fitThreadCount(); // needs m_mutex

    const Executor &m_executor;
    TaskQueue &m_queue;
    AsyncLoop &m_loop;
    DeadlineWatch &m_watch;
    ConcurrencyLimits &m_limits;
    Recorder *const m_recorder;
    mutable std::mutex m_mutex;
    std::vector<Lane *> m_freeLanes;                                  // guarded by m_mutex
    int m_laneCount = 0;                                              // guarded by m_mutex
    int m_stuckCount = 0;                                             // guarded by m_mutex
    std::unordered_map<EmissionState *, std::vector<Running>> m_open; // guarded by m_mutex
    QThreadPool m_pool;
};

} // namespace Fanfare
