// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

class QKeyEvent;

namespace Fanfare {

enum class TimelineCommand : quint8 {
    None,
    ZoomIn,
    ZoomOut,
    PanEarlier,
    PanLater,
    PageEarlier,
    PageLater,
    PageUp,
    PageDown,
    FitAll,
    FitSelection,
    Follow,
    Freeze,
    Clear,
    NextSpan,
    PreviousSpan,
    RowUp,
    RowDown,
    NextLane,
    PreviousLane,
    NextFailure,
    PreviousFailure,
    ViewBack,
    ViewForward,
    SelectLane, ///< in place of tasks
    MarkTask,   ///< it stays selected beside the next one
    SelectArea,
    CycleFlow,
    CycleHeat,      ///< waits as heat, durations, neither
    ColorByHandler, ///< these in the order of SpanColoring
    ColorByWait,
    ColorByDuration,
    ColorByOutcome,
    ColorByEvent,
    ColorByPlugin,
    ColorByWorker,
    Filter, ///< asks for the line to type it
    ExcludeHandler,
    OnlyHandler,
    ClearFilter,
    NextInFlow, ///< along the tasks of an emission, by start
    PreviousInFlow,
    SetBookmark, ///< of the view, under a digit that follows
    GoToBookmark,
    CycleTimes,
    AddNote, ///< asks for its text
    AddRangeNote,
    RemoveNote,
    Details,
    Copy,
    CopyJson,
    CopyTable,
    CopyLink, ///< to the task, for others
    CopyPicture,
    SavePicture, ///< asks where
    Undo,
    Redo,
    PinLane,
    HideLane,
    CycleLaneHeight,
    ShowAllLanes,
    FoldGroup, ///< or unfold it
    FoldAllGroups,
    FilterLane,   ///< asks for the text
    CollapseIdle, ///< or show it as long as it was
    SortByName,
    SortByBusy,
    SortByFailures,
    SortByFirstActivity,
};

/// What a key means to the timeline. W, A, S and D are taken by their place on the keyboard, so
/// that they lie under the same fingers on every layout.
TimelineCommand commandFor(const QKeyEvent &event);

/// The movement while zoom and pan keys are held down: the longer, the faster.
///
/// Threads: [gui].
class HeldMotion
{
public:
    struct Step
    {
        double zoom = 1; ///< factor
        double pan = 0;  ///< view widths
    };

    /// Whether \a command is one that goes on while its key is held.
    static bool isHeld(TimelineCommand command);

    void press(TimelineCommand command);
    void release(TimelineCommand command);
    void clear();
    bool isActive() const { return m_zoom != 0 || m_pan != 0; }

    Step advance(double seconds);

private:
    int m_zoom = 0;    ///< direction
    int m_pan = 0;     ///< direction
    double m_held = 0; ///< seconds
};

} // namespace Fanfare
