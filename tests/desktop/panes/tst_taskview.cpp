// SPDX-License-Identifier: MIT
#include "desktop/models/taskview.h"
#include "desktop/samplefacts.h"

#include <QTest>

using namespace Fanfare;
using namespace Qt::StringLiterals;

class tst_TaskView : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knowsAFinishedTask();
    void measuresAnOpenTaskUntilNow();
    void knowsNothingOfAnUnknownTask();
    void listsTheTasksOfTheSameEmission();
    void collectsTheLinesOfATaskOnce();
};

void tst_TaskView::knowsAFinishedTask()
{
    RunModel run;
    run.setCatalog(SampleFacts::catalog());
    const TaskId task = SampleFacts::task(1);
    TaskDetail detail;
    detail.task = task;
    detail.result = u"done"_s;

    run.apply(SampleFacts::batch({SampleFacts::span(task, 1, 1000)}, {}, {detail}));
    run.setEventName(task.emission, 1, u"StringEvent"_s);
    const auto view = viewOf(run, task, 0);

    QVERIFY(view);
    QCOMPARE(view->handler.handler, u"[Sync]"_s);
    QCOMPARE(view->event, u"StringEvent"_s);
    QCOMPARE(view->state, TaskState::Ended);
    QCOMPARE(view->waited, 1'000'000);
    QCOMPARE(view->ran, 2'000'000);
    QCOMPARE(view->cpu, 1'500'000);
    QCOMPARE(view->worker, u"thread 1"_s);
    QCOMPARE(view->pid, 4711);
    QCOMPARE(view->detail.result, QCborValue(u"done"_s));
}

void tst_TaskView::measuresAnOpenTaskUntilNow()
{
    RunModel run;
    run.setCatalog(SampleFacts::catalog());
    BatchFact batch = SampleFacts::batch({});
    batch.trace.live.time = 5000;
    batch.trace.live.running = {
        {SampleFacts::task(1), SubscriberId{1}, 1, LaneId{0}, 1000, 3000, 0.5}};

    run.apply(batch);
    const auto view = viewOf(run, SampleFacts::task(1), 9000);

    QVERIFY(view);
    QCOMPARE(view->state, TaskState::Running);
    QCOMPARE(view->waited, 2000);
    QCOMPARE(view->ran, 6000);
    QCOMPARE(view->progress, 0.5);
}

void tst_TaskView::knowsNothingOfAnUnknownTask()
{
    const RunModel run;

    QVERIFY(!viewOf(run, SampleFacts::task(99), 0));
}

void tst_TaskView::listsTheTasksOfTheSameEmission()
{
    RunModel run;
    run.setCatalog(SampleFacts::catalog());

    run.apply(SampleFacts::batch({SampleFacts::span(SampleFacts::task(1, 1), 2, 1000),
                                  SampleFacts::span(SampleFacts::task(1, 0), 1, 1000),
                                  SampleFacts::span(SampleFacts::task(2, 0), 1, 1000)}));
    const auto view = viewOf(run, SampleFacts::task(1), 0);

    QVERIFY(view);
    QCOMPARE(view->siblings.size(), size_t(2));
    QCOMPARE(view->siblings[0].handler, u"[Sync]"_s);
    QCOMPARE(view->siblings[1].handler, u"[Async]"_s);
}

void tst_TaskView::collectsTheLinesOfATaskOnce()
{
    RunModel run;
    run.setCatalog(SampleFacts::catalog());
    const TaskId task = SampleFacts::task(1);
    TaskLines lines;
    lines.setTask(task);

    run.apply(SampleFacts::batch({},
                                 {SampleFacts::line(1, task, 1, u"one"_s),
                                  SampleFacts::line(2, SampleFacts::task(2), 1, u"not it"_s)}));
    const bool hasFirst = lines.refresh(run);
    const bool hasNothingNew = !lines.refresh(run);
    run.apply(SampleFacts::batch({}, {SampleFacts::line(3, task, 1, u"two"_s)}));
    const bool hasSecond = lines.refresh(run);

    QVERIFY(hasFirst && hasNothingNew && hasSecond);
    QCOMPARE(lines.text(), u"one\ntwo"_s);
}

QTEST_GUILESS_MAIN(tst_TaskView)
#include "tst_taskview.moc"
