// SPDX-License-Identifier: MIT
#include "fanfare/trace/recorder.h"

#include <fanfare/base/clock.h>

#include <algorithm>
#include <unordered_set>
#include <utility>

namespace Fanfare {

Lane::Lane(Recorder &recorder, LaneInfo info)
    : m_recorder(recorder)
    , m_info(std::move(info))
{
}

void Lane::detail(TaskDetail detail)
{
    m_recorder.addDetail(std::move(detail));
}

Recorder::Recorder() = default;
Recorder::~Recorder() = default;

Lane &Recorder::addLane(LaneInfo info)
{
    std::lock_guard lock(m_mutex);
    info.id = static_cast<LaneId>(m_lanes.size());
    m_newLanes.push_back(info);
    m_lanes.push_back(std::unique_ptr<Lane>(new Lane(*this, std::move(info))));
    return *m_lanes.back();
}

void Recorder::log(LogLine line)
{
    std::lock_guard lock(m_mutex);
    if (m_log.size() >= maximumPending)
        ++m_droppedLines;
    else
        m_log.push_back(std::move(line));
}

void Recorder::addDetail(TaskDetail detail)
{
    std::lock_guard lock(m_mutex);
    if (m_details.size() >= maximumPending)
        ++m_droppedLines;
    else
        m_details.push_back(std::move(detail));
}

void Recorder::addLaneEvent(LaneEvent event)
{
    std::lock_guard lock(m_mutex);
    m_laneEvents.push_back(std::move(event));
}

void Recorder::setSampler(Sampler sampler)
{
    std::lock_guard lock(m_samplerMutex);
    m_sampler = std::move(sampler);
}

/// Removes from \a live what has a span by now: the sample is taken first, so a task that ended
/// in between is in both.
static void removeFinished(LiveSample &live, const std::vector<SpanRecord> &spans)
{
    if (live.running.empty() && live.queued.empty())
        return;
    std::unordered_set<TaskId> finished;
    finished.reserve(spans.size());
    for (const SpanRecord &span : spans)
        finished.insert(span.task);
    const auto isFinished = [&](const OpenTask &open) { return finished.contains(open.task); };
    std::erase_if(live.running, isFinished);
    std::erase_if(live.queued, isFinished);
}

void Recorder::drain(TraceBatch &batch)
{
    batch.spans.clear();
    batch.droppedSpans = 0;
    batch.live = {};
    {
        std::lock_guard lock(m_samplerMutex);
        if (m_sampler)
            batch.live = m_sampler();
        else
            batch.live.time = MonotonicClock::now();
    }
    std::vector<Lane *> lanes;
    {
        std::lock_guard lock(m_mutex);
        for (const auto &lane : m_lanes)
            lanes.push_back(lane.get());
    }
    for (Lane *lane : lanes)
        batch.droppedSpans += lane->m_buffer.drain(batch.spans);
    {
        // After the spans: a detail is written before the span it belongs to, so the details of
        // all spans of this batch are in it.
        std::lock_guard lock(m_mutex);
        batch.lanes = std::exchange(m_newLanes, {});
        batch.laneEvents = std::exchange(m_laneEvents, {});
        batch.details = std::exchange(m_details, {});
        batch.log = std::exchange(m_log, {});
        batch.droppedLines = std::exchange(m_droppedLines, 0);
    }
    removeFinished(batch.live, batch.spans);
}

} // namespace Fanfare
