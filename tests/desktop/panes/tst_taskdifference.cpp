// SPDX-License-Identifier: MIT
#include "desktop/panes/taskdifference.h"
#include "desktop/panes/tasksview.h"
#include "desktop/samplefacts.h"

#include <QHeaderView>
#include <QSignalSpy>
#include <QTest>
#include <QTreeWidget>

using namespace Fanfare;
using namespace Qt::StringLiterals;

class tst_TaskDifference : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }
    void init();
    void tellsWhatDiffersFromWhatIsShared();
    void leavesOutWhatNobodyHas();
    void measuresFromOneToTheOther();
    void saysNothingAboutATaskThatWaits();
    void showsTheDifferenceOfTwo();
    void showsSomeOfMany();

private:
    TaskView view(quint64 emission) const
    {
        return *viewOf(*m_run, SampleFacts::task(emission), 0);
    }

    std::unique_ptr<RunModel> m_run;
};

// Each waits 1 ms and runs 2 ms; the second begins 5 ms later, fails and waits 3 ms longer.
void tst_TaskDifference::init()
{
    m_run = std::make_unique<RunModel>();
    m_run->setCatalog(SampleFacts::catalog());
    SpanRecord second = SampleFacts::span(SampleFacts::task(2), 3, 5'000'000, Outcome::Failed);
    second.started += 3'000'000;
    second.finished += 4'000'000;
    m_run->apply(SampleFacts::batch({SampleFacts::span(SampleFacts::task(1), 3, 0), second,
                                     SampleFacts::span(SampleFacts::task(3), 4, 9'000'000),
                                     SampleFacts::span(SampleFacts::task(4), 4, 9'000'000),
                                     SampleFacts::span(SampleFacts::task(5), 4, 9'000'000)}));
}

static TaskField fieldNamed(const QList<TaskField> &fields, const QString &name)
{
    for (const TaskField &field : fields) {
        if (field.name == name)
            return field;
    }
    return {};
}

void tst_TaskDifference::tellsWhatDiffersFromWhatIsShared()
{
    const QList<TaskField> fields = fieldsOf({view(1), view(2)});

    const TaskField outcome = fieldNamed(fields, u"Outcome"_s);
    QCOMPARE(outcome.values, (QStringList{u"Succeeded"_s, u"Failed"_s}));
    QVERIFY(!outcome.isCommon());
    QVERIFY(fieldNamed(fields, u"Handler"_s).isCommon());
    QCOMPARE(fieldNamed(fields, u"Handler"_s).values.first(), u"sleep"_s);
    QVERIFY(!fieldNamed(fields, u"Emission"_s).isCommon());
}

void tst_TaskDifference::leavesOutWhatNobodyHas()
{
    const QList<TaskField> fields = fieldsOf({view(1), view(2)});

    for (const QString &name : {u"Sent"_s, u"Reply"_s, u"Peak memory"_s, u"Error"_s})
        QVERIFY2(fieldNamed(fields, name).name.isEmpty(), qPrintable(name));
}

void tst_TaskDifference::measuresFromOneToTheOther()
{
    const auto gap = gapBetween(view(1), view(2));

    QVERIFY(gap);
    QCOMPARE(gap->start, 8'000'000);
    QCOMPARE(gap->end, 9'000'000);
    QCOMPARE(gap->queued, 3'000'000);
    QCOMPARE(gap->ran, 1'000'000);
    QCOMPARE(gapBetween(view(2), view(1))->start, -8'000'000);
}

void tst_TaskDifference::saysNothingAboutATaskThatWaits()
{
    TaskView waiting = view(1);
    waiting.state = TaskState::Queued;

    QVERIFY(!gapBetween(waiting, view(2)));
    QVERIFY(!gapBetween(view(2), waiting));
}

void tst_TaskDifference::showsTheDifferenceOfTwo()
{
    TasksView pane;
    QSignalSpy chosen(&pane, &TasksView::taskChosen);

    pane.setTasks({view(1), view(2)});

    const QString text = pane.plainText();
    for (const QString &line :
         {u"2 tasks"_s, u"#1\t#2"_s, u"Start to start\t+8.000 ms"_s, u"End to end\t+9.000 ms"_s,
          u"Queued\t+3.000 ms"_s, u"Running\t+1.000 ms"_s, u"Outcome\tSucceeded\tFailed"_s,
          u"Handler\tsleep"_s})
        QVERIFY2(text.contains(line), qPrintable(text));
    QVERIFY(text.indexOf(u"Different"_s) < text.indexOf(u"The same"_s));
    Q_EMIT pane.findChild<QTreeWidget *>()->header()->sectionClicked(2);
    QCOMPARE(chosen.value(0).value(0).value<TaskId>(), SampleFacts::task(2));
}

void tst_TaskDifference::showsSomeOfMany()
{
    TasksView pane;

    pane.setTasks({view(1), view(2), view(3), view(4), view(5)});

    QVERIFY(pane.plainText().contains(u"5 tasks"_s));
    QVERIFY(pane.plainText().contains(u"#1\t#2\t#3\t#4\n"_s));
    QVERIFY(!pane.plainText().contains(u"Start to start"_s));
}

QTEST_MAIN(tst_TaskDifference)
#include "tst_taskdifference.moc"
