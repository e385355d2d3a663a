// SPDX-License-Identifier: MIT
// Commands that need more than the scene: menu, clipboard, notes, digits.
#include "desktop/timeline/spanexport.h"
#include "desktop/timeline/timelinewidget_p.h"
#include "desktop/widgetpicture.h"

#include <QClipboard>
#include <QFileDialog>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QMenu>

namespace Fanfare {

CommandPlace TimelineWidget::Private::place() const
{
    if (menuPlace)
        return *menuPlace;
    return q->underMouse() ? placeAt(q->mapFromGlobal(QCursor::pos())) : CommandPlace{};
}

CommandPlace TimelineWidget::Private::placeAt(QPoint position) const
{
    const QRect plot = scene.areas().plot;
    CommandPlace place{.lane = laneAt(position), .group = groupAt(position)};
    if (plot.contains(position))
        place.x = position.x() - plot.x();
    return place;
}

void TimelineWidget::Private::runCommand(TimelineCommand command)
{
    if (runWithWidget(command))
        return;
    const QString filter = scene.filter().text();
    act([&] { scene.run(command, place()); });
    menuPlace.reset();
    if (scene.filter().text() != filter)
        tellFilter();
}

bool TimelineWidget::Private::runWithWidget(TimelineCommand command)
{
    switch (command) {
    case TimelineCommand::Filter:
        Q_EMIT q->filterWanted();
        return true;
    case TimelineCommand::Details:
        if (!scene.selected() && !scene.selectedLane())
            return false;
        Q_EMIT q->detailsWanted();
        return true;
    case TimelineCommand::SetBookmark:
    case TimelineCommand::GoToBookmark:
        awaited = command;
        q->update();
        return true;
    case TimelineCommand::AddNote:
    case TimelineCommand::AddRangeNote:
        askForNote(command == TimelineCommand::AddRangeNote);
        return true;
    case TimelineCommand::FilterLane:
        return askForLaneFilter();
    case TimelineCommand::Copy:
    case TimelineCommand::CopyJson:
    case TimelineCommand::CopyTable:
    case TimelineCommand::CopyPicture:
        copy(command);
        return true;
    case TimelineCommand::CopyLink:
        if (scene.selected())
            Q_EMIT q->linkWanted(*scene.selected());
        return scene.selected().has_value();
    case TimelineCommand::SavePicture:
        choosePicture();
        return true;
    default:
        return false;
    }
}

QString TimelineWidget::Private::hint() const
{
    if (awaited == TimelineCommand::SetBookmark)
        return tr("Remember this view: press a digit");
    if (awaited == TimelineCommand::GoToBookmark)
        return tr("Go to a view: press its digit");
    return QString();
}

/// The digit that a command waits for; any other key means what it always does.
bool TimelineWidget::Private::pressDigit(const QKeyEvent &event)
{
    const TimelineCommand command = std::exchange(awaited, TimelineCommand::None);
    if (command == TimelineCommand::None)
        return false;
    q->update();
    const int digit = event.key() - Qt::Key_0;
    if (digit < 0 || digit > 9)
        return event.key() == Qt::Key_Escape;
    act([&] {
        if (command == TimelineCommand::SetBookmark)
            scene.setBookmark(digit);
        else
            scene.goToBookmark(digit);
    });
    return true;
}

void TimelineWidget::goToBookmark(int digit)
{
    d->act([&] { d->scene.goToBookmark(digit); });
}

void TimelineWidget::Private::askForNote(bool isRange)
{
    if (scene.tracks().isEmpty())
        return;
    note = scene.notePlace(isRange, place().x);
    menuPlace.reset();
    const TimelineFrame &frame = scene.frame();
    const int x = frame.areas.plot.x() + static_cast<int>(frame.axis.xOf(note.from));
    noteEditor->ask(QPoint(std::max(frame.areas.plot.x(), x), frame.areas.ruler.bottom() + 2));
}

/// Of the lane where the command is given, or of that of the selection.
bool TimelineWidget::Private::askForLaneFilter()
{
    const std::optional<quint32> lane = scene.laneOf(place());
    menuPlace.reset();
    const LanePlace *shown = lane ? scene.lanes().placeOf(*lane) : nullptr;
    if (!shown)
        return false;
    filteredLane = *lane;
    const TimelineFrame &frame = scene.frame();
    filterEditor->ask(QPoint(frame.areas.plot.x() + 2, laneY(frame, *shown) + 2),
                      scene.arrangement().filter(*lane));
    return true;
}

void TimelineWidget::Private::filterLane(const QString &text)
{
    Result<void> done;
    act([&] { done = scene.setLaneFilter(filteredLane, text); });
    if (!done)
        Q_EMIT q->told(done.error().message);
    tellFilter();
}

void TimelineWidget::Private::copy(TimelineCommand command)
{
    QClipboard &clipboard = *QGuiApplication::clipboard();
    const std::optional<SpanEntry> span =
        scene.selected() ? scene.model().find(*scene.selected()) : std::nullopt;
    QString text;
    if (command == TimelineCommand::CopyPicture)
        return clipboard.setPixmap(q->grab());
    if (command == TimelineCommand::CopyTable && scene.area().area())
        text = areaTable(scene.model(), scene.tracks(), *scene.area().area());
    else if (command == TimelineCommand::CopyJson && span)
        text = spanJson(scene.model(), *span);
    else if (command == TimelineCommand::Copy && scene.selected())
        text = q->sentenceFor(*scene.selected());
    else if (command == TimelineCommand::Copy && scene.area().statistics())
        text = AreaCard::sentence(*scene.area().statistics());
    if (!text.isEmpty())
        clipboard.setText(text);
}

void TimelineWidget::Private::choosePicture()
{
    auto dialog = new QFileDialog(q, tr("Save the picture"), {}, tr("Pictures (*.png *.svg)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("png"));
    QObject::connect(dialog, &QFileDialog::fileSelected, q, [this](const QString &path) {
        const Result<void> written = writePicture(*q, path);
        Q_EMIT q->told(written ? tr("Written to %1.").arg(path) : written.error().message);
    });
    dialog->open();
}

std::optional<quint32> TimelineWidget::Private::laneAt(QPoint position) const
{
    const QRect lanes = scene.areas().lanes;
    if (position.y() < lanes.y() || !q->rect().contains(position))
        return std::nullopt;
    const LanePlace *lane = scene.lanes().placeInView(position.y() - lanes.y(), scene.scrolled());
    return lane ? std::optional(lane->lane) : std::nullopt;
}

std::optional<LaneGroup> TimelineWidget::Private::groupAt(QPoint position) const
{
    const QRect lanes = scene.areas().lanes;
    if (position.y() < lanes.y() || !q->rect().contains(position))
        return std::nullopt;
    const GroupPlace *group = scene.lanes().groupInView(position.y() - lanes.y(), scene.scrolled());
    return group ? std::optional(group->group) : std::nullopt;
}

TimelineMenuTarget TimelineWidget::Private::menuTarget(QPoint position)
{
    TimelineMenuTarget target;
    target.hasTask = scene.selected().has_value();
    target.hasLane = laneAt(position).has_value() || groupAt(position).has_value();
    target.hasArea = scene.area().area().has_value();
    target.hasNote = scene.noteNear(menuPlace->x).has_value();
    target.coloring = scene.coloring();
    target.times = scene.times();
    return target;
}

/// About what is under the mouse, which gets selected.
void TimelineWidget::Private::openMenu(QPoint position)
{
    const QRect plot = scene.areas().plot;
    if (const std::optional<TaskId> task = taskAtPoint(position))
        act([&] { scene.select(task); });
    menuPlace = CommandPlace{};
    if (position.x() >= plot.x())
        menuPlace->x = position.x() - plot.x();
    menuPlace->lane = laneAt(position);
    menuPlace->group = groupAt(position);
    auto menu = new QMenu(q);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    fillTimelineMenu(*menu, actions, menuTarget(position),
                     {[this](SpanColoring coloring) { act([&] { scene.setColoring(coloring); }); },
                      [this](RulerTimes times) { act([&] { scene.setTimes(times); }); }});
    menu->popup(q->mapToGlobal(position));
}

} // namespace Fanfare
