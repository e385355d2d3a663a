// SPDX-License-Identifier: MIT
#include "workeroutput.h"

namespace Fanfare {

static constexpr std::chrono::milliseconds staleTime{200};

WorkerOutput::WorkerOutput(WorkerTasks &tasks, WorkerChannel &channel)
    : m_tasks(tasks)
    , m_channel(channel)
    , m_capture({[this](LogLine &&line) { send(line); }, [this] { noticeText(); }, {}})
{
    m_staleTimer.setSingleShot(true);
    m_staleTimer.setInterval(staleTime);
    QObject::connect(&m_staleTimer, &QTimer::timeout, &m_staleTimer, [this] {
        m_isTimerDue = false;
        if (m_capture.flushStale())
            noticeText();
    });
}

void WorkerOutput::closeTask()
{
    if (m_hasText.exchange(false))
        m_capture.flush();
}

/// At most one call per turn of the timer, however much is printed.
void WorkerOutput::noticeText()
{
    m_hasText = true;
    if (!m_isTimerDue.exchange(true))
        QMetaObject::invokeMethod(&m_staleTimer, qOverload<>(&QTimer::start), Qt::QueuedConnection);
}

void WorkerOutput::send(const LogLine &line)
{
    if (number(line.task.emission) != 0 && m_tasks.addLine(line))
        return;
    std::lock_guard lock(m_strayMutex);
    if (!m_strayLines.allows(line.time))
        return;
    m_channel.send(WorkerReply::Log,
                   encode(WorkerLine{line.time, line.level, line.text, m_strayLines.dropped()}));
    m_strayLines.clearDropped();
}

} // namespace Fanfare
