// SPDX-License-Identifier: MIT
#pragma once

#include "comparedruns.h"
#include "runpercentiles.h"

#include <fanfare/library/libraryentry.h>

#include <optional>
#include <vector>

namespace Fanfare {

/// One kept run of a scenario, as a history shows it.
struct HistoryPoint
{
    /// Which side of the comparison it is alike: same place and number of workers.
    enum class Kin : quint8 { A, B, Neither };

    qint64 beginUtc = 0;
    qint64 wall = 0; ///< nanoseconds
    Kin kin = Kin::Neither;
    bool isCompared = false; ///< it is one of the files that are compared
    QString path;
    QString title; ///< what it was called and where it ran

    bool operator==(const HistoryPoint &other) const = default;
};

inline constexpr size_t longestHistory = 50;

/// The newest of \a entries that played the scenario of \a compared to their end, oldest first, at
/// most longestHistory. Empty for runs that were emitted by hand. [any]
std::vector<HistoryPoint> historyOf(const std::vector<LibraryEntry> &entries,
                                    const ComparedRuns &compared);

/// What a history shows of each run.
struct HistoryQuantity
{
    enum class Kind : quint8 { Wall, P50, P99 };

    Kind kind = Kind::Wall;
    HandlerKey handler; ///< of P50 and P99

    bool operator==(const HistoryQuantity &other) const = default;
};

/// The nanoseconds of \a quantity in each of \a points, of which \a percentiles are known by path;
/// nothing where the handler did not run or the file was not read. [any]
std::vector<std::optional<double>> valuesOf(const std::vector<HistoryPoint> &points,
                                            const HistoryQuantity &quantity,
                                            const std::map<QString, RunPercentiles> &percentiles);

/// Where the runs that are alike became slower or faster.
struct HistoryChange
{
    size_t point = 0; ///< the first of the new level
    HistoryPoint::Kin kin = HistoryPoint::Kin::Neither;
    double before = 0; ///< median of the level before, nanoseconds
    double after = 0;

    bool operator==(const HistoryChange &other) const = default;
};

/// The change points of \a values among the runs that are like A, and among those like B: by
/// Pettitt's test, see changePoints(). Ascending by point. [any]
std::vector<HistoryChange> changesOf(const std::vector<HistoryPoint> &points,
                                     const std::vector<std::optional<double>> &values);

} // namespace Fanfare
