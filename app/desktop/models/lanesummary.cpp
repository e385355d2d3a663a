// SPDX-License-Identifier: MIT
#include "lanesummary.h"

#include "runspans.h"
#include "spanrow.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace Fanfare {

using Interval = std::pair<qint64, qint64>; ///< start and end

/// The newest intervals of \a row, in their order.
static void collect(const SpanRow &row, size_t most, std::vector<Interval> &intervals)
{
    const size_t from = std::max(row.first(), row.size() > most ? row.size() - most : 0);
    for (size_t i = from; i < row.size(); ++i)
        intervals.emplace_back(row.started(i), row.finished(i));
}

/// Tasks of an event loop overlap: time counts once, and a gap is where nothing runs.
static void sweep(std::vector<Interval> intervals, LaneSummary &summary)
{
    if (intervals.empty())
        return;
    std::ranges::sort(intervals);
    qint64 busy = 0;
    qint64 end = intervals.front().first;
    for (const auto &[started, finished] : intervals) {
        summary.longest = std::max(summary.longest, finished - started);
        summary.longestGap = std::max(summary.longestGap, started - end);
        busy += std::max<qint64>(0, finished - std::max(started, end));
        end = std::max(end, finished);
    }
    const qint64 extent = end - intervals.front().first;
    summary.busy = extent > 0 ? double(busy) / double(extent) : 1;
}

LaneSummary summaryOf(const RunModel &run, quint32 lane)
{
    LaneSummary summary;
    for (const LaneEvent &event : run.laneEvents(lane)) {
        summary.replacements +=
            event.kind == LaneEventKind::Died || event.kind == LaneEventKind::Recycled;
    }
    const std::deque<LaneRows> &lanes = run.spans().lanes();
    if (lane >= lanes.size())
        return summary;
    std::vector<Interval> intervals;
    const std::deque<SpanColumns> &rows = lanes[lane].rows;
    for (const SpanColumns &columns : rows) {
        const SpanRow row(columns);
        summary.tasks += row.size();
        summary.failures += row.failuresAmong(row.size());
        collect(row, LaneSummary::mostSpans / rows.size(), intervals);
    }
    sweep(std::move(intervals), summary);
    return summary;
}

} // namespace Fanfare
