// SPDX-License-Identifier: MIT
#include "timelinefixture.h"

#include <QGestureEvent>
#include <QLoggingCategory>
#include <QNativeGestureEvent>
#include <QSignalSpy>

using namespace Fanfare;
using namespace Qt::StringLiterals;

class tst_TimelineWidget final : public QObject, private TimelineFixture
{
    Q_OBJECT

private Q_SLOTS:
    void init() { start(); }
    void selectsTheTaskUnderTheMouse();
    void clearsTheSelectionOnEmptySpace();
    void selectsOtherwiseWithoutTelling();
    void pausesByPanningAndFollowsOnEnd();
    void resumesByTheChip();
    void goesOnFollowingWhileZooming();
    void zoomsAtTheMouseWithTheWheel();
    void scrollsLanesWithThePlainWheel();
    void stepsFromTaskToTaskByKey();
    void findsFailuresByKey();
    void standsStillWhileFrozen();
    void paintsOnlyWhileSomethingHappens();
    void survivesAnEngineThatDies();
    void forgetsWithTheModel();
    void tellsFrameTimes();
    void neverMovesByItself();
    void pansWhileSpaceIsHeldAndFreezesByATap();
    void zoomsByAPinch();
    void zoomsAndMovesByTwoFingers();
    void showsItsFrameTimesToWhoAsks();
};

void tst_TimelineWidget::selectsTheTaskUnderTheMouse()
{
    QSignalSpy selected(m_widget.get(), &TimelineWidget::taskSelected);

    QTest::mouseClick(m_widget.get(), Qt::LeftButton, {}, pointOf(600));
    const std::optional<TaskId> second = m_widget->selectedTask();
    QTest::mouseClick(m_widget.get(), Qt::LeftButton, {}, pointOf(300, 1));

    QCOMPARE(second, task(2));
    QCOMPARE(m_widget->selectedTask(), task(3));
    QCOMPARE(selected.size(), 2);
    QVERIFY(m_widget->isFollowing()); // selecting does not move the view
    QVERIFY(m_widget->accessibleDescription().contains(QStringLiteral("failed")));
}

void tst_TimelineWidget::clearsTheSelectionOnEmptySpace()
{
    QTest::mouseClick(m_widget.get(), Qt::LeftButton, {}, pointOf(600));

    QTest::mouseClick(m_widget.get(), Qt::LeftButton, {}, pointOf(50));

    QCOMPARE(m_widget->selectedTask(), std::nullopt);
}

void tst_TimelineWidget::selectsOtherwiseWithoutTelling()
{
    QSignalSpy selected(m_widget.get(), &TimelineWidget::taskSelected);

    m_widget->select(task(3));

    QCOMPARE(m_widget->selectedTask(), task(3));
    QCOMPARE(selected.size(), 0);
}

void tst_TimelineWidget::pausesByPanningAndFollowsOnEnd()
{
    QSignalSpy following(m_widget.get(), &TimelineWidget::followingChanged);

    wheel(pointOf(500), QPoint(0, 120), Qt::ShiftModifier);
    const bool isPaused = !m_widget->isFollowing();
    QTest::keyClick(m_widget.get(), Qt::Key_End);

    QVERIFY(isPaused);
    QVERIFY(m_widget->isFollowing());
    QCOMPARE(following.size(), 2);
}

void tst_TimelineWidget::resumesByTheChip()
{
    QTest::keyClick(m_widget.get(), Qt::Key_D, Qt::ShiftModifier);
    QVERIFY(!m_widget->isFollowing());
    picture(); // the chip is where it was painted

    const QRect lanes = timelineAreas(m_widget->size()).lanes;
    QTest::mouseClick(m_widget.get(), Qt::LeftButton, {}, lanes.bottomRight() - QPoint(60, 26));

    QVERIFY(m_widget->isFollowing());
}

void tst_TimelineWidget::goesOnFollowingWhileZooming()
{
    wheel(pointOf(500), QPoint(0, 120), Qt::ControlModifier);
    QTest::keyClick(m_widget.get(), Qt::Key_Plus);

    QVERIFY(m_widget->isFollowing());
}

void tst_TimelineWidget::zoomsAtTheMouseWithTheWheel()
{
    m_widget->setFollowing(false);
    const QPoint edge = pointOf(400); // task 2 starts here

    for (int i = 0; i < 12; ++i)
        wheel(edge, QPoint(0, 120), Qt::ControlModifier);

    QTest::mouseClick(m_widget.get(), Qt::LeftButton, {}, edge + QPoint(2, 0));
    QCOMPARE(m_widget->selectedTask(), task(2));
    QTest::mouseClick(m_widget.get(), Qt::LeftButton, {}, edge - QPoint(8, 0)); // its wait is 9 px
    QCOMPARE(m_widget->selectedTask(), task(2));
    QTest::mouseClick(m_widget.get(), Qt::LeftButton, {}, edge - QPoint(20, 0));
    QCOMPARE(m_widget->selectedTask(), std::nullopt);
}

void tst_TimelineWidget::scrollsLanesWithThePlainWheel()
{
    for (int i = 0; i < 100; ++i)
        m_story->span(quint64(100 + i), RunStory::loop, 0, 1'000);
    m_story->apply(1'000);
    QTest::mouseClick(m_widget.get(), Qt::LeftButton, {}, pointOf(600));
    QCOMPARE(m_widget->selectedTask(), task(2));

    wheel(pointOf(600), QPoint(0, -1'200));
    QTest::mouseClick(m_widget.get(), Qt::LeftButton, {}, pointOf(600));
    const std::optional<TaskId> scrolled = m_widget->selectedTask();
    wheel(pointOf(600), QPoint(0, 12'000));
    QTest::mouseClick(m_widget.get(), Qt::LeftButton, {}, pointOf(600));

    QVERIFY(scrolled != task(2));
    QCOMPARE(m_widget->selectedTask(), task(2));
    QVERIFY(m_widget->isFollowing());
}

void tst_TimelineWidget::stepsFromTaskToTaskByKey()
{
    QTest::mouseClick(m_widget.get(), Qt::LeftButton, {}, pointOf(200));
    std::vector<quint64> story;
    const auto press = [&](int key) {
        QTest::keyClick(m_widget.get(), Qt::Key(key));
        story.push_back(number(m_widget->selectedTask().value_or(TaskId()).emission));
    };

    press(Qt::Key_Right);
    press(Qt::Key_Comma);
    press(Qt::Key_Down);
    press(Qt::Key_Tab);
    press(Qt::Key_Escape);

    QCOMPARE(story, (std::vector<quint64>{2, 1, 3, 4, 0}));
    QVERIFY(!m_widget->isFollowing());
}

void tst_TimelineWidget::findsFailuresByKey()
{
    QTest::keyClick(m_widget.get(), Qt::Key_N);

    QCOMPARE(m_widget->selectedTask(), task(3));
}

void tst_TimelineWidget::standsStillWhileFrozen()
{
    QTest::keyClick(m_widget.get(), Qt::Key_Space);
    QTest::mouseClick(m_widget.get(), Qt::LeftButton, {}, pointOf(50));

    m_story->span(5, RunStory::thread1, 910, 990);
    m_story->apply(1'000);
    QTest::mouseClick(m_widget.get(), Qt::LeftButton, {}, pointOf(950));
    const std::optional<TaskId> frozen = m_widget->selectedTask();
    QTest::keyClick(m_widget.get(), Qt::Key_Space);
    QTest::keyClick(m_widget.get(), Qt::Key_Home);
    picture();
    m_widget->reveal({EmissionId{5}, 0});
    QTest::keyClick(m_widget.get(), Qt::Key_N);

    QVERIFY(frozen != task(5));
    QCOMPARE(m_widget->selectedTask(), task(3));
}

void tst_TimelineWidget::paintsOnlyWhileSomethingHappens()
{
    const auto frames = [this] { return m_widget->frameTimes(4'096).size(); };

    m_story->running(9, RunStory::thread1, 950);
    m_story->apply(1'000);
    const size_t before = frames();
    QTRY_VERIFY(frames() > before + 5); // it grows
    m_story->span(9, RunStory::thread1, 950, 1'100);
    m_story->apply(1'200);

    size_t last = 0;
    QTRY_VERIFY(std::exchange(last, frames()) == frames());
    const QImage still = picture();
    QTRY_COMPARE(picture(), still);
}

void tst_TimelineWidget::survivesAnEngineThatDies()
{
    const TaskId lost = m_story->running(9, RunStory::thread1, 950);
    m_story->apply(1'000);

    EngineEndFact end;
    end.reason = QStringLiteral("signal 6 (SIGABRT)");
    end.lost.append(*m_model->findOpen(lost));
    m_model->applyEnd(end);
    picture();
    m_widget->reveal(lost);
    m_widget->select(lost);

    QVERIFY(!picture().isNull());
    QVERIFY(m_widget->accessibleDescription().contains(QStringLiteral("crashed")));
}

void tst_TimelineWidget::forgetsWithTheModel()
{
    m_widget->select(task(2));

    m_model->clear();

    QCOMPARE(m_widget->selectedTask(), std::nullopt);
    QVERIFY(!picture().isNull());
    m_story->span(20, RunStory::thread1, 5'000, 5'100);
    m_story->apply(5'200);
    QVERIFY(!picture().isNull());
}

void tst_TimelineWidget::tellsFrameTimes()
{
    for (int i = 0; i < 5; ++i)
        m_widget->repaint();

    const std::vector<double> times = m_widget->frameTimes(3);

    QCOMPARE(times.size(), 3U);
    for (const double time : times)
        QVERIFY(time > 0);
}

void tst_TimelineWidget::neverMovesByItself()
{
    m_widget->setFollowing(false);
    QTest::mouseClick(m_widget.get(), Qt::LeftButton, {}, pointOf(600));
    QCOMPARE(m_widget->selectedTask(), task(2));

    m_story->span(20, RunStory::thread1, 31'000, 31'500); // after half a minute of nothing
    m_story->apply(32'000);
    QTest::mouseClick(m_widget.get(), Qt::LeftButton, {}, pointOf(200));

    QCOMPARE(m_widget->selectedTask(), task(1)); // where it was
}

void tst_TimelineWidget::pansWhileSpaceIsHeldAndFreezesByATap()
{
    const qint64 begin = m_widget->scene().view().begin;
    QTest::keyPress(m_widget.get(), Qt::Key_Space);
    QTest::mousePress(m_widget.get(), Qt::LeftButton, {}, pointOf(400));
    QTest::mouseMove(m_widget.get(), pointOf(450));
    QMouseEvent move(QEvent::MouseMove, pointOf(500), m_widget->mapToGlobal(pointOf(500)),
                     Qt::NoButton, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(m_widget.get(), &move);
    const Qt::CursorShape cursor = m_widget->cursor().shape();
    QTest::mouseRelease(m_widget.get(), Qt::LeftButton, {}, pointOf(500));
    QTest::keyRelease(m_widget.get(), Qt::Key_Space);
    const qint64 panned = m_widget->scene().view().begin;
    const bool isFrozen = m_widget->scene().isFrozen();
    QTest::keyClick(m_widget.get(), Qt::Key_Space);

    QCOMPARE(panned, begin - 100'000'000); // 100 pixels of a millisecond
    QCOMPARE(cursor, Qt::ClosedHandCursor);
    QVERIFY(!m_widget->scene().area().area());
    QVERIFY(!m_widget->selectedTask());
    QVERIFY(!isFrozen);
    QVERIFY(m_widget->scene().isFrozen());
}

void tst_TimelineWidget::zoomsByAPinch()
{
    m_widget->setFollowing(false);
    const QPoint place = pointOf(250);
    const double x = place.x() - timelineAreas(m_widget->size()).plot.x();
    const double length = m_widget->scene().view().length;
    const auto timeThere = [&] {
        const ViewHistory::View view = m_widget->scene().view();
        return double(view.begin) + view.length * x / 1'000;
    };
    const double time = timeThere();

    QNativeGestureEvent pinch(Qt::ZoomNativeGesture, QPointingDevice::primaryPointingDevice(), 2,
                              place, place, m_widget->mapToGlobal(place), 0.25, QPointF());
    QCoreApplication::sendEvent(m_widget.get(), &pinch);

    QVERIFY(std::abs(m_widget->scene().view().length * 1.25 - length) < 1e3);
    QVERIFY(std::abs(timeThere() - time) < 0.5e6); // half a pixel
}

void tst_TimelineWidget::zoomsAndMovesByTwoFingers()
{
    m_widget->setFollowing(false);
    const ViewHistory::View before = m_widget->scene().view();
    const double x = pointOf(250).x() - timelineAreas(m_widget->size()).plot.x();
    const QPointF place = m_widget->mapToGlobal(pointOf(250));
    QPinchGesture gesture;
    gesture.setLastCenterPoint(place - QPointF(100, 0));
    gesture.setCenterPoint(place);
    gesture.setScaleFactor(2);
    QGestureEvent pinch({&gesture});
    QCoreApplication::sendEvent(m_widget.get(), &pinch);

    const ViewHistory::View after = m_widget->scene().view();
    QVERIFY(std::abs(after.length * 2 - before.length) < 1e3);
    const double scale = before.length / 1'000; // ns a pixel
    const double wanted = double(before.begin) + (x - 100) * scale;
    QVERIFY(std::abs(double(after.begin) + x * scale / 2 - wanted) < scale);
}

void tst_TimelineWidget::showsItsFrameTimesToWhoAsks()
{
    const QImage usual = m_widget->grab().toImage();
    QLoggingCategory::setFilterRules(u"fanfare.timeline.frametime.debug=true"_s);
    const QImage watched = m_widget->grab().toImage();
    QLoggingCategory::setFilterRules({});

    const QRectF plot = timelineAreas(m_widget->size()).plot;
    const QPoint corner(int(plot.right()) - 9, int(plot.top()) + 9);
    QVERIFY(usual.pixelColor(corner) != watched.pixelColor(corner));
    QCOMPARE(m_widget->grab().toImage(), usual);
}

QTEST_MAIN(tst_TimelineWidget)
#include "tst_timelinewidget.moc"
