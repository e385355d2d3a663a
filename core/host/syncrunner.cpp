// SPDX-License-Identifier: MIT
#include "syncrunner.h"

#include "cpulimit.h"

#include <fanfare/base/clock.h>
#include <fanfare/executors/currenttask.h>

namespace Fanfare {

void SyncRunner::run()
{
    for (;;) {
        runAll();
        m_tasks.wait(m_kind);
    }
}

void SyncRunner::runWaiting()
{
    if (!m_tasks.claim(m_kind))
        return;
    do {
        m_thread = pthread_self();
        runAll();
        m_thread = 0;
    } while (!m_tasks.release(m_kind));
}

std::optional<pthread_t> SyncRunner::thread() const
{
    const pthread_t thread = m_thread;
    return thread ? std::optional(thread) : std::nullopt;
}

void SyncRunner::runAll()
{
    while (const std::unique_ptr<WorkerContext> context = m_tasks.take(m_kind)) {
        runTask(*context);
        m_tasks.end(*context);
        m_taskEnded();
    }
    m_channel.flush(); // nothing to join the last report with
}

void SyncRunner::runTask(WorkerContext &context)
{
    ReportRecord report;
    report.kind = ReportKind::Finished;
    report.task = context.task().number;
    const qint64 started = MonotonicClock::now();
    m_channel.reportStarted(report.task, started);
    const qint64 cpuBefore = MonotonicClock::threadCpu();
    const HandlerEnd end = runHandler(context);
    report.cpu = MonotonicClock::threadCpu() - cpuBefore;
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
}

HandlerEnd SyncRunner::runHandler(WorkerContext &context)
{
    const CurrentTaskScope scope({nullptr, &context, nullptr});
    // Blocking handlers run beside others: what the process spends is not theirs.
    const CpuLimit limit(m_kind == HandlerKind::Sync ? context.task().deadline
                                                     : std::chrono::nanoseconds(0));
    try {
        return endWithResult(context.task().handler->run(context));
    } catch (...) {
        return endWithException(context);
    }
}

} // namespace Fanfare
