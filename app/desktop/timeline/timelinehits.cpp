// SPDX-License-Identifier: MIT
#include "desktop/timeline/timelinehits.h"

#include <algorithm>
#include <cmath>

namespace Fanfare {

static constexpr int tolerance = 4; // pixels

static TimelineHit emissionHit(const TimelineFrame &frame, double x)
{
    TimelineHit hit;
    double nearest = EmissionTrack::minimumDistance;
    for (size_t i = 0; i < frame.emissions.size(); ++i) {
        const EmissionMark &mark = frame.emissions[i];
        double badgeEnd = mark.x + EmissionTrack::badgeWidth;
        if (i + 1 < frame.emissions.size())
            badgeEnd = std::min(badgeEnd, frame.emissions[i + 1].x - tolerance);
        const bool isOnBadge = mark.count > 1 && x >= mark.x && x < badgeEnd;
        const double distance = isOnBadge ? 0 : std::abs(mark.x - x);
        if (distance < nearest) {
            nearest = distance;
            hit = {HitKind::Emissions, {}, mark.first, mark.count};
        }
    }
    return hit;
}

static TimelineHit queueHit(const TimelineFrame &frame, QPointF point, int x)
{
    for (const OpenBox &box : frame.queued) {
        const double y = point.y() - queueBarY(frame.areas, box.index);
        if (y >= 0 && y < queueBarPitch && x >= box.left - tolerance && x < box.right + tolerance)
            return {HitKind::Queued, {}, box.index};
    }
    return {};
}

static TimelineHit markHit(const TimelineFrame &frame, QPointF point, double x)
{
    for (const LaneMarkBox &box : frame.laneMarks) {
        if (point.y() < box.clipTop)
            continue;
        const double beside = x - box.mark.x;
        const double below = point.y() - box.y;
        const bool isOnLine = std::abs(beside) < 2 && below >= 0 && below < box.height;
        const bool isOnSymbol =
            beside >= 0 && beside < laneSymbolSize + 2 && below >= 0 && below < laneSymbolSize + 2;
        if (isOnLine || isOnSymbol)
            return {HitKind::LaneEvents, {box.lane, 0, 0}, box.mark.first, box.mark.count};
    }
    return {};
}

template <typename Box>
static const Box *boxAt(const std::vector<Box> &boxes, int x)
{
    const auto after = std::upper_bound(boxes.begin(), boxes.end(), x,
                                        [](int at, const Box &box) { return at < box.left; });
    if (after == boxes.begin() || std::prev(after)->right <= x)
        return nullptr;
    return &*std::prev(after);
}

static const TimeColumn *nearestNarrow(const RowFrame &row, int x, int reach)
{
    const std::vector<TimeColumn> &columns = row.layout.columns;
    const TimeColumn *nearest = nullptr;
    auto column = std::lower_bound(columns.begin(), columns.end(), x - reach,
                                   [](const TimeColumn &a, int b) { return a.x < b; });
    for (; column != columns.end() && column->x <= x + reach; ++column) {
        if (column->narrow > 0 && (!nearest || std::abs(column->x - x) < std::abs(nearest->x - x)))
            nearest = &*column;
    }
    return nearest;
}

static TimelineHit columnHit(const TimelineFrame &frame, const RowFrame &row, const SpanRow &spans,
                             const TimeColumn &column)
{
    const TimeAxis axis = frame.axis.scaled(frame.ratio);
    TimelineHit hit;
    hit.from = axis.timeAt(column.x);
    hit.to = axis.timeAt(column.x + 1);
    const size_t started = spans.startedBefore(hit.from);
    size_t first = spans.firstOpenAt(hit.from, started);
    const size_t end = spans.startedBefore(hit.to, started);
    if (first < started && column.narrow < end - first && end - first > 1)
        first = started; // a box reaches into this column; the rest is meant
    hit.place = {row.lane, row.row, first};
    hit.count = column.narrow;
    hit.kind = column.narrow == 1 ? HitKind::Span : HitKind::Column;
    return hit;
}

static TimelineHit rowHit(const TimelineFrame &frame, const RowFrame &row,
                          const TimelineTracks &tracks, int x)
{
    for (const OpenBox &box : row.open) {
        if (x >= box.left && x < box.right)
            return {HitKind::Running, {}, box.index};
    }
    if (const SpanBox *box = boxAt(row.layout.boxes, x))
        return {HitKind::Span, {row.lane, row.row, box->position}};
    const int reach = static_cast<int>(tolerance * frame.ratio);
    if (const TimeColumn *column = nearestNarrow(row, x, reach))
        return columnHit(frame, row, tracks.row(row.lane, row.row), *column);
    if (const WaitBox *box = boxAt(row.layout.waits, x))
        return {HitKind::Span, {row.lane, row.row, box->position}};
    if (const ReplyBox *box = boxAt(row.layout.replies, x))
        return {HitKind::Span, {row.lane, row.row, box->position}};
    for (const SpanBox &box : row.layout.boxes) { // a few pixels wide ones
        if (x >= box.left - reach && x < box.right + reach)
            return {HitKind::Span, {row.lane, row.row, box.position}};
    }
    return {};
}

static TimelineHit groupHit(const TimelineFrame &frame, QPointF point, int column)
{
    for (const GroupFrame &group : frame.groups) {
        if (point.y() < group.clipTop || point.y() < group.y || point.y() >= group.y + group.height)
            continue;
        const TimeAxis axis = frame.axis.scaled(frame.ratio);
        return {.kind = HitKind::Group,
                .index = group.index,
                .from = axis.timeAt(column),
                .to = axis.timeAt(column + 1)};
    }
    return {};
}

TimelineHit hitTest(const TimelineFrame &frame, const TimelineTracks &tracks, QPointF point)
{
    const double x = point.x() - frame.areas.plot.x();
    const auto column = static_cast<int>(std::floor(x * frame.ratio));
    const QPoint pixel = point.toPoint();
    if (frame.areas.emissions.contains(pixel))
        return emissionHit(frame, x);
    if (frame.areas.queue.contains(pixel))
        return queueHit(frame, point, column);
    if (!frame.areas.lanes.contains(pixel))
        return {};
    if (const TimelineHit hit = markHit(frame, point, x); hit.kind != HitKind::Nothing)
        return hit;
    for (size_t i = 0; i < frame.rowCount; ++i) {
        const RowFrame &row = frame.rows[i];
        if (point.y() >= row.clipTop && point.y() >= row.y - 0.5
            && point.y() < row.y + row.height + 0.5)
            return rowHit(frame, row, tracks, column);
    }
    return groupHit(frame, point, column);
}

static size_t mostTelling(const SpanRow &spans, size_t first, size_t count)
{
    constexpr size_t most = 100'000; // about 1 ms
    size_t best = first;
    for (size_t at = first; at < first + std::min(count, most); ++at) {
        if (isFailure(spans.outcome(at)))
            return at;
        if (spans.length(at) > spans.length(best))
            best = at;
    }
    return best;
}

std::optional<TaskId> taskAt(const TimelineHit &hit, const TimelineTracks &tracks,
                             const RunModel &model)
{
    switch (hit.kind) {
    case HitKind::Span:
        return tracks.taskAt(hit.place);
    case HitKind::Running:
        return tracks.open()[hit.index].task.task;
    case HitKind::Queued:
        return tracks.queued()[hit.index].task.task;
    case HitKind::Column: {
        SpanPlace place = hit.place;
        const SpanRow &row = tracks.row(place.lane, place.row);
        place.position = mostTelling(row, place.position, hit.count);
        return tracks.taskAt(place);
    }
    case HitKind::Emissions: {
        const std::vector<TaskId> tasks = model.tasksOf(tracks.emissions()[hit.index].emission);
        return tasks.empty() ? std::nullopt : std::optional(tasks.front());
    }
    case HitKind::LaneEvents:
    case HitKind::Group:
    case HitKind::Nothing:
        break;
    }
    return std::nullopt;
}

std::optional<EmissionId> emissionAt(const TimelineHit &hit, const TimelineTracks &tracks,
                                     const RunModel &model)
{
    if (hit.kind == HitKind::Emissions && hit.count == 1)
        return tracks.emissions()[hit.index].emission;
    if (hit.kind == HitKind::Column || hit.kind == HitKind::Emissions)
        return std::nullopt; // many; one of them would be a lie
    const std::optional<TaskId> task = taskAt(hit, tracks, model);
    return task ? std::optional(task->emission) : std::nullopt;
}

std::optional<TaskPlace> taskPlace(const TimelineTracks &tracks, const RunModel &model, TaskId task,
                                   qint64 now)
{
    for (const OpenSpan &open : tracks.open()) {
        if (open.task.task == task)
            return TaskPlace{open.lane, open.row, open.task.started, now};
    }
    const std::optional<SpanPlace> place = tracks.placeOf(model, task);
    if (!place)
        return std::nullopt;
    const RowSpan span = tracks.at(*place);
    return TaskPlace{place->lane, place->row, span.started, span.finished};
}

QRectF placeRect(const TimelineFrame &frame, const LaneLayout &lanes, const TaskPlace &place)
{
    const LanePlace *lane = lanes.placeOf(place.lane);
    const GroupPlace *group = lane ? nullptr : lanes.foldedGroupOf(place.lane);
    if (!lane && !group)
        return QRectF();
    const double left = std::max(-10.0, frame.axis.xOf(place.started));
    const double right = std::min(frame.areas.plot.width() + 10.0, frame.axis.xOf(place.finished));
    const double width = std::max(2.0, right - left);
    const int y = lane ? laneY(frame, *lane) + lane->rowY(place.row) - lane->y
                       : frame.areas.lanes.y() + group->barY - frame.scroll;
    return QRectF(frame.areas.plot.x() + left, y, width, lane ? lane->bar : group->bar);
}

} // namespace Fanfare
