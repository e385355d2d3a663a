// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/engine/facts.h>
#include <fanfare/runs/runrecorder.h>

#include <QObject>

#include <atomic>

namespace Fanfare {

/// The part of RunKeeper that waits for the disk: it lives in a thread of its own and writes one
/// run file after the other.
///
/// Threads: [owner] but for what says otherwise; add() and end() block as long as the disk takes.
class RunFileWriter final : public QObject
{
    Q_OBJECT

public:
    /// Begins the file of \a info in \a folder, which is made when it is not there.
    /// \a engine is the process whose memory and CPU time are kept, too; 0: none.
    void begin(const QString &folder, const RunInfo &info, qint64 engine);
    void setNames(const RunNames &names);
    void add(const TraceBatch &batch);
    void addLost(const EngineEndFact &end, qint64 time);
    void endUnfinished(const QString &reason); ///< see RunRecorder::endUnfinished()
    void end(quint64 emissions);

    /// Spans that are on their way here and not written yet. [any]
    std::atomic<qint64> &waitingSpans() { return m_waitingSpans; }

Q_SIGNALS:
    void begun(const QString &path);
    void ended(const QString &path);
    void troubled(const QString &sentence); ///< once for each file at most

private:
    void tellTrouble();

    std::unique_ptr<RunRecorder> m_recorder; ///< null: between runs, or the file cannot be made
    bool m_isTroubled = false;
    std::atomic<qint64> m_waitingSpans = 0;
};

} // namespace Fanfare
