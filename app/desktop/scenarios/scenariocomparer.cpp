// SPDX-License-Identifier: MIT
#include "scenariocomparer.h"

#include "scenarioround.h"

#include <fanfare/engine/runfacts.h>

#include <QDir>
#include <QUuid>

namespace Fanfare {

ScenarioComparer::ScenarioComparer(QObject *parent)
    : QObject(parent)
    , m_tellTimer(this) // moves to another thread with this
{
    m_tellTimer.setInterval(std::chrono::milliseconds(100));
    connect(&m_tellTimer, &QTimer::timeout, this, &ScenarioComparer::tell);
}

ScenarioComparer::~ScenarioComparer() = default;

void ScenarioComparer::compare(const Scenario &scenario, const EngineOptions &engine,
                               const QString &folder, int repeat)
{
    if (m_round)
        return;
    Result<std::vector<ScenarioStep>> steps = stepsOf(scenario);
    if (!steps) {
        Q_EMIT refused(steps.error().message);
        return;
    }
    QDir().mkpath(folder); // if that fails, so does the first run file, and says why
    m_scenario = scenario;
    m_steps = *std::move(steps);
    m_engine = engine;
    m_folder = folder;
    m_series = QUuid::createUuid().toString(QUuid::WithoutBraces);
    m_rounds = 2 * std::max(1, repeat);
    m_number = 0;
    m_threads.clear();
    m_processes.clear();
    m_tellTimer.start();
    startRound();
}

/// Threads, processes, processes, threads, and again.
ExecutorKind ScenarioComparer::executorOf(int round) const
{
    const bool isThreads = round % 4 == 0 || round % 4 == 3;
    return isThreads ? ExecutorKind::Threads : ExecutorKind::Processes;
}

void ScenarioComparer::startRound()
{
    EngineOptions engine = m_engine;
    engine.executor = executorOf(m_number);
    RunInfo info = newRunInfo(engine);
    info.label = m_scenario.name;
    info.seed = m_scenario.seed;
    info.scenario = m_scenario.source;
    info.series = m_series;
    info.round = m_number + 1;
    const QString path = QDir(m_folder).filePath(runFileName(info));
    m_round = std::make_unique<ScenarioRound>(engine, info, m_steps, path);
    // Queued: a round that has just ended is still inside of its signal.
    connect(m_round.get(), &ScenarioRound::ended, this, &ScenarioComparer::endRound,
            Qt::QueuedConnection);
    connect(m_round.get(), &ScenarioRound::refused, this, &ScenarioComparer::refuse,
            Qt::QueuedConnection);
    m_round->start();
    tell();
}

void ScenarioComparer::endRound()
{
    if (!m_round) // it was canceled meanwhile
        return;
    const bool isThreads = executorOf(m_number) == ExecutorKind::Threads;
    (isThreads ? m_threads : m_processes).append(m_round->path());
    if (++m_number < m_rounds) {
        startRound();
        return;
    }
    m_tellTimer.stop();
    m_round.reset();
    Q_EMIT finished(m_threads, m_processes);
}

void ScenarioComparer::refuse(const QString &sentence)
{
    if (!m_round)
        return;
    m_tellTimer.stop();
    m_round.reset();
    Q_EMIT refused(sentence);
}

void ScenarioComparer::cancel()
{
    m_tellTimer.stop();
    if (m_round)
        m_round->cancel();
    m_round.reset();
}

void ScenarioComparer::tell()
{
    if (!m_round)
        return;
    const double share = (m_number + m_round->progress()) / m_rounds;
    Q_EMIT progressed(share,
                      tr("Round %1 of %2, on %3")
                          .arg(m_number + 1)
                          .arg(m_rounds)
                          .arg(executorName(executorOf(m_number))));
}

} // namespace Fanfare
