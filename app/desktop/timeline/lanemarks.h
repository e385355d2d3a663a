// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/timeline/timeaxis.h"

#include <fanfare/trace/records.h>

#include <vector>

namespace Fanfare {

/// One or more things that happened to the process of a lane, drawn as one mark.
struct LaneMark
{
    double x = 0;     ///< of the first one, pixels of the axis
    size_t first = 0; ///< its index among the events of the lane
    size_t count = 1;
    LaneEventKind kind = LaneEventKind::Started; ///< the gravest of them: a death never disappears
};

/// Marks closer than this would hide each other.
inline constexpr double laneMarkDistance = 12;

/// The marks of \a events, which are in order of time, on \a width pixels of \a axis.
std::vector<LaneMark> laneMarks(const std::vector<LaneEvent> &events, const TimeAxis &axis,
                                int width);

} // namespace Fanfare
