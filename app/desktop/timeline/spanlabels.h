// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/timeline/spancolors.h"
#include "desktop/timeline/textcache.h"
#include "desktop/timeline/timelinefilter.h"
#include "desktop/timeline/timelineframe.h"
#include "desktop/timeline/timelinetheme.h"

namespace Fanfare {

/// The names on spans that are wide and high enough for them, with their length where it fits.
///
/// Threads: [gui].
class SpanLabels
{
public:
    SpanLabels(const TimelineTheme &theme, const QFont &font);

    void setColoring(SpanColoring coloring) { m_colors.setColoring(coloring); }

    void draw(QPainter &painter, const TimelineFrame &frame, const TimelineTracks &tracks,
              const RunModel &model, const FilterView &filter = {});

private:
    struct Label
    {
        QRectF rect;
        quint32 handler = 0;
        qint64 length = 0;           ///< ns
        bool isOnBackground = false; ///< the span is an outline only
        QRgb fill = 0;               ///< of the span
    };

    void drawFinished(QPainter &painter, const TimelineFrame &frame, const RowFrame &row,
                      const SpanRow &spans, const RunModel &model);
    void drawOpen(QPainter &painter, const TimelineFrame &frame, const RowFrame &row,
                  const TimelineTracks &tracks, const RunModel &model);
    void drawLabel(QPainter &painter, const Label &label, const RunModel &model);

    TimelineTheme m_theme;
    SpanColors m_colors;
    TextCache m_texts;
    int m_minimumWidth;  ///< pixels; narrower ones would show an ellipsis only
    FilterView m_filter; ///< only while drawing
    int m_left = 0;      ///< labels allowed in this frame
};

} // namespace Fanfare
