// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/timeline/timelinearea.h"

namespace Fanfare {

/// One finished task as a JSON object; times are nanoseconds after the start of the run.
QString spanJson(const RunModel &model, const SpanEntry &span);

/// The tasks that run in \a area as CSV with a head line, in order of lane and start; of more than
/// \a most only the first ones.
QString areaTable(const RunModel &model, const TimelineTracks &tracks, const TimelineArea &area,
                  size_t most = 100'000);

} // namespace Fanfare
