// SPDX-License-Identifier: MIT
// What a command means to a TimelineScene.
#include "desktop/timeline/timelinescene.h"

#include <algorithm>
#include <cmath>

namespace Fanfare {

static constexpr double zoomStep = 1.2; // of a key or a notch of the wheel

bool TimelineScene::run(TimelineCommand command, const CommandPlace &place)
{
    if (command == TimelineCommand::CollapseIdle) {
        toggleIdle(place.x);
        return true;
    }
    if (command == TimelineCommand::SelectLane)
        return selectLaneAt(place);
    return runMove(command, place.x) || runView(command) || runColors(command) || runFilter(command)
        || runEdit(command, place) || step(command);
}

bool TimelineScene::runMove(TimelineCommand command, std::optional<double> x)
{
    const double width = m_viewport.width();
    const int page = areas().lanes.height() * 4 / 5;
    switch (command) {
    case TimelineCommand::ZoomIn:
        zoom(zoomStep, x);
        return true;
    case TimelineCommand::ZoomOut:
        zoom(1 / zoomStep, x);
        return true;
    case TimelineCommand::PanEarlier:
        pan(-0.1 * width);
        return true;
    case TimelineCommand::PanLater:
        pan(0.1 * width);
        return true;
    case TimelineCommand::PageEarlier:
        pan(-0.5 * width);
        return true;
    case TimelineCommand::PageLater:
        pan(0.5 * width);
        return true;
    case TimelineCommand::PageUp:
        scroll(-page);
        return true;
    case TimelineCommand::PageDown:
        scroll(page);
        return true;
    default:
        return false;
    }
}

bool TimelineScene::runView(TimelineCommand command)
{
    switch (command) {
    case TimelineCommand::FitAll:
        fitAll();
        return true;
    case TimelineCommand::FitSelection:
        fitSelection();
        return m_selected || m_area.area();
    case TimelineCommand::Follow:
        setFrozen(false);
        setFollowing(true);
        return true;
    case TimelineCommand::Freeze:
        setFrozen(!m_isFrozen);
        return true;
    case TimelineCommand::Clear:
        return clearSomething();
    case TimelineCommand::ViewBack:
        goTo(m_history.back(view()));
        return true;
    case TimelineCommand::ViewForward:
        goTo(m_history.forward(view()));
        return true;
    case TimelineCommand::MarkTask:
        if (m_selected)
            toggle(*m_selected);
        return true;
    case TimelineCommand::SelectArea:
        setArea(areaOfSelection());
        return true;
    case TimelineCommand::CycleTimes:
        setTimes(static_cast<RulerTimes>((static_cast<int>(m_times) + 1) % 4));
        return true;
    case TimelineCommand::CycleFlow:
        m_flow = static_cast<FlowDepth>((static_cast<int>(m_flow) + 1) % 3);
        return true;
    default:
        return false;
    }
}

void TimelineScene::setColoring(SpanColoring coloring)
{
    m_coloring = coloring;
    if (coloring != SpanColoring::Wait && coloring != SpanColoring::Duration)
        m_plainColoring = coloring;
}

bool TimelineScene::runColors(TimelineCommand command)
{
    if (command >= TimelineCommand::ColorByHandler && command <= TimelineCommand::ColorByWorker) {
        setColoring(static_cast<SpanColoring>(static_cast<int>(command)
                                              - static_cast<int>(TimelineCommand::ColorByHandler)));
        return true;
    }
    if (command != TimelineCommand::CycleHeat)
        return false;
    setColoring(m_coloring == SpanColoring::Wait           ? SpanColoring::Duration
                    : m_coloring == SpanColoring::Duration ? m_plainColoring
                                                           : SpanColoring::Wait);
    return true;
}

bool TimelineScene::runFilter(TimelineCommand command)
{
    switch (command) {
    case TimelineCommand::ExcludeHandler:
        filterByHandler(true);
        return true;
    case TimelineCommand::OnlyHandler:
        filterByHandler(false);
        return true;
    case TimelineCommand::ClearFilter:
        return clearFilters();
    default:
        return false;
    }
}

void TimelineScene::select(std::optional<TaskId> task)
{
    m_selected = task;
    m_marked.clear();
    m_selectedLane.reset();
}

void TimelineScene::selectLane(std::optional<quint32> lane)
{
    select(std::nullopt);
    m_selectedLane = lane;
}

/// The lane at \a place, that of the selected task, or the first one in view.
bool TimelineScene::selectLaneAt(const CommandPlace &place)
{
    std::optional<quint32> lane = laneOf(place);
    if (!lane) {
        const LanePlace *top = m_lanes.placeInView(m_lanes.pinnedHeight(), m_scroll);
        const std::vector<LanePlace> &places = m_lanes.places();
        if (top || !places.empty())
            lane = top ? top->lane : places.front().lane;
    }
    if (lane)
        selectLane(lane);
    return lane.has_value();
}

/// From the selected lane to the one above or below.
bool TimelineScene::stepLane(TimelineCommand command)
{
    const bool isDown = command == TimelineCommand::RowDown || command == TimelineCommand::NextLane;
    const bool isUp = command == TimelineCommand::RowUp || command == TimelineCommand::PreviousLane;
    const std::vector<LanePlace> &places = m_lanes.places();
    const auto here = std::ranges::find(places, m_selectedLane, &LanePlace::lane);
    if (!(isDown || isUp) || here == places.end()
        || (isDown ? here + 1 == places.end() : here == places.begin()))
        return false;
    const quint32 lane = (here + (isDown ? 1 : -1))->lane;
    selectLane(lane);
    scrollTo({.lane = lane});
    scroll(0); // within the lanes there are
    return true;
}

/// What was selected before stays so. Without the task the one marked before it is the selected
/// one.
void TimelineScene::toggle(TaskId task)
{
    m_selectedLane.reset();
    if (m_selected && *m_selected != task
        && std::ranges::find(m_marked, *m_selected) == m_marked.end())
        m_marked.push_back(*m_selected);
    const bool wasMarked = std::erase(m_marked, task) > 0;
    if (!wasMarked) {
        m_marked.push_back(task);
        m_selected = task;
    } else if (m_selected == task) {
        m_selected = m_marked.empty() ? std::nullopt : std::optional(m_marked.back());
    }
}

std::vector<TaskId> TimelineScene::allSelected() const
{
    std::vector<TaskId> all = m_marked;
    if (m_selected && std::ranges::find(all, *m_selected) == all.end())
        all.push_back(*m_selected);
    return all;
}

/// From inside to outside, one a time.
bool TimelineScene::clearSomething()
{
    if (m_selected || !m_marked.empty() || m_selectedLane)
        select(std::nullopt);
    else if (m_area.area())
        setArea(std::nullopt);
    else if (!m_markers.empty())
        m_markers.clear();
    else
        return clearFilters() || resume();
    return true;
}

/// Goes on with a run that is live. Returns whether it was paused.
bool TimelineScene::resume()
{
    if (m_isEnded || m_tracks.isEmpty() || (isFollowing() && !m_isFrozen))
        return false;
    setFrozen(false);
    setFollowing(true);
    return true;
}

void TimelineScene::fitSelection()
{
    const auto place = m_selected ? taskPlace(m_tracks, m_model, *m_selected, m_now) : std::nullopt;
    if (place) {
        centerOrFit(place->started, place->finished);
        scrollTo(*place);
        scroll(0); // within the lanes there are
    } else if (const std::optional<TimelineArea> &area = m_area.area()) {
        centerOrFit(area->from, area->to);
    }
}

/// Centers what fits into the view; fills the view with what is centered already, or does not fit.
void TimelineScene::centerOrFit(qint64 from, qint64 to)
{
    const TimeAxis axis = m_viewport.axis();
    const qint64 middle = from + (to - from) / 2;
    const double pixels = std::abs(axis.xOf(middle) - m_viewport.width() / 2.0);
    constexpr qint64 shortest = 2'000; // ns; a task that never started has no length of its own
    const qint64 lacking = std::max<qint64>(0, shortest - (to - from)) / 2;
    if (pixels < 1.5 || axis.xOf(to) - axis.xOf(from) > m_viewport.width())
        fit(from - lacking, to + lacking);
    else
        center(middle);
}

/// To the neighbor by start among the finished tasks of the emission.
bool TimelineScene::stepInFlow(Direction direction)
{
    if (!m_selected)
        return false;
    std::vector<std::pair<qint64, TaskId>> tasks;
    for (const TaskId &task : m_model.tasksOf(m_selected->emission)) {
        if (const auto place = taskPlace(m_tracks, m_model, task, m_now))
            tasks.emplace_back(place->started, task);
    }
    std::ranges::stable_sort(tasks, {}, &std::pair<qint64, TaskId>::first);
    const auto here = std::ranges::find(tasks, *m_selected, &std::pair<qint64, TaskId>::second);
    const bool isForward = direction == Direction::Forward;
    if (here == tasks.end() || (isForward ? here + 1 == tasks.end() : here == tasks.begin()))
        return false;
    m_selected = (here + (isForward ? 1 : -1))->second;
    reveal(*m_selected);
    return true;
}

std::optional<TimelineArea> TimelineScene::areaOfSelection() const
{
    const auto place = m_selected ? taskPlace(m_tracks, m_model, *m_selected, m_now) : std::nullopt;
    if (m_selectedLane)
        return TimelineArea{m_viewport.begin(), m_viewport.end(), {*m_selectedLane}};
    if (!place)
        return m_area.area();
    return TimelineArea{place->started, place->finished, {place->lane}};
}

qint64 TimelineScene::middleTime() const
{
    return m_viewport.axis().timeAt(m_viewport.width() / 2.0);
}

std::optional<SpanPlace> TimelineScene::stepFrom(const SpanPlace &place,
                                                 TimelineCommand command) const
{
    const TimelineNavigator navigator(m_tracks, m_lanes);
    switch (command) {
    case TimelineCommand::NextSpan:
        return navigator.neighbor(place, Direction::Forward);
    case TimelineCommand::PreviousSpan:
        return navigator.neighbor(place, Direction::Backward);
    case TimelineCommand::RowDown:
        return navigator.rowNeighbor(place, Direction::Forward);
    case TimelineCommand::RowUp:
        return navigator.rowNeighbor(place, Direction::Backward);
    case TimelineCommand::NextLane:
        return navigator.laneNeighbor(place, Direction::Forward);
    case TimelineCommand::PreviousLane:
        return navigator.laneNeighbor(place, Direction::Backward);
    case TimelineCommand::NextFailure:
        return navigator.failure(place, Direction::Forward);
    case TimelineCommand::PreviousFailure:
        return navigator.failure(place, Direction::Backward);
    default:
        return std::nullopt;
    }
}

std::optional<SpanPlace> TimelineScene::firstStep(TimelineCommand command) const
{
    const TimelineNavigator navigator(m_tracks, m_lanes);
    switch (command) {
    case TimelineCommand::NextSpan:
    case TimelineCommand::PreviousSpan:
        return navigator.nearest(middleTime());
    case TimelineCommand::NextFailure:
        return navigator.failure(m_viewport.begin(), Direction::Forward);
    case TimelineCommand::PreviousFailure:
        return navigator.failure(m_viewport.end(), Direction::Backward);
    default:
        return std::nullopt;
    }
}

bool TimelineScene::step(TimelineCommand command)
{
    if (m_selectedLane && stepLane(command))
        return true;
    const auto from = m_selected ? m_tracks.placeOf(m_model, *m_selected) : std::nullopt;
    if (!from && !m_selectedLane
        && (command == TimelineCommand::RowUp || command == TimelineCommand::RowDown)) {
        const int line = m_scale.of(32);
        scroll(command == TimelineCommand::RowDown ? line : -line);
        return true;
    }
    if (command == TimelineCommand::NextInFlow || command == TimelineCommand::PreviousInFlow)
        return stepInFlow(command == TimelineCommand::NextInFlow ? Direction::Forward
                                                                 : Direction::Backward);
    const std::optional<SpanPlace> to = from ? stepFrom(*from, command) : firstStep(command);
    if (!to)
        return false;
    m_selectedLane.reset();
    m_selected = m_tracks.taskAt(*to);
    reveal(*m_selected);
    return true;
}

} // namespace Fanfare
