// SPDX-License-Identifier: MIT
#pragma once

#include "backgroundjob.h"
#include "runfeed.h"

#include <QTimer>

#include <vector>

namespace Fanfare {

class RunModel;

/// Keeps a model up to date with a run that is being recorded, twice a second at most. The file is
/// read beside the window; what is new is folded in it, 0.1 µs a task.
///
/// Threads: [gui].
class RunFollower final : public QObject
{
    Q_OBJECT

public:
    static constexpr std::chrono::milliseconds pause{500}; ///< between two looks

    /// \a model holds what \a feed has brought so far, and outlives this.
    RunFollower(std::shared_ptr<RunFeed> feed, RunModel &model, QObject *parent = nullptr);

Q_SIGNALS:
    void ended(); ///< the model has all of the run

private:
    void look();
    void take(std::vector<RunPart> parts);

    const std::shared_ptr<RunFeed> m_feed; // of m_job while that is running
    RunModel &m_model;
    QTimer m_timer;
    BackgroundJob m_job;
};

} // namespace Fanfare
