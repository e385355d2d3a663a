// SPDX-License-Identifier: MIT
#include "lanesummary.h"

#include "runspans.h"
#include "spanrow.h"

#include <algorithm>
#include <limits>
#include <utility>
#include <vector>

namespace Fanfare {

namespace {

struct Interval
{
    qint64 started = 0;
    qint64 finished = 0;
    std::optional<TaskId> task; ///< nothing while it is running

    qint64 length() const { return finished - started; }
};

/// The positions of the spans of \a row that touch \a range.
std::pair<size_t, size_t> positionsIn(const SpanRow &row, const TimeRange &range)
{
    const size_t started = row.startedBefore(range.from);
    return {row.firstOpenAt(range.from, started), row.startedBefore(range.to, started)};
}

/// Counts what \a row has in \a range, and collects the newest \a most of it.
void collect(const SpanRow &row, const TimeRange &range, size_t most, LaneSummary &summary,
             std::vector<Interval> &intervals)
{
    const auto [first, end] = positionsIn(row, range);
    summary.tasks += end - first;
    summary.failures += row.failuresAmong(end) - row.failuresAmong(first);
    const size_t from = std::max({first, row.first(), end > most ? end - most : 0});
    summary.isPartial |= from > first;
    for (size_t i = from; i < end; ++i)
        intervals.push_back({row.started(i), row.finished(i), row.task(i)});
}

std::vector<Interval> runningIn(const RunModel &run, quint32 lane, const TimeRange &range)
{
    std::vector<Interval> intervals;
    const qint64 now = run.live().time;
    for (const OpenTask &open : run.live().running) {
        if (run.laneIndex(open.lane) == lane && open.started < range.to && now > range.from)
            intervals.push_back({open.started, std::max(now, open.started), {}});
    }
    return intervals;
}

/// Tasks of an event loop overlap: time counts once, and a gap is where nothing runs.
void sweep(std::vector<Interval> intervals, TimeRange range, LaneSummary &summary)
{
    if (intervals.empty())
        return;
    std::ranges::sort(intervals, {},
                      [](const Interval &each) { return std::pair(each.started, each.finished); });
    if (summary.isPartial)
        range.from = std::max(range.from, intervals.front().started);
    qint64 busy = 0;
    qint64 sum = 0;
    const Interval *last = &intervals.front(); ///< that ends last of those before
    qint64 end = last->started;
    for (const Interval &each : intervals) {
        if (each.task && each.length() >= summary.longest) {
            summary.longest = each.length();
            summary.longestTask = each.task;
        }
        if (each.started > end) {
            ++summary.gaps;
            if (each.started - end > summary.longestGap)
                summary.taskBeforeGap = last->task;
            summary.longestGap = std::max(summary.longestGap, each.started - end);
        }
        const auto inside = [&](qint64 from) {
            return std::max<qint64>(0,
                                    std::min(each.finished, range.to) - std::max(from, range.from));
        };
        sum += inside(each.started);
        busy += inside(std::max(each.started, end));
        if (each.finished > end)
            last = &each;
        end = std::max(end, each.finished);
    }
    const qint64 extent = range.to - range.from;
    summary.busy = extent > 0 ? double(busy) / double(extent) : 1;
    summary.atOnce = extent > 0 ? double(sum) / double(extent) : 1;
}

const std::deque<SpanColumns> *rowsOf(const RunModel &run, quint32 lane)
{
    const std::deque<LaneRows> &lanes = run.spans().lanes();
    return lane < lanes.size() ? &lanes[lane].rows : nullptr;
}

/// From the first start to the last end of what is kept.
TimeRange extentOf(const std::deque<SpanColumns> &rows)
{
    TimeRange extent{std::numeric_limits<qint64>::max(), 0};
    for (const SpanColumns &columns : rows) {
        const SpanRow row(columns);
        if (row.isEmpty())
            continue;
        extent.from = std::min(extent.from, row.started(row.first()));
        extent.to = std::max(extent.to, row.lastFinish());
    }
    return extent;
}

/// Of what was in \a range, and \a running; shares are of \a extent.
LaneSummary summarize(const RunModel &run, quint32 lane, const TimeRange &range,
                      const TimeRange &extent, std::vector<Interval> running = {})
{
    LaneSummary summary;
    for (const LaneEvent &event : run.laneEvents(lane)) {
        const bool isInside = event.time >= range.from && event.time <= range.to;
        summary.replacements += isInside
            && (event.kind == LaneEventKind::Died || event.kind == LaneEventKind::Recycled);
    }
    std::vector<Interval> intervals = std::move(running);
    if (const std::deque<SpanColumns> *rows = rowsOf(run, lane)) {
        for (const SpanColumns &columns : *rows)
            collect(SpanRow(columns), range, LaneSummary::mostSpans / rows->size(), summary,
                    intervals);
    }
    sweep(std::move(intervals), extent, summary);
    return summary;
}

} // namespace

LaneSummary summaryOf(const RunModel &run, quint32 lane)
{
    constexpr TimeRange always{std::numeric_limits<qint64>::min(),
                               std::numeric_limits<qint64>::max()};
    const std::deque<SpanColumns> *rows = rowsOf(run, lane);
    return summarize(run, lane, always, rows ? extentOf(*rows) : TimeRange());
}

LaneSummary summaryOf(const RunModel &run, quint32 lane, const TimeRange &range)
{
    return summarize(run, lane, range, range, runningIn(run, lane, range));
}

} // namespace Fanfare
