// SPDX-License-Identifier: MIT
#include "desktop/timeline/timelinescene.h"

#include <fanfare/base/clock.h>

#include <algorithm>
#include <cmath>

namespace Fanfare {

static constexpr double zoomStep = 1.2; // of a key or a notch of the wheel

TimelineScene::TimelineScene(RunModel &model)
    : m_model(model)
{
    takeChanges();
}

template <typename Change>
void TimelineScene::changeView(Change change)
{
    const bool wasFollowing = isFollowing();
    change();
    if (wasFollowing && !isFollowing())
        m_spansAtPause = m_model.spanCount();
    limitScroll();
    m_isFrameValid = false;
}

void TimelineScene::takeChanges()
{
    if (m_model.spanCount() < m_tracks.spanCount())
        clear();
    if (m_model.live().time > 0)
        m_clock.observe(m_model.live().time, MonotonicClock::now());
    if (!m_isFrozen)
        sync();
}

void TimelineScene::clear()
{
    m_tracks.clear();
    m_frame = TimelineFrame(); // it knows rows that are gone
    m_clock.clear();
    m_selected.reset();
    m_isFrozen = false;
    m_now = 0;
    m_spansAtPause = 0;
}

void TimelineScene::sync()
{
    const size_t before = m_tracks.spanCount();
    m_tracks.sync(m_model);
    if (m_tracks.isLive() || m_tracks.spanCount() != before)
        m_now = std::max(m_now, m_clock.now(MonotonicClock::now()));
    m_now = std::max(m_now, m_tracks.lastTime());
    changeView([this] {
        m_viewport.setBounds(m_tracks.firstTime(), m_now);
        layoutLanes();
    });
}

bool TimelineScene::advance()
{
    if (m_isFrozen || !m_tracks.isLive())
        return false;
    m_now = std::max(m_now, m_clock.now(MonotonicClock::now()));
    changeView([this] { m_viewport.setBounds(m_tracks.firstTime(), m_now); });
    return true;
}

void TimelineScene::resize(const QSize &size, double ratio)
{
    if (size == m_size && qFuzzyCompare(ratio, m_ratio))
        return;
    m_size = size;
    m_ratio = ratio;
    changeView([this] {
        m_viewport.setWidth(timelineAreas(m_size).plot.width());
        layoutLanes();
    });
}

void TimelineScene::layoutLanes()
{
    m_lanes.update(m_model, m_tracks, timelineAreas(m_size).lanes.height());
}

bool TimelineScene::run(TimelineCommand command, std::optional<double> x)
{
    const double width = m_viewport.width();
    switch (command) {
    case TimelineCommand::None:
        return false;
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
        scroll(-timelineAreas(m_size).lanes.height() * 4 / 5);
        return true;
    case TimelineCommand::PageDown:
        scroll(timelineAreas(m_size).lanes.height() * 4 / 5);
        return true;
    case TimelineCommand::FitAll:
        fitAll();
        return true;
    case TimelineCommand::FitSelection:
        if (m_selected)
            fitTask(*m_selected);
        return m_selected.has_value();
    case TimelineCommand::Follow:
        setFrozen(false);
        setFollowing(true);
        return true;
    case TimelineCommand::Freeze:
        setFrozen(!m_isFrozen);
        return true;
    case TimelineCommand::Clear: {
        const bool hadSelection = m_selected.has_value();
        m_selected.reset();
        return hadSelection;
    }
    default:
        return step(command);
    }
}

void TimelineScene::move(const HeldMotion::Step &step, std::optional<double> x)
{
    if (step.zoom != 1)
        zoom(step.zoom, x);
    if (step.pan != 0)
        pan(step.pan * m_viewport.width());
}

void TimelineScene::zoom(double factor, std::optional<double> x)
{
    changeView([&] { m_viewport.zoom(factor, x.value_or(m_viewport.width() / 2.0)); });
}

void TimelineScene::pan(double pixels)
{
    if (!m_tracks.isEmpty()) // nothing to look away from
        changeView([&] { m_viewport.pan(pixels); });
}

void TimelineScene::scroll(int pixels)
{
    changeView([&] { m_scroll += pixels; });
}

void TimelineScene::fitAll()
{
    if (!m_tracks.isEmpty())
        changeView([this] { m_viewport.fit(m_tracks.firstTime(), m_now); });
}

void TimelineScene::setFollowing(bool following)
{
    changeView([&] { m_viewport.setFollowing(following); });
}

void TimelineScene::setFrozen(bool frozen)
{
    m_isFrozen = frozen;
    if (!frozen)
        takeChanges();
}

void TimelineScene::reveal(TaskId task)
{
    const auto place = taskPlace(m_tracks, m_model, task, m_now);
    if (!place)
        return;
    changeView([&] {
        m_viewport.reveal(place->started, place->finished);
        scrollTo(*place);
    });
}

void TimelineScene::fitTask(TaskId task)
{
    const auto place = taskPlace(m_tracks, m_model, task, m_now);
    if (!place)
        return;
    constexpr qint64 shortest = 2'000; // a task that never started has no length of its own
    const qint64 lacking = std::max<qint64>(0, shortest - (place->finished - place->started));
    changeView([&] {
        m_viewport.fit(place->started - lacking / 2, place->finished + lacking / 2);
        scrollTo(*place);
    });
}

void TimelineScene::scrollTo(const TaskPlace &place)
{
    const LanePlace *lane = m_lanes.placeOf(place.lane);
    if (!lane)
        return;
    const int top = lane->rowY(place.row) - lane->pitch;
    const int bottom = lane->rowY(place.row) + 2 * lane->pitch;
    const int height = timelineAreas(m_size).lanes.height();
    m_scroll = std::clamp(m_scroll, bottom - height, std::max(bottom - height, top));
}

void TimelineScene::limitScroll()
{
    const int most = m_lanes.contentHeight() - timelineAreas(m_size).lanes.height();
    m_scroll = std::clamp(m_scroll, 0, std::max(0, most));
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
    const auto from = m_selected ? m_tracks.placeOf(m_model, *m_selected) : std::nullopt;
    if (!from && (command == TimelineCommand::RowUp || command == TimelineCommand::RowDown)) {
        constexpr int line = 32;
        scroll(command == TimelineCommand::RowDown ? line : -line);
        return true;
    }
    const std::optional<SpanPlace> to = from ? stepFrom(*from, command) : firstStep(command);
    if (!to)
        return false;
    m_selected = m_tracks.taskAt(*to);
    reveal(*m_selected);
    return true;
}

const TimelineFrame &TimelineScene::frame()
{
    if (!m_isFrameValid) {
        // On whole pixels of a grid, so that moving the view needs only what comes into it.
        const TimeAxis axis = m_viewport.axis().snapped(m_tracks.firstTime(), m_ratio);
        const FrameInput input{m_model, m_tracks, m_lanes, m_size, m_ratio, axis, m_now, m_scroll};
        layoutFrame(input, m_frame);
        m_isFrameValid = true;
    }
    return m_frame;
}

TimelineHit TimelineScene::hit(QPointF point)
{
    return hitTest(frame(), m_tracks, point);
}

quint64 TimelineScene::newSpans() const
{
    const size_t known = m_isFrozen ? m_tracks.spanCount() : m_spansAtPause;
    return m_model.spanCount() > known ? m_model.spanCount() - known : 0;
}

} // namespace Fanfare
