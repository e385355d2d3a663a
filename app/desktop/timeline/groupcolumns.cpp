// SPDX-License-Identifier: MIT
#include "desktop/timeline/groupcolumns.h"

#include <algorithm>
#include <cmath>

namespace Fanfare {

void GroupColumns::update(const TimelineTracks &tracks, const std::vector<quint32> &lanes,
                          const TimeAxis &axis, int width, qint64 now)
{
    const auto isMember = [&](const OpenSpan &open) {
        return std::ranges::find(lanes, open.lane) != lanes.end();
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
    const double share = 1.0 / static_cast<double>(lanes.size());
    for (const quint32 lane : lanes) {
        if (lane < tracks.lanes().size())
            addLane(tracks.lanes()[lane], share);
    }
    for (const OpenSpan &open : tracks.open()) {
        if (isMember(open))
            addOpen(open, now, share);
    }
}

void GroupColumns::addLane(const LaneTrack &lane, double share)
{
    const size_t width = m_columns.size();
    m_laneBusy.assign(width, 0);
    for (const SpanRow &row : lane.rows) {
        if (row.isEmpty())
            continue;
        m_edges.assign(width + 1, SpanEdge());
        for (size_t x = 0; x <= width; ++x)
            m_edges[x].time = m_axis.timeAt(static_cast<double>(x));
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
