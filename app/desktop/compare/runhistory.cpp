// SPDX-License-Identifier: MIT
#include "runhistory.h"

#include <fanfare/runs/changepoints.h>

#include <QFileInfo>

#include <algorithm>

namespace Fanfare {

using namespace Qt::StringLiterals;

/// "by night, threads × 2"
static QString titleOf(const LibraryEntry &entry)
{
    RunInfo info;
    info.executor = entry.executor;
    info.workers = entry.workers;
    const QString label = entry.label.isEmpty() ? entry.scenario : entry.label;
    return label + u", "_s + configurationName(info);
}

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
        points.push_back({entry.beginUtc, entry.wall, kin,
                          contains(compared.left + compared.right, entry), entry.path,
                          titleOf(entry)});
    }
    std::ranges::stable_sort(points, {}, &HistoryPoint::beginUtc);
    if (points.size() > longestHistory)
        points.erase(points.begin(), points.end() - longestHistory);
    return points;
}

std::vector<std::optional<double>> valuesOf(const std::vector<HistoryPoint> &points,
                                            const HistoryQuantity &quantity,
                                            const std::map<QString, RunPercentiles> &percentiles)
{
    std::vector<std::optional<double>> values;
    for (const HistoryPoint &point : points) {
        if (quantity.kind == HistoryQuantity::Kind::Wall) {
            values.emplace_back(double(point.wall));
            continue;
        }
        values.emplace_back();
        const auto run = percentiles.find(point.path);
        if (run == percentiles.end())
            continue;
        const auto known = run->second.find(quantity.handler);
        if (known == run->second.end())
            continue;
        values.back() = double(quantity.kind == HistoryQuantity::Kind::P50 ? known->second.p50
                                                                           : known->second.p99);
    }
    return values;
}

/// By nearest rank, like everything else.
static double medianOf(std::span<const double> values)
{
    std::vector<double> sorted(values.begin(), values.end());
    std::ranges::sort(sorted);
    return sorted.empty() ? 0 : sorted[(sorted.size() - 1) / 2];
}

static void addChanges(HistoryPoint::Kin kin, const std::vector<HistoryPoint> &points,
                       const std::vector<std::optional<double>> &values,
                       std::vector<HistoryChange> &changes)
{
    std::vector<size_t> places; // of what is alike
    std::vector<double> series;
    for (size_t i = 0; i < points.size(); ++i) {
        if (points[i].kin == kin && values[i]) {
            places.push_back(i);
            series.push_back(*values[i]);
        }
    }
    std::vector<size_t> bounds{0};
    const std::vector<size_t> inner = changePoints(series);
    bounds.insert(bounds.end(), inner.begin(), inner.end());
    bounds.push_back(series.size());
    const std::span all(series);
    for (size_t i = 1; i + 1 < bounds.size(); ++i) {
        changes.push_back({places[bounds[i]], kin,
                           medianOf(all.subspan(bounds[i - 1], bounds[i] - bounds[i - 1])),
                           medianOf(all.subspan(bounds[i], bounds[i + 1] - bounds[i]))});
    }
}

std::vector<HistoryChange> changesOf(const std::vector<HistoryPoint> &points,
                                     const std::vector<std::optional<double>> &values)
{
    std::vector<HistoryChange> changes;
    addChanges(HistoryPoint::Kin::A, points, values, changes);
    addChanges(HistoryPoint::Kin::B, points, values, changes);
    std::ranges::stable_sort(changes, {}, &HistoryChange::point);
    return changes;
}

} // namespace Fanfare
