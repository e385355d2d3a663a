// SPDX-License-Identifier: MIT
#include "fanfare/library/retention.h"

#include <algorithm>
#include <map>

namespace Fanfare {

std::vector<LibraryEntry> surplusOf(std::vector<LibraryEntry> entries, const Retention &retention,
                                    qint64 now)
{
    constexpr qint64 day = 86'400'000;
    std::ranges::stable_sort(entries, {}, &LibraryEntry::beginUtc);
    auto count = qint64(entries.size());
    qint64 bytes = 0;
    std::map<QString, int> series;
    for (const LibraryEntry &entry : entries) {
        bytes += entry.size;
        ++series[seriesOf(entry)];
    }
    std::vector<LibraryEntry> surplus;
    for (const LibraryEntry &entry : entries) {
        const bool isOld = retention.days > 0 && now - entry.beginUtc > retention.days * day;
        const bool areTooMany = retention.count > 0 && count > retention.count;
        const bool areTooBig = retention.bytes > 0 && bytes > retention.bytes;
        int &alike = series[seriesOf(entry)];
        const bool areTooAlike = retention.perSeries > 0 && alike > retention.perSeries;
        if (entry.isPinned || entry.goesOn || !(isOld || areTooMany || areTooBig || areTooAlike))
            continue;
        --count;
        --alike;
        bytes -= entry.size;
        surplus.push_back(entry);
    }
    return surplus;
}

} // namespace Fanfare
