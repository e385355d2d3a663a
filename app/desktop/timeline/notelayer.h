// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/timeline/timelineframe.h"
#include "desktop/timeline/timelinenotes.h"
#include "desktop/timeline/timelinetheme.h"

#include <QFont>

class QPainter;

namespace Fanfare {

/// Draws notes: a tag with the text in the ruler, a line or a tinted range below it.
void drawNotes(QPainter &painter, const TimelineFrame &frame, const TimelineTheme &theme,
               const QFont &font, const std::vector<TimelineNote> &notes);

} // namespace Fanfare
