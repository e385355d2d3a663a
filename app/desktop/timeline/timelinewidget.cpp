// SPDX-License-Identifier: MIT
#include "desktop/timeline/timelinewidget.h"

#include "desktop/timeline/frametimes.h"
#include "desktop/timeline/timelinepainter.h"
#include "desktop/timeline/timelinetooltip.h"

#include <QElapsedTimer>
#include <QHelpEvent>
#include <QLoggingCategory>
#include <QMouseEvent>
#include <QPainter>
#include <QTimer>
#include <QToolTip>
#include <QWheelEvent>

#include <cmath>

namespace Fanfare {

Q_LOGGING_CATEGORY(frameTimeLog, "fanfare.timeline.frametime", QtWarningMsg)

static constexpr int frameInterval = 16; // ms

class TimelineWidget::Private
{
public:
    Private(RunModel &model, TimelineWidget *widget);

    template<typename Change>
    void act(Change change);
    void wake();
    void tick();
    void hover(QPointF position);
    void describe();
    bool press(const QKeyEvent &event);
    void drag(QPointF position);
    void wheel(const QWheelEvent &event);
    std::optional<double> mouseX() const;
    std::optional<TaskId> taskAtPoint(QPointF position);
    QString tooltipAt(QPointF position);

    enum class Drag { None, Click, Pan };

    TimelineWidget *q;
    TimelineScene scene;
    std::unique_ptr<TimelinePainter> painter;
    FrameTimes frameTimes;
    QTimer timer;
    QElapsedTimer sinceTick;
    HeldMotion held;
    std::optional<EmissionId> hovered;
    Drag dragging = Drag::None;
    QPointF dragFrom;
    bool isDirty = false; ///< the model has changed since the last tick
};

TimelineWidget::Private::Private(RunModel &model, TimelineWidget *widget)
    : q(widget)
    , scene(model)
{
    timer.setTimerType(Qt::PreciseTimer);
    timer.setInterval(frameInterval);
}

/// Does what the user asked for and tells others what came of it.
template<typename Change>
void TimelineWidget::Private::act(Change change)
{
    const bool wasFollowing = scene.isFollowing();
    const std::optional<TaskId> selected = scene.selected();
    change();
    q->update();
    wake();
    if (scene.isFollowing() != wasFollowing)
        Q_EMIT q->followingChanged(scene.isFollowing());
    if (scene.selected() == selected)
        return;
    describe();
    Q_EMIT q->taskSelected(scene.selected());
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
    if (isLive || isDirty)
        q->update();
    else if (!held.isActive())
        timer.stop();
    isDirty = false;
}

void TimelineWidget::Private::describe()
{
    const std::optional<TaskId> task = scene.selected();
    const TimelineTooltip words(scene.tracks(), scene.model(), scene.now());
    q->setAccessibleDescription(
        task ? words.sentenceFor(*task)
             : tr("All tasks over time, by worker. Arrow keys step from task to task."));
}

std::optional<double> TimelineWidget::Private::mouseX() const
{
    if (!q->underMouse())
        return std::nullopt;
    const QPoint position = q->mapFromGlobal(QCursor::pos());
    const QRect plot = timelineAreas(q->size()).plot;
    return plot.contains(position) ? std::optional<double>(position.x() - plot.x()) : std::nullopt;
}

std::optional<TaskId> TimelineWidget::Private::taskAtPoint(QPointF position)
{
    return taskAt(scene.hit(position), scene.tracks(), scene.model());
}

QString TimelineWidget::Private::tooltipAt(QPointF position)
{
    return TimelineTooltip(scene.tracks(), scene.model(), scene.now()).textFor(scene.hit(position));
}

void TimelineWidget::Private::hover(QPointF position)
{
    const TimelineHit hit = scene.hit(position);
    const std::optional<EmissionId> emission = emissionAt(hit, scene.tracks(), scene.model());
    const bool isClickable
        = hit.kind != HitKind::Nothing || painter->chip().contains(position.toPoint());
    q->setCursor(isClickable ? Qt::PointingHandCursor : Qt::ArrowCursor);
    if (emission == hovered)
        return;
    hovered = emission;
    q->update();
}

bool TimelineWidget::Private::press(const QKeyEvent &event)
{
    const TimelineCommand command = commandFor(event);
    if (HeldMotion::isHeld(command)) {
        if (event.isAutoRepeat())
            return true; // held keys move by themselves, smoothly
        held.press(command);
    }
    bool isDone = false;
    act([&] { isDone = scene.run(command, mouseX()); });
    return isDone;
}

void TimelineWidget::Private::drag(QPointF position)
{
    if (dragging == Drag::Click && (position - dragFrom).manhattanLength() > 4)
        dragging = Drag::None; // no click any more
    if (dragging != Drag::Pan)
        return;
    const QPointF moved = dragFrom - position;
    dragFrom = position;
    act([&] {
        if (moved.x() != 0)
            scene.pan(moved.x());
        scene.scroll(static_cast<int>(std::lround(moved.y())));
    });
}

void TimelineWidget::Private::wheel(const QWheelEvent &event)
{
    constexpr double notch = 120; // eighths of a degree
    constexpr double pixelsPerNotch = 72;
    const QPointF pixels = event.hasPixelDelta() ? QPointF(event.pixelDelta())
                                                 : QPointF(event.angleDelta()) / notch * pixelsPerNotch;
    const double main = pixels.y() != 0 ? pixels.y() : pixels.x();
    if (event.modifiers() & Qt::ControlModifier) {
        const double x = event.position().x() - timelineAreas(q->size()).plot.x();
        scene.zoom(std::pow(1.2, main / pixelsPerNotch), x);
    } else if (event.modifiers() & Qt::ShiftModifier) {
        scene.pan(-main);
    } else {
        if (pixels.x() != 0)
            scene.pan(-pixels.x());
        scene.scroll(-static_cast<int>(std::lround(pixels.y())));
    }
}

TimelineWidget::TimelineWidget(RunModel &model, QWidget *parent)
    : QWidget(parent)
    , d(std::make_unique<Private>(model, this))
{
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setMinimumSize(320, 160);
    setAccessibleName(tr("Timeline"));
    d->painter = std::make_unique<TimelinePainter>(palette(), font());
    d->scene.resize(size(), devicePixelRatioF());
    d->describe();
    connect(&d->timer, &QTimer::timeout, this, [this] { d->tick(); });
    connect(&model, &RunModel::changed, this, [this] {
        d->scene.takeChanges();
        d->isDirty = true;
        d->wake();
    });
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

std::optional<TaskId> TimelineWidget::selectedTask() const
{
    return d->scene.selected();
}

bool TimelineWidget::isFollowing() const
{
    return d->scene.isFollowing();
}

std::vector<double> TimelineWidget::frameTimes(int count) const
{
    return d->frameTimes.last(count);
}

void TimelineWidget::paintEvent(QPaintEvent *)
{
    QElapsedTimer clock;
    clock.start();
    d->scene.resize(size(), devicePixelRatioF());
    {
        QPainter painter(this);
        d->painter->paint(painter, d->scene, d->hovered);
    }
    const double milliseconds = static_cast<double>(clock.nsecsElapsed()) / 1e6;
    d->frameTimes.add(milliseconds);
    qCDebug(frameTimeLog, "%.3f ms", milliseconds);
}

void TimelineWidget::wheelEvent(QWheelEvent *event)
{
    d->act([&] { d->wheel(*event); });
    d->hover(event->position());
    event->accept();
}

void TimelineWidget::keyPressEvent(QKeyEvent *event)
{
    if (!d->press(*event))
        QWidget::keyPressEvent(event);
}

void TimelineWidget::keyReleaseEvent(QKeyEvent *event)
{
    const TimelineCommand command = commandFor(*event);
    if (!event->isAutoRepeat() && HeldMotion::isHeld(command))
        d->held.release(command);
    else if (!event->isAutoRepeat())
        d->held.clear(); // Shift went down in between: the key has changed its meaning
    QWidget::keyReleaseEvent(event);
}

void TimelineWidget::mousePressEvent(QMouseEvent *event)
{
    const bool pans = event->button() == Qt::MiddleButton
        || (event->button() == Qt::LeftButton && event->modifiers() == Qt::ShiftModifier);
    d->dragFrom = event->position();
    d->dragging = pans ? Private::Drag::Pan : Private::Drag::None;
    if (pans)
        setCursor(Qt::ClosedHandCursor);
    else if (event->button() == Qt::LeftButton)
        d->dragging = Private::Drag::Click;
}

void TimelineWidget::mouseMoveEvent(QMouseEvent *event)
{
    if (event->buttons() == Qt::NoButton)
        d->hover(event->position());
    else
        d->drag(event->position());
}

void TimelineWidget::mouseReleaseEvent(QMouseEvent *event)
{
    const bool isClick = d->dragging == Private::Drag::Click && event->button() == Qt::LeftButton;
    d->dragging = Private::Drag::None;
    if (isClick && d->painter->chip().contains(event->position().toPoint()))
        setFollowing(true);
    else if (isClick)
        d->act([&] { d->scene.select(d->taskAtPoint(event->position())); });
    d->hover(event->position());
}

void TimelineWidget::mouseDoubleClickEvent(QMouseEvent *event)
{
    const std::optional<TaskId> task = d->taskAtPoint(event->position());
    if (event->button() != Qt::LeftButton || !task)
        return;
    d->act([&] {
        d->scene.select(task);
        d->scene.fitTask(*task);
    });
}

void TimelineWidget::leaveEvent(QEvent *event)
{
    d->hovered.reset();
    update();
    QWidget::leaveEvent(event);
}

void TimelineWidget::changeEvent(QEvent *event)
{
    const QEvent::Type type = event->type();
    if (type == QEvent::PaletteChange || type == QEvent::FontChange || type == QEvent::StyleChange) {
        d->painter = std::make_unique<TimelinePainter>(palette(), font());
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
        if (commandFor(*static_cast<QKeyEvent *>(event)) != TimelineCommand::None)
            event->accept();
        break;
    case QEvent::KeyPress: { // Tab never reaches keyPressEvent()
        const int key = static_cast<QKeyEvent *>(event)->key();
        const bool isTab = key == Qt::Key_Tab || key == Qt::Key_Backtab;
        if (isTab && d->press(*static_cast<QKeyEvent *>(event)))
            return true; // past the last lane the focus moves on
        break;
    }
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
