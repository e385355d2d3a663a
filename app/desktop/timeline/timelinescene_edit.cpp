// SPDX-License-Identifier: MIT
// What the user makes of a view: notes, bookmarks, lanes, and how to undo it.
#include "desktop/timeline/timelinescene.h"

#include <QDateTime>

#include <algorithm>

namespace Fanfare {

TimelineEdits TimelineScene::edits() const
{
    return {m_arrangement, m_notes, m_filter.text()};
}

template <typename Change>
void TimelineScene::edit(EditHistory::Kind kind, Change change)
{
    const TimelineEdits before = edits();
    change();
    if (edits() == before)
        return;
    m_edits.remember(before, kind);
    m_filter.setLanes(m_arrangement.filters(), m_model);
    layoutLanes();
    limitScroll();
    m_isFrameValid = false;
}

bool TimelineScene::restore(const std::optional<TimelineEdits> &state)
{
    if (!state)
        return false;
    m_arrangement = state->lanes;
    m_notes = state->notes;
    if (state->filter != m_filter.text())
        m_filter.setText(state->filter, m_model);
    m_filter.setLanes(m_arrangement.filters(), m_model);
    layoutLanes();
    limitScroll();
    m_isFrameValid = false;
    return true;
}

void TimelineScene::restore(const SavedEdits &saved)
{
    restore(std::optional(saved.edits));
    m_bookmarks = saved.bookmarks;
    m_edits.clear();
}

void TimelineScene::setFilter(const QString &text)
{
    edit(EditHistory::Kind::Filter, [&] { m_filter.setText(text, m_model); });
}

Result<void> TimelineScene::setLaneFilter(quint32 lane, const QString &text)
{
    const QString trimmed = text.trimmed();
    if (const Result<SpanFilter> filter = SpanFilter::parse(trimmed); !filter)
        return filter.error();
    edit(EditHistory::Kind::Single, [&] { m_arrangement.setFilter(lane, trimmed); });
    return {};
}

/// That of the timeline and those of lanes. Returns whether there were any.
bool TimelineScene::clearFilters()
{
    const TimelineEdits before = edits();
    edit(EditHistory::Kind::Single, [this] {
        m_filter.setText(QString(), m_model);
        m_arrangement.clearFilters();
    });
    return edits() != before;
}

TimelineNote TimelineScene::notePlace(bool isRange, std::optional<double> x) const
{
    if (isRange && m_area.area())
        return {m_area.area()->from, m_area.area()->to, {}};
    if (isRange && m_markers.size() == 2)
        return {m_markers[0], m_markers[1], {}};
    const auto task =
        m_selected ? taskPlace(m_tracks, m_model, *m_selected, m_now) : std::optional<TaskPlace>();
    // value_or(), since g++ 12 at -O2 takes a check of this optional for none.
    const TaskPlace place = task.value_or(TaskPlace{});
    if (isRange && task)
        return {place.started, place.finished, {}};
    const qint64 time = x ? m_viewport.axis().timeAt(*x) : task ? place.started : middleTime();
    return {time, time, {}};
}

void TimelineScene::addNote(const TimelineNote &note)
{
    edit(EditHistory::Kind::Single, [&] { m_notes.add(note); });
}

std::optional<size_t> TimelineScene::noteNear(std::optional<double> x) const
{
    constexpr double reach = 8; // pixels
    return m_notes.nearest(notePlace(false, x).from,
                           static_cast<qint64>(reach * m_viewport.axis().nsPerPixel));
}

bool TimelineScene::removeNote(std::optional<double> x)
{
    const std::optional<size_t> note = noteNear(x);
    if (note)
        edit(EditHistory::Kind::Single, [&] { m_notes.remove(*note); });
    return note.has_value();
}

void TimelineScene::setBookmark(int digit)
{
    m_bookmarks[size_t(digit)] = view();
}

bool TimelineScene::goToBookmark(int digit)
{
    const std::optional<ViewHistory::View> &mark = m_bookmarks[size_t(digit)];
    if (mark)
        m_history.leave(view(), ViewHistory::Move::Jump, 0);
    goTo(mark);
    return mark.has_value();
}

std::optional<quint32> TimelineScene::laneOfSelection() const
{
    if (m_selectedLane)
        return m_selectedLane;
    const auto task = m_selected ? taskPlace(m_tracks, m_model, *m_selected, m_now) : std::nullopt;
    return task ? std::optional(task->lane) : std::nullopt;
}

std::optional<quint32> TimelineScene::laneOf(const CommandPlace &place) const
{
    return place.lane ? place.lane : laneOfSelection();
}

void TimelineScene::moveLane(quint32 lane, quint32 target)
{
    edit(EditHistory::Kind::LaneDrag, [&] { m_arrangement.move(lane, target, m_lanes.order()); });
}

void TimelineScene::toggleInArea(quint32 lane)
{
    if (!m_area.area())
        return;
    TimelineArea area = *m_area.area();
    if (std::erase(area.lanes, lane) == 0)
        area.lanes.push_back(lane);
    setArea(area);
}

/// Sorts by what \a value says of a lane, the greatest first.
template <typename Value>
void TimelineScene::sortLanes(Value value)
{
    std::vector<std::pair<qint64, quint32>> keyed;
    for (const quint32 lane : m_lanes.order())
        keyed.emplace_back(value(lane), lane);
    std::ranges::stable_sort(keyed, std::greater(), &std::pair<qint64, quint32>::first);
    std::vector<quint32> sequence;
    for (const auto &entry : keyed)
        sequence.push_back(entry.second);
    m_arrangement.setSequence(sequence);
}

static qint64 busyOf(const TimelineTracks &tracks, quint32 lane)
{
    qint64 busy = 0;
    for (size_t row = 0; lane < tracks.lanes().size() && row < tracks.lanes()[lane].rows.size();
         ++row)
        busy += tracks.row(lane, int(row)).busyBetween(tracks.firstTime(), tracks.lastTime());
    return busy;
}

static qint64 failuresOf(const TimelineTracks &tracks, quint32 lane)
{
    qint64 failures = 0;
    for (size_t row = 0; lane < tracks.lanes().size() && row < tracks.lanes()[lane].rows.size();
         ++row)
        failures += tracks.row(lane, int(row)).failuresAmong(tracks.row(lane, int(row)).size());
    return failures;
}

static qint64 firstStartOf(const TimelineTracks &tracks, quint32 lane)
{
    qint64 first = std::numeric_limits<qint64>::max();
    for (size_t row = 0; lane < tracks.lanes().size() && row < tracks.lanes()[lane].rows.size();
         ++row) {
        const SpanRow &spans = tracks.row(lane, int(row));
        if (!spans.isEmpty())
            first = std::min(first, spans.started(spans.first()));
    }
    return first;
}

void TimelineScene::arrangeLane(TimelineCommand command, quint32 lane)
{
    switch (command) {
    case TimelineCommand::PinLane:
        m_arrangement.setPinned(lane, !m_arrangement.isPinned(lane));
        break;
    case TimelineCommand::HideLane:
        m_arrangement.setHidden(lane, true);
        break;
    case TimelineCommand::CycleLaneHeight:
        m_arrangement.setHeight(
            lane, static_cast<LaneHeight>((static_cast<int>(m_arrangement.height(lane)) + 1) % 3));
        break;
    default:
        break;
    }
}

void TimelineScene::arrangeLanes(TimelineCommand command)
{
    switch (command) {
    case TimelineCommand::ShowAllLanes:
        m_arrangement.showAll();
        break;
    case TimelineCommand::SortByName:
        m_arrangement.setSequence({});
        break;
    case TimelineCommand::SortByBusy:
        sortLanes([this](quint32 lane) { return busyOf(m_tracks, lane); });
        break;
    case TimelineCommand::SortByFailures:
        sortLanes([this](quint32 lane) { return failuresOf(m_tracks, lane); });
        break;
    case TimelineCommand::SortByFirstActivity:
        sortLanes([this](quint32 lane) { return -firstStartOf(m_tracks, lane); });
        break;
    default:
        break;
    }
}

/// The group at \a place, or that of the lane there, of the selection.
bool TimelineScene::foldGroup(const CommandPlace &place)
{
    const std::optional<quint32> lane = laneOf(place);
    std::optional<LaneGroup> group = place.group;
    if (!group && lane)
        group = laneGroup(m_model.lane(*lane));
    if (!group)
        return foldAllGroups();
    edit(EditHistory::Kind::Single,
         [&] { m_arrangement.setFolded(*group, !m_arrangement.isFolded(*group)); });
    return true;
}

/// Or unfolds them when all are.
bool TimelineScene::foldAllGroups()
{
    std::set<LaneGroup> groups;
    for (const quint32 lane : m_lanes.order()) {
        if (const std::optional<LaneGroup> group = laneGroup(m_model.lane(lane)))
            groups.insert(*group);
    }
    const bool isAny = std::ranges::any_of(
        groups, [this](const LaneGroup &group) { return !m_arrangement.isFolded(group); });
    edit(EditHistory::Kind::Single, [&] {
        for (const LaneGroup &group : groups)
            m_arrangement.setFolded(group, isAny);
    });
    return !groups.empty();
}

bool TimelineScene::runEdit(TimelineCommand command, const CommandPlace &place)
{
    const std::optional<quint32> lane = laneOf(place);
    switch (command) {
    case TimelineCommand::Undo:
        return restore(m_edits.undo(edits()));
    case TimelineCommand::Redo:
        return restore(m_edits.redo(edits()));
    case TimelineCommand::RemoveNote:
        return removeNote(place.x);
    case TimelineCommand::FoldGroup:
        return foldGroup(place);
    case TimelineCommand::FoldAllGroups:
        return foldAllGroups();
    case TimelineCommand::PinLane:
    case TimelineCommand::HideLane:
    case TimelineCommand::CycleLaneHeight:
        if (lane)
            edit(EditHistory::Kind::Single, [&] { arrangeLane(command, *lane); });
        return lane.has_value();
    case TimelineCommand::ShowAllLanes:
    case TimelineCommand::SortByName:
    case TimelineCommand::SortByBusy:
    case TimelineCommand::SortByFailures:
    case TimelineCommand::SortByFirstActivity:
        edit(EditHistory::Kind::Single, [&] { arrangeLanes(command); });
        return true;
    default:
        return false;
    }
}

/// The moment from which the ruler counts.
qint64 TimelineScene::rulerOrigin() const
{
    switch (m_times) {
    case RulerTimes::Clock: {
        const qint64 wall = m_wallOffset + m_model.startTime(); // ns since 1970
        const QDateTime start = QDateTime::fromMSecsSinceEpoch(wall / 1'000'000);
        const qint64 midnight = start.date().startOfDay().toMSecsSinceEpoch() * 1'000'000;
        return midnight - m_wallOffset;
    }
    case RulerTimes::SinceMarker:
        return m_markers.empty() ? m_model.startTime() : m_markers.front();
    case RulerTimes::SinceEmission: {
        const auto place = m_selected ? m_tracks.placeOf(m_model, *m_selected) : std::nullopt;
        return place ? m_tracks.at(*place).queued : m_model.startTime();
    }
    case RulerTimes::SinceStart:
        break;
    }
    return m_model.startTime();
}

} // namespace Fanfare
