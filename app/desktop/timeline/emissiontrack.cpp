// SPDX-License-Identifier: MIT
#include "desktop/timeline/emissiontrack.h"

#include <algorithm>

namespace Fanfare {

void EmissionTrack::add(EmissionId emission, qint64 time)
{
    bool &isKnown = m_known[emission];
    if (isKnown)
        return;
    isKnown = true;
    m_instants.push_back({time, emission});
}

void EmissionTrack::sort()
{
    const auto fresh = m_instants.begin() + static_cast<qsizetype>(m_sorted);
    if (fresh == m_instants.end())
        return;
    std::stable_sort(fresh, m_instants.end());
    const auto displaced = std::upper_bound(m_instants.begin(), fresh, *fresh);
    if (displaced != fresh)
        std::inplace_merge(displaced, fresh, m_instants.end());
    m_sorted = m_instants.size();
}

void EmissionTrack::clear()
{
    *this = EmissionTrack();
}

/// The first one at \a time or later; \a hint is not above the answer. Neighbors are near, and far
/// ones are elsewhere in the memory.
size_t EmissionTrack::startOf(qint64 time, size_t hint) const
{
    const EmissionInstant wanted{time};
    size_t step = 1;
    while (hint + step <= m_instants.size() && m_instants[hint + step - 1] < wanted) {
        hint += step;
        step *= 2;
    }
    const auto begin = m_instants.begin();
    const auto found = std::lower_bound(
        begin + static_cast<qsizetype>(hint),
        begin + static_cast<qsizetype>(std::min(hint + step, m_instants.size())), wanted);
    return static_cast<size_t>(found - m_instants.begin());
}

void EmissionTrack::addCell(std::vector<EmissionMark> &marks, const TimeAxis &axis, size_t first,
                            size_t end) const
{
    bool areApart = end - first <= static_cast<size_t>(badgeWidth / minimumDistance);
    for (size_t at = first + 1; areApart && at < end; ++at) {
        areApart =
            axis.xOf(m_instants[at].time) - axis.xOf(m_instants[at - 1].time) >= minimumDistance;
    }
    if (!areApart) {
        marks.push_back({axis.xOf(m_instants[first].time), first, end - first});
        return;
    }
    for (size_t at = first; at < end; ++at)
        marks.push_back({axis.xOf(m_instants[at].time), at, 1});
}

std::vector<EmissionMark> EmissionTrack::marks(const TimeAxis &axis, int width) const
{
    std::vector<EmissionMark> marks;
    const qint64 cell = std::max<qint64>(1, std::llround(badgeWidth * axis.nsPerPixel));
    const qint64 end = axis.timeAt(width + minimumDistance);
    size_t first = startOf(axis.begin() / cell * cell);
    while (first < m_instants.size() && m_instants[first].time < end) {
        const size_t next = startOf((m_instants[first].time / cell + 1) * cell, first);
        addCell(marks, axis, first, next);
        first = next;
    }
    return marks;
}

} // namespace Fanfare
