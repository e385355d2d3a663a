// SPDX-License-Identifier: MIT
#include "desktop/timeline/timelinescene.h"

#include <fanfare/base/clock.h>

#include <QDateTime>

#include <algorithm>
#include <cmath>

namespace Fanfare {

TimelineScene::TimelineScene(RunModel &model)
    : m_model(model)
    , m_wallOffset(QDateTime::currentMSecsSinceEpoch() * 1'000'000 - MonotonicClock::now())
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

template <typename Change>
void TimelineScene::moveView(ViewHistory::Move move, Change change)
{
    m_history.leave(view(), move, MonotonicClock::now());
    changeView(change);
}

ViewHistory::View TimelineScene::view() const
{
    return {m_viewport.begin(), m_viewport.length(), isFollowing()};
}

void TimelineScene::goTo(const std::optional<ViewHistory::View> &to)
{
    if (!to)
        return;
    changeView([&] {
        m_viewport.show(to->begin, to->length);
        m_viewport.setFollowing(to->isFollowing);
    });
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
    m_marked.clear();
    m_selectedLane.reset();
    m_area.set(std::nullopt, m_tracks);
    m_markers.clear();
    m_history.clear();
    m_filter.restart(m_model);
    m_notes = TimelineNotes();
    m_edits.clear();
    m_bookmarks = {};
    m_isFrozen = false;
    m_now = 0;
    m_spansAtPause = 0;
}

void TimelineScene::sync()
{
    const size_t before = m_tracks.spanCount();
    const qint64 time = MonotonicClock::now(); // "now" does not move by the work that follows
    m_tracks.sync(m_model);
    if (m_tracks.isLive() || m_tracks.spanCount() != before)
        m_now = std::max(m_now, m_clock.now(time));
    m_now = std::max(m_now, m_tracks.lastTime());
    changeView([this] {
        limitView();
        layoutLanes();
    });
}

bool TimelineScene::advance()
{
    if (m_isFrozen || !m_tracks.isLive())
        return false;
    m_now = std::max(m_now, m_clock.now(MonotonicClock::now()));
    changeView([this] { limitView(); });
    return true;
}

void TimelineScene::limitView()
{
    m_viewport.setBounds(std::min(m_tracks.firstTime(), m_reachFrom), std::max(m_now, m_reachTo));
}

void TimelineScene::setReach(qint64 from, qint64 to)
{
    m_reachFrom = from;
    m_reachTo = to;
    changeView([this] { limitView(); });
}

void TimelineScene::resize(const QSize &size, double ratio)
{
    if (size == m_size && qFuzzyCompare(ratio, m_ratio))
        return;
    m_size = size;
    m_ratio = ratio;
    layoutAreas();
}

void TimelineScene::setTextHeight(int pixels)
{
    const TextScale scale(pixels);
    if (scale == m_scale)
        return;
    m_scale = scale;
    layoutAreas();
}

void TimelineScene::layoutAreas()
{
    changeView([this] {
        m_viewport.setWidth(areas().plot.width());
        layoutLanes();
    });
}

void TimelineScene::layoutLanes()
{
    const TimelineAreas at = areas();
    m_lanes.update(m_model, m_tracks, at.lanes.height(), m_arrangement,
                   at.minimap.isEmpty() ? GroupHeaders::Hidden : GroupHeaders::Shown, m_scale);
}

void TimelineScene::setTimes(RulerTimes times)
{
    m_times = times;
    m_isFrameValid = false;
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
    moveView(ViewHistory::Move::Glide,
             [&] { m_viewport.zoom(factor, x.value_or(m_viewport.width() / 2.0)); });
}

void TimelineScene::pan(double pixels)
{
    if (!m_tracks.isEmpty()) // nothing to look away from
        moveView(ViewHistory::Move::Glide, [&] { m_viewport.pan(pixels); });
}

void TimelineScene::scroll(int pixels)
{
    changeView([&] { m_scroll += pixels; });
}

void TimelineScene::fitAll()
{
    if (!m_tracks.isEmpty())
        moveView(ViewHistory::Move::Jump, [this] { m_viewport.fit(m_tracks.firstTime(), m_now); });
}

void TimelineScene::zoomTo(qint64 from, qint64 to)
{
    if (to > from)
        moveView(ViewHistory::Move::Jump, [&] { m_viewport.showRange(from, to); });
}

void TimelineScene::glideTo(qint64 from, qint64 to)
{
    if (to > from)
        moveView(ViewHistory::Move::Glide, [&] { m_viewport.showRange(from, to); });
}

void TimelineScene::fit(qint64 from, qint64 to)
{
    moveView(ViewHistory::Move::Jump, [&] { m_viewport.fit(from, to); });
}

void TimelineScene::center(qint64 time)
{
    moveView(ViewHistory::Move::Jump, [&] { m_viewport.center(time); });
}

/// The time at \a x, or in the middle, stays where it is.
void TimelineScene::toggleIdle(std::optional<double> x)
{
    changeView([&] {
        m_viewport.setGaps(collapsesIdle() ? nullptr : &m_gaps,
                           x.value_or(m_viewport.width() / 2.0));
    });
}

void TimelineScene::setArea(std::optional<TimelineArea> area)
{
    m_area.set(std::move(area), m_tracks);
}

bool TimelineScene::count()
{
    constexpr qint64 budget = 4'000'000;
    if (m_filter.matches() && m_filter.matches()->advance(m_tracks, budget))
        return true;
    return m_area.advance(m_tracks, budget);
}

void TimelineScene::setMarkers(std::vector<qint64> times)
{
    std::sort(times.begin(), times.end());
    m_markers = std::move(times);
    m_isFrameValid = false; // the ruler may count from one
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
    moveView(ViewHistory::Move::Glide, [&] {
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
    moveView(ViewHistory::Move::Jump, [&] {
        m_viewport.fit(place->started - lacking / 2, place->finished + lacking / 2);
        scrollTo(*place);
    });
}

void TimelineScene::scrollTo(const TaskPlace &place)
{
    const LanePlace *lane = m_lanes.placeOf(place.lane);
    const GroupPlace *group = lane ? nullptr : m_lanes.foldedGroupOf(place.lane);
    if ((!lane && !group) || (lane && lane->isPinned))
        return;
    const int y = lane ? lane->rowY(place.row) : group->barY;
    const int pitch = lane ? lane->pitch : group->bar;
    const int top = y - pitch - m_lanes.pinnedHeight();
    const int bottom = y + 2 * pitch;
    const int height = areas().lanes.height();
    m_scroll = std::clamp(m_scroll, bottom - height, std::max(bottom - height, top));
}

void TimelineScene::limitScroll()
{
    const int most = m_lanes.contentHeight() - areas().lanes.height();
    m_scroll = std::clamp(m_scroll, 0, std::max(0, most));
}

const TimelineFrame &TimelineScene::frame()
{
    if (!m_isFrameValid) {
        // On whole pixels of a grid, so that moving the view needs only what comes into it.
        const TimeAxis axis = m_viewport.axis().snapped(m_tracks.firstTime(), m_ratio);
        const FrameInput input{m_model, m_tracks, m_lanes,       m_size,  m_ratio, axis,
                               m_now,   m_scroll, rulerOrigin(), m_times, m_scale};
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
