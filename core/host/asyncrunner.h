// SPDX-License-Identifier: MIT
#pragma once

#include "workerends.h"

#include <QCoroTask>
#include <QObject>

#include <atomic>
#include <functional>

namespace Fanfare {

/// Runs the coroutines of a worker on the event loop of its main thread. A suspended one costs its
/// frame and its context, nothing else.
///
/// Threads: [owner], the thread of the event loop; wake() is [any].
class AsyncRunner final : public QObject
{
    Q_OBJECT

public:
    /// The arguments are as those of SyncRunner.
    AsyncRunner(WorkerTasks &tasks, WorkerChannel &channel, WorkerMemory &memory,
                std::function<void()> closeOutput, std::function<void()> taskEnded);

    void wake(); ///< coroutines wait in the tasks [any]

private:
    void startAll();
    QCoro::Task<void> drive(std::unique_ptr<WorkerContext> context);
    void report(WorkerContext &context, const HandlerEnd &end, qint64 started);

    WorkerTasks &m_tasks;
    WorkerChannel &m_channel;
    WorkerMemory &m_memory;
    const std::function<void()> m_closeOutput;
    const std::function<void()> m_taskEnded;
    std::atomic<bool> m_isWakeDue = false;
    bool m_isFlushDue = false;
};

} // namespace Fanfare
