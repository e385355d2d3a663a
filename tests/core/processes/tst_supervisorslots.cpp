// SPDX-License-Identifier: MIT
#include "fakepool.h"

#include <QTest>

using namespace Fanfare;
using Story = FakePool::Story;

class tst_SupervisorSlots : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void givesUpWhenTwoWorkersHangAtTheirStart();
    void startsOneWorkerAfterAnother();
    void fiveFailedStartsAreEnough();
    void aWorkingStartForgivesFormerOnes();
    void aHandlerThatKillsItsLoadersIsGivenUp();
    void workersLeaveWhenThePoolIsClosed();
    void idleWorkersLeave();
    void aStartThatSomebodyKilledIsNoFailedStart();
};

void tst_SupervisorSlots::givesUpWhenTwoWorkersHangAtTheirStart()
{
    FakePool pool(workers(1));
    pool.submit();
    pool.take();

    for (int i = 0; i < 2; ++i) {
        pool.pass(2500 * milliseconds);
        pool.die(0);
        pool.pass(500 * milliseconds); // longer than any pause before the next try
    }

    QCOMPARE(pool.take(),
             (Story{"kill 0", "boot failed 0", "spawn 0", "kill 0", "failed 0",
                    "task 1 Rejected no-workers"}));
}

void tst_SupervisorSlots::startsOneWorkerAfterAnother()
{
    FakePool pool(workers(3));
    for (int i = 0; i < 5; ++i)
        pool.submit();
    QCOMPARE(pool.take(), Story{"spawn 0"});

    pool.ready(0);
    pool.pass(2 * milliseconds);

    const Story story = pool.take();
    QCOMPARE(std::count(story.begin(), story.end(), "spawn 1"), 1);
    QCOMPARE(std::count(story.begin(), story.end(), "spawn 2"), 0);
}

void tst_SupervisorSlots::fiveFailedStartsAreEnough()
{
    FakePool pool(workers(1));
    pool.submit();
    for (int i = 0; i < 5; ++i) {
        pool.die(0);
        pool.pass(5 * seconds);
    }

    const Story story = pool.take();

    QCOMPARE(std::count(story.begin(), story.end(), "spawn 0"), 5);
    QCOMPARE(story.at(story.size() - 2), std::string("failed 0"));
    QCOMPARE(story.back(), std::string("task 1 Rejected no-workers"));
    QVERIFY(pool.supervisor.isBroken());
}

void tst_SupervisorSlots::aWorkingStartForgivesFormerOnes()
{
    FakePool pool(workers(1));
    pool.submit();
    for (int round = 0; round < 3; ++round) {
        for (int i = 0; i < 4; ++i) {
            pool.die(0);
            pool.pass(5 * seconds);
        }
        pool.ready(0);
        pool.die(0);
        pool.pass(5 * seconds);
    }

    QVERIFY(!pool.supervisor.isBroken());
}

void tst_SupervisorSlots::aHandlerThatKillsItsLoadersIsGivenUp()
{
    FakePool pool(workers(1));
    pool.submit();
    for (int i = 0; i < 3; ++i) {
        pool.supervisor.workerWelcomed(0);
        pool.supervisor.pump();
        pool.take();
        pool.die(0);
        pool.pass(5 * seconds);
    }

    QCOMPARE(pool.take().at(1), std::string("task 1 Rejected load-crashed"));
    QVERIFY(!pool.supervisor.isBroken());
}

void tst_SupervisorSlots::workersLeaveWhenThePoolIsClosed()
{
    FakePool pool(workers(1));
    const TaskNumber task = pool.submit();
    pool.ready(0);
    pool.start(0, task);
    pool.take();

    pool.supervisor.close();
    pool.supervisor.pump();
    const Story before = pool.take();
    pool.finish(0, task);
    pool.die(0);

    QCOMPARE(before, Story());
    QCOMPARE(pool.take(), (Story{"task 1 Succeeded", "drain 0", "stopped 0"}));
    QVERIFY(pool.supervisor.isFinished());
}

void tst_SupervisorSlots::idleWorkersLeave()
{
    FakePool pool(workers(1));
    const TaskNumber task = pool.submit();
    pool.ready(0);
    pool.start(0, task);
    pool.finish(0, task);
    pool.take();

    QCOMPARE(pool.supervisor.nextTime(), pool.time + 30 * seconds);
    pool.pass(30 * seconds);
    pool.die(0);
    pool.pass(1 * seconds);

    QCOMPARE(pool.take(), (Story{"drain 0", "stopped 0"}));
}

void tst_SupervisorSlots::aStartThatSomebodyKilledIsNoFailedStart()
{
    FakePool pool(workers(1));
    pool.submit();
    pool.take();

    for (int i = 0; i < 20; ++i) { // failed starts would be given up after five, and slow down
        pool.supervisor.processKilled(0);
        pool.supervisor.outputEnded(0);
        pool.pass(2 * milliseconds);
    }

    const Story story = pool.take();
    QCOMPARE(std::count(story.begin(), story.end(), "died 0"), 20);
    QCOMPARE(std::count(story.begin(), story.end(), "spawn 0"), 20);
    QVERIFY(!pool.supervisor.isBroken());
    QCOMPARE(pool.supervisor.counters().queued, 1U);
}

QTEST_GUILESS_MAIN(tst_SupervisorSlots)
#include "tst_supervisorslots.moc"
