// SPDX-License-Identifier: MIT
// What one part of the window does when the user looks at something in another.
#include "desktop/mainwindow.h"
#include "desktop/models/runstory.h"
#include "desktop/session.h"
#include "desktop/testengine.h"
#include "desktop/timeline/timelinescene.h"
#include "desktop/timeline/timelinewidget.h"

#include <QCheckBox>
#include <QDockWidget>
#include <QSettings>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

using namespace Fanfare;
using namespace Qt::StringLiterals;

class tst_WindowWires final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void aLineOfTheLogSelectsItsTask();
    void aTaskMarksItsLines();
    void anAreaFiltersTheLogWhenAsked();
    void theEmissionUnderTheMouseStandsOutInTheLog();

private:
    TimelineWidget *timeline() { return m_window->findChild<TimelineWidget *>(); }
    QTableView *log()
    {
        return m_window->findChild<QDockWidget *>(u"log"_s)->findChild<QTableView *>();
    }
    QVariant background(int row) { return log()->model()->index(row, 0).data(Qt::BackgroundRole); }
    QPoint pointOf(double milliseconds, quint32 lane);

    QTemporaryDir m_folder;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<MainWindow> m_window;
};

// A task with a line on each thread.
void tst_WindowWires::init()
{
    m_settings = std::make_unique<QSettings>(m_folder.filePath(u"s.ini"_s), QSettings::IniFormat);
    m_settings->clear();
    m_session = std::make_unique<Session>(testEngine());
    m_window = std::make_unique<MainWindow>(*m_session, *m_settings);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    RunStory story(m_session->model());
    story.startEngine();
    const TaskId first = story.span(1, RunStory::thread1, 100, 300);
    const TaskId second = story.span(2, RunStory::thread2, 600, 900);
    story.batch.trace.log = {{at(150), first, SubscriberId{1}, LogLevel::Info, u"first"_s},
                             {at(650), second, SubscriberId{1}, LogLevel::Info, u"second"_s}};
    story.apply(1'000);
    QTRY_VERIFY(timeline()->isVisible());
    timeline()->showTimes(at(0), at(1'000));
    QCOMPARE(log()->model()->rowCount(), 2);
}

void tst_WindowWires::cleanup()
{
    m_window.reset();
    m_session.reset();
}

QPoint tst_WindowWires::pointOf(double milliseconds, quint32 lane)
{
    const TimelineWidget::LaneInView row = timeline()->lanesInView().at(lane);
    return QPoint(row.rect.x() + int(row.rect.width() * milliseconds / 1'000),
                  row.rect.center().y());
}

void tst_WindowWires::aLineOfTheLogSelectsItsTask()
{
    timeline()->showTimes(at(0), at(200)); // the task is not in view

    log()->setCurrentIndex(log()->model()->index(1, 0));

    QCOMPARE(timeline()->selectedTask(), (TaskId{EmissionId{2}, 0}));
    const ViewHistory::View view = timeline()->scene().view();
    QVERIFY(view.begin + qint64(view.length) >= at(600));
}

void tst_WindowWires::aTaskMarksItsLines()
{
    QTest::mouseClick(timeline(), Qt::LeftButton, {}, pointOf(700, 1));

    QVERIFY(!background(0).isValid());
    QVERIFY(background(1).isValid());
}

void tst_WindowWires::anAreaFiltersTheLogWhenAsked()
{
    QCheckBox *selection = nullptr;
    for (QCheckBox *box : log()->parentWidget()->parentWidget()->findChildren<QCheckBox *>()) {
        if (box->text() == "Selection"_L1)
            selection = box;
    }
    QVERIFY(selection);
    const auto drag = [this](QPoint from, QPoint to) {
        QTest::mousePress(timeline(), Qt::LeftButton, {}, from);
        QMouseEvent move(QEvent::MouseMove, to, timeline()->mapToGlobal(to), Qt::NoButton,
                         Qt::LeftButton, {});
        QCoreApplication::sendEvent(timeline(), &move);
        QTest::mouseRelease(timeline(), Qt::LeftButton, {}, to);
    };

    drag(pointOf(520, 0), pointOf(980, 1));
    const int unasked = log()->model()->rowCount();
    selection->click();

    QCOMPARE(unasked, 2);
    QTRY_COMPARE(log()->model()->rowCount(), 1);
    QVERIFY(log()->model()->index(0, 3).data().toString().contains(u"second"_s));
}

void tst_WindowWires::theEmissionUnderTheMouseStandsOutInTheLog()
{
    Q_EMIT timeline()->emissionHovered(EmissionId{2});
    const bool isFirst = background(0).isValid();
    const bool isSecond = background(1).isValid();
    Q_EMIT timeline()->emissionHovered(std::nullopt);

    QVERIFY(!isFirst);
    QVERIFY(isSecond);
    QVERIFY(!background(1).isValid());
}

QTEST_MAIN(tst_WindowWires)
#include "tst_windowwires.moc"
