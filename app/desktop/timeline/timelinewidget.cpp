// SPDX-License-Identifier: MIT
#include "desktop/timeline/timelinewidget.h"

#include "desktop/timeline/frametimeoverlay.h"
#include "desktop/timeline/timelineaccessible.h"
#include "desktop/timeline/timelinekeys.h"
#include "desktop/timeline/timelinetooltip.h"
#include "desktop/timeline/timelinewidget_p.h"

#include <QContextMenuEvent>
#include <QGestureEvent>
#include <QHelpEvent>
#include <QLoggingCategory>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>
#include <QWheelEvent>

namespace Fanfare {

Q_LOGGING_CATEGORY(frameTimeLog, "fanfare.timeline.frametime", QtWarningMsg)

TimelineWidget::TimelineWidget(RunModel &model, QWidget *parent)
    : QWidget(parent)
    , d(std::make_unique<Private>(model, this))
{
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    grabGesture(Qt::PinchGesture);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setMinimumSize(320, 160);
    TimelineAccessible::install(); // before its name asks for it, or the first one would be plain
    setAccessibleName(tr("Timeline"));
    d->painter = std::make_unique<TimelinePainter>(palette(), font());
    d->scene.setTextHeight(fontMetrics().height());
    d->scene.resize(size(), devicePixelRatioF());
    d->describe();
    connect(&d->timer, &QTimer::timeout, this, [this] { d->tick(); });
    connect(&model, &RunModel::changed, this, [this] { d->takeChanges(); });
}

TimelineWidget::~TimelineWidget() = default;

void TimelineWidget::select(std::optional<TaskId> task)
{
    d->scene.select(task);
    d->describe();
    update();
}

void TimelineWidget::reveal(TaskId task)
{
    d->act([&] { d->scene.reveal(task); });
}

void TimelineWidget::setFollowing(bool following)
{
    d->act([&] {
        if (following)
            d->scene.run(TimelineCommand::Follow);
        else
            d->scene.setFollowing(false);
    });
}

void TimelineWidget::fitAll()
{
    d->act([this] { d->scene.fitAll(); });
}

void TimelineWidget::zoomBy(double factor)
{
    d->act([&] { d->scene.zoom(factor, std::nullopt); });
}

void TimelineWidget::showTimes(qint64 from, qint64 to)
{
    d->scene.glideTo(from, to);
    update();
}

void TimelineWidget::setReach(qint64 from, qint64 to)
{
    d->scene.setReach(from, to);
    update();
}

void TimelineWidget::setEnded(bool ended)
{
    d->scene.setEnded(ended);
    update();
}

void TimelineWidget::restoreEdits(const SavedEdits &saved)
{
    d->scene.restore(saved);
    d->refreshUndo();
    d->tellFilter();
    update();
}

void TimelineWidget::highlight(std::optional<EmissionId> emission)
{
    if (d->highlighted == emission)
        return;
    d->highlighted = emission;
    update();
}

std::optional<EmissionId> TimelineWidget::highlighted() const
{
    return d->highlighted;
}

void TimelineWidget::showCursor(std::optional<qint64> time)
{
    if (d->cursor == time)
        return;
    d->cursor = time;
    update();
}

std::optional<qint64> TimelineWidget::cursorTime() const
{
    return d->cursor;
}

void TimelineWidget::refreshKeys()
{
    d->actions.refreshKeys();
}

const TimelineScene &TimelineWidget::scene() const
{
    return d->scene;
}

void TimelineWidget::setFilter(const QString &text)
{
    d->act([&] { d->scene.setFilter(text); });
    d->tellFilter();
}

void TimelineWidget::setFilterHidesOthers(bool hides)
{
    d->act([&] { d->scene.setFilterHidesOthers(hides); });
    d->tellFilter();
}

void TimelineWidget::nextMatch()
{
    d->act([this] { d->scene.stepMatch(Direction::Forward); });
    d->tellFilter();
}

void TimelineWidget::previousMatch()
{
    d->act([this] { d->scene.stepMatch(Direction::Backward); });
    d->tellFilter();
}

TimelineWidget::FilterState TimelineWidget::filterState() const
{
    const TimelineFilter &filter = d->scene.filter();
    FilterState state{filter.text(), filter.error(), filter.hidesOthers()};
    if (const FilterMatches *matches = filter.matches()) {
        state.isCounting = !matches->isDone();
        state.count = matches->count();
        state.position = d->scene.matchPosition();
    }
    return state;
}

std::vector<TimelineWidget::LaneInView> TimelineWidget::lanesInView() const
{
    return d->lanesInView();
}

std::vector<TimelineWidget::GroupInView> TimelineWidget::foldedGroupsInView() const
{
    return d->foldedGroupsInView();
}

QString TimelineWidget::sentenceFor(TaskId task) const
{
    return TimelineTooltip(d->scene.tracks(), d->scene.model(), d->scene.now()).sentenceFor(task);
}

std::optional<TaskId> TimelineWidget::selectedTask() const
{
    return d->scene.selected();
}

std::vector<TaskId> TimelineWidget::selectedTasks() const
{
    return d->scene.allSelected();
}

std::optional<quint32> TimelineWidget::selectedLane() const
{
    return d->scene.selectedLane();
}

bool TimelineWidget::isFollowing() const
{
    return d->scene.isFollowing();
}

std::vector<double> TimelineWidget::frameTimes(int count) const
{
    return d->frameTimes.last(count);
}

quint64 TimelineWidget::frameCount() const
{
    return d->frameTimes.count();
}

void TimelineWidget::paintEvent(QPaintEvent *)
{
    QElapsedTimer clock;
    clock.start();
    d->scene.resize(size(), devicePixelRatioF());
    {
        QPainter painter(this);
        d->painter->paint(painter, d->scene,
                          {d->hovered ? d->hovered : d->highlighted, d->hoveredHeader,
                           d->drag.zoomBox(), d->hint(), d->cursor});
        if (frameTimeLog().isDebugEnabled())
            drawFrameTimes(painter, d->frameTimes, d->scene.areas().plot);
    }
    const double milliseconds = static_cast<double>(clock.nsecsElapsed()) / 1e6;
    d->frameTimes.add(milliseconds);
    qCDebug(frameTimeLog, "%.3f ms", milliseconds);
}

void TimelineWidget::wheelEvent(QWheelEvent *event)
{
    d->act([&] { d->wheel(*event); });
    d->hover(event->position());
    d->tellTime(event->position()); // another one is there now
    event->accept();
}

void TimelineWidget::keyPressEvent(QKeyEvent *event)
{
    if (!d->press(*event))
        QWidget::keyPressEvent(event);
}

void TimelineWidget::keyReleaseEvent(QKeyEvent *event)
{
    d->releaseSpace(*event);
    const TimelineCommand command = timelineKeys().commandFor(*event);
    if (!event->isAutoRepeat() && HeldMotion::isHeld(command))
        d->held.release(command);
    else if (!event->isAutoRepeat())
        d->held.clear(); // Shift went down in between: the key has changed its meaning
    QWidget::keyReleaseEvent(event);
}

void TimelineWidget::mousePressEvent(QMouseEvent *event)
{
    d->drag.press(*event);
    if (d->space)
        d->space = true;
    if (d->drag.kind() == TimelineDrag::Kind::Pan)
        setCursor(Qt::ClosedHandCursor);
}

void TimelineWidget::mouseMoveEvent(QMouseEvent *event)
{
    if (event->buttons() == Qt::NoButton)
        d->hover(event->position());
    else
        d->act([&] { d->drag.move(*event); });
    d->tellTime(event->position());
}

void TimelineWidget::mouseReleaseEvent(QMouseEvent *event)
{
    bool isClick = false;
    d->act([&] { isClick = d->drag.release(*event); });
    if (isClick)
        d->click(event->position(), event->modifiers());
    d->hover(event->position());
}

void TimelineWidget::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return;
    bool isMarker = false;
    d->act([&] { isMarker = d->drag.removeMarker(event->position()); });
    const std::optional<TaskId> task = d->taskAtPoint(event->position());
    if (isMarker || !task)
        return;
    d->act([&] {
        d->scene.select(task);
        d->scene.fitTask(*task);
    });
}

void TimelineWidget::contextMenuEvent(QContextMenuEvent *event)
{
    d->openMenu(event->pos());
}

void TimelineWidget::leaveEvent(QEvent *event)
{
    d->hoveredHeader.reset();
    d->setHovered(std::nullopt);
    Q_EMIT timeHovered(std::nullopt);
    update();
    QWidget::leaveEvent(event);
}

void TimelineWidget::changeEvent(QEvent *event)
{
    const QEvent::Type type = event->type();
    if (type == QEvent::PaletteChange || type == QEvent::FontChange
        || type == QEvent::StyleChange) {
        d->painter = std::make_unique<TimelinePainter>(palette(), font());
        d->scene.setTextHeight(fontMetrics().height());
        update();
    }
    QWidget::changeEvent(event);
}

bool TimelineWidget::event(QEvent *event)
{
    switch (event->type()) {
    case QEvent::ToolTip: {
        const auto *help = static_cast<QHelpEvent *>(event);
        QToolTip::showText(help->globalPos(), d->tooltipAt(help->pos()), this);
        return true;
    }
    case QEvent::ShortcutOverride: // single keys are the timeline's while it has the focus
        if (d->wants(*static_cast<QKeyEvent *>(event)))
            event->accept();
        break;
    case QEvent::KeyPress: { // Tab never reaches keyPressEvent()
        const int key = static_cast<QKeyEvent *>(event)->key();
        const bool isTab = key == Qt::Key_Tab || key == Qt::Key_Backtab;
        if (isTab && d->press(*static_cast<QKeyEvent *>(event)))
            return true; // past the last lane the focus moves on
        break;
    }
    case QEvent::NativeGesture: {
        const auto *gesture = static_cast<QNativeGestureEvent *>(event);
        if (gesture->gestureType() != Qt::ZoomNativeGesture)
            break;
        const double x = gesture->position().x() - d->scene.areas().plot.x();
        d->act([&] { d->scene.zoom(1 + gesture->value(), x); });
        return true;
    }
    case QEvent::Gesture:
        if (d->pinch(*static_cast<QGestureEvent *>(event)))
            return true;
        break;
    case QEvent::Resize:
        d->scene.resize(size(), devicePixelRatioF());
        break;
    case QEvent::Show:
        d->wake();
        break;
    case QEvent::Hide:
        d->timer.stop();
        d->held.clear();
        break;
    case QEvent::FocusOut:
        d->held.clear();
        d->space.reset();
        d->drag.setPanKeyHeld(false);
        break;
    default:
        break;
    }
    return QWidget::event(event);
}

QSize TimelineWidget::sizeHint() const
{
    return QSize(960, 420);
}

} // namespace Fanfare
