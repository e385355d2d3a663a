// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/library/libraryentry.h>

#include <QList>

#include <vector>

namespace Fanfare {

/// What comparing \a entries means: the files of each side, rounds of one configuration (label,
/// where, workers), that of the oldest run first: it is the baseline. Runs of a single
/// configuration, and two runs whatever they are, are a side each. Empty for fewer than two. [any]
QList<QStringList> comparisonSides(std::vector<LibraryEntry> entries);

} // namespace Fanfare
