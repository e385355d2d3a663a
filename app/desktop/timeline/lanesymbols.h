// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/timeline/timelineframe.h"
#include "desktop/timeline/timelinetheme.h"

class QPainter;

namespace Fanfare {

/// Draws what happened to the processes behind lanes: a line at the time and a shape beside it,
/// which differs for each kind so that nobody needs to see colors.
void drawLaneMarks(QPainter &painter, const TimelineFrame &frame, const TimelineTheme &theme);

} // namespace Fanfare
