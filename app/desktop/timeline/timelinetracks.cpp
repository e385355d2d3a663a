// SPDX-License-Identifier: MIT
#include "desktop/timeline/timelinetracks.h"

#include <algorithm>

namespace Fanfare {

static constexpr size_t shownQueued = 64; // more do not fit into the queue's strip

void TimelineTracks::clear()
{
    *this = TimelineTracks();
}

void TimelineTracks::sync(const RunModel &model)
{
    takeSpans(model);
    takeRows(model);
    takeRunning(model);
    takeQueued(model);
    m_emissions.sort();
    m_marks = model.marks().size();
    if (m_marks > 0)
        noteTimes(0, model.marks().back().time);
    for (int lane = 0; lane < model.laneCount(); ++lane) {
        if (const auto &events = model.laneEvents(quint32(lane)); !events.empty())
            noteTimes(0, events.back().time);
    }
}

void TimelineTracks::noteTimes(qint64 queued, qint64 last)
{
    if (queued > 0 && (m_firstTime == 0 || queued < m_firstTime))
        m_firstTime = queued;
    m_lastTime = std::max(m_lastTime, last);
}

void TimelineTracks::takeSpans(const RunModel &model)
{
    while (m_taken < model.spanCount()) {
        const RunSpans::PlaceRun run = model.spans().runAt(m_taken);
        if (run.count == 0) {
            ++m_taken;
            continue;
        }
        const SpanPlace &first = run.first;
        const SpanColumns &row = model.spans().lanes()[first.lane].rows[size_t(first.row)];
        const bool isOnLoop = model.lane(first.lane).kind == LaneKind::Loop;
        for (size_t at = first.position; at < first.position + run.count; ++at) {
            const qint64 started = row.started(at);
            const qint64 queued = started - row.wait(at);
            m_load.add({queued > 0 ? queued : started, started, started + row.length(at), isOnLoop,
                        isFailure(row.outcome(at))});
            m_emissions.add(row.task(at).emission, queued);
            noteTimes(queued, 0);
        }
        m_taken += run.count;
    }
}

void TimelineTracks::takeRows(const RunModel &model)
{
    const std::deque<LaneRows> &lanes = model.spans().lanes();
    m_lanes.resize(lanes.size());
    for (size_t lane = 0; lane < lanes.size(); ++lane) {
        std::vector<SpanRow> &rows = m_lanes[lane].rows;
        rows.clear();
        for (const SpanColumns &columns : lanes[lane].rows) {
            rows.emplace_back(columns);
            noteTimes(0, columns.lastFinish());
        }
        m_lanes[lane].isLoop = model.lane(quint32(lane)).kind == LaneKind::Loop;
        m_lanes[lane].rowCount = lanes[lane].fit.rowCount();
    }
}

void TimelineTracks::takeRunning(const RunModel &model)
{
    m_open.clear();
    for (const OpenTask &task : model.live().running) {
        const quint32 lane = model.laneIndex(task.lane);
        const std::optional<int> row = model.spans().rowOf(task.task);
        if (!row || lane >= static_cast<quint32>(model.laneCount()))
            continue;
        m_open.push_back({task, model.handlerIndex(task.subscriber), lane, *row});
        m_emissions.add(task.task.emission, task.queued);
        noteTimes(task.queued, task.started);
    }
}

void TimelineTracks::takeQueued(const RunModel &model)
{
    m_queued.clear();
    m_queuedCount = model.live().queuedCount;
    for (const OpenTask &task : model.live().queued) {
        m_emissions.add(task.task.emission, task.queued);
        noteTimes(task.queued, task.queued);
        if (m_queued.size() < shownQueued)
            m_queued.push_back({task, model.handlerIndex(task.subscriber)});
    }
}

const SpanRow &TimelineTracks::row(quint32 lane, int row) const
{
    static const SpanRow none;
    const bool isKnown = lane < m_lanes.size() && size_t(row) < m_lanes[lane].rows.size();
    return isKnown ? m_lanes[lane].rows[size_t(row)] : none;
}

std::optional<SpanPlace> TimelineTracks::placeOf(const RunModel &model, TaskId task) const
{
    const std::optional<SpanPlace> place = model.spans().placeOf(task);
    if (!place || place->position >= row(place->lane, place->row).size())
        return std::nullopt; // it came after the last sync()
    return place;
}

} // namespace Fanfare
