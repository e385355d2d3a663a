// SPDX-License-Identifier: MIT
#include "comparisonsides.h"

#include <algorithm>

namespace Fanfare {

static bool isSameConfiguration(const LibraryEntry &a, const LibraryEntry &b)
{
    return a.label == b.label && a.executor == b.executor && a.workers == b.workers;
}

std::optional<ComparisonSides> comparisonSides(std::vector<LibraryEntry> entries)
{
    if (entries.size() < 2)
        return std::nullopt;
    std::ranges::stable_sort(entries, {}, &LibraryEntry::beginUtc);
    if (entries.size() == 2)
        return ComparisonSides{{entries[0].path}, {entries[1].path}};
    ComparisonSides sides;
    const LibraryEntry *other = nullptr;
    for (const LibraryEntry &entry : entries) {
        if (isSameConfiguration(entry, entries.front())) {
            sides.left.append(entry.path);
            continue;
        }
        if (other && !isSameConfiguration(entry, *other))
            return std::nullopt;
        other = &entry;
        sides.right.append(entry.path);
    }
    return other ? std::optional(sides) : std::nullopt;
}

} // namespace Fanfare
