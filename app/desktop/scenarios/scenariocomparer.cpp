// SPDX-License-Identifier: MIT
#include "scenariocomparer.h"

#include "scenarioplan.h"

#include <fanfare/engine/runfacts.h>

#include <QDir>

#include <algorithm>

namespace Fanfare {

ScenarioComparer::ScenarioComparer(QObject *parent)
    : QObject(parent)
    , m_tellTimer(this) // moves to another thread with this
{
    m_tellTimer.setInterval(std::chrono::milliseconds(100));
    connect(&m_tellTimer, &QTimer::timeout, this, &ScenarioComparer::tell);
}

ScenarioComparer::~ScenarioComparer() = default;

/// As many workers as the window has, where nothing else is said; a cluster has those of its hosts.
static std::vector<RunConfiguration> configurationsOf(const ScenarioComparer::Plan &plan)
{
    std::vector<RunConfiguration> sides = plan.sides;
    for (RunConfiguration &side : sides) {
        if (side.workers == 0 && side.executor != ExecutorKind::Cluster)
            side.workers = plan.engine.workers;
    }
    return sides;
}

void ScenarioComparer::compare(const Scenario &scenario, const Plan &plan)
{
    if (m_series)
        return;
    Result<std::vector<ScenarioStep>> steps = stepsOf(scenario);
    if (!steps) {
        Q_EMIT refused(steps.error().message);
        return;
    }
    QDir().mkpath(plan.folder); // if that fails, so does the first run file, and says why
    m_problem.clear();
    m_series = std::make_unique<RoundSeries>(SeriesPlan{.scenario = scenario,
                                                        .steps = *std::move(steps),
                                                        .engine = plan.engine,
                                                        .configurations = configurationsOf(plan),
                                                        .repeat = std::max(1, plan.repeat),
                                                        .folder = plan.folder},
                                             &planOf);
    connect(m_series.get(), &RoundSeries::roundEnded, this, &ScenarioComparer::takeRound);
    // Queued: a series that has just finished is still inside of its signal.
    connect(m_series.get(), &RoundSeries::finished, this, &ScenarioComparer::finish,
            Qt::QueuedConnection);
    m_tellTimer.start();
    m_series->start();
    tell();
}

/// An engine that dies is what the user wants to see: the run tells it.
void ScenarioComparer::takeRound(const RoundEnd &end)
{
    if (!end.refusal.isEmpty())
        m_problem = end.refusal;
    else if (!end.unkept.isEmpty())
        m_problem = end.unkept;
}

void ScenarioComparer::finish()
{
    if (!m_series) // it was canceled meanwhile
        return;
    m_tellTimer.stop();
    const std::vector<QStringList> paths = m_series->paths();
    m_series.reset();
    if (m_problem.isEmpty())
        Q_EMIT finished({paths.begin(), paths.end()});
    else
        Q_EMIT refused(m_problem);
}

void ScenarioComparer::cancel()
{
    m_tellTimer.stop();
    m_series.reset(); // and its engine with it
}

void ScenarioComparer::tell()
{
    if (!m_series)
        return;
    const int rounds = m_series->rounds();
    const int round = m_series->round();
    const RunConfiguration &side = m_series->configuration();
    const QString where = side.workers > 0
        ? tr("%1 × %L2").arg(executorName(side.executor)).arg(side.workers)
        : executorName(side.executor);
    Q_EMIT progressed(
        (round + m_series->progress().share()) / rounds,
        tr("Round %1 of %2, on %3").arg(std::min(round + 1, rounds)).arg(rounds).arg(where));
}

} // namespace Fanfare
