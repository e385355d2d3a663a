// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/timeline/groupcolumns.h"
#include "desktop/timeline/lanelayout.h"
#include "desktop/timeline/lanemarks.h"
#include "desktop/timeline/loadlayout.h"
#include "desktop/timeline/rowlayout.h"

#include <QPointF>
#include <QRect>

namespace Fanfare {

/// The parts of the widget, in its pixels.
struct TimelineAreas
{
    QRect minimap; ///< the whole run
    QRect ruler;
    QRect emissions;
    QRect workers; ///< how many of them are busy
    QRect queue;
    QRect lanes;   ///< where the scrolled content shows
    QRect headers; ///< left of the lanes
    QRect plot;    ///< emissions to lanes: all on the time axis, without the ruler
};

/// Where a widget of \a size has what, for text of \a scale. One that is low, as beside another
/// run, goes without the minimap and the strips of workers and queue.
TimelineAreas timelineAreas(const QSize &size, TextScale scale = {});

/// A running or queued task as a box, in device pixels.
struct OpenBox
{
    size_t index = 0; ///< in TimelineTracks::open() or queued()
    int left = 0;
    int right = 0;
    bool isEndVisible = false;
};

/// A row of the lanes that is in view.
struct RowFrame
{
    quint32 lane = 0;
    int row = 0;
    int y = 0; ///< in the widget, may lie partly outside of the lanes' area
    int height = 0;
    int clipTop = 0;  ///< pinned lanes cover what lies above
    RowLayout layout; ///< x in device pixels of the plot
    RowCache cache;   ///< of the layout
    std::vector<OpenBox> open;
};

/// A folded group that is in view.
struct GroupFrame
{
    LaneGroup group;
    size_t index = 0; ///< in LaneLayout::groups()
    int y = 0;        ///< of its bar in the widget
    int height = 0;
    int clipTop = 0;
    GroupColumns columns; ///< x in device pixels of the plot
};

/// A mark at its lane.
struct LaneMarkBox
{
    quint32 lane = 0;
    int y = 0; ///< of the lane in the widget
    int height = 0;
    int clipTop = 0;
    LaneMark mark; ///< x in the widget's pixels of the plot
};

inline constexpr int laneSymbolSize = 12; ///< pixels of the shape right of a mark's line

/// Everything to draw in one frame as boxes, and what the mouse can meet in it.
struct TimelineFrame
{
    TimelineAreas areas;
    double ratio = 1; ///< device pixels for one of the widget's
    TextScale scale;  ///< of what holds text
    TimeAxis axis;    ///< of the plot, in the widget's pixels
    QRect filled;     ///< the top of the plot, down to the last lane
    qint64 now = 0;
    int scroll = 0;       ///< pixels of lanes above the view
    int pinnedHeight = 0; ///< of the lanes that do not scroll
    RulerTimes times = RulerTimes::SinceStart;
    std::vector<RowFrame> rows; ///< only the first rowCount are of this frame
    size_t rowCount = 0;
    std::vector<GroupFrame> groups; ///< those that are folded
    std::vector<LaneMarkBox> laneMarks;
    std::vector<OpenBox> queued;
    std::vector<EmissionMark> emissions;
    std::vector<RulerTick> ticks;
    Minimap minimap;
    LoadColumns load; ///< of the plot, in device pixels
    int workers = 0;  ///< that the run has
    qint64 tickStep = 0;
};

struct FrameInput
{
    const RunModel &model;
    const TimelineTracks &tracks;
    const LaneLayout &lanes;
    QSize size;
    double ratio = 1;
    TimeAxis axis;
    qint64 now = 0;
    int scroll = 0;
    qint64 rulerOrigin = 0; ///< from when the ruler counts
    RulerTimes times = RulerTimes::SinceStart;
    TextScale scale;
};

/// Lays out what \a input says. \a frame keeps its memory from frame to frame.
void layoutFrame(const FrameInput &input, TimelineFrame &frame);

inline constexpr int shownQueueBars = 4;
inline constexpr int queueBarHeight = 5;
inline constexpr int queueBarPitch = 6;

/// The y of a lane in the widget.
int laneY(const TimelineFrame &frame, const LanePlace &place);

/// The y in the widget above which \a place is covered by pinned lanes.
int laneClipTop(const TimelineFrame &frame, const LanePlace &place);

/// Where a group's header, which a folded one's lane is beside, is in the widget; may lie partly
/// under pinned lanes.
QRect groupRect(const TimelineFrame &frame, const GroupPlace &group);

/// The y of the n-th bar in the queue's strip.
int queueBarY(const TimelineAreas &areas, size_t bar);

} // namespace Fanfare
