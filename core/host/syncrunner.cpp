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
        m_reporter.taskEnded();
    }
    m_reporter.flush(); // nothing to join the last report with
}

void SyncRunner::runTask(WorkerContext &context)
{
    const qint64 started = m_reporter.started(context);
    const qint64 cpuBefore = MonotonicClock::threadCpu();
    const HandlerEnd end = runHandler(context);
    m_reporter.ended(context, end, started, MonotonicClock::threadCpu() - cpuBefore);
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
