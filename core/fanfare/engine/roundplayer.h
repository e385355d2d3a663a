// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/engine/enginelink.h>
#include <fanfare/runs/runrecorder.h>
#include <fanfare/runs/scenario.h>

#include <QObject>
#include <QTimer>

#include <functional>
#include <memory>

namespace Fanfare {

/// The emissions of a scenario as commands for an engine.
struct ScenarioPlan
{
    std::vector<EmitCommand> commands;
    quint64 tasks = 0; ///< that they make
};

/// Checks the steps of a scenario against what an engine knows. Whoever talks to the user gives it,
/// and its words with it: an error says in one sentence why nothing is played.
using ScenarioPlanner =
    std::function<Result<ScenarioPlan>(const std::vector<ScenarioStep> &, const CatalogFact &)>;

/// What is played in a round, and how long it may take.
struct RoundScript
{
    std::vector<ScenarioStep> steps;
    std::chrono::nanoseconds deadline{}; ///< see Scenario::deadline
};

/// How a round ended. Sentences are empty when there is nothing to say.
struct RoundEnd
{
    QString path; ///< of the run file; empty when nothing was emitted
    RunIndex index;
    QString refusal; ///< why nothing was emitted
    QString trouble; ///< what went wrong on the way; the run is kept all the same
    QString unkept;  ///< why the file is not whole
    bool wasCanceled = false;
};

/// How far a round is.
struct RoundProgress
{
    quint64 finished = 0;
    quint64 expected = 0; ///< tasks in all; 0 before the first emission
    quint64 running = 0;
    quint64 unsuccessful = 0;
    qint64 elapsed = 0; ///< nanoseconds since the first emission

    double share() const; ///< 0 to 1
};

/// Plays one round of a scenario: an engine of its own, all emissions in the order of the steps,
/// each entry once the one before was accepted and its pause is over, one run file. An engine that
/// dies ends the round, and what it lost is in the file. One that does not answer within 30 s, or
/// does not leave within 5 s, is killed.
///
/// Threads: [owner], an event loop is needed. The destructor waits up to 500 ms for the engine.
class RoundPlayer final : public QObject
{
    Q_OBJECT

public:
    /// The run is kept in the file \a path, which must not exist yet.
    RoundPlayer(EngineOptions engine, RunInfo info, RoundScript script, ScenarioPlanner planner,
                QString path, QObject *parent = nullptr);
    ~RoundPlayer() override;

    void start();  ///< ended() follows exactly once
    void cancel(); ///< cancels all tasks; the second time, or before any, kills the engine

    const RunInfo &info() const { return m_info; }
    RoundProgress progress() const;
    const RoundEnd &end() const { return m_end; } ///< once ended() was sent

Q_SIGNALS:
    void ended(); ///< the engine is gone and the file closed

private:
    void begin(const CatalogFact &catalog);
    void refuse(const QString &sentence);
    void emitNext();
    void emitNow();
    void endPause();
    void take(const BatchFact &batch);
    void takeCommand(const CommandFact &command);
    void stopAtDeadline();
    void leave();
    void leaveWhenDone();
    void takeEnd(const EngineEndFact &end);
    void keepEnd(const EngineEndFact &end);

    EngineLink m_link;
    RunInfo m_info;
    const RoundScript m_script;
    const ScenarioPlanner m_planner;
    const QString m_path;
    QTimer m_startGuard;
    QTimer m_leaveGuard;
    QTimer m_deadline;
    QTimer m_pause; ///< before a step
    RoundEnd m_end;
    ScenarioPlan m_plan;
    TraceBatch m_early; // what came before the recorder was there: lanes, and who serves them
    std::unique_ptr<RunRecorder> m_recorder; // null before the first emission
    size_t m_next = 0;                       // command
    quint64 m_running = 0;
    quint64 m_emissions = 0;
    bool m_isStopping = false; // no further command
    bool m_areCommandsOver = false;
    bool m_isIdle = false;
    bool m_isIdleInPause = true; ///< nothing runs while it waits for the next step
};

} // namespace Fanfare
