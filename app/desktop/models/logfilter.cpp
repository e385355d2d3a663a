// SPDX-License-Identifier: MIT
#include "logfilter.h"

namespace Fanfare {

void LogFilter::setText(const QString &text)
{
    m_pattern = LogPattern(text);
}

bool LogFilter::matches(const QString &text) const
{
    return !m_pattern.isValid() || m_pattern.matches(text);
}

bool LogFilter::accepts(const LogLine &line, quint64 number) const
{
    return number >= m_first && isShown(line.level) && (!m_task || line.task == *m_task)
        && (!m_times || (line.time >= m_times->from && line.time <= m_times->to));
}

bool LogFilter::operator==(const LogFilter &other) const
{
    return text() == other.text() && m_handler == other.m_handler && m_levels == other.m_levels
        && m_task == other.m_task && m_times == other.m_times && m_first == other.m_first;
}

} // namespace Fanfare
