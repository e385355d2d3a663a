// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/runs/comparisonreport.h>

namespace Fanfare {

/// A page that needs nothing but itself: verdict, both timelines on one axis, where the time goes,
/// distributions, tables, environment. The timelines are read from the run files \a leftFile and
/// \a rightFile; one that cannot be read is left out. Light or dark as the reader has it. All text
/// that comes from plugins and files is escaped. [any], blocks.
QByteArray htmlOf(const Comparison &comparison, const ComparisonReport &report,
                  const QString &leftFile, const QString &rightFile);

} // namespace Fanfare
