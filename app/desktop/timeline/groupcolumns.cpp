// SPDX-License-Identifier: MIT
#include "desktop/timeline/groupcolumns.h"

#include <algorithm>
#include <cmath>

namespace Fanfare {

void GroupColumns::update(const TimelineTracks &tracks, const std::vector<quint32> &lanes,
                          const TimeAxis &axis, int width, qint64 now)
{
    std::vector<bool> members(lanes.empty() ? 0 : size_t(std::ranges::max(lanes)) + 1);
    for (const quint32 lane : lanes)
        members[lane] = true;
    const auto isMember = [&](const OpenSpan &open) {
        return open.lane < members.size() && members[open.lane];
    };
    const qint64 openUntil = std::ranges::any_of(tracks.open(), isMember) ? now : 0;
    const auto count = static_cast<size_t>(std::max(0, width));
    if (m_axis == axis && m_columns.size() == count && m_lanes == lanes
        && m_spans == tracks.spanCount() && m_openUntil == openUntil)
        return;
    m_axis = axis;
    m_lanes = lanes;
    m_spans = tracks.spanCount();
    m_openUntil = openUntil;
    m_columns.assign(count, GroupColumn());
    if (lanes.empty() || count == 0)
        return;
    m_times.resize(count + 1);
    for (size_t x = 0; x <= count; ++x)
        m_times[x] = axis.timeAt(static_cast<double>(x));
    m_whole.assign(count + 1, 0);
    const double share = 1.0 / static_cast<double>(lanes.size());
    for (const quint32 lane : lanes) {
        if (lane < tracks.lanes().size())
            addLane(tracks.lanes()[lane], share);
    }
    addWhole(share);
    for (const OpenSpan &open : tracks.open()) {
        if (isMember(open))
            addOpen(open, now, share);
    }
}

void GroupColumns::addLane(const LaneTrack &lane, double share)
{
    if (lane.rows.empty() || (lane.rows.size() == 1 && addSparse(lane.rows.front(), share)))
        return;
    const size_t width = m_columns.size();
    m_laneBusy.assign(width, 0);
    for (const SpanRow &row : lane.rows) {
        if (row.isEmpty())
            continue;
        m_edges.assign(width + 1, SpanEdge());
        for (size_t x = 0; x <= width; ++x)
            m_edges[x].time = m_times[x];
        row.complete(m_edges.data(), m_edges.size(), 0);
        if (m_edges[0].isOpen() && m_edges[0].isLastFailure)
            ++m_columns[0].failures;
        for (size_t x = 0; x < width; ++x) {
            const SpanEdge &left = m_edges[x];
            const SpanEdge &right = m_edges[x + 1];
            m_columns[x].failures += right.failures - left.failures;
            if (right.time > left.time)
                m_laneBusy[x] += static_cast<double>(right.busy - left.busy)
                    / static_cast<double>(right.time - left.time);
        }
    }
    // A worker that has tasks in several rows is not busier than one.
    for (size_t x = 0; x < width; ++x)
        m_columns[x].busy += static_cast<float>(std::min(1.0, m_laneBusy[x]) * share);
}

/// Adds the spans of a lane one by one, when they are fewer than the columns; false otherwise.
/// Thousands of lanes have few spans each in view.
bool GroupColumns::addSparse(const SpanRow &row, double share)
{
    if (row.isEmpty())
        return true;
    const size_t started = row.startedBefore(m_times.front());
    const size_t end = row.startedBefore(m_times.back(), started);
    if (end - started > m_columns.size())
        return false;
    const size_t first = row.firstOpenAt(m_times.front(), started);
    for (size_t at = first; at < end; ++at) {
        const qint64 from = row.started(at);
        addSpan(from, from + row.length(at), share);
        if (isFailure(row.outcome(at)))
            ++m_columns[static_cast<size_t>(columnOf(from))].failures;
    }
    return true;
}

/// The column of \a time, or the nearest one.
int GroupColumns::columnOf(qint64 time) const
{
    const int last = static_cast<int>(m_columns.size()) - 1;
    const double x = std::clamp(m_axis.xOf(time), 0.0, static_cast<double>(last));
    auto column = static_cast<int>(x);
    while (column < last && m_times[static_cast<size_t>(column) + 1] <= time) // rounding errors
        ++column;
    while (column > 0 && m_times[static_cast<size_t>(column)] > time)
        --column;
    return column;
}

void GroupColumns::addSpan(qint64 started, qint64 finished, double share)
{
    const qint64 from = std::max(started, m_times.front());
    const qint64 to = std::min(finished, m_times.back());
    if (from >= to)
        return;
    const int first = columnOf(from);
    const int last = columnOf(to - 1);
    const auto add = [&](int column) {
        const auto x = static_cast<size_t>(column);
        const qint64 inside = std::min(to, m_times[x + 1]) - std::max(from, m_times[x]);
        m_columns[x].busy += static_cast<float>(static_cast<double>(inside) * share
                                                / static_cast<double>(m_times[x + 1] - m_times[x]));
    };
    add(first);
    if (last > first)
        add(last);
    if (last > first + 1) {
        ++m_whole[static_cast<size_t>(first) + 1];
        --m_whole[static_cast<size_t>(last)];
    }
}

/// Adds the spans that fill columns.
void GroupColumns::addWhole(double share)
{
    int count = 0;
    for (size_t x = 0; x < m_columns.size(); ++x) {
        count += m_whole[x];
        m_columns[x].busy += static_cast<float>(count * share);
    }
}

void GroupColumns::addOpen(const OpenSpan &open, qint64 now, double share)
{
    const auto width = static_cast<double>(m_columns.size());
    const double left = std::clamp(m_axis.xOf(open.task.started), 0.0, width);
    const double right = std::clamp(m_axis.xOf(now), 0.0, width);
    for (double x = std::floor(left); x < right; ++x) {
        const double inside = std::min(right, x + 1) - std::max(left, x);
        float &busy = m_columns[static_cast<size_t>(x)].busy;
        busy = std::min(1.0F, busy + static_cast<float>(inside * share));
    }
}

} // namespace Fanfare
