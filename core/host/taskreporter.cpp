// SPDX-License-Identifier: MIT
#include "taskreporter.h"

#include "workerchannel.h"

#include <fanfare/base/clock.h>

namespace Fanfare {

TaskReporter::TaskReporter(WorkerChannel &channel, WorkerMemory &memory,
                           std::function<void()> closeOutput, std::function<void()> taskEnded)
    : m_channel(channel)
    , m_memory(memory)
    , m_closeOutput(std::move(closeOutput))
    , m_taskEnded(std::move(taskEnded))
{
}

qint64 TaskReporter::started(const WorkerContext &context)
{
    const qint64 now = MonotonicClock::now();
    m_channel.reportStarted(context.task().number, now);
    return now;
}

void TaskReporter::ended(WorkerContext &context, const HandlerEnd &end, qint64 started, qint64 cpu)
{
    ReportRecord report;
    report.kind = ReportKind::Finished;
    report.task = context.task().number;
    report.time = MonotonicClock::now();
    report.cpu = cpu;
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

void TaskReporter::flush()
{
    m_channel.flush();
}

} // namespace Fanfare
