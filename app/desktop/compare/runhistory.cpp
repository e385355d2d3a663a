// SPDX-License-Identifier: MIT
#include "runhistory.h"

#include <QFileInfo>

#include <algorithm>

namespace Fanfare {

static bool isAlike(const LibraryEntry &entry, const RunInfo &info)
{
    return entry.executor == info.executor && entry.workers == info.workers;
}

static bool contains(const QStringList &paths, const LibraryEntry &entry)
{
    return std::ranges::any_of(
        paths, [&entry](const QString &path) { return QFileInfo(path).fileName() == entry.file; });
}

/// The library knows a scenario by its name; the files of the comparison are in it, so theirs is.
static QString scenarioOf(const std::vector<LibraryEntry> &entries, const QStringList &paths)
{
    const auto known = std::ranges::find_if(
        entries, [&paths](const LibraryEntry &entry) { return contains(paths, entry); });
    return known == entries.end() ? QString() : known->scenario;
}

std::vector<HistoryPoint> historyOf(const std::vector<LibraryEntry> &entries,
                                    const ComparedRuns &compared)
{
    std::vector<HistoryPoint> points;
    const QString scenario = scenarioOf(entries, compared.left);
    if (scenario.isEmpty())
        return points;
    for (const LibraryEntry &entry : entries) {
        if (entry.scenario != scenario || !entry.isEnded)
            continue;
        const auto kin = isAlike(entry, compared.a->samples.info) ? HistoryPoint::Kin::A
            : isAlike(entry, compared.b->samples.info)            ? HistoryPoint::Kin::B
                                                                  : HistoryPoint::Kin::Neither;
        points.push_back(
            {entry.beginUtc, entry.wall, kin, contains(compared.left + compared.right, entry)});
    }
    std::ranges::stable_sort(points, {}, &HistoryPoint::beginUtc);
    if (points.size() > longestHistory)
        points.erase(points.begin(), points.end() - longestHistory);
    return points;
}

} // namespace Fanfare
