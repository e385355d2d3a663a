// SPDX-License-Identifier: MIT
// How tasks and workers end, and what is told about it.
#include "fanfare/processes/poolhost.h"

#include <fanfare/base/clock.h>
#include <fanfare/base/signalname.h>
#include <fanfare/executors/taskrun.h>

#include <algorithm>
#include <string_view>

namespace Fanfare {

using namespace Qt::StringLiterals;

void PoolHost::taskStarted(const PoolTask &) { }

/// By its text: a literal of a header may lie at another address in every file that names it.
static bool hasReason(const PoolTaskEnd &end, std::string_view reason)
{
    return end.reason == reason;
}

/// Nobody is told of what never ran because somebody wanted that.
static bool mayCallBackUnstarted(const PoolTaskEnd &end)
{
    return end.outcome != Outcome::Canceled && !hasReason(end, Supervisor::droppedReason);
}

void PoolHost::taskEnded(const PoolTask &task, const PoolTaskEnd &end)
{
    PoolParcel &ended = parcel(task.number);
    if (m_report) {
        ended.cpu = m_report->cpu;
        ended.peakMemory = m_report->peakMemory;
    }
    PoolDelivery delivery{
        {ended.emission, ended.index}, endOf(task, end, ended), true, ended.charge};
    QCborMap crash;
    if (!ended.crashes.isEmpty() && delivery.end.outcome != Outcome::Succeeded) {
        crash = ended.crashes.last().toMap();
        ended.crashes.removeLast();
        if (!ended.crashes.isEmpty())
            crash[u"earlier"_s] = ended.crashes;
        delivery.end.error = {crash[u"code"_s].toString(), crash[u"text"_s].toString()};
    }
    const bool hasStarted = task.started > 0;
    m_lanes.record(hasStarted ? task.slot : -1, task.spec.isAsync, spanOf(task, end, ended),
                   delivery.end, crash);
    const Subscriber &subscriber = ended.subscriber();
    if (end.outcome == Outcome::Succeeded && subscriber.handler.gate)
        subscriber.handler.gate->noteSuccess();
    delivery.callsBack =
        (hasStarted || mayCallBackUnstarted(end)) && (subscriber.onSuccess || subscriber.onFailure);
    if (ended.wasSent)
        m_bytesAtWorkers -= ended.charge;
    ended = {};
    (delivery.callsBack ? m_callingBack : m_done).push_back(std::move(delivery));
}

static QCborValue resultOf(const ReportRecord &report)
{
    const auto result =
        report.place ? decodeSharedResult(report.payload) : decodeResult(report.payload);
    return result.value_or(QCborValue());
}

static TaskError tookTooMuch(const HandlerEntryPoint &handler)
{
    return {
        QLatin1StringView(Supervisor::memoryReason),
        u"The handler \"%1\" took more than the %2 MiB of memory that it may, so its worker was "
        "ended; let it take less at a time, or raise its \"maxMemoryMb\"."_s
            .arg(handler.identity.handler)
            .arg(handler.memoryLimit / (1024 * 1024))};
}

TaskEnd PoolHost::endOf(const PoolTask &task, const PoolTaskEnd &end, PoolParcel &parcel) const
{
    TaskEnd told;
    told.outcome = end.outcome;
    if (*end.reason)
        told.reason = QString::fromLatin1(end.reason);
    if (m_report && !m_report->payload.isEmpty()) {
        if (m_report->outcome == Outcome::Succeeded && m_keepsEncoded)
            told.encoded = m_report->payload.toByteArray();
        else if (m_report->outcome == Outcome::Succeeded)
            told.result = resultOf(*m_report);
        else
            told.error = decodeError(m_report->payload.toByteArray()).value_or(TaskError());
    } else if (hasReason(end, Supervisor::memoryReason)) {
        told.error = tookTooMuch(parcel.subscriber().handler);
    } else if (hasReason(end, withdrawnReason)) {
        told = withdrawnEnd(parcel.subscriber().handler);
    } else if (end.outcome == Outcome::Rejected && !hasReason(end, Supervisor::droppedReason)) {
        const LoadProblem problem = m_supervisor.isBroken()
            ? m_startProblem
            : m_loadProblems.value(
                task.spec.handler,
                {u"load-crashed"_s,
                 u"Every worker that loads \"%1\" dies; correct its plugin."_s.arg(
                     m_routes.handler(task.spec.handler).handler)});
        told.error = {problem.code, problem.text};
        if (!m_supervisor.isBroken())
            told.reason = problem.code;
    }
    return told;
}

static quint32 clampedSpan(qint64 from, qint64 to)
{
    return quint32(std::clamp<qint64>(to - from, 0, std::numeric_limits<quint32>::max()));
}

SpanRecord PoolHost::spanOf(const PoolTask &task, const PoolTaskEnd &end,
                            const PoolParcel &parcel) const
{
    SpanRecord span;
    span.task = parcel.id();
    span.queued = parcel.emission->queued();
    span.subscriber = parcel.subscriber().id;
    span.event = parcel.emission->recipients().eventNumber;
    span.outcome = end.outcome;
    span.attempt = task.attempt;
    span.finished = std::max<qint64>(end.finished, span.queued);
    span.started = task.started > 0 ? task.started : span.finished;
    if (task.started > 0) {
        span.cpu = parcel.cpu;
        span.peakMemory = parcel.peakMemory;
        span.sentBefore = clampedSpan(task.sent, task.started);
        span.repliedAfter = end.wasLate ? 0 : clampedSpan(end.finished, m_now);
    }
    return span;
}

/// Whether the task that \a slot just lost is the only one that its worker was running. They are
/// told of one by one, the others of them before or after this one.
bool PoolHost::runsNothingElse(int slot)
{
    const TaskList &sent = m_supervisor.slots()[size_t(slot)].sent;
    for (std::uint32_t place = sent.first; place; place = m_supervisor.tasks().at(place).next) {
        if (m_supervisor.tasks().at(place).phase == TaskPhase::Started)
            return false;
    }
    return m_workers[size_t(slot)].lost == 0;
}

void PoolHost::taskCrashed(int slot, const PoolTask &task)
{
    PoolParcel &crashed = parcel(task.number);
    WorkerProcess &process = worker(slot);
    WorkerEnd end = process.end();
    end.cause = m_supervisor.slots()[size_t(slot)].cause;
    const TaskOrigin origin = crashed.origin(task.attempt);
    end.task = origin.task;
    end.handler = crashed.subscriber().handler.identity;
    end.event = crashed.emission->recipients().event;
    end.attempt = origin.attempt;
    end.arguments =
        crashed.arguments.isLate() ? encodeArguments(crashed.unpacked()) : crashed.arguments.bytes;
    end.memory = m_supervisor.slots()[size_t(slot)].memory;
    for (const auto &[number, text] : m_workers[size_t(slot)].lines) {
        if (number == task.number)
            end.lastLines.append(text);
    }
    end.ranOnlyThat = task.started > 0 && runsNothingElse(slot);
    end.earlier = crashed.crashes;
    ++m_workers[size_t(slot)].lost;
    QCborMap report = process.remains().crashReport(end);
    report.remove(u"earlier"_s); // they are there already
    crashed.crashes.append(report);
    if (m_crashed && report[u"byHandler"_s].toBool())
        m_crashed(end.handler, report[u"text"_s].toString());
}

void PoolHost::taskWillRetry(const PoolTask &task)
{
    PoolParcel &retried = parcel(task.number);
    LogLine line;
    line.time = m_now;
    line.task = retried.id();
    line.subscriber = retried.subscriber().id;
    line.level = LogLevel::Warning;
    line.text = u"Its worker died; attempt %1 follows."_s.arg(task.attempt);
    retried.progress = -1;
    m_lanes.log(std::move(line));
}

QString PoolHost::describe(int slot, SlotEvent event) const
{
    const WorkerProcess &process = *m_workers[size_t(slot)].process;
    if (event == SlotEvent::Recycled)
        return m_supervisor.slots()[size_t(slot)].drain == DrainReason::Rebuilt
            ? u"replaced because a plugin was built again"_s
            : u"replaced after its share of tasks, memory or time"_s;
    if (event == SlotEvent::Unresponsive)
        return u"it runs what it runs until a deadline, or until that is canceled"_s;
    if (!isEnd(event) || event == SlotEvent::Stopped)
        return {};
    if (m_workers[size_t(slot)].killed == KillCause::Unresponsive)
        return u"it did not answer and ran nothing"_s;
    if (process.problem())
        return process.problem()->text;
    const WorkerEnd end = process.end();
    return end.signal > 0 ? u"signal %1 (%2)"_s.arg(end.signal).arg(signalName(end.signal))
                          : u"exit code %1"_s.arg(end.exitCode);
}

static LaneEventKind laneEventOf(SlotEvent event)
{
    switch (event) {
    case SlotEvent::Started:
        return LaneEventKind::Started;
    case SlotEvent::Unresponsive:
        return LaneEventKind::Unresponsive;
    case SlotEvent::Responsive:
        return LaneEventKind::Responsive;
    case SlotEvent::Recycled:
        return LaneEventKind::Recycled;
    case SlotEvent::Stopped:
        return LaneEventKind::Stopped;
    case SlotEvent::Failed:
        return LaneEventKind::Failed;
    case SlotEvent::Died:
    case SlotEvent::BootFailed:
        break;
    }
    return LaneEventKind::Died;
}

void PoolHost::slotChanged(int slot, SlotEvent event)
{
    Worker &changed = m_workers[size_t(slot)];
    m_lanes.event(slot, laneEventOf(event), changed.process->pid(), describe(slot, event));
    if (!isEnd(event))
        return;
    if ((event == SlotEvent::BootFailed || event == SlotEvent::Failed)
        && changed.process->problem()) {
        m_startProblem = *changed.process->problem();
    }
    // Not at once: it may be the process that tells this.
    changed.process.release()->deleteLater();
}

void PoolHost::sample(LiveSample &sample, size_t queuedLimit)
{
    std::lock_guard lock(m_mutex);
    forEachTask([&](const PoolTask &task) {
        const bool isRunning = task.phase == TaskPhase::Started;
        if (!isRunning && (++sample.queuedCount > queuedLimit))
            return;
        const PoolParcel &open = parcel(task.number);
        OpenTask told;
        told.task = open.id();
        told.subscriber = open.subscriber().id;
        told.event = open.emission->recipients().eventNumber;
        told.queued = open.emission->queued();
        if (isRunning) {
            told.lane = m_lanes.laneId(task.slot, task.spec.isAsync);
            told.started = task.started;
            told.progress = open.progress;
        }
        (isRunning ? sample.running : sample.queued).push_back(told);
    });
}

} // namespace Fanfare
