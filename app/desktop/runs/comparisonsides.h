// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/library/libraryentry.h>

#include <optional>
#include <vector>

namespace Fanfare {

/// The files that are compared: rounds of one configuration on each side. The left one is the
/// baseline.
struct ComparisonSides
{
    QStringList left;
    QStringList right;
};

/// What comparing \a entries means: of two runs the older one with the newer one; of more the two
/// configurations (label, where, workers) among them, that of the oldest run to the left. Nothing
/// when there are fewer than two, or not exactly two configurations. [any]
std::optional<ComparisonSides> comparisonSides(std::vector<LibraryEntry> entries);

} // namespace Fanfare
