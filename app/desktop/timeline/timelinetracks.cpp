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
    ++m_sync;
    takeSpans(model); // first: what has finished makes room for what runs
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

LaneTrack &TimelineTracks::track(quint32 lane)
{
    if (m_lanes.size() <= lane)
        m_lanes.resize(lane + 1);
    return m_lanes[lane];
}

void TimelineTracks::noteTimes(qint64 queued, qint64 last)
{
    if (queued > 0 && (m_firstTime == 0 || queued < m_firstTime))
        m_firstTime = queued;
    m_lastTime = std::max(m_lastTime, last);
}

void TimelineTracks::takeSpans(const RunModel &model)
{
    // Workers finish their spans in the order they started them, except event loops: packing
    // those by start needs fewer rows.
    std::vector<size_t> ofLoops;
    for (; m_taken < model.spanCount(); ++m_taken) {
        const SpanEntry &span = model.span(m_taken);
        if (model.lane(span.lane).kind == LaneKind::Loop)
            ofLoops.push_back(m_taken);
        else
            takeSpan(model, m_taken);
    }
    std::stable_sort(ofLoops.begin(), ofLoops.end(), [&model](size_t a, size_t b) {
        return model.span(a).record.started < model.span(b).record.started;
    });
    for (const size_t index : ofLoops)
        takeSpan(model, index);
}

int TimelineTracks::rowFor(const SpanEntry &span, LaneTrack &lane)
{
    const auto found = m_reservations.find(span.record.task);
    if (found == m_reservations.end())
        return lane.fit.take(span.record.started);
    const Reservation reserved = found->second;
    m_reservations.erase(found);
    LaneTrack &reservedLane = track(reserved.lane);
    const auto row = static_cast<size_t>(reserved.row);
    const qint64 lastFinish =
        row < reservedLane.rows.size() ? reservedLane.rows[row].lastFinish() : 0;
    if (reserved.lane == span.lane && lastFinish <= span.record.started)
        return reserved.row;
    reservedLane.fit.release(reserved.row, std::max(lastFinish, span.record.finished));
    return lane.fit.take(span.record.started);
}

void TimelineTracks::takeSpan(const RunModel &model, size_t index)
{
    const SpanEntry &span = model.span(index);
    const SpanRecord &record = span.record;
    track(span.lane);
    const int row = rowFor(span, track(span.lane));
    LaneTrack &lane = track(span.lane);
    if (lane.rows.size() <= static_cast<size_t>(row))
        lane.rows.resize(static_cast<size_t>(row) + 1);
    RowSpan entry;
    entry.queued = record.queued;
    entry.started = record.started;
    entry.finished = std::max(record.started, record.finished);
    entry.index = static_cast<quint32>(index);
    entry.handler = span.handler;
    entry.outcome = record.outcome;
    entry.sentBefore = record.sentBefore;
    entry.repliedAfter = record.repliedAfter;
    lane.rows[static_cast<size_t>(row)].append(entry);
    lane.fit.release(row, entry.finished);
    m_emissions.add(record.task.emission, record.queued);
    noteTimes(record.queued, entry.finished);
}

void TimelineTracks::takeRunning(const RunModel &model)
{
    m_open.clear();
    for (const OpenTask &task : model.live().running) {
        const quint32 lane = model.laneIndex(task.lane);
        if (lane >= static_cast<quint32>(model.laneCount()))
            continue;
        auto [found, isNew] = m_reservations.try_emplace(task.task);
        if (isNew) {
            found->second.lane = lane;
            found->second.row = track(lane).fit.take(task.started);
        }
        found->second.sync = m_sync;
        m_open.push_back(
            {task, model.handlerIndex(task.subscriber), found->second.lane, found->second.row});
        m_emissions.add(task.task.emission, task.queued);
        noteTimes(task.queued, task.started);
    }
    forgetVanished(model.live().time);
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

void TimelineTracks::forgetVanished(qint64 time)
{
    // A span that was dropped on its way leaves a running task that never finishes.
    for (auto it = m_reservations.begin(); it != m_reservations.end();) {
        if (it->second.sync == m_sync) {
            ++it;
            continue;
        }
        const std::vector<SpanRow> &rows = track(it->second.lane).rows;
        const auto row = static_cast<size_t>(it->second.row);
        const qint64 lastFinish = row < rows.size() ? rows[row].lastFinish() : 0;
        track(it->second.lane).fit.release(it->second.row, std::max(time, lastFinish));
        it = m_reservations.erase(it);
    }
}

const RowSpan &TimelineTracks::at(const SpanPlace &place) const
{
    return m_lanes[place.lane].rows[static_cast<size_t>(place.row)][place.position];
}

/// The position of the span of the model's \a index, which started at \a time.
static std::optional<size_t> positionIn(const SpanRow &row, qint64 time, size_t index)
{
    // Spans of one moment (a million may die with their engine) lie in order of arrival.
    size_t low = row.startedBefore(time);
    size_t high = row.startedBefore(time + 1, low);
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (row[middle].index == index)
            return middle;
        if (row[middle].index < index)
            low = middle + 1;
        else
            high = middle;
    }
    return std::nullopt;
}

std::optional<SpanPlace> TimelineTracks::placeOf(const RunModel &model, TaskId task) const
{
    const std::optional<size_t> index = model.indexOf(task);
    if (!index || model.span(*index).lane >= m_lanes.size())
        return std::nullopt;
    const quint32 lane = model.span(*index).lane;
    const std::vector<SpanRow> &rows = m_lanes[lane].rows;
    for (size_t row = 0; row < rows.size(); ++row) {
        const auto position = positionIn(rows[row], model.span(*index).record.started, *index);
        if (position)
            return SpanPlace{lane, static_cast<int>(row), *position};
    }
    return std::nullopt;
}

} // namespace Fanfare
