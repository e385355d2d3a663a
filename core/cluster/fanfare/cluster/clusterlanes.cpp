// SPDX-License-Identifier: MIT
#include "fanfare/cluster/clusterlanes.h"

#include <fanfare/base/clock.h>

namespace Fanfare {

using namespace Qt::StringLiterals;

static constexpr int maximumSlots = 256; // of a host that are told apart

Lane *ClusterLanes::lane(const QString &host, int slot)
{
    if (!m_recorder)
        return nullptr;
    if (host.isEmpty()) {
        if (!m_unstarted)
            m_unstarted = &m_recorder->addLane({{}, LaneKind::Process, u"not started"_s, 0});
        return m_unstarted;
    }
    const int place = std::clamp(slot, 0, maximumSlots - 1);
    QList<Lane *> &lanes = m_lanes[host];
    while (lanes.size() <= place)
        lanes.append(nullptr);
    Lane *&found = lanes[place];
    if (!found) {
        found = &m_recorder->addLane(
            {{}, LaneKind::Process, u"%1 worker %2"_s.arg(host).arg(place + 1), 0});
    }
    return found;
}

LaneId ClusterLanes::laneId(const QString &host, int slot)
{
    const Lane *found = lane(host, slot);
    return found ? found->info().id : LaneId{};
}

void ClusterLanes::record(const QString &host, int slot, SpanRecord span, const TaskEnd &end,
                          const QCborMap &crash)
{
    Lane *at = lane(host, slot);
    if (!at)
        return;
    span.lane = at->info().id;
    if (end.hasDetail() || !crash.isEmpty()) // before the span, see Recorder::drain()
        at->detail({span.task, end.result, end.error, end.reason, crash});
    at->span(span);
}

void ClusterLanes::event(const QString &host, LaneEventKind kind, qint64 pid, const QString &text)
{
    if (!m_recorder)
        return;
    for (const Lane *lane : m_lanes.value(host)) {
        if (lane)
            m_recorder->addLaneEvent({lane->info().id, kind, MonotonicClock::now(), pid, text});
    }
}

void ClusterLanes::log(LogLine line)
{
    if (m_recorder)
        m_recorder->log(std::move(line));
}

} // namespace Fanfare
