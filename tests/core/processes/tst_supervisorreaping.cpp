// SPDX-License-Identifier: MIT
#include "fakepool.h"

#include <QTest>

using namespace Fanfare;
using Story = FakePool::Story;

class tst_SupervisorReaping : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aStartedTaskDiesWithItsWorker();
    void aSentTaskGoesBackToTheFront();
    void anEndThatWasReadCounts();
    void nothingEndsBeforeTheOutputDoes();
    void doesNotWaitForeverForTheOutput();
    void requeuesNothingThatMayHaveStarted();
    void anIdempotentTaskIsRetriedLater();
    void threeCrashesAreEnough();
    void aBrokenReportKillsTheWorker();
    void timesAreMovedIntoTheirBounds();
};

void tst_SupervisorReaping::aStartedTaskDiesWithItsWorker()
{
    FakePool pool(workers(1));
    const TaskNumber task = pool.submit();
    pool.ready(0);
    pool.start(0, task);
    pool.take();

    pool.die(0);
    pool.pass(2 * milliseconds);

    QCOMPARE(pool.take(), (Story{"task 1 Crashed crashed", "died 0", "spawn 0"}));
}

void tst_SupervisorReaping::aSentTaskGoesBackToTheFront()
{
    FakePool pool(workers(1));
    pool.submit();
    pool.submit();
    pool.ready(0);
    pool.take();

    pool.die(0);
    pool.pass(2 * milliseconds);
    pool.ready(0);

    QCOMPARE(pool.take(),
             (Story{"died 0", "spawn 0", "started 0", "load 0 at 0", "send task 1 to 0"}));
    QCOMPARE(pool.supervisor.counters().requeued, 1U);
}

void tst_SupervisorReaping::anEndThatWasReadCounts()
{
    FakePool pool(workers(1));
    const TaskNumber task = pool.submit();
    pool.ready(0);
    pool.start(0, task);
    pool.take();

    pool.supervisor.processEnded(0);
    pool.finish(0, task);
    pool.supervisor.outputEnded(0);

    QCOMPARE(pool.take(), (Story{"task 1 Succeeded", "died 0"}));
}

void tst_SupervisorReaping::nothingEndsBeforeTheOutputDoes()
{
    FakePool pool(workers(1));
    const TaskNumber task = pool.submit();
    pool.ready(0);
    pool.start(0, task);
    pool.take();

    pool.supervisor.processEnded(0);
    pool.pass(100 * milliseconds);

    QCOMPARE(pool.take(), Story());
}

void tst_SupervisorReaping::doesNotWaitForeverForTheOutput()
{
    FakePool pool(workers(1));
    const TaskNumber task = pool.submit();
    pool.ready(0);
    pool.start(0, task);
    pool.take();

    pool.supervisor.processEnded(0);
    pool.pass(200 * milliseconds);
    pool.pass(200 * milliseconds);

    QCOMPARE(
        pool.take(),
        (Story{"kill 0", "kill 0", "abandon 0", "task 1 Crashed crashed", "died 0", "spawn 0"}));
}

void tst_SupervisorReaping::requeuesNothingThatMayHaveStarted()
{
    FakePool pool(workers(1));
    pool.submit();
    pool.ready(0);
    pool.take();

    pool.supervisor.processEnded(0); // and what it said is never read
    pool.pass(200 * milliseconds);
    pool.pass(200 * milliseconds);

    const Story story = pool.take();
    QCOMPARE(story.at(3), std::string("task 1 Crashed start-unknown"));
}

void tst_SupervisorReaping::anIdempotentTaskIsRetriedLater()
{
    FakePool pool(workers(1));
    const TaskNumber task = pool.submit({.isIdempotent = true});
    pool.ready(0);
    pool.start(0, task);
    pool.die(0);
    pool.pass(2 * milliseconds);
    pool.take();

    pool.ready(0);
    const Story before = pool.take();
    pool.pass(100 * milliseconds);
    pool.supervisor.handlerLoaded(0, 0);
    pool.supervisor.pump();

    QCOMPARE(before, Story{"started 0"});
    QCOMPARE(pool.take(), (Story{"load 0 at 0", "send task 1 to 0"}));
}

void tst_SupervisorReaping::threeCrashesAreEnough()
{
    FakePool pool(workers(1));
    const TaskNumber task = pool.submit({.isIdempotent = true});
    for (int i = 0; i < 3; ++i) {
        pool.pass(1000 * milliseconds);
        pool.ready(0);
        pool.start(0, task);
        pool.take();
        pool.die(0);
    }

    QCOMPARE(pool.take().front(), std::string("task 1 Quarantined crashed"));
}

void tst_SupervisorReaping::aBrokenReportKillsTheWorker()
{
    FakePool pool(workers(1));
    const TaskNumber task = pool.submit();
    pool.ready(0);
    pool.start(0, task);
    pool.take();

    pool.start(0, task); // a second time
    pool.supervisor.processEnded(0);

    QCOMPARE(pool.take(),
             (Story{"abandon 0", "kill 0", "task 1 Crashed protocol-error", "died 0"}));
}

void tst_SupervisorReaping::timesAreMovedIntoTheirBounds()
{
    FakePool pool(workers(1));
    const TaskNumber task = pool.submit();
    pool.ready(0);

    pool.supervisor.taskStarted(0, task, pool.time + 5 * seconds);

    QCOMPARE(pool.supervisor.tasks().find(task)->started, pool.time);
    QCOMPARE(pool.supervisor.counters().corrections, 1U);
}

QTEST_GUILESS_MAIN(tst_SupervisorReaping)
#include "tst_supervisorreaping.moc"
