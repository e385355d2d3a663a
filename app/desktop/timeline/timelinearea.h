// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/timeline/areastatistics.h"
#include "desktop/timeline/timelineframe.h"

#include <memory>
#include <optional>

namespace Fanfare {

/// A part of the timeline that the user marked: a range of time on some lanes.
struct TimelineArea
{
    qint64 from = 0;
    qint64 to = 0;
    std::vector<quint32> lanes;

    bool operator==(const TimelineArea &other) const = default;
};

enum class AreaEdge : quint8 { None, From, To };

/// The area between two points of \a frame: all lanes that lie between them, be it in part.
TimelineArea areaBetween(const TimelineFrame &frame, const LaneLayout &lanes, QPointF a, QPointF b);

/// The edge of \a area that the mouse at \a point can take.
AreaEdge edgeAt(const TimelineFrame &frame, const TimelineArea &area, QPointF point);

/// The time at \a x of the plot, or the start or end of a span in view that is nearest, if it is
/// within six pixels.
qint64 snappedTime(const TimelineFrame &frame, const TimelineTracks &tracks, double x);

/// The area that is marked, and what is in it: counted a bit in every frame.
///
/// Threads: [gui].
class AreaSelection
{
public:
    void set(std::optional<TimelineArea> area, const TimelineTracks &tracks);

    /// Goes on counting for about \a nanoseconds; starts again when spans have come and a while
    /// has passed. Returns whether there was something to do.
    bool advance(const TimelineTracks &tracks, qint64 nanoseconds);

    const std::optional<TimelineArea> &area() const { return m_area; }
    const AreaStatistics *statistics() const { return m_area ? &m_shown : nullptr; }
    bool isCounting() const { return m_pass != nullptr; }

private:
    void start(const TimelineTracks &tracks);

    std::optional<TimelineArea> m_area;
    std::unique_ptr<AreaStatisticsPass> m_pass;
    AreaStatistics m_shown;
    size_t m_spans = 0; ///< of the tracks when the counting started
    qint64 m_started = 0;
};

} // namespace Fanfare
