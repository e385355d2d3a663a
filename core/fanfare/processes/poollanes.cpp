// SPDX-License-Identifier: MIT
#include "fanfare/processes/poollanes.h"

#include <fanfare/base/clock.h>

namespace Fanfare {

using namespace Qt::StringLiterals;

Lane *PoolLanes::lane(int slot, bool isAsync)
{
    if (!m_recorder)
        return nullptr;
    if (slot < 0) {
        if (!m_unstarted)
            m_unstarted = &m_recorder->addLane({{}, LaneKind::Process, u"not started"_s, 0});
        return m_unstarted;
    }
    std::vector<Lane *> &lanes = isAsync ? m_async : m_sync;
    if (lanes.size() <= size_t(slot))
        lanes.resize(size_t(slot) + 1);
    Lane *&found = lanes[size_t(slot)];
    if (!found) {
        const QString name = isAsync ? u"process %1 loop"_s : u"process %1"_s;
        const LaneKind kind = isAsync ? LaneKind::Loop : LaneKind::Process;
        found = &m_recorder->addLane({{}, kind, name.arg(slot + 1), 0});
    }
    return found;
}

LaneId PoolLanes::laneId(int slot, bool isAsync)
{
    const Lane *found = lane(slot, isAsync);
    return found ? found->info().id : LaneId{};
}

void PoolLanes::record(int slot, bool isAsync, SpanRecord span, const TaskEnd &end,
                       const QCborMap &crash)
{
    Lane *at = lane(slot, isAsync);
    if (!at)
        return;
    span.lane = at->info().id;
    if (end.hasDetail() || !crash.isEmpty()) // before the span, see Recorder::drain()
        at->detail({span.task, end.result, end.error, end.reason, crash, end.encoded});
    at->span(span);
}

void PoolLanes::event(int slot, LaneEventKind kind, qint64 pid, const QString &text)
{
    if (m_recorder)
        m_recorder->addLaneEvent({laneId(slot, false), kind, MonotonicClock::now(), pid, text});
}

void PoolLanes::log(LogLine line)
{
    if (m_recorder)
        m_recorder->log(std::move(line));
}

} // namespace Fanfare
