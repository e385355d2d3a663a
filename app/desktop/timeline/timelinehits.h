// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/timeline/timelineframe.h"

#include <optional>

namespace Fanfare {

enum class HitKind : quint8 {
    Nothing,
    Span,    ///< a finished span, at TimelineHit::place
    Running, ///< TimelineTracks::open() at TimelineHit::index
    Queued,  ///< TimelineTracks::queued() at TimelineHit::index
    Column,  ///< TimelineHit::count spans of a row from TimelineHit::place on, too narrow to tell
             ///< apart
    LaneEvents, ///< TimelineHit::count events of the lane of TimelineHit::place from
                ///< TimelineHit::index on
    Emissions,  ///< TimelineHit::count emissions from TimelineHit::index on
    Group,      ///< the column of a folded group, LaneLayout::groups() at TimelineHit::index
};

/// What lies at a point of a frame.
struct TimelineHit
{
    HitKind kind = HitKind::Nothing;
    SpanPlace place;
    size_t index = 0;
    size_t count = 0;
    qint64 from = 0; ///< of the column
    qint64 to = 0;
};

/// What the mouse means at \a point. Narrow spans are found up to four pixels away, the nearest
/// wins.
TimelineHit hitTest(const TimelineFrame &frame, const TimelineTracks &tracks, QPointF point);

/// The task a click there selects: of several in one column the first failure, else the longest.
std::optional<TaskId> taskAt(const TimelineHit &hit, const TimelineTracks &tracks,
                             const RunModel &model);

/// The emission to highlight there; of several the first.
std::optional<EmissionId> emissionAt(const TimelineHit &hit, const TimelineTracks &tracks,
                                     const RunModel &model);

/// Where a task lies.
struct TaskPlace
{
    quint32 lane = 0;
    int row = 0;
    qint64 started = 0;
    qint64 finished = 0; ///< \a now for a running one
};

std::optional<TaskPlace> taskPlace(const TimelineTracks &tracks, const RunModel &model, TaskId task,
                                   qint64 now);

/// The rectangle of \a place in the widget, in a folded group in the lane of that; it may lie
/// outside of the lanes' area.
QRectF placeRect(const TimelineFrame &frame, const LaneLayout &lanes, const TaskPlace &place);

} // namespace Fanfare
