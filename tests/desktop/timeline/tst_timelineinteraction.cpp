// SPDX-License-Identifier: MIT
// Every row of the table of keys and gestures, as events that the widget gets.
#include "interactionfixture.h"

#include <QAction>
#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>

using namespace Fanfare;

Q_DECLARE_METATYPE(SpanColoring)

class tst_TimelineInteraction final : public QObject, private InteractionFixture
{
    Q_OBJECT

private Q_SLOTS:
    void init() { start(); }
    void does_data();
    void does();
    void colorsByWhatAnActionSays_data();
    void colorsByWhatAnActionSays();
    void keepsTheTimeUnderTheMouseWhenItZooms();
    void showsTheCursorOfWhatADragWouldDo();
};

// One second on 1,000 pixels: two tasks on thread 1, a failed one on thread 2, one on the loop;
// emission 5 has a task on each thread.
void InteractionFixture::start()
{
    m_widget.reset();
    m_model = std::make_unique<RunModel>();
    m_story = std::make_unique<RunStory>(*m_model);
    m_story->startEngine();
    m_story->span(1, RunStory::thread1, 100, 300);
    m_story->span(2, RunStory::thread1, 400, 600);
    m_story->span(5, RunStory::thread1, 700, 800);
    m_story->span(3, RunStory::thread2, 200, 500, Outcome::Failed);
    m_story->span(5, RunStory::thread2, 850, 900);
    m_story->batch.trace.spans.back().task.index = 1;
    m_story->span(4, RunStory::loop, 0, 1'000);
    m_story->span(6, RunStory::thread2, 950, 990, Outcome::Failed);
    m_story->apply(1'000);
    m_widget = std::make_unique<TimelineWidget>(*m_model);
    const int header = timelineAreas(QSize(1'000, 320)).plot.x();
    m_widget->resize(header + 1'000, 320);
    m_widget->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_widget.get()));
    m_widget->showTimes(at(0), at(1'000));
    m_widget->setFocus();
    m_details = std::make_unique<QSignalSpy>(m_widget.get(), &TimelineWidget::detailsWanted);
    m_filterWanted = std::make_unique<QSignalSpy>(m_widget.get(), &TimelineWidget::filterWanted);
    QTest::mouseMove(m_widget.get(), pointOf(500));
}

/// The point on a lane that was there while the view showed the first second.
QPoint InteractionFixture::pointOf(double milliseconds, int lane) const
{
    const QRect lanes = timelineAreas(m_widget->size()).lanes;
    return QPoint(lanes.x() + int(milliseconds), lanes.y() + groupHeaderHeight + 32 * lane + 16);
}

QPoint InteractionFixture::rulerAt(double milliseconds) const
{
    return QPoint(pointOf(milliseconds).x(), timelineAreas(m_widget->size()).ruler.center().y());
}

QPoint InteractionFixture::header(int lane, int x) const
{
    return QPoint(x, pointOf(0, lane).y());
}

void InteractionFixture::key(int key, Qt::KeyboardModifiers modifiers)
{
    QTest::keyClick(m_widget.get(), Qt::Key(key), modifiers);
}

void InteractionFixture::hold(Qt::Key key, const std::function<bool()> &reached)
{
    QTest::keyPress(m_widget.get(), key);
    QTRY_VERIFY(reached());
    QTest::keyRelease(m_widget.get(), key);
}

void InteractionFixture::click(QPoint at, Qt::KeyboardModifiers modifiers)
{
    QTest::mouseClick(m_widget.get(), Qt::LeftButton, modifiers, at);
}

void InteractionFixture::drag(QPoint from, QPoint to, Qt::KeyboardModifiers modifiers,
                              Qt::MouseButton button)
{
    const auto send = [&](QEvent::Type type, QPoint at, Qt::MouseButton changed,
                          Qt::MouseButtons held) {
        QMouseEvent event(type, at, m_widget->mapToGlobal(at), changed, held, modifiers);
        QCoreApplication::sendEvent(m_widget.get(), &event);
    };
    send(QEvent::MouseButtonPress, from, button, button);
    send(QEvent::MouseMove, (from + to) / 2, Qt::NoButton, button);
    send(QEvent::MouseMove, to, Qt::NoButton, button);
    send(QEvent::MouseButtonRelease, to, button, Qt::NoButton);
}

void InteractionFixture::wheel(QPoint angle, Qt::KeyboardModifiers modifiers)
{
    const QPoint position = pointOf(500);
    QWheelEvent event(position, m_widget->mapToGlobal(position), QPoint(), angle, Qt::NoButton,
                      modifiers, Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(m_widget.get(), &event);
}

/// So that there is something to scroll to.
void InteractionFixture::addTallLoop()
{
    for (int i = 0; i < 200; ++i)
        m_story->span(quint64(100 + i), RunStory::loop, 0, 1'000);
    m_story->apply(1'000);
    m_widget->showTimes(at(0), at(1'000));
}

std::vector<InteractionFixture::Row> InteractionFixture::rows()
{
    std::vector<Row> all;
    addViewRows(all);
    addMouseRows(all);
    addRulerAndHeaderRows(all);
    addStepRows(all);
    addEditRows(all);
    return all;
}

void tst_TimelineInteraction::does_data()
{
    QTest::addColumn<int>("row");

    int index = 0;
    for (const Row &row : rows())
        QTest::newRow(row.name) << index++;
}

void tst_TimelineInteraction::does()
{
    QFETCH(int, row);
    const Row now = rows()[size_t(row)];
    now.before();
    QVERIFY(!now.hasEffect());

    now.gesture();

    QVERIFY(now.hasEffect());
}

void tst_TimelineInteraction::colorsByWhatAnActionSays_data()
{
    QTest::addColumn<SpanColoring>("coloring");

    QTest::newRow("Color by handler") << SpanColoring::Handler;
    QTest::newRow("Color by event") << SpanColoring::Event;
    QTest::newRow("Color by plugin") << SpanColoring::Plugin;
    QTest::newRow("Color by worker") << SpanColoring::Worker;
    QTest::newRow("Color by outcome") << SpanColoring::Outcome;
    QTest::newRow("Color by waiting time") << SpanColoring::Wait;
    QTest::newRow("Color by running time") << SpanColoring::Duration;
}

/// All colorings are actions, so that the palette has them; heat goes back to the one before.
void tst_TimelineInteraction::colorsByWhatAnActionSays()
{
    QFETCH(SpanColoring, coloring);
    const QString text = QString::fromLatin1(QTest::currentDataTag());
    const QList<QAction *> actions = m_widget->actions();
    const auto action = std::ranges::find(actions, text, &QAction::text);
    QVERIFY(action != actions.end());
    key(Qt::Key_H);
    key(Qt::Key_H);

    (*action)->trigger();
    const SpanColoring chosen = scene().coloring();
    while (scene().coloring() != SpanColoring::Duration)
        key(Qt::Key_H);
    key(Qt::Key_H);

    const bool isHeat = coloring == SpanColoring::Wait || coloring == SpanColoring::Duration;
    QCOMPARE(chosen, coloring);
    QCOMPARE(scene().coloring(), isHeat ? SpanColoring::Handler : coloring);
}

void tst_TimelineInteraction::keepsTheTimeUnderTheMouseWhenItZooms()
{
    const auto timeUnderMouse = [this] { return begin() + 0.5 * length() / 1e6; };
    const double before = timeUnderMouse();

    for (int i = 0; i < 5; ++i)
        wheel({0, 120}, Qt::ControlModifier);

    QVERIFY(std::abs(timeUnderMouse() - before) < 0.5);
}

void tst_TimelineInteraction::showsTheCursorOfWhatADragWouldDo()
{
    const auto shapeAt = [this](QPoint point) {
        QTest::mouseMove(m_widget.get(), point);
        QMouseEvent event(QEvent::MouseMove, point, m_widget->mapToGlobal(point), Qt::NoButton,
                          Qt::NoButton, {});
        QCoreApplication::sendEvent(m_widget.get(), &event);
        return m_widget->cursor().shape();
    };
    drag(pointOf(310), pointOf(630, 1));

    QCOMPARE(shapeAt(pointOf(350)), Qt::ArrowCursor);
    QCOMPARE(shapeAt(pointOf(450)), Qt::PointingHandCursor);
    QCOMPARE(shapeAt(pointOf(630)), Qt::SplitHCursor);
    QTest::mousePress(m_widget.get(), Qt::MiddleButton, {}, pointOf(350));
    QCOMPARE(m_widget->cursor().shape(), Qt::ClosedHandCursor);
    QTest::mouseRelease(m_widget.get(), Qt::MiddleButton, {}, pointOf(350));
}

QTEST_MAIN(tst_TimelineInteraction)
#include "tst_timelineinteraction.moc"
