// SPDX-License-Identifier: MIT
// What the supervisor does to workers, and what they say.
#include "fanfare/processes/poolhost.h"

#include <fanfare/base/clock.h>
#include <fanfare/base/signalname.h>

#include <csignal>
#include <utility>

namespace Fanfare {

using namespace Qt::StringLiterals;

static constexpr size_t maximumLines = 200; // of a worker that are kept for a crash report
static constexpr qsizetype maximumTalk = 16 * 1024 * 1024; // bytes of log lines in a second

// --- WorkerPort

void PoolHost::spawn(int slot)
{
    Worker &worker = m_workers[size_t(slot)];
    worker = {};
    worker.process =
        std::make_unique<WorkerProcess>(slot, m_spawn, static_cast<WorkerListener &>(*this));
    worker.process->start();
}

void PoolHost::kill(int slot)
{
    m_workers[size_t(slot)].killed = m_supervisor.slots()[size_t(slot)].cause;
    worker(slot).kill();
}

void PoolHost::abandon(int slot)
{
    worker(slot).abandon();
}

void PoolHost::sendLoad(int slot, std::uint32_t handler)
{
    const HandlerIdentity &identity = m_routes.handler(handler);
    worker(slot).send(
        WorkerCommand::Load,
        encode(LoadRequest{identity.plugin, identity.handler, identity.path, identity.hash}),
        handler);
}

void PoolHost::sendTask(int slot, const PoolTask &task)
{
    Worker &to = m_workers[size_t(slot)];
    PoolParcel &sent = parcel(task.number);
    if (!std::exchange(sent.wasSent, true))
        m_bytesAtWorkers += sent.charge;
    for (; to.namedEvents <= sent.event; ++to.namedEvents) {
        to.process->send(WorkerCommand::NameEvent, m_routes.event(to.namedEvents).toUtf8(),
                         to.namedEvents);
    }
    const TaskOrigin origin = sent.origin(task.attempt);
    TaskRecord record;
    record.task = task.number;
    record.emission = number(origin.task.emission);
    record.handler = task.spec.handler;
    record.event = sent.event;
    record.index = origin.task.index;
    record.attempt = origin.attempt;
    record.isBlocking = task.spec.isBlocking;
    record.deadline = task.spec.deadline;
    record.arguments = sent.arguments.bytes;
    if (sent.arguments.isLate())
        to.process->sendTask(record, sent.unpacked());
    else
        to.process->sendTask(record);
}

void PoolHost::sendCancel(int slot, TaskNumber task)
{
    worker(slot).send(WorkerCommand::Cancel, {}, task);
}

void PoolHost::sendRecall(int slot)
{
    worker(slot).send(WorkerCommand::Recall);
}

void PoolHost::sendPing(int slot)
{
    worker(slot).send(WorkerCommand::Ping);
}

void PoolHost::sendDump(int slot)
{
    worker(slot).send(WorkerCommand::Dump);
}

void PoolHost::sendDrain(int slot)
{
    worker(slot).send(WorkerCommand::Drain);
}

bool PoolHost::isStopped(int slot) const
{
    return m_workers[size_t(slot)].process->isStopped();
}

std::uint32_t PoolHost::memory(int slot) const
{
    return m_workers[size_t(slot)].process->memory();
}

// --- WorkerListener

void PoolHost::workerWelcomed(int slot)
{
    std::lock_guard lock(m_mutex);
    readClock();
    m_supervisor.workerWelcomed(slot);
}

void PoolHost::workerReported(int slot, const ReportRecord &report)
{
    std::lock_guard lock(m_mutex);
    if (report.time > m_now)
        readClock();
    if (report.kind == ReportKind::Started) {
        m_supervisor.taskStarted(slot, report.task, report.time);
        return;
    }
    m_report = &report;
    m_supervisor.taskFinished(slot, {report.task, report.outcome, report.time, report.memory});
    m_report = nullptr;
}

void PoolHost::workerSaid(int slot, WorkerReply reply, quint64 number, const QByteArray &payload)
{
    std::lock_guard lock(m_mutex);
    readClock();
    switch (reply) {
    case WorkerReply::Loaded:
        m_supervisor.handlerLoaded(slot, quint32(number));
        break;
    case WorkerReply::LoadFailed:
        loadFailed(slot, number, payload);
        break;
    case WorkerReply::CancelAck:
        m_supervisor.cancelAcknowledged(slot, number);
        break;
    case WorkerReply::Recalled:
        m_supervisor.taskRecalled(slot, number);
        break;
    case WorkerReply::Log:
        log(slot, number, payload);
        break;
    case WorkerReply::Progress:
        progress(number, payload);
        break;
    case WorkerReply::Pong:
        m_supervisor.workerAnswered(slot);
        break;
    case WorkerReply::Welcome:
    case WorkerReply::Reports:
    case WorkerReply::Bye:
        break;
    }
}

void PoolHost::workerBroke(int slot)
{
    std::lock_guard lock(m_mutex);
    readClock();
    m_supervisor.workerBroken(slot, KillCause::Protocol);
}

void PoolHost::outputEnded(int slot)
{
    std::lock_guard lock(m_mutex);
    readClock();
    m_supervisor.outputEnded(slot);
}

void PoolHost::processEnded(int slot)
{
    std::lock_guard lock(m_mutex);
    readClock();
    const WorkerEnd end = worker(slot).end();
    const bool wasKilled = end.signal == SIGKILL || end.signal == SIGTERM;
    if (wasKilled && m_supervisor.slots()[size_t(slot)].cause == KillCause::None)
        m_supervisor.processKilled(slot);
    else
        m_supervisor.processEnded(slot);
}

void PoolHost::loadFailed(int slot, quint64 number, const QByteArray &payload)
{
    const auto problem = decodeWorkerMessage<LoadProblem>(payload);
    m_loadProblems[quint32(number)] = problem
        ? *problem
        : LoadProblem{u"load-failed"_s, u"The worker does not say why it cannot load it."_s};
    m_supervisor.loadFailed(slot, quint32(number));
}

/// Nobody reads so much; what one task may write is limited where it runs.
bool PoolHost::isFlooding(Worker &worker, qsizetype bytes) const
{
    if (m_now - worker.second >= seconds) {
        worker.second = m_now;
        worker.talked = 0;
    }
    worker.talked += bytes;
    return worker.talked > maximumTalk;
}

void PoolHost::log(int slot, quint64 number, const QByteArray &payload)
{
    const auto said = decodeWorkerMessage<WorkerLine>(payload);
    if (!said)
        return;
    LogLine line;
    line.time = said->time;
    line.level = said->level;
    line.text = said->dropped == 0 ? said->text
                                   : u"%1 [+%2 lines dropped]"_s.arg(said->text).arg(said->dropped);
    if (m_supervisor.tasks().find(number)) {
        line.task = parcel(number).id();
        line.subscriber = parcel(number).subscriber().id;
    }
    if (isFlooding(m_workers[size_t(slot)], payload.size())) {
        m_supervisor.workerBroken(slot, KillCause::Flooding);
        return;
    }
    auto &lines = m_workers[size_t(slot)].lines;
    if (lines.size() == maximumLines)
        lines.pop_front();
    lines.emplace_back(number, line.text);
    m_lanes.log(std::move(line));
}

void PoolHost::progress(quint64 number, const QByteArray &payload)
{
    const auto said = decodeWorkerMessage<WorkerProgress>(payload);
    if (said && m_supervisor.tasks().find(number))
        parcel(number).progress = said->fraction;
}

} // namespace Fanfare
