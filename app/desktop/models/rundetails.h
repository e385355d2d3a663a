// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/trace/records.h>

#include <deque>
#include <optional>
#include <unordered_map>
#include <utility>

namespace Fanfare {

/// What finished tasks left behind, the newest of it: bounded in number and in bytes.
///
/// Threads: [gui].
class RunDetails
{
public:
    static constexpr size_t maximumCount = 200'000;
    static constexpr qint64 maximumBytes = 256 * 1024 * 1024;

    void add(const TaskDetail &detail);
    void append(const RunDetails &newer);
    void clear();

    std::optional<TaskDetail> find(TaskId task) const;
    quint64 forgotten() const { return m_forgotten; }

private:
    void forgetOldest();

    std::unordered_map<TaskId, TaskDetail> m_details;
    std::deque<std::pair<TaskId, qint64>> m_order; ///< oldest first, with its bytes
    qint64 m_bytes = 0;                            ///< an estimate: text and binary payload
    quint64 m_forgotten = 0;
};

/// The newest lines of the log, bounded in number and in bytes.
///
/// Threads: [gui].
class RunLog
{
public:
    static constexpr size_t maximumLines = 1'000'000;
    static constexpr qint64 maximumBytes = 256 * 1024 * 1024; ///< lines and their texts

    void add(const LogLine &line);
    void addForgotten(quint64 lines) { m_forgotten += lines; }
    void append(const RunLog &newer);
    void clear();

    size_t size() const { return m_lines.size(); }
    const LogLine &operator[](size_t index) const { return m_lines[index]; }
    quint64 forgotten() const { return m_forgotten; }

private:
    std::deque<LogLine> m_lines;
    qint64 m_bytes = 0;
    quint64 m_forgotten = 0;
};

} // namespace Fanfare
