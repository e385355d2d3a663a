// SPDX-License-Identifier: MIT
#pragma once

#include "scenarioplan.h"

#include <fanfare/engine/enginelink.h>
#include <fanfare/runs/runrecorder.h>

#include <QObject>

#include <memory>

namespace Fanfare {

/// One round of a scenario: an engine of its own, all emissions, one run file. An engine that dies
/// ends the round; what it lost is in the file.
///
/// Threads: [owner], an event loop is needed. The destructor waits up to 500 ms for the engine.
class ScenarioRound final : public QObject
{
    Q_OBJECT

public:
    /// The run is kept in the file \a path, which must not exist yet.
    ScenarioRound(EngineOptions engine, RunInfo info, std::vector<ScenarioStep> steps, QString path,
                  QObject *parent = nullptr);
    ~ScenarioRound() override;

    void start();  ///< ended() or refused() follows exactly once
    void cancel(); ///< kills the engine

    double progress() const; ///< finished tasks as a share of all, 0 to 1
    const RunInfo &info() const { return m_info; }
    QString path() const { return m_path; }

Q_SIGNALS:
    void ended();                          ///< the file is whole
    void refused(const QString &sentence); ///< nothing was emitted, or not kept

private:
    void begin(const CatalogFact &catalog);
    void emitNext();
    void take(const BatchFact &batch);
    void takeCommand(const CommandFact &command);
    void leaveWhenDone();
    void takeEnd(const EngineEndFact &end);

    EngineLink m_link;
    RunInfo m_info;
    const std::vector<ScenarioStep> m_steps;
    const QString m_path;
    ScenarioPlan m_plan;
    TraceBatch
        m_early; ///< what came before the recorder was there: the first lanes, and who serves them
    std::unique_ptr<RunRecorder> m_recorder;
    QString m_refusal;
    size_t m_next = 0; ///< command
    quint64 m_emissions = 0;
    bool m_areCommandsOver = false;
    bool m_isIdle = false;
};

} // namespace Fanfare
