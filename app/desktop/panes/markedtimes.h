// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/models/logfilter.h"

#include <optional>

namespace Fanfare {

class TimelineWidget;

/// The times and lanes of the area that is marked in \a timeline; nothing when none is.
std::optional<LogTimes> markedTimes(const TimelineWidget &timeline);

} // namespace Fanfare
