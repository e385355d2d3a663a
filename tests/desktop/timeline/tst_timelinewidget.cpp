// SPDX-License-Identifier: MIT
#include "desktop/models/runstory.h"
#include "desktop/timeline/timelinescene.h"
#include "desktop/timeline/timelinewidget.h"
#include "desktop/widgetpicture.h"

#include <QAccessible>
#include <QApplication>
#include <QClipboard>
#include <QGuiApplication>
#include <QLineEdit>
#include <QNativeGestureEvent>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QWheelEvent>

using namespace Fanfare;

class tst_TimelineWidget final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
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
    void tellsAssistiveTechnologyWhatIsInView();
    void tellsAssistiveTechnologyOfFoldedGroups();
    void neverMovesByItself();
    void copiesTheSelectedTask();
    void asksForANoteAndAFilter();
    void remembersAViewUnderADigit();
    void clearsTheFilterOrShowsAll();
    void looksTheSameOnEveryDevice();
    void writesItsPicture();
    void tellsWhichEmissionTheMouseIsOn();
    void foldsAGroupByItsHeaderAndByKey();
    void pansWhileSpaceIsHeldAndFreezesByATap();
    void zoomsByAPinch();
    void filtersALaneByKey();

private:
    QPoint pointOf(double milliseconds, int lane = 0) const;
    void wheel(QPoint position, QPoint angle, Qt::KeyboardModifiers modifiers = Qt::NoModifier);
    QImage picture();

    std::unique_ptr<RunModel> m_model;
    std::unique_ptr<RunStory> m_story;
    std::unique_ptr<TimelineWidget> m_widget;
};

// One second on 1,000 pixels: two tasks on thread 1, a failed one on thread 2, one on the loop.
void tst_TimelineWidget::init()
{
    m_widget.reset();
    m_model = std::make_unique<RunModel>();
    m_story = std::make_unique<RunStory>(*m_model);
    m_story->startEngine();
    m_story->span(1, RunStory::thread1, 100, 300);
    m_story->span(2, RunStory::thread1, 400, 900);
    m_story->span(3, RunStory::thread2, 200, 500, Outcome::Failed);
    m_story->span(4, RunStory::loop, 0, 1'000);
    m_story->apply(1'000);
    m_widget = std::make_unique<TimelineWidget>(*m_model);
    const int header = timelineAreas(QSize(1'000, 300)).plot.x();
    m_widget->resize(header + 1'000, 300);
    m_widget->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_widget.get()));
    m_widget->zoomBy(10); // ten seconds at first; follows the end
    m_widget->setFocus();
}

/// The moment on the lane while the view shows the second before 1,000 ms.
QPoint tst_TimelineWidget::pointOf(double milliseconds, int lane) const
{
    const QRect lanes = timelineAreas(m_widget->size()).lanes;
    return QPoint(lanes.x() + int(milliseconds), lanes.y() + groupHeaderHeight + 32 * lane + 16);
}

void tst_TimelineWidget::wheel(QPoint position, QPoint angle, Qt::KeyboardModifiers modifiers)
{
    QWheelEvent event(position, m_widget->mapToGlobal(position), QPoint(), angle, Qt::NoButton,
                      modifiers, Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(m_widget.get(), &event);
}

QImage tst_TimelineWidget::picture()
{
    return m_widget->grab().toImage();
}

static std::optional<TaskId> task(quint64 emission)
{
    return TaskId{EmissionId{emission}, 0};
}

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

void tst_TimelineWidget::tellsAssistiveTechnologyWhatIsInView()
{
    QAccessibleInterface *timeline = QAccessible::queryAccessibleInterface(m_widget.get());
    QVERIFY(timeline);
    QCOMPARE(timeline->text(QAccessible::Name), QStringLiteral("Timeline"));
    QCOMPARE(timeline->childCount(), 3);

    QAccessibleInterface *lane = timeline->child(1);
    QAccessibleInterface *span = lane->child(0);

    QCOMPARE(lane->text(QAccessible::Name), QStringLiteral("thread 2"));
    QCOMPARE(lane->role(), QAccessible::List);
    QCOMPARE(lane->childCount(), 1);
    QCOMPARE(span->text(QAccessible::Name),
             QStringLiteral("sync, failed, 300 ms, thread 2, emission 3"));
    QVERIFY(!span->state().selected);
    m_widget->select(task(3));
    QVERIFY(span->state().selected);
    QCOMPARE(span->parent(), lane);
    QCOMPARE(lane->indexOfChild(span), 0);
    QCOMPARE(timeline->child(1), lane); // the same one each time
    const QPoint middle = span->rect().center();
    QCOMPARE(lane->childAt(middle.x(), middle.y()), span);
    QVERIFY(std::abs(m_widget->mapFromGlobal(middle).x() - pointOf(350, 1).x()) <= 2);
    QCOMPARE(timeline->child(99), nullptr);
}

void tst_TimelineWidget::tellsAssistiveTechnologyOfFoldedGroups()
{
    QAccessibleInterface *timeline = QAccessible::queryAccessibleInterface(m_widget.get());
    m_widget->showTimes(at(0), at(1'000));
    m_widget->select(task(3));
    QTest::keyClick(m_widget.get(), Qt::Key_G);

    QAccessibleInterface *group = timeline->child(0);
    QAccessibleInterface *loop = timeline->child(1);

    QCOMPARE(timeline->childCount(), 2);
    QCOMPARE(group->text(QAccessible::Name), // 700 and 300 of 2,000 ms
             QStringLiteral("Threads, folded, workers: 2, busy: 50 %"));
    QVERIFY(group->state().collapsed);
    QCOMPARE(timeline->indexOfChild(group), 0);
    QCOMPARE(group->parent(), timeline);
    QCOMPARE(loop->text(QAccessible::Name), QStringLiteral("loop 1"));
    QVERIFY(group->rect().bottom() < loop->rect().top());
    QTest::keyClick(m_widget.get(), Qt::Key_Z, Qt::ControlModifier);
    QVERIFY(group->state().invisible);
    QCOMPARE(timeline->childCount(), 3);
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

void tst_TimelineWidget::copiesTheSelectedTask()
{
    m_widget->select(task(3));

    QTest::keyClick(m_widget.get(), Qt::Key_C, Qt::ControlModifier);

    QCOMPARE(QGuiApplication::clipboard()->text(),
             QStringLiteral("sync, failed, 300 ms, thread 2, emission 3"));
}

void tst_TimelineWidget::asksForANoteAndAFilter()
{
    QSignalSpy filter(m_widget.get(), &TimelineWidget::filterWanted);
    const auto editor = m_widget->findChild<QLineEdit *>();
    const QImage before = picture();

    QTest::keyClick(m_widget.get(), Qt::Key_Slash);
    QTest::keyClick(m_widget.get(), Qt::Key_M);
    QVERIFY(editor->isVisible());
    QTest::keyClicks(editor, QStringLiteral("slow"));
    QTest::keyClick(editor, Qt::Key_Return);
    const QImage noted = picture();
    QTest::keyClick(m_widget.get(), Qt::Key_Z, Qt::ControlModifier);

    QCOMPARE(filter.size(), 1);
    QVERIFY(!editor->isVisible());
    QVERIFY(noted != before);
    QCOMPARE(picture(), before);
}

void tst_TimelineWidget::remembersAViewUnderADigit()
{
    m_widget->setFollowing(false);
    const QImage before = picture();

    QTest::keyClick(m_widget.get(), Qt::Key_B);
    QTest::keyClick(m_widget.get(), Qt::Key_0); // not "show all"
    const QImage same = picture();
    QTest::keyClick(m_widget.get(), Qt::Key_0);
    const QImage all = picture();
    QTest::keyClick(m_widget.get(), Qt::Key_Apostrophe);
    QTest::keyClick(m_widget.get(), Qt::Key_0);

    QCOMPARE(same, before);
    QVERIFY(all != before);
    QCOMPARE(picture(), before);
}

void tst_TimelineWidget::clearsTheFilterOrShowsAll()
{
    QSignalSpy changed(m_widget.get(), &TimelineWidget::filterChanged);
    m_widget->setFilter(QStringLiteral("async"));

    QTest::keyClick(m_widget.get(), Qt::Key_0, Qt::ControlModifier);
    const bool isFollowing = m_widget->isFollowing();
    QTest::keyClick(m_widget.get(), Qt::Key_0, Qt::ControlModifier);

    QVERIFY(m_widget->filterState().text.isEmpty());
    QVERIFY(changed.size() >= 2);
    QVERIFY(isFollowing);
    QVERIFY(!m_widget->isFollowing()); // the whole run
}

/// Pixels of a window are written without a way over another image, those of other formats are not.
void tst_TimelineWidget::looksTheSameOnEveryDevice()
{
    QImage direct(m_widget->size(), QImage::Format_RGB32);
    QImage copied(m_widget->size(), QImage::Format_RGB30);

    m_widget->render(&direct);
    m_widget->render(&copied);

    const QImage other = copied.convertToFormat(QImage::Format_RGB32);
    const QRect lanes = timelineAreas(m_widget->size()).lanes;
    int colored = 0;
    for (int y = lanes.top(); y <= lanes.bottom(); ++y) {
        for (int x = lanes.left(); x <= lanes.right(); ++x) {
            const QColor a = direct.pixelColor(x, y);
            const QColor b = other.pixelColor(x, y);
            QVERIFY2(std::abs(a.red() - b.red()) <= 3 && std::abs(a.green() - b.green()) <= 3
                         && std::abs(a.blue() - b.blue()) <= 3,
                     qPrintable(QStringLiteral("at %1, %2").arg(x).arg(y)));
            colored += a.saturation() > 60 ? 1 : 0;
        }
    }
    QVERIFY(colored > 1'000);
}

void tst_TimelineWidget::writesItsPicture()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral("QPainter")));
    const QTemporaryDir folder;
    const QString png = folder.filePath(QStringLiteral("timeline.png"));
    const QString svg = folder.filePath(QStringLiteral("timeline.svg"));

    QVERIFY(writePicture(*m_widget, png));
    QVERIFY(writePicture(*m_widget, svg));

    QCOMPARE(QImage(png).size(), m_widget->size() * 2);
    QFile file(svg);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(file.readAll().contains("<image"));
    const auto failed = writePicture(*m_widget, folder.filePath(QStringLiteral("no/such.png")));
    QVERIFY(!failed);
    QVERIFY(failed.error().message.contains(QStringLiteral("no/such.png")));
}

void tst_TimelineWidget::tellsWhichEmissionTheMouseIsOn()
{
    QSignalSpy hovered(m_widget.get(), &TimelineWidget::emissionHovered);

    QTest::mouseMove(m_widget.get(), pointOf(200));
    QTest::mouseMove(m_widget.get(), pointOf(350));

    QTRY_COMPARE(hovered.count(), 2);
    QCOMPARE(hovered[0][0].value<std::optional<EmissionId>>(), EmissionId{1});
    QVERIFY(!hovered[1][0].value<std::optional<EmissionId>>());
}

void tst_TimelineWidget::foldsAGroupByItsHeaderAndByKey()
{
    const QRect headers = timelineAreas(m_widget->size()).headers;
    const QPoint header(headers.x() + 20, headers.y() + groupHeaderHeight / 2);
    const auto lanes = [this] { return m_widget->scene().lanes().places().size(); };
    QSignalSpy edits(m_widget.get(), &TimelineWidget::editsChanged);

    QTest::mouseClick(m_widget.get(), Qt::LeftButton, {}, header);
    const size_t folded = lanes();
    const QColor bar = picture().pixelColor(pointOf(250) - QPoint(0, groupHeaderHeight));
    const QColor free = picture().pixelColor(pointOf(50) - QPoint(0, groupHeaderHeight));
    QTest::mouseClick(m_widget.get(), Qt::LeftButton, {}, header);
    const size_t unfolded = lanes();
    m_widget->select(task(3));
    QTest::keyClick(m_widget.get(), Qt::Key_G);
    const size_t byKey = lanes();
    QTest::keyClick(m_widget.get(), Qt::Key_Z, Qt::ControlModifier);

    QCOMPARE(folded, 1U);
    QVERIFY(bar != free);
    QCOMPARE(unfolded, 3U);
    QCOMPARE(byKey, 1U);
    QCOMPARE(lanes(), 3U);
    QCOMPARE(edits.size(), 4);
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

void tst_TimelineWidget::filtersALaneByKey()
{
    QTest::mouseMove(m_widget.get(), pointOf(300, 1)); // on thread 2
    m_widget->select(task(3));
    QSignalSpy told(m_widget.get(), &TimelineWidget::told);

    QTest::keyClick(m_widget.get(), Qt::Key_F, Qt::ShiftModifier);
    auto *line = qobject_cast<QLineEdit *>(QApplication::focusWidget());
    QVERIFY(line);
    QTest::keyClicks(line, QStringLiteral("run<"));
    QTest::keyClick(line, Qt::Key_Return);
    const bool isTold = told.size() == 1;
    QTest::keyClick(m_widget.get(), Qt::Key_F, Qt::ShiftModifier);
    QTest::keyClicks(line, QStringLiteral("run<1s"));
    QTest::keyClick(line, Qt::Key_Return);
    const QString filter = m_widget->scene().arrangement().filter(1);
    QTest::keyClick(m_widget.get(), Qt::Key_F, Qt::ShiftModifier);
    const QString offered = line->text();
    QTest::keyClicks(line, QStringLiteral("nonsense"));
    QTest::keyClick(line, Qt::Key_Escape);

    QVERIFY(isTold); // a term that nobody understands
    QCOMPARE(filter, QStringLiteral("run<1s"));
    QCOMPARE(offered, filter);
    QCOMPARE(m_widget->scene().arrangement().filter(1), filter);
}

QTEST_MAIN(tst_TimelineWidget)
#include "tst_timelinewidget.moc"
