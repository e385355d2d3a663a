// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/base/result.h>
#include <fanfare/runs/runwriter.h>
#include <fanfare/runs/usagewatch.h>

#include <QFile>
#include <QTimer>

#include <memory>

namespace Fanfare {

/// Keeps a run in a file while it goes. What came more than a tenth of a second ago is in the hands
/// of the system and survives whatever is killed.
///
/// Threads: [owner], an event loop is needed. add() blocks as long as the disk takes.
class RunRecorder final
{
public:
    /// Creates the file at \a path, which must not exist yet. Error: Unreadable, as the system
    /// says.
    static Result<std::unique_ptr<RunRecorder>> create(const QString &path, RunInfo info);

    void setNames(const RunNames &names) { m_writer.setNames(names); }
    void add(const TraceBatch &batch);

    /// Keeps what the process \a app, which emits, and its workers take from now on. [blocks]
    void watchProcesses(qint64 app) { m_usage.begin(app); }
    void lookAtProcesses() { m_usage.look(); } ///< before they end; finish() looks, too. [blocks]

    /// What was open when the process it was in died at \a time of \a cause ("signal 11
    /// (SIGSEGV)"): it ends as Crashed. Those of \a culprits are remembered as the ones that did
    /// it.
    void addLost(const std::vector<OpenTask> &tasks, const std::vector<TaskId> &culprits,
                 qint64 time, const QString &cause);

    /// What is open now is not waited for: it ends as Interrupted for \a reason, such as "closed".
    void endUnfinished(const QString &reason) { m_writer.endUnfinished(reason); }

    /// Ends the file. False when some of it could not be written: problem() says why.
    bool finish(quint64 emissions);

    QString path() const { return m_file->fileName(); }
    QString problem() const; ///< empty, or one sentence: nothing is kept any more
    const RunIndex &index() const { return m_writer.index(); }

private:
    RunRecorder(std::unique_ptr<QFile> file, RunInfo info);

    const std::unique_ptr<QFile> m_file;
    RunWriter m_writer;
    UsageWatch m_usage;
    QTimer m_flush;
};

/// The folder of the user's runs, ~/.local/share/fanfare/runs; it may not exist yet.
QString userRunFolder();

/// What this machine and this build are, for RunInfo::environment. Reads some files below /proc.
RunEnvironment currentEnvironment();

} // namespace Fanfare
