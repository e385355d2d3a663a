// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/executors/taskrun.h>

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
class SidePool
{
public:
    SidePool(const Executor &executor, TaskQueue &queue, Recorder *recorder);

    void start(TaskEntry task);

    /// The same, and returns when the task has started. [worker, blocks]
    void startAndWait(TaskEntry task);
    void waitForDone(); ///< [any, blocks]

    void sample(std::vector<OpenTask> &running) const;
    void requestStopOfAll();

private:
    void run(TaskEntry task, std::binary_semaphore *started = nullptr);
    Lane *takeLane();

    const Executor &m_executor;
    TaskQueue &m_queue;
    Recorder *const m_recorder;
    mutable std::mutex m_mutex;
    std::vector<Lane *> m_freeLanes;                                   // guarded by m_mutex
    int m_laneCount = 0;                                               // guarded by m_mutex
    std::unordered_map<EmissionState *, std::vector<OpenTask>> m_open; // guarded by m_mutex
    QThreadPool m_pool;
};

} // namespace Fanfare
