// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/timeline/timelineframe.h"
#include "desktop/timeline/timelinetheme.h"

#include <QFont>

class QPainter;

namespace Fanfare {

/// Draws the markers A and B that the user set in the ruler, and the time between them.
void drawRulerMarkers(QPainter &painter, const TimelineFrame &frame, const TimelineTheme &theme,
                      const QFont &font, const std::vector<qint64> &times);

} // namespace Fanfare
