// SPDX-License-Identifier: MIT
#include "desktop/timeline/timelineactions.h"

#include <QAction>
#include <QWidget>

namespace Fanfare {

using Command = TimelineCommand;

TimelineActions::TimelineActions(QWidget &widget, const std::function<void(Command)> &run)
{
    for (const Entry &entry : entries()) {
        auto action = new QAction(entry.text, &widget);
        action->setShortcut(entry.keys);
        action->setShortcutContext(Qt::WidgetShortcut); // single keys type text elsewhere
        QObject::connect(action, &QAction::triggered, &widget,
                         [run, command = entry.command] { run(command); });
        widget.addAction(action);
        m_actions.emplace_back(entry.command, action);
    }
}

QAction *TimelineActions::operator[](Command command) const
{
    for (const auto &[known, action] : m_actions) {
        if (known == command)
            return action;
    }
    return nullptr;
}

std::vector<TimelineActions::Entry> TimelineActions::entries()
{
    std::vector<Entry> all;
    for (const std::vector<Entry> &part :
         {viewEntries(), colorEntries(), spanEntries(), noteEntries(), laneEntries()})
        all.insert(all.end(), part.begin(), part.end());
    return all;
}

std::vector<TimelineActions::Entry> TimelineActions::viewEntries()
{
    return {
        {Command::ZoomIn, tr("Zoom in at the mouse"), Qt::Key_W},
        {Command::ZoomOut, tr("Zoom out"), Qt::Key_S},
        {Command::PanEarlier, tr("Earlier"), Qt::Key_A},
        {Command::PanLater, tr("Later"), Qt::Key_D},
        {Command::PageEarlier, tr("Half a view earlier"), Qt::SHIFT | Qt::Key_A},
        {Command::PageLater, tr("Half a view later"), Qt::SHIFT | Qt::Key_D},
        {Command::PageUp, tr("Lanes above"), Qt::Key_PageUp},
        {Command::PageDown, tr("Lanes below"), Qt::Key_PageDown},
        {Command::FitAll, tr("Show the whole run"), Qt::Key_Home},
        {Command::FitSelection, tr("Center the selection; again: fill the view"), Qt::Key_F},
        {Command::Follow, tr("Go to now and follow"), Qt::Key_End},
        {Command::Freeze, tr("Freeze the picture, go on"), Qt::Key_Space},
        {Command::ViewBack, tr("Back to the former view"), Qt::ALT | Qt::Key_Left},
        {Command::ViewForward, tr("Forward to the next view"), Qt::ALT | Qt::Key_Right},
        {Command::SetBookmark, tr("Remember this view under a digit"), Qt::Key_B},
        {Command::GoToBookmark, tr("Go to the view of a digit"), Qt::Key_Apostrophe},
        {Command::CycleTimes, tr("Times since the start, of the clock, since marker A"), Qt::Key_T},
        {Command::CollapseIdle, tr("Collapse idle time, show it"), Qt::Key_I},
        {Command::CycleHeat, tr("Heat colors: waiting times, running times, none"), Qt::Key_H},
    };
}

std::vector<TimelineActions::Entry> TimelineActions::colorEntries()
{
    return {
        {Command::ColorByHandler, tr("Color by handler"), {}},
        {Command::ColorByEvent, tr("Color by event"), {}},
        {Command::ColorByPlugin, tr("Color by plugin"), {}},
        {Command::ColorByWorker, tr("Color by worker"), {}},
        {Command::ColorByOutcome, tr("Color by outcome"), {}},
        {Command::ColorByWait, tr("Color by waiting time"), {}},
        {Command::ColorByDuration, tr("Color by running time"), {}},
    };
}

std::vector<TimelineActions::Entry> TimelineActions::spanEntries()
{
    return {
        {Command::NextSpan, tr("Next task of the lane"), Qt::Key_Right},
        {Command::PreviousSpan, tr("Previous task of the lane"), Qt::Key_Left},
        {Command::NextLane, tr("Next lane"), Qt::Key_Tab},
        {Command::PreviousLane, tr("Previous lane"), Qt::SHIFT | Qt::Key_Tab},
        {Command::NextFailure, tr("Next failure"), Qt::Key_N},
        {Command::PreviousFailure, tr("Previous failure"), Qt::SHIFT | Qt::Key_N},
        {Command::NextInFlow, tr("Next task of the emission"), Qt::Key_BracketRight},
        {Command::PreviousInFlow, tr("Previous task of the emission"), Qt::Key_BracketLeft},
        {Command::CycleFlow, tr("Arrows of the task: none, its own, all of its emission"),
         Qt::Key_E},
        {Command::SelectLane, tr("Select the lane (click on its name)"),
         Qt::SHIFT | Qt::Key_Return},
        {Command::MarkTask, tr("Keep the task selected beside others (Ctrl+click)"), Qt::Key_C},
        {Command::SelectArea, tr("Mark the time of the task as an area"), Qt::Key_R},
        {Command::Details, tr("Show the details"), Qt::Key_Return},
        {Command::Filter, tr("Filter"), Qt::Key_Slash},
        {Command::ExcludeHandler, tr("Without this handler"), Qt::Key_X},
        {Command::OnlyHandler, tr("Only this handler"), Qt::SHIFT | Qt::Key_X},
        {Command::ClearFilter, tr("No filter"), Qt::CTRL | Qt::Key_0},
        {Command::Clear, tr("Drop selection, area, markers, filter, one a time"), Qt::Key_Escape},
    };
}

std::vector<TimelineActions::Entry> TimelineActions::noteEntries()
{
    return {
        {Command::AddNote, tr("Write a note"), Qt::Key_M},
        {Command::AddRangeNote, tr("Write a note at the area or the markers"),
         Qt::SHIFT | Qt::Key_M},
        {Command::RemoveNote, tr("Remove the note"), Qt::Key_Delete},
        {Command::Copy, tr("Copy as text"), QKeySequence::Copy},
        {Command::CopyJson, tr("Copy as JSON"), {}},
        {Command::CopyTable, tr("Copy the area as CSV"), {}},
        {Command::CopyLink, tr("Copy the link to the task"), {}},
        {Command::CopyPicture, tr("Copy the picture"), Qt::CTRL | Qt::SHIFT | Qt::Key_C},
        {Command::SavePicture, tr("Save the picture\u2026"), {}},
        {Command::Undo, tr("Undo in the timeline"), QKeySequence::Undo},
        {Command::Redo, tr("Redo in the timeline"), Qt::CTRL | Qt::SHIFT | Qt::Key_Z},
    };
}

std::vector<TimelineActions::Entry> TimelineActions::laneEntries()
{
    return {
        {Command::PinLane, tr("Keep the lane on top"), Qt::Key_P},
        {Command::HideLane, tr("Hide the lane"), {}},
        {Command::ShowAllLanes, tr("Show all lanes"), {}},
        {Command::FilterLane, tr("Filter this lane"), Qt::SHIFT | Qt::Key_F},
        {Command::FoldGroup, tr("Fold the group of the lane, unfold it"), Qt::Key_G},
        {Command::FoldAllGroups, tr("Fold all groups, unfold them"), Qt::SHIFT | Qt::Key_G},
        {Command::CycleLaneHeight, tr("Next height of the lane"), {}},
        {Command::SortByName, tr("Sort lanes by name"), {}},
        {Command::SortByBusy, tr("Sort lanes by busy time"), {}},
        {Command::SortByFailures, tr("Sort lanes by failures"), {}},
        {Command::SortByFirstActivity, tr("Sort lanes by first activity"), {}},
    };
}

} // namespace Fanfare
