// SPDX-License-Identifier: MIT
#include "scenarioplayer.h"

#include "models/catalogview.h"
#include "panes/argumentsjson.h"
#include "session.h"

#include <fanfare/runs/scenario.h>

namespace Fanfare {

using namespace Qt::StringLiterals;

static Result<Arguments> fittingArguments(const Arguments &given, const EventFact *event)
{
    if (!event || !event->isTyped)
        return given;
    return argumentsFromJson(readableJson(given.fields), event);
}

static Result<EmitCommand> commandOf(const ScenarioStep &step, const CatalogFact &catalog)
{
    if (handlersOf(catalog, step.event).isEmpty()) {
        return Error{
            ErrorCode::NotFound,
            step.placeOf(0) + u".event: "_s
                + ScenarioPlayer::tr("No handler reacts to “%1” of the scenario. Install the "
                                     "plugin that handles it, and play again.")
                      .arg(step.event)};
    }
    const EventFact *event = findEvent(catalog, step.event);
    EmitCommand command{.event = step.event,
                        .count = step.count,
                        .rate = step.rate,
                        .concurrency = step.concurrency,
                        .deadline = step.taskDeadline};
    for (qsizetype i = 0; i < step.arguments.size(); ++i) {
        Result<Arguments> arguments = fittingArguments(step.arguments.at(i), event);
        if (!arguments) {
            return Error{arguments.error().code,
                         step.placeOf(i) + u".fields: "_s + arguments.error().message};
        }
        if (!arguments->isEmpty() || step.arguments.size() > 1)
            command.arguments.append(*std::move(arguments));
    }
    return command;
}

Result<QList<TimedCommand>> scenarioCommands(const QString &path, const CatalogFact &catalog)
{
    const Result<Scenario> scenario = readScenario(path);
    if (!scenario)
        return scenario.error();
    const Result<std::vector<ScenarioStep>> steps = stepsOf(*scenario);
    if (!steps)
        return steps.error();
    QList<TimedCommand> commands;
    for (const ScenarioStep &step : *steps) {
        Result<EmitCommand> command = commandOf(step, catalog);
        if (!command)
            return command.error();
        commands.append({*std::move(command), step.pause});
    }
    return commands;
}

ScenarioPlayer::ScenarioPlayer(Session &session, QObject *parent)
    : QObject(parent)
    , m_session(session)
{
    m_pause.setSingleShot(true);
    m_pause.setTimerType(Qt::PreciseTimer);
    connect(&m_pause, &QTimer::timeout, this, &ScenarioPlayer::emitNext);
    connect(&m_session, &Session::commandEnded, this, [this](quint64 number) {
        if (number == m_number)
            playNext();
    });
    connect(&m_session, &Session::canceled, this, &ScenarioPlayer::stop);
    connect(&m_session, &Session::engineStateChanged, this, [this](EngineState state) {
        if (state == EngineState::Ended)
            stop();
    });
}

ScenarioPlayer::~ScenarioPlayer() = default;

void ScenarioPlayer::play(const QString &path)
{
    stop();
    const quint64 request = ++m_request;
    m_thread = std::jthread([this, request, path, catalog = m_session.model().catalog()] {
        const Result<QList<TimedCommand>> commands = scenarioCommands(path, catalog);
        QMetaObject::invokeMethod(
            this, [this, request, path, commands] { take(request, path, commands); },
            Qt::QueuedConnection);
    });
}

void ScenarioPlayer::stop()
{
    ++m_request;
    m_waiting.clear();
    m_pause.stop();
    m_number = 0;
}

void ScenarioPlayer::take(quint64 request, const QString &path,
                          const Result<QList<TimedCommand>> &commands)
{
    if (request != m_request)
        return;
    if (!commands) {
        Q_EMIT refused(commands.error().message);
        return;
    }
    Q_EMIT started(path);
    playCommands(*commands);
}

void ScenarioPlayer::playCommands(const QList<TimedCommand> &commands)
{
    stop();
    m_waiting.assign(commands.begin(), commands.end());
    playNext();
}

void ScenarioPlayer::playNext()
{
    m_number = 0;
    if (m_waiting.empty())
        return;
    const std::chrono::nanoseconds pause = m_waiting.front().pause;
    if (pause.count() > 0)
        m_pause.start(std::chrono::ceil<std::chrono::milliseconds>(pause));
    else
        emitNext();
}

/// While the engine starts, the session keeps what it is asked for and nothing ends: then all of it
/// is asked for at once, in its order.
void ScenarioPlayer::emitNext()
{
    while (!m_waiting.empty()) {
        const EmitCommand command = std::move(m_waiting.front().command);
        m_waiting.pop_front();
        m_number = m_session.emitEvent(command);
        if (m_number != 0)
            return;
        if (m_session.engineState() == EngineState::Ready
            || m_session.engineState() == EngineState::Ended)
            return stop(); // it was refused
    }
}

} // namespace Fanfare
