// SPDX-License-Identifier: MIT
#include "fanfare/engine/engineserver.h"

#include <fanfare/engine/enginelink.h>

namespace Fanfare {

using namespace Qt::StringLiterals;

static constexpr std::chrono::milliseconds farewellTime{2000};
static constexpr std::chrono::milliseconds clusterInterval{250}; ///< somebody looks at it

EngineServer::EngineServer(Options options, QObject *parent)
    : QObject(parent)
    , m_options(std::move(options))
    , m_reader(m_options.input)
    , m_writer(m_options.output)
{
    connect(&m_reader, &PipeReader::bytesArrived, this, &EngineServer::readBytes);
    connect(&m_reader, &PipeReader::closed, this, &EngineServer::clientLost);
    connect(&m_writer, &PipeWriter::failed, this, &EngineServer::clientLost);
}

EngineServer::~EngineServer() = default;

void EngineServer::readBytes(const QByteArray &bytes)
{
    m_frames.append(bytes);
    for (;;) {
        const auto frame = m_frames.next();
        if (frame && !*frame)
            return;
        if (!frame || !handle(**frame)) {
            // Handlers may run for ever, and the client is not what it should be.
            Q_EMIT clientLost();
            return;
        }
    }
}

/// False when the frame cannot come from a client.
bool EngineServer::handle(const Frame &frame)
{
    if (m_hasLeft)
        return true;
    if (!m_parts)
        return frame.type == quint16(EngineCommand::Hello) && greet(frame.payload);
    switch (EngineCommand(frame.type)) {
    case EngineCommand::Hello:
        return false;
    case EngineCommand::Emit:
        return emitEvent(frame);
    case EngineCommand::CancelAll:
        cancelAll();
        return true;
    case EngineCommand::Cancel:
        return cancel(frame.payload);
    case EngineCommand::Rescan:
        m_parts->catalog().rescan();
        return true;
    case EngineCommand::TryAgain:
        m_parts->catalog().tryAgain(QString::fromUtf8(frame.payload));
        return true;
    case EngineCommand::Shutdown:
        if (!m_isLeaving)
            beginShutdown();
        return true;
    }
    return frame.flags & IgnorableFrame;
}

bool EngineServer::greet(const QByteArray &payload)
{
    const auto hello = decode<HelloMessage>(payload);
    if (!hello)
        return false;
    WelcomeMessage welcome;
    welcome.build = buildId();
    welcome.nonce = hello->nonce;
    const bool isSameBuild = hello->protocol == protocolVersion && hello->build == welcome.build;
    if (isSameBuild)
        welcome.problem = start(*hello);
    send(EngineReport::Welcome, encode(welcome));
    if (!m_parts)
        leave(); // the client compares the builds and knows what to say
    else
        m_parts->catalog().scan(hello->options.pluginFolders);
    return true;
}

/// Makes the parts. Returns why that is not possible, or nothing.
QString EngineServer::start(const HelloMessage &hello)
{
    auto flight = FlightFile::open(hello.flightLog);
    if (!flight)
        return flight.error().message;
    if (m_options.flightLogMapped)
        m_options.flightLogMapped((*flight)->log());
    m_parts = std::make_unique<EngineParts>(hello.options, *std::move(flight), m_writer,
                                            m_options.hostPath, m_options.clusterMaker);
    if (const QString problem = m_parts->problem(); !problem.isEmpty()) {
        m_parts.reset();
        return problem;
    }
    PluginCatalog &catalog = m_parts->catalog();
    connect(&catalog, &PluginCatalog::scanned, this, [this, &catalog] {
        reportCatalog();
        catalog.watch();
    });
    connect(&catalog, &PluginCatalog::changed, this, &EngineServer::reportCatalog);
    connect(&catalog, &PluginCatalog::removed, this,
            [this] { m_parts->executor().rejectWithdrawn(); });
    connect(&m_parts->scheduler(), &EmitScheduler::commandEnded, this,
            [this](const CommandFact &fact) {
                send(EngineReport::CommandEnded, encode(fact), fact.command);
            });
    connect(&m_parts->sender(), &BatchSender::becameQuiet, this, &EngineServer::reportQuiet);
    if (m_parts->clusterFact()) {
        connect(&m_clusterTimer, &QTimer::timeout, this, &EngineServer::reportCluster);
        m_clusterTimer.start(clusterInterval);
    }
    return {};
}

/// The progress in front of it says which emissions had the former subscribers.
void EngineServer::reportCatalog()
{
    m_parts->sender().reportProgress();
    send(EngineReport::Catalog, encode(m_parts->catalog().facts()));
}

void EngineServer::reportCluster()
{
    const std::optional<ClusterFact> fact = m_parts->clusterFact();
    if (m_hasLeft || !fact || *fact == m_lastCluster)
        return;
    m_lastCluster = *fact;
    send(EngineReport::Cluster, encode(*fact));
}

bool EngineServer::emitEvent(const Frame &frame)
{
    auto message = decode<EmitMessage>(frame.payload);
    if (!message || frame.number <= m_lastCommand || m_isLeaving)
        return false;
    m_lastCommand = frame.number;
    const EmitCommand &command = message->command;
    const std::chrono::nanoseconds deadline = command.deadline.count() > 0
        ? command.deadline
        : m_parts->catalog().deadlineOf(command.event);
    m_parts->scheduler().add(frame.number, *std::move(message), deadline);
    m_parts->sender().wake();
    return true;
}

void EngineServer::cancelAll()
{
    m_parts->scheduler().stopAll(canceledError);
    m_parts->executor().cancelAll();
}

bool EngineServer::cancel(const QByteArray &payload)
{
    const auto message = decode<CancelMessage>(payload);
    if (!message)
        return false;
    m_parts->scheduler().stop(message->range, canceledError);
    m_parts->executor().cancel(message->range);
    return true;
}

void EngineServer::beginShutdown()
{
    m_isLeaving = true;
    m_parts->scheduler().stopAll(u"the engine is shutting down"_s);
    (void)m_parts->executor().shutdown(ShutdownMode::Return, PendingMode::Drain);
    m_parts->sender().wake();
}

void EngineServer::reportQuiet()
{
    if (m_lastIdle != m_lastCommand && m_parts->scheduler().isEmpty()) {
        m_lastIdle = m_lastCommand;
        send(EngineReport::Idle, {}, m_lastCommand);
    }
    if (!m_isLeaving)
        return;
    send(EngineReport::Bye);
    leave();
}

void EngineServer::leave()
{
    if (std::exchange(m_hasLeft, true))
        return;
    (void)m_writer.flush(farewellTime);
    Q_EMIT left();
}

void EngineServer::send(EngineReport report, const QByteArray &payload, quint64 number)
{
    m_writer.send(quint16(report), payload, number);
}

} // namespace Fanfare
