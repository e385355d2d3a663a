// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/models/lanesummary.h"
#include "desktop/models/taskview.h"

namespace Fanfare {

/// "process 2 so far: 312 calls · busy 83 % · longest 1.20 s · longest gap 40 ms · 3 failed"; empty
/// before its first task has ended.
QString workerText(const QString &worker, const LaneSummary &summary);

/// "2 handlers · the first ended after 1.00 s · the last, [Sync], after 1.02 s": the last one
/// decides how long the emission took.
QString emissionText(const std::vector<SiblingView> &siblings, const EmissionExtent &extent);

/// Why there are no arguments to show.
QString missingArgumentsText(bool isOfFile);

} // namespace Fanfare
