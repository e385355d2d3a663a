// SPDX-License-Identifier: MIT
#include "scenarioround.h"

#include <fanfare/base/clock.h>
#include <fanfare/engine/runfacts.h>

#include <QDateTime>

namespace Fanfare {

ScenarioRound::ScenarioRound(EngineOptions engine, RunInfo info, std::vector<ScenarioStep> steps,
                             QString path, QObject *parent)
    : QObject(parent)
    , m_link(std::move(engine))
    , m_info(std::move(info))
    , m_steps(std::move(steps))
    , m_path(std::move(path))
{
    connect(&m_link, &EngineLink::catalogChanged, this, &ScenarioRound::begin);
    connect(&m_link, &EngineLink::batchArrived, this, &ScenarioRound::take);
    connect(&m_link, &EngineLink::commandEnded, this, &ScenarioRound::takeCommand);
    connect(&m_link, &EngineLink::idle, this, [this] {
        m_isIdle = m_areCommandsOver;
        leaveWhenDone();
    });
    connect(&m_link, &EngineLink::ended, this, &ScenarioRound::takeEnd);
}

ScenarioRound::~ScenarioRound()
{
    m_link.disconnect(this);
}

void ScenarioRound::start()
{
    m_link.start();
}

void ScenarioRound::cancel()
{
    m_link.kill();
}

/// The first catalog counts; later ones tell of plugins that change while it plays.
void ScenarioRound::begin(const CatalogFact &catalog)
{
    if (m_recorder || !m_refusal.isEmpty())
        return;
    m_info.begin = MonotonicClock::now();
    m_info.beginUtc = QDateTime::currentMSecsSinceEpoch();
    m_info.environment = currentEnvironment();
    Result<ScenarioPlan> plan = planOf(m_steps, catalog);
    Result<std::unique_ptr<RunRecorder>> recorder = plan
        ? RunRecorder::create(m_path, m_info)
        : Result<std::unique_ptr<RunRecorder>>(plan.error());
    if (!recorder) {
        m_refusal = recorder.error().message;
        m_link.shutdown();
        return;
    }
    m_plan = *std::move(plan);
    m_recorder = *std::move(recorder);
    m_recorder->setNames(namesOf(catalog));
    m_recorder->add(m_early);
    emitNext();
}

void ScenarioRound::emitNext()
{
    if (m_link.emitEvent(m_plan.commands[m_next++]))
        return;
    m_areCommandsOver = true; // the engine has just died: its end follows
    m_link.shutdown();
}

void ScenarioRound::takeCommand(const CommandFact &command)
{
    m_emissions += command.emissions;
    if (m_next < m_plan.commands.size() && command.error.isEmpty()) {
        m_isIdle = false;
        emitNext();
        return;
    }
    m_areCommandsOver = true;
    leaveWhenDone();
}

void ScenarioRound::leaveWhenDone()
{
    if (m_areCommandsOver && m_isIdle)
        m_link.shutdown();
}

void ScenarioRound::take(const BatchFact &batch)
{
    if (m_recorder) {
        m_recorder->add(batch.trace);
        return;
    }
    const TraceBatch &trace = batch.trace;
    m_early.lanes.insert(m_early.lanes.end(), trace.lanes.begin(), trace.lanes.end());
    m_early.laneEvents.insert(m_early.laneEvents.end(), trace.laneEvents.begin(),
                              trace.laneEvents.end());
}

double ScenarioRound::progress() const
{
    if (!m_recorder || m_plan.tasks == 0)
        return 0;
    return std::min(1.0, double(m_recorder->index().tasks()) / double(m_plan.tasks));
}

void ScenarioRound::takeEnd(const EngineEndFact &end)
{
    if (!m_recorder) {
        Q_EMIT refused(m_refusal.isEmpty()
                           ? tr("The engine ended before it could play: %1.").arg(end.reason)
                           : m_refusal);
        return;
    }
    const std::vector<OpenTask> lost(end.lost.begin(), end.lost.end());
    m_recorder->addLost(lost, culpritTasks(end), MonotonicClock::now(), end.reason);
    m_recorder->finish(m_emissions);
    if (m_recorder->problem().isEmpty())
        Q_EMIT ended();
    else
        Q_EMIT refused(m_recorder->problem());
}

} // namespace Fanfare
