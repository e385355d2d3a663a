// SPDX-License-Identifier: MIT
#pragma once

#include "cli/options.h"
#include "cli/output.h"
#include "cli/progressbar.h"
#include "cli/runfold.h"
#include "cli/session.h"
#include "cli/tracereporter.h"

#include <fanfare/runs/scenario.h>

#include <memory>

namespace Fanfare::Cli {

/// What is read from the disk before anything is emitted.
struct EmitSources
{
    QStringList files;               ///< of --each-file
    std::vector<ScenarioStep> steps; ///< of --plan; else empty
};

/// `fanfare-cli emit`: emits, reports what happens and sums up.
class EmitSession final : public Session
{
    Q_OBJECT

public:
    /// \a trace may be null; \a output is borrowed.
    EmitSession(const Options &options, EngineOptions engine, EmitSources sources,
                std::unique_ptr<TraceReporter> trace, Output &output);

    ~EmitSession() override;

    /// The first time it cancels all tasks and waits for them, the second time it kills.
    void interrupt() override;

private:
    enum class Ending {
        Natural,     ///< every task is left to end by itself
        Refused,     ///< nothing was emitted
        Expired,     ///< --timeout is over
        Interrupted, ///< the user does not want to wait
        Deserted,    ///< nobody reads the output any more
    };

    void begin(const CatalogFact &catalog) override;
    int conclude(const EngineEndFact &end) override;
    void follow();
    void emitNext();
    void emitNow();
    void endPause();
    void refuse(const QString &sentence);
    void apply(const BatchFact &batch);
    void endCommand(const CommandFact &command);
    void leaveWhenDone();
    void expire();
    void show(); ///< brings the terminal up to date
    void complainAbout(const EngineEndFact &end);
    bool isWell(const EngineEndFact &end) const;
    Progress progress() const;

    const Options m_options;
    const EmitSources m_sources;
    Output &m_output;
    Output m_terminal;
    ProgressBar m_bar;
    std::unique_ptr<RunReporter> m_reporter;
    std::unique_ptr<TraceReporter> m_trace;
    RunFold m_fold;
    QTimer m_showTimer;
    QTimer m_pause; ///< before a step of the plan
    Ending m_ending = Ending::Natural;
    qint64 m_beginning = 0;
    Request m_request;
    qsizetype m_nextCommand = 0;
    quint64 m_running = 0;
    QString m_commandError;
    bool m_isCommandOver = false; ///< the last one of the request
    bool m_isIdle = false;
    bool m_isIdleInPause = true; ///< nothing runs while it waits for the next step
};

} // namespace Fanfare::Cli
