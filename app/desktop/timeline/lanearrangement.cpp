// SPDX-License-Identifier: MIT
#include "desktop/timeline/lanearrangement.h"

#include <algorithm>

namespace Fanfare {

LaneArrangement::Look LaneArrangement::look(quint32 lane) const
{
    const auto found = m_looks.find(lane);
    return found == m_looks.end() ? Look() : found->second;
}

size_t LaneArrangement::hiddenCount() const
{
    return static_cast<size_t>(
        std::ranges::count_if(m_looks, [](const auto &entry) { return entry.second.isHidden; }));
}

void LaneArrangement::showAll()
{
    for (auto &entry : m_looks)
        entry.second.isHidden = false;
}

std::map<quint32, QString> LaneArrangement::filters() const
{
    std::map<quint32, QString> filters;
    for (const auto &[lane, look] : m_looks) {
        if (!look.filter.isEmpty())
            filters[lane] = look.filter;
    }
    return filters;
}

void LaneArrangement::clearFilters()
{
    for (auto &entry : m_looks)
        entry.second.filter.clear();
}

void LaneArrangement::setFolded(const LaneGroup &group, bool isFolded)
{
    if (isFolded)
        m_folded.insert(group);
    else
        m_folded.erase(group);
}

void LaneArrangement::move(quint32 lane, quint32 target, const std::vector<quint32> &shown)
{
    const auto from = std::ranges::find(shown, lane);
    const auto to = std::ranges::find(shown, target);
    if (from == shown.end() || to == shown.end() || from == to)
        return;
    m_sequence = shown;
    const auto first = m_sequence.begin() + (from - shown.begin());
    const auto last = m_sequence.begin() + (to - shown.begin());
    if (first < last)
        std::rotate(first, first + 1, last + 1);
    else
        std::rotate(last, first, first + 1);
}

size_t LaneArrangement::rank(quint32 lane) const
{
    return static_cast<size_t>(std::ranges::find(m_sequence, lane) - m_sequence.begin());
}

} // namespace Fanfare
