// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/engine/roundplayer.h>

namespace Fanfare {

/// Where a scenario is played.
struct RunConfiguration
{
    ExecutorKind executor = ExecutorKind::Threads;
    int workers = 0; ///< 0: one per core

    bool operator==(const RunConfiguration &other) const = default;
};

/// Which configuration each round of \a repeat times \a count has: forwards and backwards in turn
/// (ABBA), so that what drifts, such as the temperature of the processor, hits all alike.
std::vector<size_t> roundOrder(size_t count, int repeat);

/// What a series plays, and where.
struct SeriesPlan
{
    Scenario scenario;
    std::vector<ScenarioStep> steps;              ///< of \c scenario
    EngineOptions engine;                         ///< what all rounds share
    std::vector<RunConfiguration> configurations; ///< at least one
    int repeat = 1;                               ///< rounds of each
    double speed = 1;                             ///< that \c steps are timed for
    QString label = {};                           ///< of the runs; empty: the scenario's name
    QString folder;                               ///< where run files go; it exists
};

/// Plays a scenario on all configurations, one round after the other, each in an engine of its own.
/// It ends early when a round could not begin, because the next could not either, or was canceled.
///
/// Threads: [owner], an event loop is needed. It writes the run files, which takes as long as the
/// disk does.
class RoundSeries final : public QObject
{
    Q_OBJECT

public:
    RoundSeries(SeriesPlan plan, ScenarioPlanner planner, QObject *parent = nullptr);
    ~RoundSeries() override;

    void start();  ///< finished() follows
    void cancel(); ///< as of RoundPlayer

    const SeriesPlan &plan() const { return m_plan; }
    int rounds() const { return int(m_order.size()); }
    int round() const { return int(m_round); }     ///< the one that is played, from 0
    const RunConfiguration &configuration() const; ///< of that round
    RoundProgress progress() const;                ///< of that round

    /// The run files of the rounds that went to their end, by configuration.
    const std::vector<QStringList> &paths() const { return m_paths; }

Q_SIGNALS:
    void roundEnded(const Fanfare::RoundEnd &end); ///< round() is still that one
    void finished();

private:
    void startRound();
    void endRound();

    const SeriesPlan m_plan;
    const ScenarioPlanner m_planner;
    const QString m_series; // a UUID
    const std::vector<size_t> m_order;
    size_t m_round = 0;
    std::vector<QStringList> m_paths;
    std::unique_ptr<RoundPlayer> m_player; // null before start() and after finished()
};

} // namespace Fanfare
