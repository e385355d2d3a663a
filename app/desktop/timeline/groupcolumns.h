// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/timeline/timeaxis.h"
#include "desktop/timeline/timelinetracks.h"

#include <vector>

namespace Fanfare {

/// What one pixel column of a folded group shows.
struct GroupColumn
{
    float busy = 0;       ///< exact mean over its lanes of the time in which a task was running
    quint32 failures = 0; ///< failures that start in it; in the first one those that go on, too
};

/// The columns of a folded group, laid out anew only when they may have changed.
///
/// Threads: [gui].
class GroupColumns
{
public:
    /// Lays \a lanes out on \a width pixels of \a axis; running tasks up to \a now. A lane with
    /// fewer spans in view than pixels costs O(spans in view), any other one
    /// O(rows * width * log(spans in a column)).
    void update(const TimelineTracks &tracks, const std::vector<quint32> &lanes,
                const TimeAxis &axis, int width, qint64 now);

    const std::vector<GroupColumn> &columns() const { return m_columns; }

private:
    void addLane(const LaneTrack &lane, double share);
    bool addSparse(const SpanRow &row, double share);
    void addSpan(qint64 started, qint64 finished, double share);
    int columnOf(qint64 time) const;
    void addWhole(double share);
    void addOpen(const OpenSpan &open, qint64 now, double share);

    std::vector<GroupColumn> m_columns;
    std::vector<qint64> m_times;    ///< left edges of the columns, and the right one of the last
    std::vector<int> m_whole;       ///< spans that fill columns: how many begin or end to do so
    std::vector<SpanEdge> m_edges;  ///< of the row that is added
    std::vector<double> m_laneBusy; ///< of the lane that is added, by column
    std::vector<quint32> m_lanes;   ///< this and what follows: what the columns show
    TimeAxis m_axis;
    size_t m_spans = 0;
    qint64 m_openUntil = 0; ///< 0: nothing was running
};

} // namespace Fanfare
