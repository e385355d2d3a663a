// SPDX-License-Identifier: MIT
#pragma once

#include "workertasks.h"

#include <fanfare/engine/outputcapture.h>

#include <QTimer>

#include <atomic>

namespace Fanfare {

/// Sends what handlers print as lines of their tasks.
///
/// Threads: made and destroyed by the thread of the event loop; closeTask() is [any].
class WorkerOutput
{
public:
    WorkerOutput(WorkerTasks &tasks, WorkerChannel &channel);

    /// Turns unfinished lines into lines, because a task ends. Free when nothing was printed.
    void closeTask();

private:
    void send(const LogLine &line);
    void noticeText();

    WorkerTasks &m_tasks;
    WorkerChannel &m_channel;
    QTimer m_staleTimer; // turns text that waits for its line end into lines
    std::atomic<bool> m_isTimerDue = false;
    std::atomic<bool> m_hasText = false;
    RateLimit m_strayLines; // guarded by m_strayMutex
    std::mutex m_strayMutex;
    OutputCapture m_capture; // the last: it prints to the others until it is destroyed
};

} // namespace Fanfare
