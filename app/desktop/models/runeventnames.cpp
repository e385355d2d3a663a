// SPDX-License-Identifier: MIT
#include "desktop/models/runeventnames.h"

#include <iterator>

namespace Fanfare {

void RunEventNames::setRange(EmissionId first, quint64 count, const QString &event)
{
    if (count == 0)
        return;
    const quint64 begin = number(first);
    const auto next = m_ranges.lower_bound(begin);
    if (next != m_ranges.begin()) {
        auto &[start, range] = *std::prev(next);
        if (range.event == event && start + range.count == begin) {
            range.count += count; // clicking Emit a thousand times stays one range
            return;
        }
    }
    m_ranges.insert_or_assign(begin, Range{count, event});
}

const QString &RunEventNames::inRanges(EmissionId emission) const
{
    static const QString none;
    auto range = m_ranges.upper_bound(number(emission));
    if (range == m_ranges.begin())
        return none;
    --range;
    return number(emission) - range->first < range->second.count ? range->second.event : none;
}

std::optional<quint32> RunEventNames::learned(EmissionId emission) const
{
    const quint32 event = m_learned.value(emission);
    if (event == 0)
        return std::nullopt;
    return event - 1;
}

} // namespace Fanfare
