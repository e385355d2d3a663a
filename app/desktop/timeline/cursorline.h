// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/timeline/timelineframe.h"
#include "desktop/timeline/timelinetheme.h"

class QFont;
class QPainter;

namespace Fanfare {

/// \a sinceOrigin, a time after the one that the ruler counts from, as exact as a pixel of \a
/// frame.
QString cursorText(const TimelineFrame &frame, qint64 sinceOrigin);

/// Draws where the mouse is in a timeline beside this one: a line through the plot at \a time, with
/// \a text at its top in the ruler. Nothing when the time is out of view.
void drawCursor(QPainter &painter, const TimelineFrame &frame, const TimelineTheme &theme,
                const QFont &font, qint64 time, const QString &text);

} // namespace Fanfare
