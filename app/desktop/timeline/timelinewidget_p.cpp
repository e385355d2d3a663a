// SPDX-License-Identifier: MIT
#include "desktop/timeline/timelinewidget_p.h"

#include "desktop/timeline/timelinekeys.h"
#include "desktop/timeline/timelinetooltip.h"

#include <QAction>
#include <QGestureEvent>
#include <QKeyEvent>
#include <QWheelEvent>

#include <cmath>

namespace Fanfare {

static constexpr int frameInterval = 16; // ms

TimelineWidget::Private::Private(RunModel &model, TimelineWidget *widget)
    : q(widget)
    , scene(model)
    , drag(scene)
    , actions(*widget, [this](TimelineCommand command) { runCommand(command); })
    , noteEditor(new NoteEditor(tr("Note"), widget))
    , filterEditor(new NoteEditor(tr("Filter of this lane, such as outcome:failed"), widget))
{
    refreshUndo();
    QObject::connect(noteEditor, &NoteEditor::written, widget, [this](const QString &text) {
        note.text = text;
        act([this] { scene.addNote(note); });
    });
    QObject::connect(filterEditor, &NoteEditor::written, widget,
                     [this](const QString &text) { filterLane(text); });
    timer.setTimerType(Qt::PreciseTimer);
    timer.setInterval(frameInterval);
}

void TimelineWidget::Private::takeChanges()
{
    const std::optional<TaskId> selected = scene.selected();
    const std::optional<quint32> lane = scene.selectedLane();
    scene.takeChanges();
    refreshUndo();
    isDirty = true;
    wake();
    if (scene.selected() != selected) { // the model was cleared
        describe();
        Q_EMIT q->taskSelected(scene.selected());
    }
    if (scene.selectedLane() != lane) {
        describe();
        Q_EMIT q->laneSelected(scene.selectedLane());
    }
}

void TimelineWidget::Private::wake()
{
    if (timer.isActive() || !q->isVisible())
        return;
    sinceTick.start();
    timer.start();
}

void TimelineWidget::Private::tick()
{
    const double seconds = static_cast<double>(sinceTick.restart()) / 1000;
    if (held.isActive())
        act([&] { scene.move(held.advance(seconds), mouseX()); });
    const bool isLive = scene.advance();
    const bool counts = scene.count();
    if (counts && scene.filter().isActive())
        tellFilter();
    if (isLive || isDirty || counts)
        q->update();
    else if (!held.isActive())
        timer.stop();
    isDirty = false;
}

void TimelineWidget::Private::tellFilter()
{
    Q_EMIT q->filterChanged();
}

void TimelineWidget::Private::describe()
{
    const std::optional<TaskId> task = scene.selected();
    const TimelineTooltip words(scene.tracks(), scene.model(), scene.now());
    const std::optional<quint32> lane = scene.selectedLane();
    q->setAccessibleDescription(
        task       ? words.sentenceFor(*task)
            : lane ? tr("Lane %1").arg(scene.model().lane(*lane).name)
                   : tr("All tasks over time, by worker. Arrow keys step from task to task."));
}

void TimelineWidget::Private::refreshUndo()
{
    actions[TimelineCommand::Undo]->setEnabled(scene.canUndo());
    actions[TimelineCommand::Redo]->setEnabled(scene.canRedo());
}

std::vector<TimelineWidget::LaneInView> TimelineWidget::Private::lanesInView()
{
    const TimelineFrame &frame = scene.frame();
    std::vector<LaneInView> lanes;
    size_t tasks = 0;
    for (size_t i = 0; i < frame.rowCount; ++i) {
        const RowFrame &row = frame.rows[i];
        const LanePlace *place = scene.lanes().placeOf(row.lane);
        if (lanes.empty() || lanes.back().lane != row.lane)
            lanes.push_back({row.lane,
                             scene.model().lane(row.lane).name,
                             QRect(frame.areas.plot.x(), laneY(frame, *place),
                                   frame.areas.plot.width(), place->height),
                             {}});
        const auto add = [&](int left, int right, TaskId task) {
            if (tasks++ >= mostTasksInView)
                return;
            const QRectF rect(frame.areas.plot.x() + left / frame.ratio, row.y,
                              (right - left) / frame.ratio, row.height);
            lanes.back().tasks.push_back({task, rect.toAlignedRect()});
        };
        const SpanRow &spans = scene.tracks().row(row.lane, row.row);
        for (const SpanBox &box : row.layout.boxes)
            add(box.left, box.right, spans.task(box.position));
        for (const OpenBox &box : row.open)
            add(box.left, box.right, scene.tracks().open()[box.index].task.task);
    }
    return lanes;
}

std::vector<TimelineWidget::GroupInView> TimelineWidget::Private::foldedGroupsInView()
{
    const TimelineFrame &frame = scene.frame();
    std::vector<GroupInView> groups;
    for (const GroupFrame &group : frame.groups) {
        const GroupPlace &place = scene.lanes().groups()[group.index];
        const std::vector<GroupColumn> &columns = group.columns.columns();
        double busy = 0;
        for (const GroupColumn &column : columns)
            busy += static_cast<double>(column.busy);
        const double share = busy / std::max<double>(1, static_cast<double>(columns.size()));
        QRect rect = groupRect(frame, place);
        rect.setLeft(frame.areas.plot.x());
        groups.push_back({place.group,
                          tr("%1, folded, workers: %L2, busy: %3 %")
                              .arg(groupTitle(place.group))
                              .arg(place.lanes.size())
                              .arg(std::lround(100 * share)),
                          rect});
    }
    return groups;
}

std::optional<double> TimelineWidget::Private::mouseX() const
{
    if (!q->underMouse())
        return std::nullopt;
    const QPoint position = q->mapFromGlobal(QCursor::pos());
    const QRect plot = scene.areas().plot;
    return plot.contains(position) ? std::optional<double>(position.x() - plot.x()) : std::nullopt;
}

std::optional<TaskId> TimelineWidget::Private::taskAtPoint(QPointF position)
{
    return taskAt(scene.hit(position), scene.tracks(), scene.model());
}

QString TimelineWidget::Private::tooltipAt(QPointF position)
{
    const TimelineTooltip words(scene.tracks(), scene.model(), scene.now());
    if (const std::optional<quint32> lane = drag.headerAt(position))
        return words.hostText(*lane);
    if (const std::optional<LaneGroup> group = drag.groupHeaderAt(position))
        return words.hostText(
            *std::ranges::find(scene.lanes().groups(), *group, &GroupPlace::group));
    const TimelineHit hit = scene.hit(position);
    return hit.kind == HitKind::Group ? words.groupText(scene.lanes().groups()[hit.index], hit)
                                      : words.textFor(hit);
}

void TimelineWidget::Private::hover(QPointF position)
{
    const TimelineHit hit = scene.hit(position);
    const std::optional<EmissionId> emission = emissionAt(hit, scene.tracks(), scene.model());
    const bool isClickable = (hit.kind != HitKind::Nothing && hit.kind != HitKind::LaneEvents
                              && hit.kind != HitKind::Group)
        || painter->chip().contains(position.toPoint());
    const Qt::CursorShape shape = drag.cursor(position);
    const bool isHand = isClickable || painter->stubAt(position);
    q->setCursor(shape == Qt::ArrowCursor && isHand ? Qt::PointingHandCursor : shape);
    const std::optional<quint32> header = drag.headerAt(position);
    if (emission == hovered && header == hoveredHeader)
        return;
    hoveredHeader = header;
    setHovered(emission);
    q->update();
}

void TimelineWidget::Private::tellTime(QPointF position)
{
    const TimelineFrame &frame = scene.frame();
    const QRect times = frame.areas.plot.united(frame.areas.ruler);
    const bool isInside = times.contains(position.toPoint());
    Q_EMIT q->timeHovered(isInside ? std::optional(frame.axis.timeAt(position.x() - times.x()))
                                   : std::nullopt);
}

void TimelineWidget::Private::setHovered(std::optional<EmissionId> emission)
{
    if (hovered == emission)
        return;
    hovered = emission;
    Q_EMIT q->emissionHovered(emission);
}

/// Before the shortcuts of the window, which undo and redo when nothing here can be.
bool TimelineWidget::Private::wants(const QKeyEvent &event) const
{
    const TimelineCommand command = timelineKeys().commandFor(event);
    if (awaited != TimelineCommand::None && event.modifiers() == Qt::NoModifier)
        return true;
    if (command == TimelineCommand::Undo)
        return scene.canUndo();
    if (command == TimelineCommand::Redo)
        return scene.canRedo();
    return command != TimelineCommand::None;
}

bool TimelineWidget::Private::press(const QKeyEvent &event)
{
    menuPlace.reset();
    if (pressDigit(event) || pressSpace(event))
        return true;
    TimelineCommand command = timelineKeys().commandFor(event);
    if (command == TimelineCommand::ClearFilter && scene.filter().text().isEmpty()
        && scene.filter().lanes().empty())
        command = TimelineCommand::FitAll; // what the same keys mean in the window
    if (runWithWidget(command))
        return true;
    if (HeldMotion::isHeld(command)) {
        if (event.isAutoRepeat())
            return true; // held keys move by themselves, smoothly
        held.press(command);
    }
    bool isDone = false;
    const QString filter = scene.filter().text();
    act([&] { isDone = scene.run(command, place()); });
    if (scene.filter().text() != filter)
        tellFilter();
    return isDone;
}

/// A tap freezes when the key goes up again; held, it makes drags pans.
bool TimelineWidget::Private::pressSpace(const QKeyEvent &event)
{
    if (event.key() != Qt::Key_Space || event.modifiers() != Qt::NoModifier)
        return false;
    if (!space)
        space = false;
    drag.setPanKeyHeld(true);
    return true;
}

void TimelineWidget::Private::releaseSpace(const QKeyEvent &event)
{
    if (event.key() != Qt::Key_Space || event.isAutoRepeat() || !space)
        return;
    drag.setPanKeyHeld(false);
    const bool wasDrag = *std::exchange(space, std::nullopt);
    const TimelineCommand command = timelineKeys().commandFor(event);
    if (!wasDrag && command != TimelineCommand::None)
        runCommand(command);
}

void TimelineWidget::Private::click(QPointF position, Qt::KeyboardModifiers modifiers)
{
    if (painter->chip().contains(position.toPoint())) {
        q->setFollowing(true);
        return;
    }
    const FlowStub *stub = painter->stubAt(position);
    const std::optional<TaskId> target = stub ? std::optional(stub->nearest) : std::nullopt;
    const std::optional<TaskId> task = taskAtPoint(position);
    if (!target && task && modifiers == Qt::ControlModifier) {
        act([&] { scene.toggle(*task); });
        return;
    }
    act([&] {
        scene.select(target ? target : task);
        if (target)
            scene.reveal(*target);
        else if (!scene.selected())
            scene.setArea(std::nullopt);
    });
}

void TimelineWidget::Private::wheel(const QWheelEvent &event)
{
    constexpr double notch = 120; // eighths of a degree
    constexpr double pixelsPerNotch = 72;
    const QPointF pixels = event.hasPixelDelta()
        ? QPointF(event.pixelDelta())
        : QPointF(event.angleDelta()) / notch * pixelsPerNotch;
    const double main = pixels.y() != 0 ? pixels.y() : pixels.x();
    if (event.modifiers() & Qt::ControlModifier) {
        const double x = event.position().x() - scene.areas().plot.x();
        scene.zoom(std::pow(1.2, main / pixelsPerNotch), x);
    } else if (event.modifiers() & Qt::ShiftModifier) {
        scene.pan(-main);
    } else {
        if (pixels.x() != 0)
            scene.pan(-pixels.x());
        scene.scroll(-static_cast<int>(std::lround(pixels.y())));
    }
}

/// Two fingers on a screen: what is between them stays there. Returns whether there was such a
/// gesture.
bool TimelineWidget::Private::pinch(const QGestureEvent &event)
{
    const auto *pinch = static_cast<const QPinchGesture *>(event.gesture(Qt::PinchGesture));
    if (!pinch)
        return false;
    const QPointF center = q->mapFromGlobal(pinch->centerPoint());
    const QPointF moved = pinch->centerPoint() - pinch->lastCenterPoint();
    act([&] {
        if (moved.x() != 0)
            scene.pan(-moved.x());
        scene.scroll(-static_cast<int>(std::lround(moved.y())));
        scene.zoom(pinch->scaleFactor(), center.x() - scene.areas().plot.x());
    });
    return true;
}

} // namespace Fanfare
