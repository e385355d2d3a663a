// SPDX-License-Identifier: MIT
#include "timelinefixture.h"

#include <QAccessible>
#include <QApplication>
#include <QClipboard>
#include <QLineEdit>
#include <QSignalSpy>

using namespace Fanfare;

class tst_TimelineWords final : public QObject, private TimelineFixture
{
    Q_OBJECT

private Q_SLOTS:
    void init() { start(); }
    void tellsAssistiveTechnologyWhatIsInView();
    void tellsAssistiveTechnologyOfFoldedGroups();
    void copiesTheSelectedTask();
    void asksForANoteAndAFilter();
    void remembersAViewUnderADigit();
    void clearsTheFilterOrShowsAll();
    void foldsAGroupByItsHeaderAndByKey();
    void filtersALaneByKey();
};

void tst_TimelineWords::tellsAssistiveTechnologyWhatIsInView()
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

void tst_TimelineWords::tellsAssistiveTechnologyOfFoldedGroups()
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

void tst_TimelineWords::copiesTheSelectedTask()
{
    m_widget->select(task(3));

    QTest::keyClick(m_widget.get(), Qt::Key_C, Qt::ControlModifier);

    QCOMPARE(QGuiApplication::clipboard()->text(),
             QStringLiteral("sync, failed, 300 ms, thread 2, emission 3"));
}

void tst_TimelineWords::asksForANoteAndAFilter()
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

void tst_TimelineWords::remembersAViewUnderADigit()
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

void tst_TimelineWords::clearsTheFilterOrShowsAll()
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

void tst_TimelineWords::foldsAGroupByItsHeaderAndByKey()
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

void tst_TimelineWords::filtersALaneByKey()
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

QTEST_MAIN(tst_TimelineWords)
#include "tst_timelinewords.moc"
