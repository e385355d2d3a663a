// SPDX-License-Identifier: MIT
#pragma once

#include "cli/output.h"
#include "cli/roundsession.h"
#include "cli/runoptions.h"

namespace Fanfare::Cli {

/// What a series of rounds left behind.
struct SeriesEnd
{
    std::vector<QStringList> paths; ///< run files by configuration, in the order of the rounds
    bool hasTrouble = false;        ///< a round went wrong; it was said
    bool isRefused = false;         ///< nothing was emitted; it was said
    bool wasInterrupted = false;
};

/// Which configuration each round of \a repeat times \a count has: forwards and backwards in turn
/// (ABBA), so that what drifts, such as the temperature of the processor, hits all alike.
std::vector<size_t> roundOrder(size_t count, int repeat);

/// Plays a scenario on all configurations, one round after the other, each in an engine of its own.
///
/// Threads: [owner], an event loop is needed.
class RunSeries final : public QObject
{
    Q_OBJECT

public:
    /// \a engine is what all rounds share; \a folder is where run files go, it exists.
    RunSeries(const RunOptions &options, EngineOptions engine, Scenario scenario,
              std::vector<ScenarioStep> steps, QString folder);
    ~RunSeries() override;

    void start(); ///< finished() follows
    void interrupt();

    const SeriesEnd &end() const { return m_end; } ///< once finished() was sent

Q_SIGNALS:
    void finished(int exitCode);

private:
    void startRound();
    void endRound();
    void show();
    RunInfo infoOf(const Configuration &configuration) const;

    const RunOptions m_options;
    const EngineOptions m_engine;
    const Scenario m_scenario;
    const std::vector<ScenarioStep> m_steps;
    const QString m_folder;
    const QString m_series; // a UUID
    const std::vector<size_t> m_order;
    size_t m_round = 0;
    std::unique_ptr<RoundSession> m_session;
    Output m_terminal;
    ProgressBar m_bar;
    QTimer m_showTimer;
    SeriesEnd m_end;
};

} // namespace Fanfare::Cli
