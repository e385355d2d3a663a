// SPDX-License-Identifier: MIT
#include "cli/runseries.h"

#include <fanfare/engine/runfacts.h>

#include <QDir>
#include <QUuid>

#include <algorithm>
#include <unistd.h>

namespace Fanfare::Cli {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

std::vector<size_t> roundOrder(size_t count, int repeat)
{
    std::vector<size_t> order;
    for (int round = 0; round < repeat; ++round) {
        for (size_t i = 0; i < count; ++i)
            order.push_back(round % 2 == 0 ? i : count - 1 - i);
    }
    return order;
}

static QString newId()
{
    return QUuid::createUuid().toString(QUuid::WithoutBraces);
}

RunSeries::RunSeries(const RunOptions &options, EngineOptions engine, Scenario scenario,
                     std::vector<ScenarioStep> steps, QString folder)
    : m_options(options)
    , m_engine(std::move(engine))
    , m_scenario(std::move(scenario))
    , m_steps(std::move(steps))
    , m_folder(std::move(folder))
    , m_series(newId())
    , m_order(roundOrder(size_t(options.configurations.size()), options.repeat))
    , m_terminal(STDERR_FILENO)
    , m_bar(m_terminal)
{
    m_end.paths.resize(size_t(options.configurations.size()));
    m_showTimer.setInterval(100ms);
    connect(&m_showTimer, &QTimer::timeout, this, &RunSeries::show);
}

RunSeries::~RunSeries() = default;

RunInfo RunSeries::infoOf(const Configuration &configuration) const
{
    EngineOptions engine = m_engine;
    engine.executor = configuration.executor;
    engine.workers = configuration.workers;
    RunInfo info = newRunInfo(engine);
    info.label = m_options.label.isEmpty() ? m_scenario.name : m_options.label;
    info.seed = m_scenario.seed;
    info.scenario = m_scenario.source;
    info.series = m_series;
    info.round = int(m_round) + 1;
    return info;
}

void RunSeries::start()
{
    if (m_bar.isEnabled())
        m_showTimer.start();
    startRound();
}

void RunSeries::startRound()
{
    const Configuration &configuration = m_options.configurations.at(qsizetype(m_order[m_round]));
    EngineOptions engine = m_engine;
    engine.executor = configuration.executor;
    engine.workers = configuration.workers;
    const RunInfo info = infoOf(configuration);
    m_session = std::make_unique<RoundSession>(engine, info, m_steps,
                                               QDir(m_folder).filePath(runFileName(info)));
    // Queued: a session that has just ended is still inside of the signal.
    connect(m_session.get(), &Session::finished, this, &RunSeries::endRound, Qt::QueuedConnection);
    m_session->start();
}

void RunSeries::show()
{
    if (m_session)
        m_bar.draw(m_session->progress());
}

void RunSeries::endRound()
{
    const RoundEnd end = m_session->end();
    m_bar.clear();
    if (!end.refusal.isEmpty()) {
        complain(end.refusal);
        m_end.isRefused = true;
    }
    if (!end.trouble.isEmpty()) {
        complain(u"Round %1: %2"_s.arg(m_round + 1).arg(end.trouble));
        m_end.hasTrouble = true;
    }
    if (!end.path.isEmpty() && !end.wasInterrupted)
        m_end.paths[m_order[m_round]].append(end.path);
    m_end.wasInterrupted = m_end.wasInterrupted || end.wasInterrupted;
    const bool isStuck = end.path.isEmpty(); // no engine, or refused: the next would be, too
    if (isStuck || m_end.wasInterrupted || ++m_round == m_order.size()) {
        m_showTimer.stop();
        m_session.reset();
        Q_EMIT finished(m_end.isRefused                                           ? Usage
                            : isStuck || m_end.hasTrouble || m_end.wasInterrupted ? NotAllSucceeded
                                                                                  : Succeeded);
        return;
    }
    startRound();
}

void RunSeries::interrupt()
{
    if (m_session)
        m_session->interrupt();
}

} // namespace Fanfare::Cli
