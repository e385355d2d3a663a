// SPDX-License-Identifier: MIT
#include "desktop/timeline/timelinemenu.h"

#include <QActionGroup>
#include <QMenu>

#include <initializer_list>
#include <utility>

namespace Fanfare {

using Command = TimelineCommand;

namespace {

struct Word
{
    Q_DECLARE_TR_FUNCTIONS(Fanfare::TimelineMenu)
};

void addGroup(QMenu &menu, const TimelineActions &actions, std::initializer_list<Command> commands)
{
    for (const Command command : commands)
        menu.addAction(actions[command]);
    menu.addSeparator();
}

template <typename Value>
void addChoices(QMenu &menu, const QString &title, Value chosen,
                const std::function<void(Value)> &set,
                const std::vector<std::pair<Value, QString>> &choices)
{
    QMenu *choiceMenu = menu.addMenu(title);
    auto group = new QActionGroup(choiceMenu);
    for (const auto &[value, text] : choices) {
        QAction *action = choiceMenu->addAction(text);
        action->setCheckable(true);
        action->setChecked(value == chosen);
        group->addAction(action);
        QObject::connect(action, &QAction::triggered, choiceMenu,
                         [set, value = value] { set(value); });
    }
}

void addLaneGroup(QMenu &menu, const TimelineActions &actions)
{
    addGroup(menu, actions,
             {Command::SelectLane, Command::PinLane, Command::HideLane, Command::CycleLaneHeight,
              Command::FilterLane});
    QMenu *order = menu.addMenu(Word::tr("Sort lanes"));
    for (const Command command : {Command::SortByName, Command::SortByBusy, Command::SortByFailures,
                                  Command::SortByFirstActivity})
        order->addAction(actions[command]);
    addGroup(menu, actions, {Command::ShowAllLanes, Command::FoldGroup, Command::FoldAllGroups});
}

} // namespace

void fillTimelineMenu(QMenu &menu, const TimelineActions &actions, const TimelineMenuTarget &target,
                      const TimelineMenuChoices &choices)
{
    if (target.hasTask) {
        addGroup(menu, actions,
                 {Command::Details, Command::MarkTask, Command::FitSelection, Command::SelectArea});
        addGroup(menu, actions, {Command::OnlyHandler, Command::ExcludeHandler});
        addGroup(menu, actions,
                 {Command::PreviousInFlow, Command::NextInFlow, Command::Copy, Command::CopyJson,
                  Command::CopyLink});
    }
    if (target.hasArea)
        addGroup(menu, actions, {Command::CopyTable, Command::AddRangeNote});
    if (target.hasLane)
        addLaneGroup(menu, actions);
    menu.addAction(actions[Command::AddNote]);
    if (target.hasNote)
        menu.addAction(actions[Command::RemoveNote]);
    addGroup(menu, actions, {Command::Filter, Command::NextFailure});
    addGroup(menu, actions,
             {Command::FitAll, Command::Follow, Command::Freeze, Command::CollapseIdle});
    addChoices<SpanColoring>(menu, Word::tr("Color by"), target.coloring, choices.setColoring,
                             {{SpanColoring::Handler, Word::tr("Handler")},
                              {SpanColoring::Event, Word::tr("Event")},
                              {SpanColoring::Plugin, Word::tr("Plugin")},
                              {SpanColoring::Worker, Word::tr("Worker")},
                              {SpanColoring::Outcome, Word::tr("Outcome")},
                              {SpanColoring::Wait, Word::tr("Wait")},
                              {SpanColoring::Duration, Word::tr("Duration")}});
    addChoices<RulerTimes>(menu, Word::tr("Times"), target.times, choices.setTimes,
                           {{RulerTimes::SinceStart, Word::tr("Since the start of the run")},
                            {RulerTimes::Clock, Word::tr("Of the clock")},
                            {RulerTimes::SinceMarker, Word::tr("Since marker A")},
                            {RulerTimes::SinceEmission, Word::tr("Since the emission")}});
    menu.addAction(actions[Command::CopyPicture]);
    menu.addAction(actions[Command::SavePicture]);
}

} // namespace Fanfare
