// SPDX-License-Identifier: MIT
#include "fanfare/runs/lanehistory.h"

#include <algorithm>

namespace Fanfare {

/// Half at a time, so that forgetting costs nothing on average.
template <typename T>
static void appendBounded(std::vector<T> &list, T value)
{
    if (list.size() >= LaneHistory::maximumEvents)
        list.erase(list.begin(), list.begin() + qsizetype(list.size() / 2));
    list.push_back(std::move(value));
}

void LaneHistory::setPid(quint32 lane, qint64 time, qint64 pid)
{
    std::vector<Tenure> &tenures = m_lanes[lane].tenures;
    if (pid != 0 && (tenures.empty() || tenures.back().pid != pid))
        appendBounded(tenures, {time, pid});
}

void LaneHistory::add(quint32 lane, const LaneEvent &event)
{
    if (event.kind == LaneEventKind::Started)
        setPid(lane, event.time, event.pid);
    appendBounded(m_lanes[lane].events, event);
}

void LaneHistory::clearEvents()
{
    for (auto &[lane, entry] : m_lanes)
        entry.events.clear();
}

void LaneHistory::putBack(quint32 lane, const std::vector<LaneEvent> &events)
{
    for (const LaneEvent &event : events)
        appendBounded(m_lanes[lane].events, event);
}

qint64 LaneHistory::pidAt(quint32 lane, qint64 time) const
{
    const auto found = m_lanes.find(lane);
    if (found == m_lanes.end())
        return 0;
    const std::vector<Tenure> &tenures = found->second.tenures;
    const auto isAfter = [](qint64 at, const Tenure &tenure) { return at < tenure.from; };
    const auto next = std::upper_bound(tenures.begin(), tenures.end(), time, isAfter);
    return next == tenures.begin() ? 0 : std::prev(next)->pid;
}

const std::vector<LaneEvent> &LaneHistory::events(quint32 lane) const
{
    static const std::vector<LaneEvent> none;
    const auto found = m_lanes.find(lane);
    return found == m_lanes.end() ? none : found->second.events;
}

} // namespace Fanfare
