// SPDX-License-Identifier: MIT
#include "cli/roundsession.h"

#include "cli/scenariocommands.h"

#include <fanfare/base/clock.h>
#include <fanfare/engine/runfacts.h>

#include <QDateTime>

namespace Fanfare::Cli {

using namespace Qt::StringLiterals;

RoundSession::RoundSession(EngineOptions engine, RunInfo info, std::vector<ScenarioStep> steps,
                           QString path)
    : Session(std::move(engine))
    , m_info(std::move(info))
    , m_steps(std::move(steps))
    , m_path(std::move(path))
{
    connect(&link(), &EngineLink::batchArrived, this, &RoundSession::apply);
    connect(&link(), &EngineLink::commandEnded, this, &RoundSession::endCommand);
    connect(&link(), &EngineLink::idle, this, [this] {
        m_isIdle = m_isCommandOver;
        leaveWhenDone();
    });
}

void RoundSession::refuse(const QString &sentence)
{
    m_end.refusal = sentence;
    leave();
}

void RoundSession::begin(const CatalogFact &catalog)
{
    Result<std::vector<EmitCommand>> commands = commandsOf(m_steps, catalog);
    if (!commands) {
        refuse(commands.error().message);
        return;
    }
    m_commands = *std::move(commands);
    m_expected = tasksOf(m_commands, catalog);
    m_info.begin = MonotonicClock::now();
    m_info.beginUtc = QDateTime::currentMSecsSinceEpoch();
    m_info.environment = currentEnvironment();
    Result<std::unique_ptr<RunRecorder>> recorder = RunRecorder::create(m_path, m_info);
    if (!recorder) {
        refuse(recorder.error().message);
        return;
    }
    m_recorder = *std::move(recorder);
    m_end.path = m_path;
    m_recorder->setNames(namesOf(catalog));
    m_recorder->add(m_early);
    m_beginning = m_info.begin;
    emitNext();
}

void RoundSession::emitNext()
{
    const Result<quint64> command = link().emitEvent(m_commands[m_nextCommand++]);
    if (command)
        return;
    m_end.trouble = command.error().message;
    m_isCommandOver = true;
    leave();
}

void RoundSession::endCommand(const CommandFact &command)
{
    m_emissions += command.emissions;
    if (!command.error.isEmpty())
        m_end.trouble = command.error;
    const bool goesOn =
        m_nextCommand < m_commands.size() && command.error.isEmpty() && !m_end.wasInterrupted;
    if (goesOn) {
        m_isIdle = false;
        emitNext();
        return;
    }
    m_isCommandOver = true;
    leaveWhenDone();
}

void RoundSession::leaveWhenDone()
{
    if (m_isCommandOver && m_isIdle)
        leave();
}

void RoundSession::apply(const BatchFact &batch)
{
    m_running = batch.trace.live.running.size();
    if (m_recorder)
        m_recorder->add(batch.trace);
    else
        m_early.lanes.insert(m_early.lanes.end(), batch.trace.lanes.begin(),
                             batch.trace.lanes.end());
}

Progress RoundSession::progress() const
{
    if (!m_recorder)
        return {};
    const RunIndex &index = m_recorder->index();
    return {.finished = index.tasks(),
            .expected = m_expected,
            .running = m_running,
            .unsuccessful = index.tasks() - index.outcomes[static_cast<size_t>(Outcome::Succeeded)],
            .elapsed = MonotonicClock::now() - m_beginning};
}

void RoundSession::interrupt()
{
    if (!m_recorder || m_end.wasInterrupted) {
        Session::interrupt();
    } else {
        link().cancelAll();
    }
    m_end.wasInterrupted = true;
}

int RoundSession::conclude(const EngineEndFact &end)
{
    if (!m_recorder)
        return Usage;
    const std::vector<OpenTask> lost(end.lost.begin(), end.lost.end());
    m_recorder->addLost(lost, culpritTasks(end), MonotonicClock::now(), end.reason);
    if (!end.wasExpected && !m_end.wasInterrupted) {
        m_end.trouble =
            u"The engine died (%1) and %2 tasks with it."_s.arg(end.reason).arg(end.lost.size());
    }
    m_recorder->finish(m_emissions);
    if (!m_recorder->problem().isEmpty())
        m_end.trouble = m_recorder->problem();
    m_end.index = m_recorder->index();
    return m_end.trouble.isEmpty() ? Succeeded : NotAllSucceeded;
}

} // namespace Fanfare::Cli
