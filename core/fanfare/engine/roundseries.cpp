// SPDX-License-Identifier: MIT
#include "fanfare/engine/roundseries.h"

#include <fanfare/engine/runfacts.h>

#include <QDir>
#include <QUuid>

namespace Fanfare {

std::vector<size_t> roundOrder(size_t count, int repeat)
{
    std::vector<size_t> order;
    for (int round = 0; round < repeat; ++round) {
        for (size_t i = 0; i < count; ++i)
            order.push_back(round % 2 == 0 ? i : count - 1 - i);
    }
    return order;
}

RoundSeries::RoundSeries(SeriesPlan plan, ScenarioPlanner planner, QObject *parent)
    : QObject(parent)
    , m_plan(std::move(plan))
    , m_planner(std::move(planner))
    , m_series(QUuid::createUuid().toString(QUuid::WithoutBraces))
    , m_order(roundOrder(m_plan.configurations.size(), m_plan.repeat))
    , m_paths(m_plan.configurations.size())
{
    Q_ASSERT_X(!m_order.empty(), "RoundSeries", "there is nothing to play");
}

RoundSeries::~RoundSeries() = default;

const RunConfiguration &RoundSeries::configuration() const
{
    return m_plan.configurations[m_order[std::min(m_round, m_order.size() - 1)]];
}

void RoundSeries::start()
{
    startRound();
}

void RoundSeries::startRound()
{
    EngineOptions engine = m_plan.engine;
    engine.executor = configuration().executor;
    engine.workers = configuration().workers;
    RunInfo info = newRunInfo(engine);
    info.label = m_plan.label.isEmpty() ? m_plan.scenario.name : m_plan.label;
    info.seed = m_plan.scenario.seed;
    info.speed = m_plan.speed;
    info.scenario = m_plan.scenario.source;
    info.series = m_series;
    info.round = int(m_round) + 1;
    const QString path = QDir(m_plan.folder).filePath(runFileName(info));
    m_player = std::make_unique<RoundPlayer>(
        engine, info, RoundScript{m_plan.steps, m_plan.scenario.deadline}, m_planner, path);
    // Queued: a player that has just ended is still inside of its signal.
    connect(m_player.get(), &RoundPlayer::ended, this, &RoundSeries::endRound,
            Qt::QueuedConnection);
    m_player->start();
}

void RoundSeries::endRound()
{
    const RoundEnd end = m_player->end();
    Q_EMIT roundEnded(end);
    if (!end.path.isEmpty() && !end.wasCanceled)
        m_paths[m_order[m_round]].append(end.path);
    const bool goesOn = !end.path.isEmpty() && !end.wasCanceled && end.unkept.isEmpty();
    if (goesOn && ++m_round < m_order.size())
        return startRound();
    m_player.reset();
    Q_EMIT finished();
}

void RoundSeries::cancel()
{
    if (m_player)
        m_player->cancel();
}

RoundProgress RoundSeries::progress() const
{
    return m_player ? m_player->progress() : RoundProgress();
}

} // namespace Fanfare
