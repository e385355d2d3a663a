// SPDX-License-Identifier: MIT
#include "workersession.h"

#include "processguard.h"

#include <fanfare/ipc/buildid.h>

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <unistd.h>

namespace Fanfare {

static constexpr qsizetype maximumMessage = maximumTaskPayload + 64 * 1024; // bytes
static constexpr quint64 maximumNumber = 65'536; // of handlers and events

WorkerSession::WorkerSession(int input, int output, std::unique_ptr<PayloadMemory> payloads,
                             std::function<void(pthread_t)> dump)
    : m_payloads(std::move(payloads))
    , m_dump(std::move(dump))
    , m_joiner(maximumMessage)
    , m_channel(output, m_payloads ? &m_payloads->writer() : nullptr)
    , m_tasks(m_channel)
    , m_output(m_tasks, m_channel)
    , m_reporter(
          m_channel, m_memory, [this] { m_output.closeTask(); }, [this] { leaveIfDrained(); })
    , m_async(m_tasks, m_reporter)
    , m_sync(HandlerKind::Sync, m_tasks, m_reporter)
    , m_side(m_tasks, m_reporter)
    , m_reader(
          input, [this](Frame &frame) { return handle(frame); }, [this] { m_sync.runWaiting(); })
{
    m_reader.start();
}

/// False when the frame cannot come from a host.
bool WorkerSession::handle(Frame &frame)
{
    const auto isWhole = m_joiner.join(frame);
    if (!isWhole || !*isWhole)
        return bool(isWhole);
    if (!m_isGreeted)
        return frame.type == quint16(WorkerCommand::Hello) && greet(frame.payload);
    switch (WorkerCommand(frame.type)) {
    case WorkerCommand::Hello:
        return false;
    case WorkerCommand::NameEvent:
        m_plugins.nameEvent(quint32(frame.number), QString::fromUtf8(frame.payload));
        return frame.number < maximumNumber;
    case WorkerCommand::Load:
        return load(frame);
    case WorkerCommand::Tasks:
        return addTasks(frame.payload);
    case WorkerCommand::Cancel:
        return cancel(frame.number);
    case WorkerCommand::Recall:
        return recall();
    case WorkerCommand::Ping:
        m_channel.send(WorkerReply::Pong, {}, frame.number);
        return true;
    case WorkerCommand::Dump:
        m_dump(m_sync.thread().value_or(m_mainThread));
        return true;
    case WorkerCommand::Drain:
        return drain();
    }
    return frame.flags & IgnorableFrame;
}

/// Answers in any case: the host compares and knows what to tell the user.
bool WorkerSession::greet(const QByteArray &payload)
{
    const auto hello = decodeWorkerMessage<WorkerHello>(payload);
    if (!hello)
        return false;
    const WorkerWelcome welcome{workerProtocolVersion, hello->nonce, buildId(),
                                QCoreApplication::applicationPid()};
    m_channel.send(WorkerReply::Welcome, encode(welcome));
    m_isGreeted = true;
    return hello->protocol == workerProtocolVersion && hello->build == welcome.build;
}

bool WorkerSession::load(const Frame &frame)
{
    const auto request = decodeWorkerMessage<LoadRequest>(frame.payload);
    if (!request || frame.number >= maximumNumber)
        return false;
    QMetaObject::invokeMethod(
        this,
        [this, number = frame.number, request = *request] {
            if (const auto problem = m_plugins.load(quint32(number), request))
                m_channel.send(WorkerReply::LoadFailed, encode(*problem), number);
            else
                m_channel.send(WorkerReply::Loaded, {}, number);
        },
        Qt::QueuedConnection);
    return true;
}

bool WorkerSession::addTasks(const QByteArray &payload)
{
    RecordReader<TaskRecord> reader(payload);
    TaskRecord record;
    std::vector<WorkerTask> tasks;
    std::array<bool, 3> hasKind{};
    while (reader.next(record)) {
        auto arguments = takeArguments(record);
        const HandlerEntryPoint *const handler = m_plugins.handler(record.handler);
        if (!arguments || !handler)
            return false;
        tasks.push_back({record.task,
                         {EmissionId(record.emission), record.index},
                         record.attempt,
                         handler,
                         m_plugins.eventName(record.event),
                         *std::move(arguments),
                         record.isBlocking,
                         std::chrono::nanoseconds(record.deadline)});
        hasKind[size_t(tasks.back().kind())] = true;
    }
    if (reader.isBroken() || m_isDraining)
        return false;
    m_tasks.add(std::move(tasks));
    if (hasKind[size_t(HandlerKind::Async)])
        m_async.wake();
    if (hasKind[size_t(HandlerKind::Blocking)])
        m_side.wake();
    return true;
}

/// From the record, or from where it says that they lie; nothing when they are not there.
std::optional<Arguments> WorkerSession::takeArguments(const TaskRecord &record)
{
    if (!record.place)
        return decodeArguments(record.arguments);
    const auto bytes = m_payloads ? m_payloads->reader().at(*record.place) : std::nullopt;
    if (!bytes)
        return {};
    auto arguments = decodeArguments(*bytes);
    m_payloads->reader().release(*record.place);
    return arguments;
}

bool WorkerSession::cancel(quint64 task)
{
    if (m_tasks.cancel(task))
        m_channel.send(WorkerReply::CancelAck, {}, task);
    return true;
}

/// The newest first: each goes before what already waits in the pool.
bool WorkerSession::recall()
{
    const std::vector<quint64> tasks = m_tasks.takeBack(HandlerKind::Sync);
    std::for_each(tasks.rbegin(), tasks.rend(),
                  [&](quint64 task) { m_channel.send(WorkerReply::Recalled, {}, task); });
    m_channel.send(WorkerReply::Recalled);
    return true;
}

bool WorkerSession::drain()
{
    m_isDraining = true;
    leaveIfDrained();
    return true;
}

/// Without the exit handlers of the process: what plugins do there is nobody's business any more.
void WorkerSession::leaveIfDrained()
{
    if (!m_isDraining || !m_tasks.isEmpty() || m_hasLeft.exchange(true))
        return;
    m_channel.send(WorkerReply::Bye);
    _exit(0);
}

} // namespace Fanfare
