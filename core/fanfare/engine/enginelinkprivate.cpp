// SPDX-License-Identifier: MIT
#include "fanfare/engine/enginelinkprivate.h"

#include <fanfare/base/clock.h>
#include <fanfare/engine/engineend.h>
#include <fanfare/processes/hostexecutable.h>

#include <QRandomGenerator>

#include <array>
#include <cmath>

namespace Fanfare {

using namespace Qt::StringLiterals;

static constexpr std::chrono::milliseconds greetingTime{10'000}; ///< sanitizers are slow
static constexpr std::chrono::milliseconds printedTime{50};
static constexpr int maximumWorkers = 256;

EngineLink::Private::Private(EngineLink &link, EngineOptions wanted)
    : q(link)
    , options(std::move(wanted))
    , m_folder(m_account)
{
    m_greetingLimit.setSingleShot(true);
    m_greetingLimit.setInterval(greetingTime);
    QObject::connect(&m_greetingLimit, &QTimer::timeout, &q, [this] {
        process->kill(u"The engine was ended because it did not answer within %1 s. Start it "
                      "again; if that does not help, install Fanfare again."_s.arg(
                          greetingTime.count() / 1000));
    });
    m_printedDelay.setSingleShot(true);
    m_printedDelay.setInterval(printedTime);
    QObject::connect(&m_printedDelay, &QTimer::timeout, &q, [this] { sendBatch(); });
}

// --- starting

void EngineLink::Private::start()
{
    state = State::Starting;
    const QString hostPath = options.hostPath.isEmpty() ? hostExecutable() : options.hostPath;
    auto flight = FlightFile::create();
    if (const QString problem = problemWithHost(hostPath); !problem.isEmpty())
        failLater(problem);
    else if (options.workers < 0 || options.workers > maximumWorkers)
        failLater(u"An engine has 1 to %1 workers, or 0 for one per core; %2 are not possible."_s
                      .arg(maximumWorkers)
                      .arg(options.workers));
    else if (!flight)
        failLater(flight.error().message);
    else {
        m_flight = *std::move(flight);
        startProcess(hostPath);
    }
}

/// The same as a failed start of the process: nobody gets ended() while still calling start().
void EngineLink::Private::failLater(const QString &problem)
{
    QMetaObject::invokeMethod(
        &q, [this, problem] { processEnded(0, 0, problem); }, Qt::QueuedConnection);
}

void EngineLink::Private::startProcess(const QString &hostPath)
{
    process = std::make_unique<EngineProcess>();
    QObject::connect(process.get(), &EngineProcess::frameArrived, &q, [this](const Frame &frame) {
        if (const auto handled = handle(frame); !handled) {
            process->kill(u"The engine was ended because what it said could not be understood "
                          "(%1). Start it again."_s.arg(handled.error().message));
        }
    });
    QObject::connect(process.get(), &EngineProcess::printed, &q, [this](const QByteArray &bytes) {
        m_folder.addPrinted(bytes, MonotonicClock::now());
        if (m_folder.hasPrinted() && !m_printedDelay.isActive())
            m_printedDelay.start();
    });
    QObject::connect(process.get(), &EngineProcess::ended, &q,
                     [this](int exitCode, int signal, const QString &problem) {
                         processEnded(exitCode, signal, problem);
                     });
    m_greetingLimit.start();
    process->start(hostPath);
    sayHello();
}

void EngineLink::Private::sayHello()
{
    std::array<quint32, 8> random{};
    QRandomGenerator::system()->generate(random.begin(), random.end());
    m_nonce = QByteArray(reinterpret_cast<const char *>(random.data()), sizeof random);
    HelloMessage hello;
    hello.build = buildId();
    hello.nonce = m_nonce;
    hello.flightLog = m_flight->path();
    hello.options = options;
    process->send(EngineCommand::Hello, encode(hello));
}

// --- commands

/// Why \a command makes no sense, or nothing.
std::optional<Error> EngineLink::Private::refusal(const EmitCommand &command,
                                                  const Recipe &recipe) const
{
    const auto invalid = [](const QString &text) {
        return Error{ErrorCode::InvalidArgument, text};
    };
    if (state != State::Running)
        return invalid(u"The engine is not running; start it and emit again."_s);
    if (command.event.isEmpty())
        return invalid(
            u"The event has no name; name one of: %1."_s.arg(m_index.eventNames().join(u", "_s)));
    if (!recipe.isKnown) {
        return Error{ErrorCode::NotFound,
                     u"No plugin knows the event \"%1\"; known events: %2."_s.arg(
                         command.event, m_index.eventNames().join(u", "_s))};
    }
    if (!recipe.isEnabled) {
        return invalid(
            u"The event \"%1\" is disabled; enable it again and emit again."_s.arg(command.event));
    }
    if (command.count == 0 || command.count > quint64(1) << 40)
        return invalid(u"The number of emissions must be 1 to 2^40, not %1."_s.arg(command.count));
    if (!std::isfinite(command.rate) || command.rate < 0)
        return invalid(u"The rate must be a number of emissions a second, or 0 for no limit."_s);
    if (command.concurrency > EmitCommand::maximumConcurrency) {
        return invalid(u"At most %1 emissions can be open at once by a bound, not %2; 0 is no "
                       "bound."_s.arg(EmitCommand::maximumConcurrency)
                           .arg(command.concurrency));
    }
    if (command.deadline.count() < 0 || command.deadline > EmitCommand::maximumDeadline) {
        return invalid(u"The deadline of a task must be 1 to %1 ms, or 0 for that of its handler, "
                       "not %2."_s.arg(EmitCommand::maximumDeadline.count())
                           .arg(command.deadline.count()));
    }
    return {};
}

Result<quint64> EngineLink::Private::emitEvent(const EmitCommand &command)
{
    Recipe recipe = m_index.recipeOf(command.event);
    if (const auto error = refusal(command, recipe))
        return *error;
    EmitMessage message{EmissionId(1), command};
    if (const qsizetype size = encode(message).size(); size + 16 > maximumPayload) {
        return Error{ErrorCode::InvalidArgument,
                     u"The arguments take %1 MB, more than the %2 MB that can be sent; pass the "
                     "path of a file instead."_s.arg(double(size) / 1e6, 0, 'f', 1)
                         .arg(double(maximumPayload) / 1e6, 0, 'f', 1)};
    }
    message.first = history.add(command.event, command.count);
    const quint64 number = ++m_lastCommand;
    m_account.add(number, message.first, command.count, std::move(recipe), MonotonicClock::now());
    process->send(EngineCommand::Emit, encode(message), number);
    return number;
}

void EngineLink::Private::shutdown()
{
    if (!process || state == State::Leaving)
        return;
    state = State::Leaving;
    process->send(EngineCommand::Shutdown);
}

// --- reports

Result<void> EngineLink::Private::handle(const Frame &frame)
{
    const auto report = EngineReport(frame.type);
    if (m_isWelcome == (report == EngineReport::Welcome))
        return Error{ErrorCode::Protocol, u"the engine greeted twice or not at all"_s};
    switch (report) {
    case EngineReport::Welcome:
        return readWelcome(frame.payload);
    case EngineReport::Catalog:
        return readCatalog(frame.payload);
    case EngineReport::Progress:
        return m_folder.addProgress(frame.payload);
    case EngineReport::Batch:
        return readBatch(frame);
    case EngineReport::CommandEnded:
        return readCommandEnd(frame);
    case EngineReport::Idle:
        readIdle(frame.number);
        return {};
    case EngineReport::Bye:
        m_hasSaidBye = true;
        return {};
    case EngineReport::Cluster:
        return readCluster(frame.payload);
    }
    if (frame.flags & IgnorableFrame)
        return {};
    return Error{ErrorCode::Protocol, u"unknown message %1"_s.arg(frame.type)};
}

Result<void> EngineLink::Private::readWelcome(const QByteArray &payload)
{
    const auto welcome = decode<WelcomeMessage>(payload);
    if (!welcome)
        return welcome.error();
    m_greetingLimit.stop();
    m_flight->unlink(); // both ends have it mapped now
    if (welcome->build != buildId() || welcome->protocol != protocolVersion) {
        process->kill(u"The helper executable is of another build (%1) than this program (%2); "
                      "install Fanfare again."_s.arg(welcome->build, buildId()));
    } else if (welcome->nonce != m_nonce) {
        return Error{ErrorCode::Protocol, u"the greeting was not an answer to ours"_s};
    } else if (!welcome->problem.isEmpty()) {
        process->kill(welcome->problem);
    }
    m_isWelcome = true;
    return {};
}

Result<void> EngineLink::Private::readCatalog(const QByteArray &payload)
{
    auto fact = decode<CatalogFact>(payload);
    if (!fact)
        return fact.error();
    catalog = *std::move(fact);
    m_index = CatalogIndex(catalog);
    m_account.setRecipes([this](const QString &event) { return m_index.recipeOf(event); });
    const bool isFirst = state == State::Starting;
    if (isFirst)
        state = State::Running;
    Q_EMIT q.catalogChanged(catalog);
    if (isFirst)
        Q_EMIT q.started();
    return {};
}

Result<void> EngineLink::Private::readCluster(const QByteArray &payload)
{
    auto fact = decodeCluster(payload);
    if (!fact)
        return fact.error();
    cluster = *std::move(fact);
    Q_EMIT q.clusterChanged(cluster);
    return {};
}

Result<void> EngineLink::Private::readBatch(const Frame &frame)
{
    if (auto added = m_folder.addPart(frame.payload); !added)
        return added;
    if (!(frame.flags & UnfinishedFrame))
        sendBatch();
    return {};
}

Result<void> EngineLink::Private::readCommandEnd(const Frame &frame)
{
    auto fact = decode<CommandFact>(frame.payload);
    if (!fact)
        return fact.error();
    fact->command = frame.number;
    m_account.setEnded(*fact, frame.time);
    Q_EMIT q.commandEnded(*fact);
    return {};
}

void EngineLink::Private::readIdle(quint64 command)
{
    if (command != m_lastCommand)
        return; // another command is on its way; another idle follows it
    m_account.setAllFinished();
    m_account.closeSettled();
    Q_EMIT q.idle();
}

void EngineLink::Private::sendBatch()
{
    m_printedDelay.stop();
    if (const auto batch = m_folder.take())
        Q_EMIT q.batchArrived(*batch);
}

// --- the end

void EngineLink::Private::processEnded(int exitCode, int signal, const QString &problem)
{
    const qint64 now = MonotonicClock::now();
    EngineEndFact end;
    end.wasExpected = m_hasSaidBye && signal == 0 && exitCode == 0;
    end.exitCode = exitCode;
    end.signal = signal;
    end.reason = problem.isEmpty() ? endReason(exitCode, signal) : problem;
    m_folder.endPrinted(now);
    const FlightLog *const flight = m_flight ? &m_flight->log() : nullptr;
    if (flight && !end.wasExpected) {
        end.culprits = culpritsOf(*flight, m_account);
        m_folder.addLastWords(*flight);
    }
    sendBatch();
    countCrash(end);
    const TaskAccount::Losses losses = m_account.closeAll(flight, now);
    end.lost = losses.lost;
    end.neverEmitted = losses.neverEmitted;
    forgetEngine();
    closeCommands(losses, end.reason);
    Q_EMIT q.ended(end);
}

/// Whether it is certain which handler ended the engine: its thread got the signal, which is never
/// so for a kill, or nothing else ran when the engine left by itself.
static bool hasCulprit(const EngineEndFact &end)
{
    if (end.culprits.isEmpty())
        return false;
    return end.culprits.constFirst().isCertain || (end.culprits.size() == 1 && end.signal == 0);
}

/// An engine that died of a handler counts for it as a worker does.
void EngineLink::Private::countCrash(const EngineEndFact &end)
{
    if (options.rules.stateFolder.isEmpty() || !hasCulprit(end))
        return;
    for (const PluginFact &plugin : std::as_const(catalog.plugins)) {
        for (const HandlerFact &handler : plugin.handlers) {
            if (handler.subscriber != end.culprits.constFirst().subscriber)
                continue;
            const QString text = u"The engine got %1 while it ran the handler \"%2\"; correct the "
                                 "handler."_s.arg(end.reason, handler.name);
            Quarantine(options.rules.stateFolder)
                .count({plugin.hash, plugin.id, handler.name, 1, CrashPlace::Threads, text,
                        QDateTime::currentDateTimeUtc()});
            return;
        }
    }
}

void EngineLink::Private::closeCommands(const TaskAccount::Losses &losses, const QString &reason)
{
    for (CommandFact command : losses.interrupted) {
        command.error = u"the engine ended: %1"_s.arg(reason);
        Q_EMIT q.commandEnded(command);
    }
}

void EngineLink::Private::forgetEngine()
{
    m_greetingLimit.stop();
    m_flight.reset();
    m_isWelcome = false;
    m_hasSaidBye = false;
    cluster = {};
    state = State::Stopped;
    if (process) // it is the sender of the signal that brought us here
        process.release()->deleteLater();
}

} // namespace Fanfare
