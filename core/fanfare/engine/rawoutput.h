// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/trace/records.h>

#include <QByteArray>

#include <utility>
#include <vector>

namespace Fanfare {

/// Makes log lines of what an engine process writes to standard error past its own capture: a last
/// message of the C library, or a handler that calls write(2). At most 64 KiB a second become
/// lines, the rest is counted.
///
/// Threads: [owner].
class RawOutput
{
public:
    static constexpr qsizetype budget = 64 * 1024; ///< bytes a second

    void append(const QByteArray &bytes, qint64 now);
    void endLine(qint64 now); ///< nothing more will come

    bool isEmpty() const { return m_lines.empty() && m_dropped == 0; }
    std::vector<LogLine> takeLines() { return std::exchange(m_lines, {}); }
    quint64 takeDropped() { return std::exchange(m_dropped, 0); } ///< lines

private:
    void addLine(qint64 now);

    QByteArray m_partial;
    std::vector<LogLine> m_lines;
    quint64 m_dropped = 0;
    qint64 m_second = 0;  // when the current budget began
    qsizetype m_used = 0; // of it
};

} // namespace Fanfare
