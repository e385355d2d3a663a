// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/timeline/frametimes.h"
#include "desktop/timeline/noteeditor.h"
#include "desktop/timeline/timelinedrag.h"
#include "desktop/timeline/timelinemenu.h"
#include "desktop/timeline/timelinepainter.h"
#include "desktop/timeline/timelinewidget.h"

#include <QElapsedTimer>
#include <QTimer>

class QGestureEvent;

namespace Fanfare {

/// What lies between the events of the widget and its scene.
class TimelineWidget::Private
{
public:
    Private(RunModel &model, TimelineWidget *widget);

    void takeChanges();
    template <typename Change>
    void act(Change change);
    void wake();
    void tick();
    void hover(QPointF position);
    void tellTime(QPointF position); ///< that the mouse is at
    void setHovered(std::optional<EmissionId> emission);
    void choosePicture();
    void describe();
    void refreshUndo(); ///< its keys are the window's while there is nothing to undo
    void tellFilter();
    bool wants(const QKeyEvent &event) const;
    bool press(const QKeyEvent &event);
    bool pressSpace(const QKeyEvent &event);
    void releaseSpace(const QKeyEvent &event);
    void click(QPointF position, Qt::KeyboardModifiers modifiers);
    void wheel(const QWheelEvent &event);
    bool pinch(const QGestureEvent &event);
    std::vector<LaneInView> lanesInView();
    std::vector<GroupInView> foldedGroupsInView();
    CommandPlace place() const; ///< where a command is given
    void runCommand(TimelineCommand command);
    bool runWithWidget(TimelineCommand command);
    bool pressDigit(const QKeyEvent &event);
    void askForNote(bool isRange);
    bool askForLaneFilter();
    void filterLane(const QString &text);
    void copy(TimelineCommand command);
    void openMenu(QPoint position);
    TimelineMenuTarget menuTarget(QPoint position);
    QString hint() const;
    std::optional<double> mouseX() const;
    std::optional<quint32> laneAt(QPoint position) const;
    std::optional<LaneGroup> groupAt(QPoint position) const;
    CommandPlace placeAt(QPoint position) const;
    std::optional<TaskId> taskAtPoint(QPointF position);
    QString tooltipAt(QPointF position);

    TimelineWidget *q;
    TimelineScene scene;
    std::unique_ptr<TimelinePainter> painter;
    FrameTimes frameTimes;
    QTimer timer;
    QElapsedTimer sinceTick;
    HeldMotion held;
    std::optional<EmissionId> hovered;
    std::optional<EmissionId> highlighted; ///< from outside
    std::optional<qint64> cursor;          ///< likewise
    std::optional<quint32> hoveredHeader;  ///< of this lane
    TimelineDrag drag;
    TimelineActions actions;
    NoteEditor *noteEditor;
    NoteEditor *filterEditor;              ///< of a lane
    quint32 filteredLane = 0;              ///< whose filter is being written
    TimelineNote note;                     ///< that is being written
    std::optional<CommandPlace> menuPlace; ///< where the menu was opened that has just closed
    TimelineCommand awaited = TimelineCommand::None; ///< a command that needs a digit
    std::optional<bool> space; ///< whether it was held for a drag; nothing while it is up
    bool isDirty = false;      ///< the model has changed since the last tick
};

/// Does what the user asked for and tells others what came of it.
template <typename Change>
void TimelineWidget::Private::act(Change change)
{
    const bool wasFollowing = scene.isFollowing();
    const std::optional<TaskId> selected = scene.selected();
    const std::vector<TaskId> all = scene.allSelected();
    const std::optional<quint32> lane = scene.selectedLane();
    const std::optional<TimelineArea> area = scene.area().area();
    const ViewHistory::View view = scene.view();
    const SavedEdits saved = scene.saved();
    change();
    refreshUndo();
    q->update();
    wake();
    if (scene.isFollowing() != wasFollowing)
        Q_EMIT q->followingChanged(scene.isFollowing());
    if (scene.view().begin != view.begin || scene.view().length != view.length)
        Q_EMIT q->viewChanged();
    if (scene.area().area() != area)
        Q_EMIT q->areaChanged();
    if (!(scene.saved() == saved))
        Q_EMIT q->editsChanged();
    if (scene.selected() != selected) {
        describe();
        Q_EMIT q->taskSelected(scene.selected());
    }
    const std::vector<TaskId> now = scene.allSelected();
    if (now != all && (now.size() > 1 || all.size() > 1))
        Q_EMIT q->tasksSelected(now);
    if (scene.selectedLane() != lane) {
        describe();
        Q_EMIT q->laneSelected(scene.selectedLane());
    }
}

} // namespace Fanfare
