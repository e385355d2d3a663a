// SPDX-License-Identifier: MIT
#include "desktop/timeline/timelineframe.h"

#include <algorithm>
#include <cmath>

namespace Fanfare {

TimelineAreas timelineAreas(const QSize &size, TextScale scale)
{
    const int headerWidth = scale.of(148);
    const int width = std::max(0, size.width() - headerWidth);
    int top = 0;
    const auto next = [&](int height) {
        const QRect rect(headerWidth, top, width, height);
        top += height;
        return rect;
    };
    const int lowest = scale.of(260); // that has room for more than lanes and emissions
    const bool isLow = size.height() < lowest;
    TimelineAreas areas;
    areas.minimap = next(isLow ? 0 : scale.of(48));
    areas.ruler = next(scale.of(24));
    areas.emissions = next(scale.of(26));
    areas.workers = next(isLow ? 0 : scale.of(30));
    areas.queue = next(isLow ? 0 : scale.of(32));
    areas.lanes = next(std::max(0, size.height() - top));
    areas.headers = QRect(0, areas.lanes.y(), headerWidth, areas.lanes.height());
    areas.plot = areas.emissions.united(areas.lanes);
    areas.plot.setHeight(std::max(0, size.height() - areas.plot.y()));
    return areas;
}

int queueBarY(const TimelineAreas &areas, size_t bar)
{
    const int used = shownQueueBars * queueBarPitch - (queueBarPitch - queueBarHeight);
    return areas.queue.y() + (areas.queue.height() - used) / 2
        + static_cast<int>(bar) * queueBarPitch;
}

int laneY(const TimelineFrame &frame, const LanePlace &place)
{
    return frame.areas.lanes.y() + place.y - (place.isPinned ? 0 : frame.scroll);
}

int laneClipTop(const TimelineFrame &frame, const LanePlace &place)
{
    return frame.areas.lanes.y() + (place.isPinned ? 0 : frame.pinnedHeight);
}

QRect groupRect(const TimelineFrame &frame, const GroupPlace &group)
{
    const QRect &lanes = frame.areas.lanes;
    return QRect(0, lanes.y() + group.y - frame.scroll, lanes.right() + 1, group.height);
}

static int deviceColumn(const TimeAxis &axis, qint64 time, int width)
{
    return static_cast<int>(std::clamp(axis.xOf(time), 0.0, static_cast<double>(width)));
}

static bool isInView(const TimeAxis &axis, qint64 from, qint64 to, int width)
{
    return axis.xOf(to) >= 0 && axis.xOf(from) < width;
}

static OpenBox openBox(const TimeAxis &axis, int width, size_t index, qint64 from, qint64 now)
{
    OpenBox box;
    box.index = index;
    box.left = deviceColumn(axis, from, width);
    box.right = std::min(
        width,
        std::max(deviceColumn(axis, now, width), box.left + static_cast<int>(minimumBoxWidth)));
    box.left = std::min(box.left, box.right - static_cast<int>(minimumBoxWidth));
    box.isEndVisible = axis.xOf(now) <= width;
    return box;
}

/// The next row of the frame, with what is known from the former frame if it was there.
static RowFrame &nextRow(TimelineFrame &frame, quint32 lane, int index)
{
    const auto here = frame.rows.begin() + static_cast<qsizetype>(frame.rowCount);
    const auto isWanted = [&](const RowFrame &row) { return row.lane == lane && row.row == index; };
    auto known = std::find_if(here, frame.rows.end(), isWanted);
    if (known == frame.rows.end())
        known = frame.rows.emplace(frame.rows.end());
    std::swap(frame.rows[frame.rowCount], *known);
    RowFrame &row = frame.rows[frame.rowCount++];
    row.lane = lane;
    row.row = index;
    row.open.clear();
    return row;
}

static void layoutLane(const FrameInput &input, const LanePlace &place, TimelineFrame &frame)
{
    const TimeAxis axis = input.axis.scaled(input.ratio);
    const int width = static_cast<int>(std::ceil(frame.areas.plot.width() * input.ratio));
    const int scroll = place.isPinned ? 0 : input.scroll;
    const int top = frame.areas.lanes.y() - scroll;
    const int firstInView = (scroll - place.firstRow - place.bar) / place.pitch;
    const int lastInView = (scroll + frame.areas.lanes.height() - place.firstRow) / place.pitch;
    const int end = std::min(place.rows, lastInView + 1);
    for (int index = std::max(0, firstInView); index < end; ++index) {
        RowFrame &row = nextRow(frame, place.lane, index);
        row.y = top + place.rowY(index);
        row.height = place.bar;
        row.clipTop = laneClipTop(frame, place);
        row.cache.update(input.tracks.row(place.lane, index), axis, width, row.layout);
    }
}

static void layoutOpen(const FrameInput &input, TimelineFrame &frame)
{
    const TimeAxis axis = input.axis.scaled(input.ratio);
    const int width = static_cast<int>(std::ceil(frame.areas.plot.width() * input.ratio));
    // Rows are sorted by the order of their lanes on the screen; this finds them by lane and row.
    std::unordered_map<quint64, RowFrame *> byPlace;
    const auto key = [](quint32 lane, int row) { return quint64(lane) << 32 | quint32(row); };
    for (size_t i = 0; i < frame.rowCount; ++i)
        byPlace[key(frame.rows[i].lane, frame.rows[i].row)] = &frame.rows[i];
    const std::vector<OpenSpan> &open = input.tracks.open();
    for (size_t i = 0; i < open.size(); ++i) {
        const auto row = byPlace.find(key(open[i].lane, open[i].row));
        if (row == byPlace.end() || !isInView(axis, open[i].task.started, input.now, width))
            continue;
        row->second->open.push_back(openBox(axis, width, i, open[i].task.started, input.now));
    }
    frame.queued.clear();
    const std::vector<OpenSpan> &queued = input.tracks.queued();
    for (size_t i = 0; i < queued.size() && i < shownQueueBars; ++i) {
        if (isInView(axis, queued[i].task.queued, input.now, width))
            frame.queued.push_back(openBox(axis, width, i, queued[i].task.queued, input.now));
    }
}

/// \a at says where, but for what happened.
static void layoutMarks(const FrameInput &input, const LaneMarkBox &at, TimelineFrame &frame)
{
    const std::vector<LaneEvent> &events = input.model.laneEvents(at.lane);
    for (const LaneMark &mark : laneMarks(events, input.axis, frame.areas.plot.width()))
        frame.laneMarks.push_back({at.lane, at.y, at.height, at.clipTop, mark});
}

/// Folded groups; what is known from the former frame is kept.
static void layoutGroups(const FrameInput &input, TimelineFrame &frame)
{
    const int width = static_cast<int>(std::ceil(frame.areas.plot.width() * input.ratio));
    const int clipTop = frame.areas.lanes.y() + frame.pinnedHeight;
    const std::vector<GroupPlace> &places = input.lanes.groups();
    std::vector<GroupFrame> former = std::exchange(frame.groups, {});
    for (size_t index = 0; index < places.size(); ++index) {
        const GroupPlace &place = places[index];
        const QRect rect = groupRect(frame, place);
        if (!place.isFolded || rect.top() > frame.areas.lanes.bottom() || rect.bottom() < clipTop)
            continue;
        const auto known = std::ranges::find(former, place.group, &GroupFrame::group);
        GroupFrame group = known != former.end() ? std::move(*known) : GroupFrame{};
        group.group = place.group;
        group.index = index;
        group.y = frame.areas.lanes.y() + place.barY - frame.scroll;
        group.height = place.bar;
        group.clipTop = clipTop;
        group.columns.update(input.tracks, place.lanes, input.axis.scaled(input.ratio), width,
                             input.now);
        for (const quint32 lane : place.lanes)
            layoutMarks(input, {lane, rect.y(), place.height, clipTop, {}}, frame);
        frame.groups.push_back(std::move(group));
    }
}

static void layoutLoads(const FrameInput &input, TimelineFrame &frame)
{
    const auto width = static_cast<int>(std::ceil(frame.areas.plot.width() * input.ratio));
    layoutLoad(input.tracks, input.axis.scaled(input.ratio), width, input.now, frame.load);
    layoutMinimap(input.tracks, input.axis, frame.areas.minimap.width(), input.ratio, input.now,
                  frame.minimap);
    frame.workers = 0;
    for (quint32 lane = 0; lane < quint32(input.model.laneCount()); ++lane) {
        const LaneEntry &entry = input.model.lane(lane);
        frame.workers += entry.hasWorker() && entry.kind != LaneKind::Loop ? 1 : 0;
    }
}

void layoutFrame(const FrameInput &input, TimelineFrame &frame)
{
    frame.areas = timelineAreas(input.size, input.scale);
    frame.ratio = input.ratio;
    frame.scale = input.scale;
    frame.axis = input.axis;
    frame.now = input.now;
    frame.scroll = input.scroll;
    frame.pinnedHeight = input.lanes.pinnedHeight();
    frame.times = input.times;
    frame.filled = frame.areas.plot;
    frame.filled.setBottom(std::min(
        frame.filled.bottom(), frame.areas.lanes.y() + input.lanes.contentHeight() - input.scroll));
    constexpr size_t spareRows = 64; // of what was in view lately; not of 10,000 lanes
    if (frame.rows.size() > 2 * frame.rowCount + spareRows)
        frame.rows.resize(2 * frame.rowCount + spareRows);
    frame.rowCount = 0;
    frame.laneMarks.clear();
    for (const LanePlace &place : input.lanes.places()) {
        const int y = laneY(frame, place);
        if (y > frame.areas.lanes.bottom() || y + place.height <= laneClipTop(frame, place))
            continue;
        layoutLane(input, place, frame);
        layoutMarks(input, {place.lane, y, place.height, laneClipTop(frame, place), {}}, frame);
    }
    layoutGroups(input, frame);
    layoutOpen(input, frame);
    layoutLoads(input, frame);

    const int labelDistance = input.scale.of(96);
    const int width = frame.areas.plot.width();
    frame.emissions = input.tracks.emissions().marks(input.axis, width);
    frame.tickStep = tickStep(input.axis.nsPerPixel, labelDistance);
    frame.ticks.clear();
    if (input.tracks.firstTime() > 0)
        frame.ticks = rulerTicks(input.axis, width, frame.tickStep, input.rulerOrigin);
}

} // namespace Fanfare
