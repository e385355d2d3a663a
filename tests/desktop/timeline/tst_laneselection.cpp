// SPDX-License-Identifier: MIT
#include "desktop/models/runstory.h"
#include "desktop/panes/detailsource.h"
#include "desktop/panes/detailspane.h"
#include "desktop/timeline/laneheader.h"
#include "desktop/timeline/timelinescene.h"
#include "desktop/timeline/timelinewidget.h"

#include <QLabel>
#include <QSignalSpy>
#include <QTest>

using namespace Fanfare;
using namespace Qt::StringLiterals;

using Index = std::optional<quint32>;

/// A lane that is selected in place of tasks, and what the details then tell.
class tst_LaneSelection final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }
    void init();
    void aLaneTakesThePlaceOfTasks();
    void theKeyTakesTheLaneOfTheTask();
    void theKeyTakesTheFirstLaneWithoutATask();
    void arrowsAndTabGoFromLaneToLane();
    void escapeDropsTheLane();
    void marksAsAnAreaWhatIsInView();
    void clearingTheRunDropsTheLane();
    void aClickOnItsNameTellsTheDetails();
    void theDetailsFollowTheView();
    void theDetailsLeadToTheLongestTask();

private:
    QPoint nameOf(quint32 lane);

    std::unique_ptr<RunModel> m_model;
    std::unique_ptr<RunStory> m_story;
    std::unique_ptr<TimelineScene> m_scene;
};

static constexpr TaskId first{EmissionId{1}, 0};
static constexpr TaskId second{EmissionId{2}, 0};

void tst_LaneSelection::init()
{
    m_model = std::make_unique<RunModel>();
    m_story = std::make_unique<RunStory>(*m_model);
    m_story->startEngine();
    m_story->span(1, RunStory::thread1, 100, 300);
    m_story->span(2, RunStory::thread1, 400, 900, Outcome::Failed);
    m_story->span(3, RunStory::thread2, 200, 500);
    m_story->apply(1'000);
    m_scene = std::make_unique<TimelineScene>(*m_model);
    m_scene->resize(QSize(1'000, 300), 1);
    m_scene->fitAll();
}

void tst_LaneSelection::aLaneTakesThePlaceOfTasks()
{
    m_scene->toggle(first);
    m_scene->toggle(second);

    m_scene->selectLane(1);
    const bool hadTasks = !m_scene->allSelected().empty();
    m_scene->select(first);

    QVERIFY(!hadTasks);
    QCOMPARE(m_scene->selectedLane(), Index());
}

void tst_LaneSelection::theKeyTakesTheLaneOfTheTask()
{
    m_scene->select(TaskId{EmissionId{3}, 0});

    QVERIFY(m_scene->run(TimelineCommand::SelectLane));

    QCOMPARE(m_scene->selectedLane(), Index(1));
    QVERIFY(!m_scene->selected());
}

void tst_LaneSelection::theKeyTakesTheFirstLaneWithoutATask()
{
    QVERIFY(m_scene->run(TimelineCommand::SelectLane));

    QCOMPARE(m_scene->selectedLane(), Index(0));
}

void tst_LaneSelection::arrowsAndTabGoFromLaneToLane()
{
    m_scene->selectLane(0);

    QVERIFY(m_scene->run(TimelineCommand::RowDown));
    const Index below = m_scene->selectedLane();
    QVERIFY(m_scene->run(TimelineCommand::PreviousLane));
    const Index above = m_scene->selectedLane();

    QCOMPARE(below, Index(1));
    QCOMPARE(above, Index(0));
    QVERIFY(!m_scene->run(TimelineCommand::PreviousLane)); // the focus moves on
    QCOMPARE(m_scene->selectedLane(), Index(0));
}

void tst_LaneSelection::escapeDropsTheLane()
{
    m_scene->selectLane(0);
    m_scene->setArea(TimelineArea{at(100), at(200), {0}});

    QVERIFY(m_scene->run(TimelineCommand::Clear));

    QCOMPARE(m_scene->selectedLane(), Index());
    QVERIFY(m_scene->area().area());
}

void tst_LaneSelection::marksAsAnAreaWhatIsInView()
{
    m_scene->selectLane(1);

    m_scene->run(TimelineCommand::SelectArea);

    QCOMPARE(m_scene->area().area()->lanes, std::vector<quint32>{1});
    QCOMPARE(m_scene->area().area()->from, m_scene->view().begin);
    QCOMPARE(m_scene->area().area()->to, m_scene->viewEnd());
}

void tst_LaneSelection::clearingTheRunDropsTheLane()
{
    TimelineWidget widget(*m_model);
    widget.resize(1'000, 300);
    widget.show();
    DetailsPane details(*m_model);
    showSelectionOf(widget, details);
    widget.setFocus();
    QTest::keyClick(&widget, Qt::Key_Return, Qt::ShiftModifier);
    const bool wasShown = details.plainText().startsWith(u"thread"_s);

    m_model->clear();

    QVERIFY(wasShown);
    QCOMPARE(widget.selectedLane(), Index());
    QVERIFY(details.plainText().isEmpty());
}

/// Where the name of \a lane stands in a widget as large as the scene.
QPoint tst_LaneSelection::nameOf(quint32 lane)
{
    return headerRect(m_scene->frame(), *m_scene->lanes().placeOf(lane)).topLeft() + QPoint(30, 8);
}

void tst_LaneSelection::aClickOnItsNameTellsTheDetails()
{
    TimelineWidget widget(*m_model);
    widget.resize(1'000, 300);
    widget.show();
    widget.fitAll();
    DetailsPane details(*m_model);
    showSelectionOf(widget, details);
    QSignalSpy told(&widget, &TimelineWidget::laneSelected);
    QSignalSpy wanted(&widget, &TimelineWidget::detailsWanted);

    QTest::mouseClick(&widget, Qt::LeftButton, {}, nameOf(0));
    QTest::keyClick(&widget, Qt::Key_Return);

    QCOMPARE(told.size(), 1);
    QCOMPARE(widget.selectedLane(), Index(0));
    QCOMPARE(wanted.size(), 1);
    const QString text = details.plainText();
    for (const QString &line :
         {u"thread 1\npid 4242"_s, u"Busy\t78 %\t78 %"_s, u"Tasks\t2\t2"_s, u"Failed\t1\t1"_s,
          u"Longest task\t500 ms\t500 ms"_s, u"Longest gap\t100 ms\t100 ms"_s})
        QVERIFY2(text.contains(line), qPrintable(text));
    QVERIFY(widget.accessibleDescription().contains(u"thread 1"_s));
}

void tst_LaneSelection::theDetailsFollowTheView()
{
    TimelineWidget widget(*m_model);
    widget.resize(1'000, 300);
    widget.show();
    DetailsPane details(*m_model);
    showSelectionOf(widget, details);
    QTest::mouseClick(&widget, Qt::LeftButton, {}, nameOf(0));

    widget.showTimes(at(350), at(450));
    details.refreshLaneSoon();

    QTRY_VERIFY2(details.plainText().contains(u"Tasks\t1\t2"_s), qPrintable(details.plainText()));
    QVERIFY2(details.plainText().contains(u"Busy\t50 %\t78 %"_s), qPrintable(details.plainText()));
}

void tst_LaneSelection::theDetailsLeadToTheLongestTask()
{
    DetailsPane details(*m_model);
    details.setLaneTimes([] { return LaneTimes{{at(0), at(350)}, {at(0), at(1'000)}}; });
    QSignalSpy chosen(&details, &DetailsPane::taskChosen);
    details.showLane(0);

    for (QLabel *label : details.findChildren<QLabel *>()) {
        if (label->accessibleName() == u"Longest task"_s)
            Q_EMIT label->linkActivated(label->text().section(u'"', 1, 1));
    }

    QCOMPARE(chosen.size(), 2);
    QCOMPARE(chosen[0][0].value<TaskId>(), first);
    QCOMPARE(chosen[1][0].value<TaskId>(), second);
}

QTEST_MAIN(tst_LaneSelection)
#include "tst_laneselection.moc"
