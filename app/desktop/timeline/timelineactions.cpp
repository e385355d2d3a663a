// SPDX-License-Identifier: MIT
#include "desktop/timeline/timelineactions.h"

#include "desktop/timeline/timelinekeys.h"

#include <QAction>
#include <QWidget>

namespace Fanfare {

using namespace Qt::StringLiterals;

using Command = TimelineCommand;

TimelineActions::TimelineActions(QWidget &widget, const std::function<void(Command)> &run)
{
    for (const Entry &entry : entries()) {
        auto action = new QAction(entry.text, &widget);
        action->setObjectName(u"timeline."_s + entry.id);
        action->setShortcutContext(Qt::WidgetShortcut); // single keys type text elsewhere
        QObject::connect(action, &QAction::triggered, &widget,
                         [run, command = entry.command] { run(command); });
        widget.addAction(action);
        m_actions.emplace_back(entry.command, action);
    }
    refreshKeys();
}

void TimelineActions::refreshKeys() const
{
    const TimelineKeys &keys = timelineKeys();
    for (const Entry &entry : entries()) {
        const QKeySequence shown = keys.keysOf(entry.command, entry.keys);
        const bool isHeard = keys.commandFor(shown) == entry.command;
        (*this)[entry.command]->setShortcut(isHeard ? shown : QKeySequence());
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
        {Command::ZoomIn, u"zoomIn"_s, tr("Zoom in at the mouse"), Qt::Key_W},
        {Command::ZoomOut, u"zoomOut"_s, tr("Zoom out"), Qt::Key_S},
        {Command::PanEarlier, u"panEarlier"_s, tr("Earlier"), Qt::Key_A},
        {Command::PanLater, u"panLater"_s, tr("Later"), Qt::Key_D},
        {Command::PageEarlier, u"pageEarlier"_s, tr("Half a view earlier"), Qt::SHIFT | Qt::Key_A},
        {Command::PageLater, u"pageLater"_s, tr("Half a view later"), Qt::SHIFT | Qt::Key_D},
        {Command::PageUp, u"pageUp"_s, tr("Lanes above"), Qt::Key_PageUp},
        {Command::PageDown, u"pageDown"_s, tr("Lanes below"), Qt::Key_PageDown},
        {Command::FitAll, u"fitAll"_s, tr("Show the whole run"), Qt::Key_Home},
        {Command::FitSelection, u"fitSelection"_s, tr("Center the selection; again: fill the view"),
         Qt::Key_F},
        {Command::Follow, u"follow"_s, tr("Go to now and follow"), Qt::Key_End},
        {Command::Freeze, u"freeze"_s, tr("Freeze the picture, go on"), Qt::Key_Space},
        {Command::ViewBack, u"viewBack"_s, tr("Back to the former view"), Qt::ALT | Qt::Key_Left},
        {Command::ViewForward, u"viewForward"_s, tr("Forward to the next view"),
         Qt::ALT | Qt::Key_Right},
        {Command::SetBookmark, u"setBookmark"_s, tr("Remember this view under a digit"), Qt::Key_B},
        {Command::GoToBookmark, u"goToBookmark"_s, tr("Go to the view of a digit"),
         Qt::Key_Apostrophe},
        {Command::CycleTimes, u"cycleTimes"_s,
         tr("Times since the start, of the clock, since marker A"), Qt::Key_T},
        {Command::CollapseIdle, u"collapseIdle"_s, tr("Collapse idle time, show it"), Qt::Key_I},
        {Command::CycleHeat, u"cycleHeat"_s, tr("Heat colors: waiting times, running times, none"),
         Qt::Key_H},
    };
}

std::vector<TimelineActions::Entry> TimelineActions::colorEntries()
{
    return {
        {Command::ColorByHandler, u"colorByHandler"_s, tr("Color by handler"), {}},
        {Command::ColorByEvent, u"colorByEvent"_s, tr("Color by event"), {}},
        {Command::ColorByPlugin, u"colorByPlugin"_s, tr("Color by plugin"), {}},
        {Command::ColorByWorker, u"colorByWorker"_s, tr("Color by worker"), {}},
        {Command::ColorByOutcome, u"colorByOutcome"_s, tr("Color by outcome"), {}},
        {Command::ColorByWait, u"colorByWait"_s, tr("Color by waiting time"), {}},
        {Command::ColorByDuration, u"colorByDuration"_s, tr("Color by running time"), {}},
    };
}

std::vector<TimelineActions::Entry> TimelineActions::spanEntries()
{
    return {
        {Command::NextSpan, u"nextSpan"_s, tr("Next task of the lane"), Qt::Key_Right},
        {Command::PreviousSpan, u"previousSpan"_s, tr("Previous task of the lane"), Qt::Key_Left},
        {Command::RowUp, u"rowUp"_s, tr("Task or lane above"), Qt::Key_Up},
        {Command::RowDown, u"rowDown"_s, tr("Task or lane below"), Qt::Key_Down},
        {Command::NextLane, u"nextLane"_s, tr("Next lane"), Qt::Key_Tab},
        {Command::PreviousLane, u"previousLane"_s, tr("Previous lane"), Qt::SHIFT | Qt::Key_Tab},
        {Command::NextFailure, u"nextFailure"_s, tr("Next failure"), Qt::Key_N},
        {Command::PreviousFailure, u"previousFailure"_s, tr("Previous failure"),
         Qt::SHIFT | Qt::Key_N},
        {Command::NextInFlow, u"nextInFlow"_s, tr("Next task of the emission"),
         Qt::Key_BracketRight},
        {Command::PreviousInFlow, u"previousInFlow"_s, tr("Previous task of the emission"),
         Qt::Key_BracketLeft},
        {Command::CycleFlow, u"cycleFlow"_s,
         tr("Arrows of the task: none, its own, all of its emission"), Qt::Key_E},
        {Command::SelectLane, u"selectLane"_s, tr("Select the lane (click on its name)"),
         Qt::SHIFT | Qt::Key_Return},
        {Command::MarkTask, u"markTask"_s, tr("Keep the task selected beside others (Ctrl+click)"),
         Qt::Key_C},
        {Command::SelectArea, u"selectArea"_s, tr("Mark the time of the task as an area"),
         Qt::Key_R},
        {Command::Details, u"details"_s, tr("Show the details"), Qt::Key_Return},
        {Command::Filter, u"filter"_s, tr("Filter"), Qt::Key_Slash},
        {Command::ExcludeHandler, u"excludeHandler"_s, tr("Without this handler"), Qt::Key_X},
        {Command::OnlyHandler, u"onlyHandler"_s, tr("Only this handler"), Qt::SHIFT | Qt::Key_X},
        {Command::ClearFilter, u"clearFilter"_s, tr("No filter"), Qt::CTRL | Qt::Key_0},
        {Command::Clear, u"clear"_s,
         tr("Drop selection, area, markers, filter, one a time; then follow"), Qt::Key_Escape},
    };
}

std::vector<TimelineActions::Entry> TimelineActions::noteEntries()
{
    return {
        {Command::AddNote, u"addNote"_s, tr("Write a note"), Qt::Key_M},
        {Command::AddRangeNote, u"addRangeNote"_s, tr("Write a note at the area or the markers"),
         Qt::SHIFT | Qt::Key_M},
        {Command::RemoveNote, u"removeNote"_s, tr("Remove the note"), Qt::Key_Delete},
        {Command::Copy, u"copy"_s, tr("Copy as text"), QKeySequence::Copy},
        {Command::CopyJson, u"copyJson"_s, tr("Copy as JSON"), {}},
        {Command::CopyTable, u"copyTable"_s, tr("Copy the area as CSV"), {}},
        {Command::CopyLink, u"copyLink"_s, tr("Copy the link to the task"), {}},
        {Command::CopyPicture, u"copyPicture"_s, tr("Copy the picture"),
         Qt::CTRL | Qt::SHIFT | Qt::Key_C},
        {Command::SavePicture, u"savePicture"_s, tr("Save the picture\u2026"), {}},
        {Command::Undo, u"undo"_s, tr("Undo in the timeline"), QKeySequence::Undo},
        {Command::Redo, u"redo"_s, tr("Redo in the timeline"), Qt::CTRL | Qt::SHIFT | Qt::Key_Z},
    };
}

std::vector<TimelineActions::Entry> TimelineActions::laneEntries()
{
    return {
        {Command::PinLane, u"pinLane"_s, tr("Keep the lane on top"), Qt::Key_P},
        {Command::HideLane, u"hideLane"_s, tr("Hide the lane"), {}},
        {Command::ShowAllLanes, u"showAllLanes"_s, tr("Show all lanes"), {}},
        {Command::FilterLane, u"filterLane"_s, tr("Filter this lane"), Qt::SHIFT | Qt::Key_F},
        {Command::FoldGroup, u"foldGroup"_s, tr("Fold the group of the lane, unfold it"),
         Qt::Key_G},
        {Command::FoldAllGroups, u"foldAllGroups"_s, tr("Fold all groups, unfold them"),
         Qt::SHIFT | Qt::Key_G},
        {Command::CycleLaneHeight, u"cycleLaneHeight"_s, tr("Next height of the lane"), {}},
        {Command::SortByName, u"sortByName"_s, tr("Sort lanes by name"), {}},
        {Command::SortByBusy, u"sortByBusy"_s, tr("Sort lanes by busy time"), {}},
        {Command::SortByFailures, u"sortByFailures"_s, tr("Sort lanes by failures"), {}},
        {Command::SortByFirstActivity,
         u"sortByFirstActivity"_s,
         tr("Sort lanes by first activity"),
         {}},
    };
}

} // namespace Fanfare
