// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/timeline/flowlayout.h"
#include "desktop/timeline/liveclock.h"
#include "desktop/timeline/savededits.h"
#include "desktop/timeline/spancolors.h"
#include "desktop/timeline/timelinearea.h"
#include "desktop/timeline/timelinecommands.h"
#include "desktop/timeline/timelineedits.h"
#include "desktop/timeline/timelinefilter.h"
#include "desktop/timeline/timelinehits.h"
#include "desktop/timeline/timelinenavigator.h"
#include "desktop/timeline/timelineviewport.h"
#include "desktop/timeline/viewhistory.h"

#include <limits>

namespace Fanfare {

/// Where a command was given; what is missing is taken from the selection or the middle.
struct CommandPlace
{
    std::optional<double> x = std::nullopt; ///< pixels from the left edge of the plot
    std::optional<quint32> lane = std::nullopt;
    std::optional<LaneGroup> group = std::nullopt; ///< whose header or folded lane
};

/// What the timeline shows and how the user moves in it: the state behind TimelineWidget, without
/// a widget.
///
/// Threads: [gui].
class TimelineScene
{
public:
    explicit TimelineScene(RunModel &model);

    // What comes from outside.
    void takeChanges(); ///< after RunModel::changed()
    void resize(const QSize &size, double ratio);
    void setTextHeight(int pixels); ///< of a line of names

    /// Moves "now" on. Returns whether anything is running, so that the next frame will differ.
    bool advance();

    /// Goes on counting what is in the marked area, for a few milliseconds. Returns whether there
    /// was something to do.
    bool count();

    // What the user does. An x counts pixels from the left edge of the plot.
    /// Returns whether there was anything to do.
    bool run(TimelineCommand command, const CommandPlace &place = {});
    void move(const HeldMotion::Step &step, std::optional<double> x);
    void zoom(double factor, std::optional<double> x);
    void pan(double pixels);
    void scroll(int pixels);                      ///< down when above 0
    void select(std::optional<TaskId> task);      ///< this one alone
    void selectLane(std::optional<quint32> lane); ///< in place of tasks
    void toggle(TaskId task);                     ///< selects it beside the others, or not any more
    void reveal(TaskId task);
    void fitTask(TaskId task);
    void fitAll();
    void zoomTo(qint64 from, qint64 to);  ///< exactly this
    void glideTo(qint64 from, qint64 to); ///< likewise, as one of many steps
    void setFollowing(bool following);
    void setArea(std::optional<TimelineArea> area);

    /// Up to two moments in the ruler, in order of time, to measure between.
    void setMarkers(std::vector<qint64> times);

    void setFilter(const QString &text);
    Result<void> setLaneFilter(quint32 lane,
                               const QString &text); ///< error: as SpanFilter::parse()
    void setFilterHidesOthers(bool hides) { m_filter.setHidesOthers(hides); }
    bool stepMatch(Direction direction); ///< to the next task the filter asks for; false: none

    // What the user makes of it; all of it can be undone.
    TimelineNote notePlace(bool isRange, std::optional<double> x) const; ///< without a text
    void addNote(const TimelineNote &note);
    std::optional<size_t> noteNear(std::optional<double> x) const;
    void moveLane(quint32 lane, quint32 target); ///< to the place of another
    void finishEdit() { m_edits.finish(); }      ///< a drag has ended
    bool canUndo() const { return m_edits.canUndo(); }
    bool canRedo() const { return m_edits.canRedo(); }
    void toggleInArea(quint32 lane);
    void setBookmark(int digit); ///< 0 to 9
    bool goToBookmark(int digit);
    void setColoring(SpanColoring coloring);
    void setTimes(RulerTimes times);

    /// Takes over what was kept with the run; it cannot be undone.
    void restore(const SavedEdits &saved);

    /// The view may go from \a from to \a to also where the run is shorter: another one, which is
    /// shown beside it, is not.
    void setReach(qint64 from, qint64 to);
    void setEnded(bool ended) { m_isEnded = ended; } ///< nothing new will come

    // What is shown.
    const TimelineFrame &frame(); ///< laid out when something changed since the last call
    TimelineHit hit(QPointF point);
    const TimelineTracks &tracks() const { return m_tracks; }
    const LaneLayout &lanes() const { return m_lanes; }
    const RunModel &model() const { return m_model; }
    TimelineAreas areas() const { return timelineAreas(m_size, m_scale); }
    qint64 now() const { return m_now; }
    int scrolled() const { return m_scroll; } ///< pixels of lanes above the view
    bool isFollowing() const { return m_viewport.isFollowing(); }
    bool isFrozen() const { return m_isFrozen; }
    std::optional<TaskId> selected() const { return m_selected; }
    std::vector<TaskId> allSelected() const; ///< that one, and those selected beside it
    std::optional<quint32> selectedLane() const { return m_selectedLane; }
    const AreaSelection &area() const { return m_area; }
    const std::vector<qint64> &markers() const { return m_markers; }
    FlowDepth flow() const { return m_flow; }
    SpanColoring coloring() const { return m_coloring; }
    RulerTimes times() const { return m_times; }
    qint64 rulerOrigin() const; ///< the time that the ruler counts from
    ViewHistory::View view() const;
    qint64 viewEnd() const { return m_viewport.end(); } ///< the time at the right edge
    bool collapsesIdle() const { return m_viewport.foldsGaps(); }
    bool isEnded() const { return m_isEnded; }
    SavedEdits saved() const { return {edits(), m_bookmarks}; }
    const TimelineNotes &notes() const { return m_notes; }
    const LaneArrangement &arrangement() const { return m_arrangement; }
    std::optional<quint32> laneOf(const CommandPlace &place) const; ///< or of the selection
    const TimelineFilter &filter() const { return m_filter; }
    quint64 matchPosition() const; ///< of the selected task among the matches, from 1 on; or 0
    quint64 newSpans() const;      ///< since the view was paused or frozen

private:
    void sync();
    void layoutAreas();
    void layoutLanes();
    void clear();
    bool clearFilters();
    void setFrozen(bool frozen);
    bool runMove(TimelineCommand command, std::optional<double> x);
    bool runView(TimelineCommand command);
    void toggleIdle(std::optional<double> x);
    bool runEdit(TimelineCommand command, const CommandPlace &place);
    bool runFilter(TimelineCommand command);
    bool runColors(TimelineCommand command);
    bool step(TimelineCommand command);
    bool stepLane(TimelineCommand command);
    bool selectLaneAt(const CommandPlace &place);
    bool stepInFlow(Direction direction);
    std::optional<SpanPlace> stepFrom(const SpanPlace &place, TimelineCommand command) const;
    std::optional<SpanPlace> firstStep(TimelineCommand command) const;
    void scrollTo(const TaskPlace &place);
    void limitScroll();
    qint64 middleTime() const;
    void limitView();
    void goTo(const std::optional<ViewHistory::View> &view);
    bool clearSomething();
    bool resume();
    void fit(qint64 from, qint64 to);
    void center(qint64 time);
    void fitSelection();
    void centerOrFit(qint64 from, qint64 to);
    std::optional<TimelineArea> areaOfSelection() const;
    std::optional<quint32> handlerOfSelection() const;
    std::optional<quint32> laneOfSelection() const;
    TimelineEdits edits() const;
    template <typename Change>
    void edit(EditHistory::Kind kind, Change change);
    bool restore(const std::optional<TimelineEdits> &state);
    bool removeNote(std::optional<double> x);
    void arrangeLane(TimelineCommand command, quint32 lane);
    bool foldGroup(const CommandPlace &place);
    bool foldAllGroups();
    void arrangeLanes(TimelineCommand command);
    template <typename Value>
    void sortLanes(Value value);
    void filterByHandler(bool isExcluded);
    template <typename Change>
    void changeView(Change change);

    /// The same for what the user asks for; going back undoes it.
    template <typename Change>
    void moveView(ViewHistory::Move move, Change change);

    RunModel &m_model;
    TimelineTracks m_tracks;
    IdleGaps m_gaps{m_tracks};
    LaneLayout m_lanes;
    TimelineViewport m_viewport;
    LiveClock m_clock;
    TimelineFrame m_frame;
    bool m_isFrameValid = false;
    QSize m_size;
    double m_ratio = 1;
    TextScale m_scale;
    int m_scroll = 0;
    qint64 m_now = 0; ///< stands still while nothing runs
    bool m_isFrozen = false;
    size_t m_spansAtPause = 0;
    std::optional<TaskId> m_selected;
    std::vector<TaskId> m_marked;          ///< stay selected beside it, in the order of marking
    std::optional<quint32> m_selectedLane; ///< while no task is
    AreaSelection m_area;
    std::vector<qint64> m_markers;
    FlowDepth m_flow = FlowDepth::Emission;
    SpanColoring m_coloring = SpanColoring::Handler;
    SpanColoring m_plainColoring = SpanColoring::Handler; ///< the last one without heat
    ViewHistory m_history;
    TimelineFilter m_filter;
    LaneArrangement m_arrangement;
    TimelineNotes m_notes;
    EditHistory m_edits;
    ViewBookmarks m_bookmarks;
    qint64 m_reachFrom = std::numeric_limits<qint64>::max();
    qint64 m_reachTo = 0;
    bool m_isEnded = false;
    RulerTimes m_times = RulerTimes::SinceStart;
    qint64 m_wallOffset; ///< from MonotonicClock to nanoseconds since 1970
};

} // namespace Fanfare
