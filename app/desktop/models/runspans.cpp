// SPDX-License-Identifier: MIT
#include "desktop/models/runspans.h"

#include <algorithm>
#include <numeric>
#include <queue>

namespace Fanfare {

/// The span with times in the order in which things happen. Clocks jump, records get damaged: what
/// cannot be is put right and marked, never hidden.
static RowSpan rowSpan(const RunSpans::Arrival &arrival)
{
    constexpr qint64 latest = qint64(1) << 61; // 73 years; views twice as long do not overflow
    const SpanRecord &record = *arrival.record;
    RowSpan span;
    span.started = std::clamp<qint64>(record.started, 0, latest);
    span.finished = std::clamp(record.finished, span.started, latest);
    span.queued = std::clamp<qint64>(record.queued, 0, span.started);
    span.isOdd = arrival.isOdd || span.started != record.started || span.finished != record.finished
        || span.queued != record.queued || span.started - span.queued < qint64(record.sentBefore);
    span.task = record.task;
    span.handler = arrival.handler;
    span.outcome = record.outcome;
    span.attempt = record.attempt;
    span.sentBefore = record.sentBefore;
    span.repliedAfter = record.repliedAfter;
    span.cpu = record.cpu;
    span.peakMemory = record.peakMemory;
    return span;
}

/// Sets m_order to that of lane and start: sorted by start, what overlaps needs the fewest rows.
/// Lanes are counted, not compared, and only places move: merging the spans themselves took a third
/// of the time in which a run is opened. Within a lane most come in order; an event loop ends its
/// spans in any.
void RunSpans::putInOrder(const std::vector<Arrival> &spans)
{
    m_laneEnds.clear();
    for (const Arrival &span : spans) {
        if (m_laneEnds.size() <= span.lane)
            m_laneEnds.resize(span.lane + 1);
        ++m_laneEnds[span.lane];
    }
    std::exclusive_scan(m_laneEnds.begin(), m_laneEnds.end(), m_laneEnds.begin(), quint32(0));
    m_order.resize(spans.size());
    for (size_t i = 0; i < spans.size(); ++i)
        m_order[m_laneEnds[spans[i].lane]++] = quint32(i);
    const auto startsBefore = [&spans](quint32 left, quint32 right) {
        return spans[left].started < spans[right].started;
    };
    auto begin = m_order.begin();
    for (const quint32 laneEnd : m_laneEnds) {
        const auto end = m_order.begin() + qptrdiff(laneEnd);
        if (!std::is_sorted(begin, end, startsBefore))
            std::stable_sort(begin, end, startsBefore);
        begin = end;
    }
}

void RunSpans::append(const std::vector<Arrival> &spans)
{
    putInOrder(spans);
    for (const quint32 place : m_order)
        appendOne(spans[place]);
}

void RunSpans::append(const std::vector<SpanEntry> &spans)
{
    std::vector<Arrival> arrivals;
    arrivals.reserve(spans.size());
    for (const SpanEntry &span : spans)
        arrivals.push_back(
            {&span.record, span.record.started, span.handler, span.lane, span.isOdd});
    append(arrivals);
}

void RunSpans::appendOne(const Arrival &arrival)
{
    const RowSpan span = rowSpan(arrival);
    LaneRows &rows = lane(arrival.lane);
    const int row = rowFor(span, arrival.lane, rows);
    SpanColumns &target = columns(rows, row);
    const size_t before = target.bytes();
    noteArrival(arrival.lane, row, target.size());
    target.append(span);
    m_bytes += target.bytes() - before;
    m_odd += span.isOdd ? 1 : 0;
    quint32 &newest = m_newest[span.task.emission];
    m_previous.append(newest);
    newest = static_cast<quint32>(m_previous.size());
}

void RunSpans::clear()
{
    *this = RunSpans();
}

LaneRows &RunSpans::lane(quint32 index)
{
    while (m_lanes.size() <= index)
        m_lanes.emplace_back();
    return m_lanes[index];
}

SpanColumns &RunSpans::columns(LaneRows &rows, int row)
{
    while (rows.rows.size() <= static_cast<size_t>(row))
        rows.rows.emplace_back(m_arena);
    return rows.rows[static_cast<size_t>(row)];
}

/// The row that \a span takes in \a rows, those of the lane \a index; until it ends.
int RunSpans::rowFor(const RowSpan &span, quint32 index, LaneRows &rows)
{
    if (m_reservations.empty())
        return rows.fit.use(span.started, span.finished);
    const auto found = m_reservations.find(span.task);
    if (found == m_reservations.end())
        return rows.fit.use(span.started, span.finished);
    const Reservation reserved = found->second;
    m_reservations.erase(found);
    const qint64 lastFinish = columns(reserved.lane, reserved.row).lastFinish();
    if (reserved.lane == index && lastFinish <= span.started) {
        rows.fit.release(reserved.row, span.finished);
        return reserved.row;
    }
    lane(reserved.lane).fit.release(reserved.row, std::max(lastFinish, span.started));
    return rows.fit.use(span.started, span.finished);
}

void RunSpans::noteArrival(quint32 lane, int row, size_t position)
{
    const auto index = static_cast<quint32>(m_previous.size());
    const auto at = static_cast<quint32>(position);
    const auto rowIndex = static_cast<quint32>(row);
    if (!m_arrivals.empty()) {
        const ArrivalRun &last = m_arrivals.back();
        if (last.lane == lane && last.row == rowIndex && last.position + index - last.index == at)
            return;
    }
    m_arrivals.push_back({index, lane, rowIndex, at});
}

void RunSpans::setRunning(const std::vector<Running> &tasks, qint64 time)
{
    ++m_turn;
    for (const Running &task : tasks) {
        auto [found, isNew] = m_reservations.try_emplace(task.task);
        if (isNew) {
            found->second.lane = task.lane;
            found->second.row = lane(task.lane).fit.take(task.started);
        }
        found->second.turn = m_turn;
    }
    if (m_reservations.size() > tasks.size())
        forgetVanished(time);
}

void RunSpans::forgetVanished(qint64 time)
{
    // A span that was dropped on its way leaves a running task that never finishes.
    for (auto it = m_reservations.begin(); it != m_reservations.end();) {
        if (it->second.turn == m_turn) {
            ++it;
            continue;
        }
        const qint64 lastFinish = columns(it->second.lane, it->second.row).lastFinish();
        lane(it->second.lane).fit.release(it->second.row, std::max(time, lastFinish));
        it = m_reservations.erase(it);
    }
}

void RunSpans::trim(size_t bytes)
{
    if (m_bytes <= bytes)
        return;
    using Oldest = std::pair<qint64, SpanColumns *>; // by the start of their oldest span
    std::priority_queue<Oldest, std::vector<Oldest>, std::greater<>> rows;
    const auto add = [&rows](SpanColumns &row) {
        if (row.size() >= row.first() + spanBlockSize)
            rows.emplace(row.started(row.first()), &row);
    };
    for (LaneRows &lane : m_lanes) {
        for (SpanColumns &row : lane.rows)
            add(row);
    }
    const size_t wanted = bytes - bytes / 32; // some more at once: not in every batch
    while (m_bytes > wanted && !rows.empty()) {
        SpanColumns &row = *rows.top().second;
        rows.pop();
        const size_t before = row.bytes();
        row.forgetBlock();
        m_bytes -= before - row.bytes();
        m_forgotten += spanBlockSize;
        add(row);
    }
    forgetLookups();
}

void RunSpans::forgetLookups()
{
    const auto isForgotten = [this](size_t run) {
        const ArrivalRun &arrival = m_arrivals[run];
        const size_t end = m_arrivals[run + 1].index;
        const SpanColumns &row = m_lanes[arrival.lane].rows[arrival.row];
        return arrival.position + (end - arrival.index) <= row.first();
    };
    while (m_arrivals.size() > 1 && isForgotten(0))
        m_arrivals.pop_front();
    const quint32 first = m_arrivals.empty() ? 0 : m_arrivals.front().index;
    m_newest.forget([first](quint32 newest) { return newest <= first; });
    m_previous.forgetBefore(first);
}

SpanEntry RunSpans::at(const SpanPlace &place) const
{
    const RowSpan span = columnsAt(place).at(place.position);
    SpanEntry entry;
    entry.handler = span.handler;
    entry.lane = place.lane;
    entry.isOdd = span.isOdd;
    SpanRecord &record = entry.record;
    record.task = span.task;
    record.queued = span.queued;
    record.started = span.started;
    record.finished = span.finished;
    record.cpu = span.cpu;
    record.sentBefore = span.sentBefore;
    record.repliedAfter = span.repliedAfter;
    record.outcome = span.outcome;
    record.attempt = span.attempt;
    record.peakMemory = span.peakMemory;
    return entry;
}

std::optional<int> RunSpans::rowOf(TaskId running) const
{
    const auto found = m_reservations.find(running);
    return found == m_reservations.end() ? std::nullopt : std::optional(found->second.row);
}

RunSpans::PlaceRun RunSpans::runAt(size_t index) const
{
    const auto after =
        std::upper_bound(m_arrivals.begin(), m_arrivals.end(), index,
                         [](size_t at, const ArrivalRun &run) { return at < run.index; });
    if (after == m_arrivals.begin() || index >= size())
        return {};
    const ArrivalRun &run = *std::prev(after);
    const size_t end = after == m_arrivals.end() ? size() : after->index;
    const size_t position = run.position + (index - run.index);
    if (position < m_lanes[run.lane].rows[run.row].first())
        return {};
    return {{run.lane, static_cast<int>(run.row), position}, end - index};
}

std::optional<SpanPlace> RunSpans::placeAt(size_t index) const
{
    const PlaceRun run = runAt(index);
    return run.count > 0 ? std::optional(run.first) : std::nullopt;
}

std::optional<SpanPlace> RunSpans::placeOf(TaskId task) const
{
    for (quint32 at = m_newest.value(task.emission); at != 0;) {
        const std::optional<SpanPlace> place = placeAt(at - 1);
        if (!place && at <= m_arrivals.front().index)
            return std::nullopt; // older links are gone
        if (place && columnsAt(*place).task(place->position) == task)
            return place;
        at = m_previous[at - 1];
    }
    return std::nullopt;
}

std::vector<TaskId> RunSpans::tasksOf(EmissionId emission) const
{
    std::vector<TaskId> tasks;
    for (quint32 at = m_newest.value(emission); at != 0; at = m_previous[at - 1]) {
        const std::optional<SpanPlace> place = placeAt(at - 1);
        if (!place && at <= m_arrivals.front().index)
            break;
        if (place)
            tasks.push_back(columnsAt(*place).task(place->position));
    }
    return tasks;
}

} // namespace Fanfare
