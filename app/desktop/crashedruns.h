// SPDX-License-Identifier: MIT
#pragma once

#include "runs/backgroundjob.h"

#include <fanfare/runs/runinfo.h>

#include <QObject>
#include <QStringList>

#include <memory>
#include <vector>

namespace Fanfare {

class LiveMark;
class MessageArea;
class RunKeeper;

/// A run that was torn off when its window was killed.
struct CrashedRun
{
    QString path;
    RunInfo info;
    quint64 spans = 0; ///< that are in the file, more than none
};

/// Those in \a folder, the newest last. Reads the files as a whole, some million spans a second.
/// Nothing when \a stop was requested meanwhile. [any, blocks]
std::vector<CrashedRun> crashedRunsIn(const QString &folder, const std::stop_token &stop = {});

/// Offers what a crash of the window has left of a run, and marks the live run for the case that
/// this window is killed, too. A run that was offered is not offered again once this window ends in
/// order; it stays in the list of runs.
///
/// Threads: [gui]. Files are read in a thread of its own.
class CrashedRuns final : public QObject
{
    Q_OBJECT

public:
    static constexpr qsizetype maximumOffers = 3; ///< older ones are in the list of runs only

    /// \a keeper writes into \a folder. All are borrowed.
    CrashedRuns(const RunKeeper &keeper, const QString &folder, MessageArea &messages,
                QObject *parent = nullptr);
    ~CrashedRuns() override;

Q_SIGNALS:
    void openWanted(const QString &path);

private:
    void offer(const CrashedRun &run);

    MessageArea &m_messages;
    BackgroundJob m_job;
    QStringList m_offered;            ///< and neither opened nor forgotten
    std::unique_ptr<LiveMark> m_mark; ///< of the live run; null between runs
};

} // namespace Fanfare
