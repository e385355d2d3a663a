// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/timeline/timelinehits.h"

#include <QCoreApplication>

#include <functional>

namespace Fanfare {

/// From the moment of an emission to a task of it that is in view, in the widget's pixels.
struct FlowArrow
{
    QPointF from;
    QPointF to;
};

/// Stands at an edge of the view for the tasks beyond it.
struct FlowStub
{
    enum class Edge : quint8 { Above, Below, Left, Right };

    Edge edge = Edge::Below;
    size_t count = 0;
    TaskId nearest;
    qint64 distance = 0; ///< ns from the view to the nearest one; 0 above and below
    QRectF rect;         ///< in the widget
    QString text;
};

/// Where the tasks of one emission are. At most 100 arrows: more cost time and show nothing.
struct FlowLayout
{
    std::vector<FlowArrow> arrows;
    std::vector<FlowStub> stubs;
    size_t notDrawn = 0; ///< tasks in view without an arrow
};

/// How many steps away from the selected task arrows go. What an emission of a handler caused is
/// none: runs do not record it.
enum class FlowDepth : quint8 {
    Off,
    Task,     ///< one: its own arrow, from its emission
    Emission, ///< two: those of all tasks of its emission
};

/// Lays out the arrows of \a emission, or only that of \a task. \a textWidth measures a line in the
/// font of the stubs.
FlowLayout layoutFlow(const TimelineFrame &frame, const LaneLayout &lanes,
                      const TimelineTracks &tracks, const RunModel &model, EmissionId emission,
                      const std::function<int(const QString &)> &textWidth,
                      std::optional<TaskId> task = {});

} // namespace Fanfare
