// SPDX-License-Identifier: MIT
#include "fanfare/engine/eventhistory.h"

#include <algorithm>

namespace Fanfare {

EmissionId EventHistory::add(const QString &event, quint64 count)
{
    const quint64 first = m_next;
    m_next += count;
    if (!m_ranges.empty() && m_ranges.back().event == event)
        m_ranges.back().count += count;
    else
        m_ranges.push_back({first, count, event});
    while (m_ranges.front().first + m_ranges.front().count + depth <= m_next)
        m_ranges.pop_front();
    return EmissionId(first);
}

QString EventHistory::eventOf(EmissionId emission) const
{
    const auto isAfter = [](quint64 id, const Range &range) { return id < range.first; };
    const quint64 id = number(emission);
    const auto next = std::upper_bound(m_ranges.begin(), m_ranges.end(), id, isAfter);
    if (next == m_ranges.begin() || id >= m_next)
        return {};
    return std::prev(next)->event;
}

} // namespace Fanfare
