// SPDX-License-Identifier: MIT
#include "fakepool.h"

#include <QTest>

using namespace Fanfare;
using Story = FakePool::Story;

class tst_SupervisorPings : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void asksABusyWorkerEachSecond();
    void leavesAnIdleWorkerAlone();
    void noticesWhoDoesNotAnswer();
    void killsNothingThatRuns();
    void replacesWhatHasNothingToLose();
    void sendsNothingToAnUnresponsiveWorker();
    void aDeadlineStillKills();
};

/// A pool with one worker, in which a task runs.
struct BusyPool final : FakePool
{
    explicit BusyPool(const TaskSpec &spec = {}, int count = 1)
        : FakePool(workers(count))
    {
        task = submit(spec);
        ready(0);
        start(0, task);
        take();
    }

    TaskNumber task = 0;
};

void tst_SupervisorPings::asksABusyWorkerEachSecond()
{
    BusyPool pool;

    for (int i = 0; i < 3; ++i) {
        QCOMPARE(pool.supervisor.nextTime(), pool.time + 1 * seconds);
        pool.pass(1 * seconds);
        pool.supervisor.workerAnswered(0);
    }

    QCOMPARE(pool.take(), (Story{"ping 0", "ping 0", "ping 0"}));
}

void tst_SupervisorPings::leavesAnIdleWorkerAlone()
{
    BusyPool pool;
    pool.pass(1 * seconds);
    pool.supervisor.workerAnswered(0);
    pool.finish(0, pool.task);
    pool.take();

    pool.pass(10 * seconds);

    QCOMPARE(pool.take(), Story());
    QCOMPARE(pool.supervisor.nextTime(), pool.time + 20 * seconds); // it leaves then
}

void tst_SupervisorPings::noticesWhoDoesNotAnswer()
{
    BusyPool pool;
    pool.pass(1 * seconds);
    pool.pass(2 * seconds);
    const Story silent = pool.take();

    pool.supervisor.workerAnswered(0);
    pool.pass(1 * seconds);

    QCOMPARE(silent, (Story{"ping 0", "unresponsive 0"}));
    QCOMPARE(pool.take(), (Story{"responsive 0", "ping 0"}));
}

void tst_SupervisorPings::killsNothingThatRuns()
{
    BusyPool pool;

    for (int i = 0; i < 100; ++i)
        pool.pass(1 * seconds);

    QCOMPARE(pool.take(), (Story{"ping 0", "unresponsive 0"}));
}

void tst_SupervisorPings::replacesWhatHasNothingToLose()
{
    FakePool pool(workers(1));
    pool.submit();
    pool.ready(0); // the task was sent, and never starts
    pool.take();

    for (int i = 0; i < 4; ++i)
        pool.pass(1 * seconds);
    pool.die(0);

    QCOMPARE(pool.take(), (Story{"ping 0", "unresponsive 0", "kill 0", "died 0", "spawn 0"}));
    QCOMPARE(pool.supervisor.counters().queued, 1U);
}

void tst_SupervisorPings::sendsNothingToAnUnresponsiveWorker()
{
    BusyPool pool({.isAsync = true}, 2);
    pool.pass(1 * seconds);
    pool.pass(2 * seconds);
    pool.take();

    pool.submit({.isAsync = true});

    QCOMPARE(pool.take(), Story{"spawn 1"});
}

void tst_SupervisorPings::aDeadlineStillKills()
{
    BusyPool pool({.deadline = 4 * seconds});
    for (const PoolTime span : {1, 2, 1})
        pool.pass(span * seconds);
    pool.take();

    pool.pass(250 * milliseconds);
    pool.pass(100 * milliseconds);
    pool.die(0);

    const Story story = pool.take();
    QCOMPARE(story.front(), std::string("dump 0"));
    QVERIFY(std::count(story.begin(), story.end(), "task 1 TimedOut deadline") == 1);
}

QTEST_GUILESS_MAIN(tst_SupervisorPings)
#include "tst_supervisorpings.moc"
