// SPDX-License-Identifier: MIT
#include "asyncrunner.h"

#include <fanfare/executors/currenttask.h>

namespace Fanfare {

AsyncRunner::AsyncRunner(WorkerTasks &tasks, TaskReporter &reporter)
    : m_tasks(tasks)
    , m_reporter(reporter)
{
}

void AsyncRunner::wake()
{
    if (!m_isWakeDue.exchange(true))
        QMetaObject::invokeMethod(this, &AsyncRunner::startAll, Qt::QueuedConnection);
}

void AsyncRunner::startAll()
{
    m_isWakeDue = false;
    while (std::unique_ptr<WorkerContext> context = m_tasks.take(HandlerKind::Async)) {
        const CurrentTaskScope scope({nullptr, context.get(), nullptr});
        drive(std::move(context)); // the coroutine owns itself
    }
}

QCoro::Task<void> AsyncRunner::drive(std::unique_ptr<WorkerContext> context)
{
    const qint64 started = m_reporter.started(*context);
    HandlerEnd end;
    try {
        QCoro::Task<QCborValue> work = context->task().handler->start(*context);
        const QCborValue result = co_await work;
        end = endWithResult(result);
    } catch (...) {
        end = endWithException(*context);
    }
    finish(*context, end, started);
}

void AsyncRunner::finish(WorkerContext &context, const HandlerEnd &end, qint64 started)
{
    m_reporter.ended(context, end, started);
    m_tasks.end(context);
    if (!std::exchange(m_isFlushDue, true)) { // one write for all that end in this turn
        QMetaObject::invokeMethod(
            this,
            [this] {
                m_isFlushDue = false;
                m_reporter.flush();
                m_reporter.taskEnded();
            },
            Qt::QueuedConnection);
    }
}

} // namespace Fanfare
