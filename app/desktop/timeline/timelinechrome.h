// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/timeline/filtermatches.h"
#include "desktop/timeline/loadpicture.h"
#include "desktop/timeline/textcache.h"
#include "desktop/timeline/timelinearea.h"
#include "desktop/timeline/timelineframe.h"
#include "desktop/timeline/timelinetheme.h"

#include <QCoreApplication>

namespace Fanfare {

/// What frames the spans: ruler, lane names, emissions, queue count, lines between lanes.
///
/// Threads: [gui].
class TimelineChrome
{
    Q_DECLARE_TR_FUNCTIONS(Fanfare::TimelineChrome)

public:
    TimelineChrome(const TimelineTheme &theme, const QFont &font);

    /// \a area: what is marked; \a hovered: the lane whose header is under the mouse; \a filters:
    /// those of lanes; \a selected: the lane that is.
    void draw(QPainter &painter, const TimelineFrame &frame, const LaneLayout &lanes,
              const TimelineTracks &tracks, const RunModel &model,
              const std::optional<TimelineArea> &area = {}, std::optional<quint32> hovered = {},
              const std::map<quint32, QString> &filters = {}, std::optional<quint32> selected = {});

    /// Says from when the ruler counts; nothing when it is the start of the run.
    void drawTimes(QPainter &painter, const TimelineFrame &frame);

    /// Ticks in the minimap where the filter finds something.
    void drawMatches(QPainter &painter, const TimelineFrame &frame, const TimelineTracks &tracks,
                     const FilterMatches &matches);

private:
    void drawMinimap(QPainter &painter, const TimelineFrame &frame);
    void drawRuler(QPainter &painter, const TimelineFrame &frame);
    void drawTicks(QPainter &painter, const TimelineFrame &frame);
    void drawEmissions(QPainter &painter, const TimelineFrame &frame);
    void drawStripHeaders(QPainter &painter, const TimelineFrame &frame,
                          const TimelineTracks &tracks);
    void drawQueueRest(QPainter &painter, const TimelineFrame &frame, const TimelineTracks &tracks);
    void drawLanes(QPainter &painter, const TimelineFrame &frame, const LaneLayout &lanes,
                   const TimelineTracks &tracks, const RunModel &model);
    void drawHidden(QPainter &painter, const TimelineFrame &frame, const LaneLayout &lanes);
    void drawGroup(QPainter &painter, const TimelineFrame &frame, const GroupPlace &group,
                   const TimelineTracks &tracks, const RunModel &model);
    void drawLaneHeader(QPainter &painter, const QRect &rect, const LanePlace &place,
                        const RunModel &model, std::optional<double> busy);
    void drawLaneText(QPainter &painter, const QRect &rect, const LanePlace &place,
                      const RunModel &model);
    void drawMeter(QPainter &painter, const QRect &rect, double busy);
    void drawButtons(QPainter &painter, const QRect &rect, const LanePlace &place);
    void drawCheckBox(QPainter &painter, const QRect &rect, bool isChecked);
    void drawScrollBar(QPainter &painter, const TimelineFrame &frame, int contentHeight);
    void drawLine(QPainter &painter, const TimelineFrame &frame, int y, const QColor &color);

    TimelineTheme m_theme;
    MinimapPicture m_minimap;
    std::optional<TimelineArea> m_area;   ///< only while drawing
    std::optional<quint32> m_hovered;     ///< likewise
    std::map<quint32, QString> m_filters; ///< likewise
    std::optional<quint32> m_selected;    ///< likewise
    TextCache m_names;
    TextCache m_small;
    int m_meterWidth; ///< pixels right of a lane's name
};

} // namespace Fanfare
