// SPDX-License-Identifier: MIT
#pragma once

#include "cli/progressbar.h"
#include "cli/session.h"

#include <fanfare/runs/runrecorder.h>
#include <fanfare/runs/scenario.h>

namespace Fanfare::Cli {

/// How a round ended.
struct RoundEnd
{
    QString path; ///< of the run file; empty when nothing was emitted
    RunIndex index;
    QString refusal; ///< why nothing was emitted, one sentence; else empty
    QString trouble; ///< what went wrong on the way, one sentence; else empty
    bool wasInterrupted = false;
};

/// One round of a scenario: an engine of its own, all emissions, one run file.
class RoundSession final : public Session
{
    Q_OBJECT

public:
    /// The run is kept in the file \a path.
    RoundSession(EngineOptions engine, RunInfo info, std::vector<ScenarioStep> steps, QString path);

    /// Cancels all tasks, the second time kills the engine.
    void interrupt() override;

    const RoundEnd &end() const { return m_end; } ///< once finished() was sent
    Progress progress() const;

private:
    void begin(const CatalogFact &catalog) override;
    int conclude(const EngineEndFact &end) override;
    void refuse(const QString &sentence);
    void emitNext();
    void endCommand(const CommandFact &command);
    void apply(const BatchFact &batch);
    void leaveWhenDone();

    RunInfo m_info;
    const std::vector<ScenarioStep> m_steps;
    const QString m_path;
    RoundEnd m_end;
    TraceBatch m_early; // what came before the recorder was there: the first lanes
    std::unique_ptr<RunRecorder> m_recorder;
    std::vector<EmitCommand> m_commands;
    size_t m_nextCommand = 0;
    quint64 m_expected = 0; // tasks
    quint64 m_running = 0;
    quint64 m_emissions = 0;
    qint64 m_beginning = 0;
    bool m_isCommandOver = false;
    bool m_isIdle = false;
};

} // namespace Fanfare::Cli
