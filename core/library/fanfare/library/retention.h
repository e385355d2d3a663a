// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/library/libraryentry.h>

#include <vector>

namespace Fanfare {

/// How much is kept; 0 means without limit.
struct Retention
{
    int count = 500;                 ///< runs
    int perSeries = 50;              ///< runs of one series, see seriesOf()
    qint64 bytes = qint64(10) << 30; ///< of all files together
    int days = 0;                    ///< since a run began

    bool operator==(const Retention &other) const = default;
};

/// The runs among \a entries that have to go, oldest first, at \a now in milliseconds since 1970.
/// Pinned ones stay and count, as do those that go on. [any]
std::vector<LibraryEntry> surplusOf(std::vector<LibraryEntry> entries, const Retention &retention,
                                    qint64 now);

} // namespace Fanfare
