// SPDX-License-Identifier: MIT
#include "desktop/panes/detailspane.h"
#include "desktop/samplefacts.h"

#include <QApplication>
#include <QClipboard>
#include <QJsonDocument>
#include <QJsonObject>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QTreeWidget>

using namespace Fanfare;
using namespace Qt::StringLiterals;

class tst_DetailsPane : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }
    void init();
    void cleanup();
    void saysWhatToDoWhileNothingIsSelected();
    void showsResultPhasesAndLines();
    void showsTheWholeError();
    void followsATaskUntilItHasEnded();
    void showsWhatCrossingProcessesCost();
    void copiesTheCrashReport();
    void saysWhatAnOutcomeMeans();
    void showsTheArguments();
    void aClickOnASiblingChoosesIt();
    void saysSoWhenTheTaskIsForgotten();

private:
    bool shows(const QString &text) const { return m_pane->plainText().contains(text); }

    std::unique_ptr<RunModel> m_run;
    std::unique_ptr<DetailsPane> m_pane;
};

void tst_DetailsPane::init()
{
    m_run = std::make_unique<RunModel>();
    m_run->setCatalog(SampleFacts::catalog());
    m_pane = std::make_unique<DetailsPane>(*m_run);
}

void tst_DetailsPane::cleanup()
{
    m_pane.reset();
    m_run.reset();
}

void tst_DetailsPane::saysWhatToDoWhileNothingIsSelected()
{
    QVERIFY(m_pane->plainText().isEmpty());
}

void tst_DetailsPane::showsResultPhasesAndLines()
{
    const TaskId task = SampleFacts::task(7);
    const QString hash = u"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"_s;
    TaskDetail detail;
    detail.task = task;
    detail.result = QCborMap{{u"sha256"_s, hash}};

    m_run->apply(SampleFacts::batch({SampleFacts::span(task, 5, 1000)},
                                    {SampleFacts::line(2000, task, 5, u"hashing"_s)}, {detail}));
    m_run->setEventName(task.emission, 1, u"FileAdded"_s);
    m_pane->showTask(task);

    for (const QString &text :
         {u"sha256"_s, u"Succeeded · 2.00 ms"_s, u"Queued: 1.000 ms"_s, u"Running: 2.000 ms"_s,
          u"CPU time: 1.500 ms"_s, u"Event: FileAdded"_s, u"#7, task 1 of 1"_s,
          u"thread 1, pid 4711"_s, u"Attempt: 1"_s, hash, u"hashing"_s})
        QVERIFY2(shows(text), qPrintable(text));
}

void tst_DetailsPane::showsTheWholeError()
{
    const TaskId task = SampleFacts::task(1);
    TaskDetail detail;
    detail.task = task;
    detail.error = {u"std::runtime_error"_s, u"Cannot open /no/such/file: No such file"_s};

    m_run->apply(
        SampleFacts::batch({SampleFacts::span(task, 5, 0, Outcome::Failed)}, {}, {detail}));
    m_pane->showTask(task);

    QVERIFY(shows(u"Failed"_s));
    QVERIFY(shows(detail.error.what));
    QVERIFY(shows(detail.error.type));
}

void tst_DetailsPane::followsATaskUntilItHasEnded()
{
    const TaskId task = SampleFacts::task(1);
    BatchFact open = SampleFacts::batch({});
    open.trace.live.running = {{task, SubscriberId{1}, 1, LaneId{0}, 0, 1'000'000, 0.25}};
    m_run->apply(open);
    m_pane->showTask(task);
    const bool wasRunning = shows(u"Running ·"_s) && shows(u"25 %"_s);

    m_run->apply(SampleFacts::batch({SampleFacts::span(task, 1, 0)}));

    QVERIFY(wasRunning);
    QTRY_VERIFY(shows(u"Succeeded"_s));
}

void tst_DetailsPane::showsWhatCrossingProcessesCost()
{
    SpanRecord span = SampleFacts::span(SampleFacts::task(1), 5, 1000);
    span.sentBefore = 250'000;
    span.repliedAfter = 500'000;
    span.peakMemory = 20'480;

    m_run->apply(SampleFacts::batch({span}));
    m_pane->showTask(span.task);

    for (const QString &text : {u"Queued: 0.750 ms"_s, u"Sent: 0.250 ms"_s, u"Running: 2.000 ms"_s,
                                u"Reply: 0.500 ms"_s, u"Peak memory: 20.0 MiB"_s})
        QVERIFY2(shows(text), qPrintable(m_pane->plainText()));
    m_run->apply(SampleFacts::batch({SampleFacts::span(SampleFacts::task(2), 5, 1000)}));
    m_pane->showTask(SampleFacts::task(2));
    QVERIFY(!shows(u"Sent"_s) && !shows(u"Reply"_s) && !shows(u"Peak memory"_s));
}

void tst_DetailsPane::copiesTheCrashReport()
{
    const TaskId task = SampleFacts::task(1);
    TaskDetail detail;
    detail.task = task;
    detail.crash = QCborMap{{u"signal"_s, 11}, {u"text"_s, u"The worker died of crashHere()."_s}};
    m_run->apply(
        SampleFacts::batch({SampleFacts::span(task, 5, 0, Outcome::Crashed)}, {}, {detail}));
    m_pane->showTask(task);
    const auto copy = m_pane->findChild<QPushButton *>();
    QVERIFY(copy && !copy->parentWidget()->isHidden());

    copy->click();

    const auto json = QJsonDocument::fromJson(QApplication::clipboard()->text().toUtf8());
    QCOMPARE(json.object()[u"signal"].toInt(), 11);
    QVERIFY(shows(u"The worker died of crashHere()."_s));
}

void tst_DetailsPane::saysWhatAnOutcomeMeans()
{
    m_run->apply(
        SampleFacts::batch({SampleFacts::span(SampleFacts::task(1), 5, 0, Outcome::Quarantined)}));

    m_pane->showTask(SampleFacts::task(1));

    QVERIFY(shows(u"Every attempt ended its worker process"_s));
}

void tst_DetailsPane::showsTheArguments()
{
    Arguments arguments;
    arguments.fields = {{u"path"_s, u"/etc/hosts"_s}};
    m_run->setArguments(EmissionId{1}, {u"FileAdded"_s, {arguments}, 1, 0});
    m_run->apply(SampleFacts::batch({SampleFacts::span(SampleFacts::task(1), 5, 0)}));

    m_pane->showTask(SampleFacts::task(1));

    QVERIFY(shows(u"Arguments"_s));
    QVERIFY(shows(u"/etc/hosts"_s));
}

void tst_DetailsPane::aClickOnASiblingChoosesIt()
{
    m_run->apply(SampleFacts::batch({SampleFacts::span(SampleFacts::task(1, 0), 1, 0),
                                     SampleFacts::span(SampleFacts::task(1, 1), 2, 0)}));
    QSignalSpy chosen(m_pane.get(), &DetailsPane::taskChosen);
    m_pane->resize(320, 700);
    m_pane->showTask(SampleFacts::task(1, 0));
    m_pane->show();
    const auto tree = m_pane->findChild<QTreeWidget *>();
    QCOMPARE(tree->topLevelItemCount(), 2);

    QTest::mouseClick(tree->viewport(), Qt::LeftButton, {},
                      tree->visualItemRect(tree->topLevelItem(1)).center());

    QCOMPARE(chosen.count(), 1);
    QCOMPARE(chosen[0][0].value<TaskId>(), SampleFacts::task(1, 1));
}

void tst_DetailsPane::saysSoWhenTheTaskIsForgotten()
{
    m_run->apply(SampleFacts::batch({SampleFacts::span(SampleFacts::task(1), 1, 0)}));
    m_pane->showTask(SampleFacts::task(1));

    m_run->clear();

    QTRY_VERIFY(m_pane->plainText().isEmpty());
}

QTEST_MAIN(tst_DetailsPane)
#include "tst_detailspane.moc"
