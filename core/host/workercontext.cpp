// SPDX-License-Identifier: MIT
#include "workercontext.h"

#include <fanfare/base/clock.h>

#include <algorithm>

namespace Fanfare {

static constexpr qsizetype maximumLine = 8192; // characters

/// Made when somebody asks for it: most handlers never do.
std::stop_source WorkerContext::stopSource() const
{
    std::lock_guard lock(m_mutex);
    if (!m_stop.stop_possible())
        m_stop = std::stop_source();
    return m_stop;
}

void WorkerContext::progress(double fraction, const QString &text)
{
    const WorkerProgress step{std::clamp(fraction, 0.0, 1.0), text};
    {
        std::lock_guard lock(m_mutex);
        if (m_steps.allows(MonotonicClock::now()))
            sendProgress(step);
        else
            m_heldStep = step;
    }
    if (!text.isEmpty())
        log(LogLevel::Info, text);
}

void WorkerContext::log(LogLevel level, const QString &text)
{
    LogLine line;
    line.time = MonotonicClock::now();
    line.level = level;
    line.text = text;
    addLine(line);
}

void WorkerContext::addLine(const LogLine &line)
{
    std::lock_guard lock(m_mutex);
    if (!m_lines.allows(line.time))
        return;
    const bool isLong = line.text.size() > maximumLine;
    sendLine({line.time, line.level,
              isLong ? QString(line.text.left(maximumLine) + QStringLiteral(" [cut]")) : line.text,
              m_lines.dropped()});
}

void WorkerContext::closeOutput()
{
    std::lock_guard lock(m_mutex);
    if (m_heldStep)
        sendProgress(*m_heldStep);
    if (m_lines.dropped() > 0) {
        sendLine({MonotonicClock::now(), LogLevel::Warning,
                  QStringLiteral("+%1 lines left out: a task may write 100 a second")
                      .arg(m_lines.dropped()),
                  m_lines.dropped()});
    }
}

void WorkerContext::sendLine(WorkerLine line)
{
    m_lines.clearDropped();
    m_channel.send(WorkerReply::Log, encode(line), m_task.number);
}

void WorkerContext::sendProgress(const WorkerProgress &step)
{
    m_heldStep.reset();
    m_channel.send(WorkerReply::Progress, encode(step), m_task.number);
}

} // namespace Fanfare
