// SPDX-License-Identifier: MIT
#include "desktop/panes/detailspane.h"

#include "desktop/appearance.h"
#include "desktop/panes/crashsection.h"
#include "desktop/panes/neighborlinks.h"
#include "desktop/panes/siblinglist.h"
#include "desktop/samplefacts.h"

#include <QApplication>
#include <QClipboard>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>
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
    void saysAReasonOnlyWhenItSaysMore();
    void aClickOnASiblingChoosesIt();
    void saysSoWhenTheTaskIsForgotten();
    void ranksTheTaskAmongThoseOfItsHandler();
    void goesToTheNeighborOnTheWorker();
    void showsSeveralTasksSideBySide();
    void offersToCancelWhileSomethingIsOpen();
    void staysOnItsTaskWhileLocked();
    void asksForTheLinesOfTheTask();
    void copiesAllAsJson();
    void followsASwitchOfColors();

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
    const auto copy = m_pane->findChild<CrashSection *>()->findChild<QPushButton *>();
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

void tst_DetailsPane::saysAReasonOnlyWhenItSaysMore()
{
    TaskDetail same;
    same.task = SampleFacts::task(1);
    same.reason = u"crashed"_s;
    TaskDetail more;
    more.task = SampleFacts::task(2);
    more.reason = u"queue-full"_s;
    m_run->apply(SampleFacts::batch({SampleFacts::span(same.task, 5, 0, Outcome::Crashed),
                                     SampleFacts::span(more.task, 5, 0, Outcome::Rejected)},
                                    {}, {same, more}));

    m_pane->showTask(same.task);
    const bool isSaidTwice = shows(u"Crashed (crashed)"_s);
    m_pane->showTask(more.task);

    QVERIFY(!isSaidTwice);
    QVERIFY(shows(u"(queue-full)"_s));
}

void tst_DetailsPane::aClickOnASiblingChoosesIt()
{
    m_run->apply(SampleFacts::batch({SampleFacts::span(SampleFacts::task(1, 0), 1, 0),
                                     SampleFacts::span(SampleFacts::task(1, 1), 2, 0)}));
    QSignalSpy chosen(m_pane.get(), &DetailsPane::taskChosen);
    m_pane->resize(320, 700);
    m_pane->showTask(SampleFacts::task(1, 0));
    m_pane->show();
    const auto tree = m_pane->findChild<SiblingList *>();
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

/// Five tasks of "sleep" in a row that ran 2, 4, 6, 8 and 10 ms, 1 ms apart.
static std::vector<SpanRecord> fiveSleeps()
{
    std::vector<SpanRecord> spans;
    qint64 now = 0;
    for (int i = 1; i <= 5; ++i) {
        SpanRecord span = SampleFacts::span(SampleFacts::task(quint64(i)), 3, now);
        span.finished = span.started + i * 2'000'000;
        now = span.finished;
        spans.push_back(span);
    }
    return spans;
}

void tst_DetailsPane::ranksTheTaskAmongThoseOfItsHandler()
{
    m_run->apply(SampleFacts::batch(fiveSleeps()));

    m_pane->showTask(SampleFacts::task(4));
    const bool isRanked = shows(u"Slower than 75 % of 5 tasks of this handler"_s);
    m_pane->showTask(SampleFacts::task(5));

    QVERIFY(isRanked);
    QVERIFY(shows(u"The slowest of 5 tasks of this handler"_s));
}

void tst_DetailsPane::goesToTheNeighborOnTheWorker()
{
    m_run->apply(SampleFacts::batch(fiveSleeps()));
    m_pane->showTask(SampleFacts::task(1));
    QSignalSpy chosen(m_pane.get(), &DetailsPane::taskChosen);
    const auto buttons = m_pane->findChild<NeighborLinks *>()->findChildren<QPushButton *>();

    buttons[1]->click();

    QVERIFY(!buttons[0]->isEnabled());
    QCOMPARE(buttons[1]->text(), u"sleep ▸"_s);
    QCOMPARE(buttons[1]->toolTip(), u"sleep; the worker was free for 1.00 ms between"_s);
    QCOMPARE(chosen.value(0).value(0).value<TaskId>(), SampleFacts::task(2));
}

void tst_DetailsPane::showsSeveralTasksSideBySide()
{
    m_run->apply(SampleFacts::batch({SampleFacts::span(SampleFacts::task(1), 1, 0),
                                     SampleFacts::span(SampleFacts::task(2), 1, 5'000'000)}));

    m_pane->showTasks({SampleFacts::task(1), SampleFacts::task(2)});
    const bool wereBoth = shows(u"2 tasks"_s) && shows(u"Start to start\t+5.000 ms"_s);
    m_pane->showTasks({SampleFacts::task(2)});

    QVERIFY(wereBoth);
    QVERIFY(shows(u"Emission: #2"_s) && !shows(u"2 tasks"_s));
}

void tst_DetailsPane::offersToCancelWhileSomethingIsOpen()
{
    const TaskId task = SampleFacts::task(1);
    BatchFact open = SampleFacts::batch({});
    open.trace.live.running = {{task, SubscriberId{1}, 1, LaneId{0}, 0, 1'000'000, 0.25}};
    m_run->apply(open);
    QSignalSpy wanted(m_pane.get(), &DetailsPane::cancelWanted);
    QToolButton *cancel = nullptr;
    for (QToolButton *button : m_pane->findChildren<QToolButton *>()) {
        if (button->accessibleName().startsWith(u"Cancel"_s))
            cancel = button;
    }
    QVERIFY(cancel);

    m_pane->showTask(task);
    const bool wasOffered = !cancel->isHidden();
    cancel->click();
    m_run->apply(SampleFacts::batch({SampleFacts::span(task, 1, 0)}));

    QVERIFY(wasOffered);
    QCOMPARE(wanted.value(0).value(0).value<EmissionId>(), EmissionId{1});
    QTRY_VERIFY(cancel->isHidden());
}

void tst_DetailsPane::staysOnItsTaskWhileLocked()
{
    m_run->apply(SampleFacts::batch(fiveSleeps()));
    m_pane->showTask(SampleFacts::task(2));

    m_pane->setLocked(true);
    m_pane->showTask(SampleFacts::task(3));
    const auto kept = m_pane->task();
    m_pane->setLocked(false);
    m_pane->showTask(SampleFacts::task(3));

    QCOMPARE(kept, SampleFacts::task(2));
    QCOMPARE(m_pane->task(), SampleFacts::task(3));
}

void tst_DetailsPane::asksForTheLinesOfTheTask()
{
    const TaskId task = SampleFacts::task(1);
    m_run->apply(SampleFacts::batch({SampleFacts::span(task, 3, 0)},
                                    {SampleFacts::line(1, task, 3, u"hello"_s)}));
    m_pane->showTask(task);
    QSignalSpy wanted(m_pane.get(), &DetailsPane::linesWanted);
    const auto buttons = m_pane->findChildren<QToolButton *>();
    const auto button = std::find_if(buttons.begin(), buttons.end(), [](const QToolButton *it) {
        return it->accessibleName().startsWith(u"Show the lines"_s);
    });
    QVERIFY(button != buttons.end());

    (*button)->click();

    QCOMPARE(wanted.value(0).value(0).value<TaskId>(), task);
}

void tst_DetailsPane::copiesAllAsJson()
{
    const TaskId task = SampleFacts::task(7);
    TaskDetail detail;
    detail.task = task;
    detail.error = {u"std::runtime_error"_s, u"no space left"_s};
    Arguments arguments;
    arguments.fields = {{u"path"_s, u"/etc/hosts"_s}};
    m_run->setArguments(task.emission, {u"FileAdded"_s, {arguments}, 1, 0});
    m_run->setEventName(task.emission, 1, u"FileAdded"_s);
    m_run->apply(SampleFacts::batch({SampleFacts::span(task, 5, 1000, Outcome::Failed)},
                                    {SampleFacts::line(2000, task, 5, u"hashing"_s)}, {detail}));
    m_pane->showTask(task);

    const QJsonObject json = QJsonDocument::fromJson(m_pane->json().toUtf8()).object();

    QCOMPARE(json[u"emission"].toInt(), 7);
    QCOMPARE(json[u"event"].toString(), u"FileAdded"_s);
    QCOMPARE(json[u"outcome"].toString(), u"Failed"_s);
    QCOMPARE(json[u"error"][u"what"].toString(), u"no space left"_s);
    QCOMPARE(json[u"times"][u"running"].toInteger(), qint64(2'000'000));
    QCOMPARE(json[u"with"][u"fields"][u"path"].toString(), u"/etc/hosts"_s);
    QCOMPARE(json[u"output"][0].toString(), u"hashing"_s);
}

void tst_DetailsPane::followsASwitchOfColors()
{
    m_run->apply(SampleFacts::batch({SampleFacts::span(SampleFacts::task(1), 3, 0)}));
    m_pane->showTask(SampleFacts::task(1));
    const auto labels = m_pane->findChildren<QLabel *>();
    const auto subtitle = std::find_if(labels.begin(), labels.end(), [](const QLabel *label) {
        return label->text().startsWith(u"Succeeded"_s);
    });
    QVERIFY(subtitle != labels.end());
    QPalette dark;
    dark.setColor(QPalette::Base, Qt::black);
    dark.setColor(QPalette::Text, Qt::white);

    m_pane->setPalette(dark);

    QCOMPARE((*subtitle)->palette().color(QPalette::WindowText), accentColor(Accent::Good, dark));
}

QTEST_MAIN(tst_DetailsPane)
#include "tst_detailspane.moc"
