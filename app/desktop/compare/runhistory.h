// SPDX-License-Identifier: MIT
#pragma once

#include "comparedruns.h"

#include <fanfare/library/libraryentry.h>

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

    bool operator==(const HistoryPoint &other) const = default;
};

inline constexpr size_t longestHistory = 50;

/// The newest of \a entries that played the scenario of \a compared to their end, oldest first, at
/// most longestHistory. Empty for runs that were emitted by hand. [any]
std::vector<HistoryPoint> historyOf(const std::vector<LibraryEntry> &entries,
                                    const ComparedRuns &compared);

} // namespace Fanfare
