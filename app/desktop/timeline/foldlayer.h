// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/timeline/timelineframe.h"
#include "desktop/timeline/timelinetheme.h"

#include <functional>

class QFont;
class QPainter;

namespace Fanfare {

/// A fold in view: where its tear is, in the widget's pixels, and what the ruler says about it.
struct FoldBox
{
    QRectF rect;
    QRectF label;
    QString text;
};

/// The folds of \a frame; \a textWidth measures a line in the font of the labels. [gui]
std::vector<FoldBox> foldBoxes(const TimelineFrame &frame,
                               const std::function<int(const QString &)> &textWidth);

/// Draws a tear where idle time is shown shorter, and in the ruler how long it was. [gui]
void drawFolds(QPainter &painter, const TimelineFrame &frame, const TimelineTheme &theme,
               const QFont &font);

} // namespace Fanfare
