// SPDX-License-Identifier: MIT
#include "comparisonsides.h"

#include <algorithm>

namespace Fanfare {

static bool isSameConfiguration(const LibraryEntry &a, const LibraryEntry &b)
{
    return a.label == b.label && a.executor == b.executor && a.workers == b.workers;
}

static QList<QStringList> oneEach(const std::vector<LibraryEntry> &entries)
{
    QList<QStringList> sides;
    for (const LibraryEntry &entry : entries)
        sides.append(QStringList{entry.path});
    return sides;
}

QList<QStringList> comparisonSides(std::vector<LibraryEntry> entries)
{
    if (entries.size() < 2)
        return {};
    std::ranges::stable_sort(entries, {}, &LibraryEntry::beginUtc);
    if (entries.size() == 2)
        return oneEach(entries);
    std::vector<const LibraryEntry *> configurations;
    QList<QStringList> sides;
    for (const LibraryEntry &entry : entries) {
        const auto known = std::ranges::find_if(configurations, [&entry](const LibraryEntry *one) {
            return isSameConfiguration(*one, entry);
        });
        const auto side = known - configurations.begin();
        if (known == configurations.end()) {
            configurations.push_back(&entry);
            sides.append(QStringList());
        }
        sides[side].append(entry.path);
    }
    return sides.size() > 1 ? sides : oneEach(entries);
}

} // namespace Fanfare
