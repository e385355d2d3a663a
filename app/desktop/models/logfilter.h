// SPDX-License-Identifier: MIT
#pragma once

#include "logpattern.h"

#include <fanfare/trace/records.h>

#include <QString>

#include <array>
#include <optional>
#include <vector>

namespace Fanfare {

/// From one moment to another, both included: MonotonicClock nanoseconds; on some lanes.
struct LogTimes
{
    qint64 from = 0;
    qint64 to = 0;
    std::vector<quint32> lanes = {}; ///< RunModel indices; empty: all

    bool operator==(const LogTimes &other) const = default;
};

/// Which lines of a log are shown. Everything passes a filter that was not changed.
///
/// Threads: [gui].
class LogFilter
{
public:
    static constexpr size_t levelCount = 5;

    /// As LogPattern has it. While an expression is not complete nothing is filtered, and problem()
    /// says why.
    void setText(const QString &text);

    void setShown(LogLevel level, bool isShown) { m_levels[size_t(level)] = isShown; }
    void setHandler(const QString &handler) { m_handler = handler; }         ///< empty: all
    void setTask(std::optional<TaskId> task) { m_task = task; }              ///< only its lines
    void setTimes(const std::optional<LogTimes> &times) { m_times = times; } ///< only lines of then
    void setFirst(quint64 line) { m_first = line; } ///< older lines are hidden, see LogModel

    const QString &text() const { return m_pattern.text(); }
    const QString &handler() const { return m_handler; }
    std::optional<TaskId> task() const { return m_task; }
    const std::optional<LogTimes> &times() const { return m_times; }
    bool isShown(LogLevel level) const { return m_levels[size_t(level)]; }
    quint64 first() const { return m_first; }
    QString problem() const { return m_pattern.problem(); } ///< see LogPattern

    /// Whether level, task and age of a line let it pass, on whatever lane; \a number counts from
    /// the first ever.
    bool accepts(const LogLine &line, quint64 number) const;

    /// Whether the text is in \a text.
    bool matches(const QString &text) const;

    bool operator==(const LogFilter &other) const;

private:
    LogPattern m_pattern;
    QString m_handler;
    std::array<bool, levelCount> m_levels{true, true, true, true, true};
    std::optional<TaskId> m_task;
    std::optional<LogTimes> m_times;
    quint64 m_first = 0;
};

} // namespace Fanfare
