// SPDX-License-Identifier: MIT
#include "fakepool.h"

#include <QTest>

using namespace Fanfare;
using Story = FakePool::Story;

class tst_SupervisorStops : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aLateTaskIsAskedThenDumpedThenKilled();
    void tellsAStoppedWorkerFromASlowTask();
    void aResultFoundWhileDrainingWins();
    void aSentTaskIsCanceledWithoutHarmToTheOthers();
    void aStartWinsAgainstACancellation();
    void killAllEndsEverything();
};

void tst_SupervisorStops::aLateTaskIsAskedThenDumpedThenKilled()
{
    FakePool pool(workers(1));
    const TaskNumber task = pool.submit({.deadline = 50 * milliseconds});
    pool.ready(0);
    pool.start(0, task);
    pool.take();

    pool.pass(50 * milliseconds);
    const Story late = pool.take();
    pool.pass(250 * milliseconds);
    const Story ignored = pool.take();
    pool.pass(100 * milliseconds);
    pool.die(0);

    QCOMPARE(late, Story{"cancel task 1 at 0"});
    QCOMPARE(ignored, Story{"dump 0"});
    QCOMPARE(pool.take(), (Story{"kill 0", "task 1 TimedOut deadline", "died 0", "spawn 0"}));
}

void tst_SupervisorStops::tellsAStoppedWorkerFromASlowTask()
{
    FakePool pool(workers(1));
    pool.areStopped = true;
    const TaskNumber task = pool.submit({.deadline = 50 * milliseconds});
    pool.ready(0);
    pool.start(0, task);
    pool.take();

    pool.pass(50 * milliseconds);
    const Story late = pool.take();
    pool.pass(250 * milliseconds);
    const Story ignored = pool.take();
    pool.pass(100 * milliseconds);
    pool.die(0);

    QCOMPARE(late, Story{"cancel task 1 at 0"});
    QCOMPARE(ignored, Story{"dump 0"});
    QCOMPARE(pool.take(), (Story{"kill 0", "task 1 TimedOut worker-stopped", "died 0", "spawn 0"}));
}

void tst_SupervisorStops::aResultFoundWhileDrainingWins()
{
    FakePool pool(workers(1));
    const TaskNumber task = pool.submit({.deadline = 50 * milliseconds});
    pool.ready(0);
    pool.start(0, task);
    for (const PoolTime span : {50, 250, 100})
        pool.pass(span * milliseconds);
    pool.take();

    pool.finish(0, task); // it was in the pipe when the worker was killed
    pool.die(0);

    QCOMPARE(pool.take().front(), std::string("task 1 Succeeded"));
}

void tst_SupervisorStops::aSentTaskIsCanceledWithoutHarmToTheOthers()
{
    FakePool pool(workers(1));
    const TaskNumber first = pool.submit();
    pool.ready(0);
    pool.start(0, first);
    pool.finish(0, first);
    const TaskNumber running = pool.submit();
    const TaskNumber sent = pool.submit();
    pool.start(0, running);
    pool.take();

    pool.supervisor.cancel(sent);
    pool.pass(900 * milliseconds);
    pool.supervisor.cancelAcknowledged(0, sent);
    pool.finish(0, running);

    QCOMPARE(pool.take(),
             (Story{"cancel task 2 at 0", "task 2 Canceled canceled", "task 1 Succeeded"}));
}

void tst_SupervisorStops::aStartWinsAgainstACancellation()
{
    FakePool pool(workers(1));
    const TaskNumber task = pool.submit();
    pool.ready(0);
    pool.supervisor.cancel(task);
    pool.take();

    pool.start(0, task);
    pool.finish(0, task, Outcome::Canceled);

    QCOMPARE(pool.take(), Story{"task 1 Canceled canceled"});
}

void tst_SupervisorStops::killAllEndsEverything()
{
    FakePool pool(workers(1));
    const TaskNumber task = pool.submit({.isIdempotent = true});
    pool.submit();
    pool.ready(0);
    pool.start(0, task);
    pool.take();

    pool.supervisor.killAll();
    pool.die(0);

    QCOMPARE(
        pool.take(),
        (Story{"task 2 Canceled shutdown", "kill 0", "task 1 Canceled shutdown", "stopped 0"}));
    QVERIFY(pool.supervisor.isFinished());
}

QTEST_GUILESS_MAIN(tst_SupervisorStops)
#include "tst_supervisorstops.moc"
