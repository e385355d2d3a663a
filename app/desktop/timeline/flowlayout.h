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

/// Lays out the arrows of \a emission. \a textWidth measures a line in the font of the stubs.
FlowLayout layoutFlow(const TimelineFrame &frame, const LaneLayout &lanes,
                      const TimelineTracks &tracks, const RunModel &model, EmissionId emission,
                      const std::function<int(const QString &)> &textWidth);

} // namespace Fanfare
