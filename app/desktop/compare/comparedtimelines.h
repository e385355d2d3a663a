// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/runs/backgroundjob.h"
#include "desktop/runs/openedrun.h"
#include "desktop/runs/runfollower.h"

#include <QStackedWidget>

#include <array>

namespace Fanfare {

class LinkedTimelines;
enum class Side : quint8;
class LoadingPage;
class RunEdits;

/// The timelines of the first rounds of a comparison: they are read beside the window, and then
/// shown one above the other. One that goes on grows, twice a second at most.
///
/// Threads: [gui].
class ComparedTimelines final : public QStackedWidget
{
    Q_OBJECT

public:
    /// Both are run files.
    ComparedTimelines(const QString &left, const QString &right, QWidget *parent = nullptr);
    ~ComparedTimelines() override;

    LinkedTimelines *timelines() const { return m_timelines; } ///< null until they are read
    QString problem() const;                                   ///< empty, or why there are none

Q_SIGNALS:
    void shown(); ///< timelines() is there
    void told(const QString &sentence);

private:
    using Runs = std::array<OpenedRun, 2>;

    static Result<Runs> read(const QString &left, const QString &right,
                             const BackgroundJob::Progress &progress, const std::stop_token &stop,
                             QThread *window);
    void take(Result<Runs> runs);
    void keepEdits(Side side);
    void follow(Side side);

    BackgroundJob m_job;
    LoadingPage *m_loading;
    Runs m_runs;
    std::array<std::unique_ptr<RunFollower>, 2> m_followers; ///< null for a run that is over
    LinkedTimelines *m_timelines = nullptr;
    std::array<std::unique_ptr<RunEdits>, 2> m_edits; ///< null for a file that is not ours
};

} // namespace Fanfare
