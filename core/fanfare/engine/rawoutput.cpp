// SPDX-License-Identifier: MIT
#include "fanfare/engine/rawoutput.h"

#include <algorithm>

namespace Fanfare {

static constexpr qsizetype maximumLine = 8192; ///< bytes; longer text is several lines
static constexpr qint64 second = 1'000'000'000;

void RawOutput::append(const QByteArray &bytes, qint64 now)
{
    if (now - m_second >= second) {
        m_second = now;
        m_used = 0;
    }
    qsizetype at = 0;
    while (at < bytes.size()) {
        const qsizetype room = std::min(bytes.size() - at, maximumLine - m_partial.size());
        const QByteArrayView rest = QByteArrayView(bytes).sliced(at, room);
        const qsizetype lineEnd = rest.indexOf('\n');
        const bool isLineEnd = lineEnd >= 0;
        m_partial.append(isLineEnd ? rest.first(lineEnd) : rest);
        at += isLineEnd ? lineEnd + 1 : room;
        if (isLineEnd || m_partial.size() == maximumLine)
            addLine(now);
    }
}

void RawOutput::endLine(qint64 now)
{
    if (!m_partial.isEmpty())
        addLine(now);
}

void RawOutput::addLine(qint64 now)
{
    m_used += m_partial.size() + 1;
    if (m_used > budget) {
        ++m_dropped;
    } else {
        LogLine line;
        line.time = now;
        line.level = LogLevel::Printed;
        line.text = QString::fromUtf8(m_partial);
        m_lines.push_back(std::move(line));
    }
    m_partial.clear();
}

} // namespace Fanfare
