// SPDX-License-Identifier: MIT
#include "asyncrunner.h"

#include <fanfare/base/clock.h>
#include <fanfare/executors/currenttask.h>

namespace Fanfare {

AsyncRunner::AsyncRunner(WorkerTasks &tasks, WorkerChannel &channel, WorkerMemory &memory,
                         std::function<void()> closeOutput, std::function<void()> taskEnded)
    : m_tasks(tasks)
    , m_channel(channel)
    , m_memory(memory)
    , m_closeOutput(std::move(closeOutput))
    , m_taskEnded(std::move(taskEnded))
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
    const qint64 started = MonotonicClock::now();
    m_channel.reportStarted(context->task().number, started);
    HandlerEnd end;
    try {
        QCoro::Task<QCborValue> work = context->task().handler->start(*context);
        const QCborValue result = co_await work;
        end = endWithResult(result);
    } catch (...) {
        end = endWithException(*context);
    }
    report(*context, end, started);
}

void AsyncRunner::report(WorkerContext &context, const HandlerEnd &end, qint64 started)
{
    ReportRecord report;
    report.kind = ReportKind::Finished;
    report.task = context.task().number;
    report.time = MonotonicClock::now();
    m_closeOutput();
    context.closeOutput();
    const MemoryFigures memory = m_memory.afterTask(started, report.time);
    report.memory = memory.now;
    report.peakMemory = memory.peak;
    report.outcome = end.outcome;
    report.payload = end.error;
    if (end.outcome == Outcome::Succeeded)
        m_channel.reportResult(report, end.result);
    else
        m_channel.reportFinished(report);
    m_tasks.end(context);
    if (!std::exchange(m_isFlushDue, true)) { // one write for all that end in this turn
        QMetaObject::invokeMethod(
            this,
            [this] {
                m_isFlushDue = false;
                m_channel.flush();
                m_taskEnded();
            },
            Qt::QueuedConnection);
    }
}

} // namespace Fanfare
