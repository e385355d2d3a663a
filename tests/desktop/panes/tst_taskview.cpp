// SPDX-License-Identifier: MIT
#include "desktop/models/taskview.h"
#include "desktop/samplefacts.h"

#include <QRandomGenerator>
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
    void phasesAddUpToTheWholeTime();
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

/// Also of spans whose times contradict each other. What is below zero then is marked as odd.
void tst_TaskView::phasesAddUpToTheWholeTime()
{
    constexpr quint64 count = 100'000;
    QRandomGenerator random(3);
    const auto upTo = [&random](quint32 most) { return qint64(random.bounded(most)); };
    std::vector<SpanRecord> records;
    for (quint64 i = 0; i < count; ++i) {
        SpanRecord record =
            SampleFacts::span(SampleFacts::task(i + 1), 1, 1'000'000'000 + upTo(1'000'000));
        record.sentBefore = quint32(upTo(2'000));
        record.repliedAfter = quint32(upTo(2'000));
        record.started = record.queued + (i % 10 == 0 ? 0 : 2'000) + upTo(1'000);
        record.finished = record.started + upTo(1'000) - (i % 20 == 0 ? 500 : 0);
        records.push_back(record);
    }
    RunModel run;
    run.setCatalog(SampleFacts::catalog());
    run.apply(SampleFacts::batch(records));

    quint64 odd = 0;
    for (const SpanRecord &told : records) {
        const SpanEntry span = *run.find(told.task);
        const TaskView view = *viewOf(run, told.task, 0);
        const qint64 whole = span.record.finished + span.record.repliedAfter - view.queuedAt;
        odd += span.isOdd ? 1 : 0;
        const bool isBelowZero = std::min({view.waited, view.sent, view.ran, view.replied}) < 0;
        if (view.waited + view.sent + view.ran + view.replied != whole
            || (isBelowZero && !span.isOdd))
            QFAIL(qPrintable(u"emission %1"_s.arg(number(told.task.emission))));
        if (!span.isOdd && (span.record.finished != told.finished || view.queuedAt != told.queued))
            QFAIL(qPrintable(u"emission %1 was changed"_s.arg(number(told.task.emission))));
    }
    QVERIFY(odd > count / 100);
}

QTEST_GUILESS_MAIN(tst_TaskView)
#include "tst_taskview.moc"
