// SPDX-License-Identifier: MIT
#pragma once

#include "taskreporter.h"

#include <QCoroTask>
#include <QObject>

#include <atomic>

namespace Fanfare {

/// Runs the coroutines of a worker on the event loop of its main thread. A suspended one costs its
/// frame and its context, nothing else.
///
/// Threads: [owner], the thread of the event loop; wake() is [any].
class AsyncRunner final : public QObject
{
    Q_OBJECT

public:
    AsyncRunner(WorkerTasks &tasks, TaskReporter &reporter); ///< both are borrowed

    void wake(); ///< coroutines wait in the tasks [any]

private:
    void startAll();
    QCoro::Task<void> drive(std::unique_ptr<WorkerContext> context);
    void finish(WorkerContext &context, const HandlerEnd &end, qint64 started);

    WorkerTasks &m_tasks;
    TaskReporter &m_reporter;
    std::atomic<bool> m_isWakeDue = false;
    bool m_isFlushDue = false;
};

} // namespace Fanfare
