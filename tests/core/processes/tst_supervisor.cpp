// SPDX-License-Identifier: MIT
#include "fakepool.h"

#include <QTest>

using namespace Fanfare;
using Story = FakePool::Story;

class tst_Supervisor : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void startsAWorkerWhenATaskWaits();
    void sendsOneTaskAtATimeWhileItsLengthIsUnknown();
    void startsAtOnceWhatFindsAnIdleWorker();
    void leavesTheRestToThePump();
    void sendsShortTasksAhead();
    void oneWorkerStartsBothKindsInOrder();
    void givesUpWhenTwoWorkersHangAtTheirStart();
    void startsOneWorkerAfterAnother();
    void aStartedTaskDiesWithItsWorker();
    void aSentTaskGoesBackToTheFront();
    void anEndThatWasReadCounts();
    void nothingEndsBeforeTheOutputDoes();
    void doesNotWaitForeverForTheOutput();
    void requeuesNothingThatMayHaveStarted();
    void anIdempotentTaskIsRetriedLater();
    void threeCrashesAreEnough();
    void aLateTaskIsAskedThenDumpedThenKilled();
    void tellsAStoppedWorkerFromASlowTask();
    void aResultFoundWhileDrainingWins();
    void aSentTaskIsCanceledWithoutHarmToTheOthers();
    void aStartWinsAgainstACancellation();
    void fiveFailedStartsAreEnough();
    void aWorkingStartForgivesFormerOnes();
    void aHandlerThatKillsItsLoadersIsGivenUp();
    void aBrokenReportKillsTheWorker();
    void workersLeaveWhenThePoolIsClosed();
    void killAllEndsEverything();
    void idleWorkersLeave();
    void keepsWhatIsAboveTheLimitOfItsHandler();
    void letsTheNextOneInWhenAKeptOneIsCanceled();
    void endsWhatItKeepsWhenItIsKilled();
    void aWorkerNeverHasTwoBuildsOfAPlugin();
    void whatIsQueuedCanBeRejected();
    void timesAreMovedIntoTheirBounds();
    void dropsWhatWaitsLongest();
    void aStartThatSomebodyKilledIsNoFailedStart();

private:
    static SupervisorOptions workers(int count)
    {
        SupervisorOptions options;
        options.workers = count;
        return options;
    }
};

void tst_Supervisor::startsAWorkerWhenATaskWaits()
{
    FakePool pool(workers(2));

    pool.submit();
    pool.ready(0);

    QCOMPARE(pool.take(), (Story{"spawn 0", "started 0", "load 0 at 0", "send task 1 to 0"}));
}

void tst_Supervisor::sendsOneTaskAtATimeWhileItsLengthIsUnknown()
{
    FakePool pool(workers(1));
    const TaskNumber first = pool.submit();
    pool.submit();
    pool.ready(0);
    pool.take();

    pool.start(0, first);
    pool.pass(2 * milliseconds);
    pool.finish(0, first);

    QCOMPARE(pool.take(), (Story{"task 1 Succeeded", "send task 2 to 0"}));
}

void tst_Supervisor::startsAtOnceWhatFindsAnIdleWorker()
{
    FakePool pool(workers(1));
    const TaskNumber first = pool.submit();
    pool.ready(0);
    pool.start(0, first);
    pool.finish(0, first);
    pool.take();

    pool.supervisor.submit({});
    const bool isAllSent = pool.supervisor.startAtOnce();

    QVERIFY(isAllSent);
    QCOMPARE(pool.take(), Story{"send task 1 to 0"}); // its place is used again
}

void tst_Supervisor::leavesTheRestToThePump()
{
    FakePool pool(workers(1));
    const TaskNumber first = pool.supervisor.submit({});
    QVERIFY(!pool.supervisor.startAtOnce()); // no worker
    pool.supervisor.pump();
    pool.ready(0);
    pool.start(0, first);
    pool.finish(0, first);
    pool.take();

    pool.supervisor.submit({.handler = 1});
    QVERIFY(!pool.supervisor.startAtOnce()); // has to be loaded
    QCOMPARE(pool.take(), Story{});
    pool.supervisor.pump();

    QCOMPARE(pool.take(), Story{"load 1 at 0"});
}

void tst_Supervisor::sendsShortTasksAhead()
{
    FakePool pool(workers(1));
    const TaskNumber first = pool.submit();
    pool.ready(0);
    pool.start(0, first);
    pool.finish(0, first); // took no time

    for (int i = 0; i < 3; ++i)
        pool.submit();

    QCOMPARE(pool.supervisor.counters().sent, 3U);
}

void tst_Supervisor::oneWorkerStartsBothKindsInOrder()
{
    FakePool pool(workers(1));
    const TaskNumber sync = pool.submit();
    pool.submit({.isAsync = true});
    pool.ready(0);
    QCOMPARE(pool.supervisor.counters().sent, 1U);

    pool.take();
    pool.start(0, sync);

    QCOMPARE(pool.take(), (Story{"send task 2 to 0"}));
}

void tst_Supervisor::givesUpWhenTwoWorkersHangAtTheirStart()
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

void tst_Supervisor::startsOneWorkerAfterAnother()
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

void tst_Supervisor::aStartedTaskDiesWithItsWorker()
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

void tst_Supervisor::aSentTaskGoesBackToTheFront()
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

void tst_Supervisor::anEndThatWasReadCounts()
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

void tst_Supervisor::nothingEndsBeforeTheOutputDoes()
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

void tst_Supervisor::doesNotWaitForeverForTheOutput()
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

void tst_Supervisor::requeuesNothingThatMayHaveStarted()
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

void tst_Supervisor::anIdempotentTaskIsRetriedLater()
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

void tst_Supervisor::threeCrashesAreEnough()
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

void tst_Supervisor::aLateTaskIsAskedThenDumpedThenKilled()
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

void tst_Supervisor::tellsAStoppedWorkerFromASlowTask()
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

void tst_Supervisor::aResultFoundWhileDrainingWins()
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

void tst_Supervisor::aSentTaskIsCanceledWithoutHarmToTheOthers()
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

void tst_Supervisor::aStartWinsAgainstACancellation()
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

void tst_Supervisor::fiveFailedStartsAreEnough()
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

void tst_Supervisor::aWorkingStartForgivesFormerOnes()
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

void tst_Supervisor::aHandlerThatKillsItsLoadersIsGivenUp()
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

void tst_Supervisor::aBrokenReportKillsTheWorker()
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

void tst_Supervisor::workersLeaveWhenThePoolIsClosed()
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

void tst_Supervisor::killAllEndsEverything()
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

void tst_Supervisor::aWorkerNeverHasTwoBuildsOfAPlugin()
{
    FakePool pool(workers(1));
    const TaskSpec former{.handler = 0, .plugin = 1, .build = 1};
    const TaskSpec rebuilt{.handler = 1, .plugin = 1, .build = 2};
    const TaskSpec neighbor{.handler = 2, .plugin = 2, .build = 3};
    const TaskNumber first = pool.submit(former);
    pool.ready(0);
    pool.start(0, first);
    const TaskNumber beside = pool.submit(neighbor);
    pool.submit(rebuilt);
    pool.take();

    pool.finish(0, first);
    pool.supervisor.handlerLoaded(0, 2); // another plugin may be loaded beside the former
    pool.supervisor.pump();
    pool.start(0, beside);
    pool.finish(0, beside);
    pool.die(0);
    pool.pass(1 * seconds);
    pool.supervisor.workerWelcomed(0);
    pool.supervisor.pump();
    pool.supervisor.handlerLoaded(0, 1);
    pool.supervisor.pump();

    QCOMPARE(
        pool.take(),
        (Story{"task 1 Succeeded", "load 2 at 0", "send task 2 to 0", "task 2 Succeeded", "drain 0",
               "recycled 0", "spawn 0", "started 0", "load 1 at 0", "send task 3 to 0"}));
}

void tst_Supervisor::whatIsQueuedCanBeRejected()
{
    FakePool pool(workers(1));
    const TaskNumber sent = pool.submit();
    const TaskNumber queued = pool.submit();
    pool.ready(0);
    pool.take();

    QVERIFY(!pool.supervisor.rejectIfQueued(sent, "plugin-removed"));
    QVERIFY(pool.supervisor.rejectIfQueued(queued, "plugin-removed"));
    QVERIFY(!pool.supervisor.rejectIfQueued(queued, "plugin-removed")); // it has ended

    QCOMPARE(pool.take().size(), 1);
}

static TaskSpec limitedTo(std::uint32_t concurrency)
{
    TaskSpec spec;
    spec.concurrency = concurrency;
    return spec;
}

/// Two ready workers that know handler 0, with an empty story.
static void makeReady(FakePool &pool)
{
    const TaskNumber first = pool.submit();
    const TaskNumber second = pool.submit();
    pool.ready(0);
    pool.pass(1'000'000'000);
    pool.ready(1);
    for (const TaskNumber task : {first, second}) {
        const int slot = pool.supervisor.tasks().find(task)->slot;
        pool.start(slot, task);
        pool.finish(slot, task);
    }
    pool.take();
}

void tst_Supervisor::keepsWhatIsAboveTheLimitOfItsHandler()
{
    FakePool pool(workers(2));
    makeReady(pool);

    const TaskNumber first = pool.submit(limitedTo(1));
    const TaskNumber second = pool.submit(limitedTo(1));
    const TaskNumber third = pool.submit(limitedTo(1));
    TaskSpec other;
    other.handler = 1;
    pool.submit(other);
    const FakePool::Story story = pool.take();

    const int slot = pool.supervisor.tasks().find(first)->slot;
    QVERIFY(pool.supervisor.tasks().find(second)->phase == TaskPhase::Kept);
    QVERIFY(pool.supervisor.tasks().find(third)->phase == TaskPhase::Kept);
    QVERIFY(story.back().starts_with("load 1 at")); // other handlers are not held up
    QCOMPARE(pool.supervisor.counters().queued, std::uint64_t(3));
    QCOMPARE(pool.supervisor.brokenInvariant(), std::string());

    pool.start(slot, first);
    pool.finish(slot, first);

    QVERIFY(pool.supervisor.tasks().find(second)->phase == TaskPhase::Sent);
    QVERIFY(pool.supervisor.tasks().find(third)->phase == TaskPhase::Kept);
    QCOMPARE(pool.supervisor.brokenInvariant(), std::string());
}

void tst_Supervisor::letsTheNextOneInWhenAKeptOneIsCanceled()
{
    FakePool pool(workers(2));
    makeReady(pool);
    const TaskNumber first = pool.submit(limitedTo(1));
    const TaskNumber second = pool.submit(limitedTo(1));
    const TaskNumber third = pool.submit(limitedTo(1));
    const int slot = pool.supervisor.tasks().find(first)->slot;
    pool.start(slot, first);

    pool.supervisor.cancel(second);
    pool.supervisor.pump();
    pool.finish(slot, first);

    QVERIFY(!pool.supervisor.tasks().find(second));
    QVERIFY(pool.supervisor.tasks().find(third)->phase == TaskPhase::Sent);
    QCOMPARE(pool.supervisor.brokenInvariant(), std::string());
}

void tst_Supervisor::endsWhatItKeepsWhenItIsKilled()
{
    FakePool pool(workers(2));
    makeReady(pool);
    for (int i = 0; i < 5; ++i)
        pool.submit(limitedTo(1));

    pool.supervisor.killAll();

    QCOMPARE(pool.supervisor.counters().queued, std::uint64_t(0));
    QCOMPARE(pool.supervisor.brokenInvariant(), std::string());
}

void tst_Supervisor::idleWorkersLeave()
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

void tst_Supervisor::timesAreMovedIntoTheirBounds()
{
    FakePool pool(workers(1));
    const TaskNumber task = pool.submit();
    pool.ready(0);

    pool.supervisor.taskStarted(0, task, pool.time + 5 * seconds);

    QCOMPARE(pool.supervisor.tasks().find(task)->started, pool.time);
    QCOMPARE(pool.supervisor.counters().corrections, 1U);
}

void tst_Supervisor::dropsWhatWaitsLongest()
{
    FakePool pool(workers(2));
    const TaskNumber held = pool.submit();
    pool.ready(0);
    pool.start(0, held);
    pool.supervisor.submit({}); // task 2
    pool.supervisor.submit({.handler = 1, .isAsync = true});
    pool.supervisor.submit({});
    pool.take();

    int dropped = 0;
    while (pool.supervisor.dropOldest())
        ++dropped;

    QCOMPARE(dropped, 3);
    QCOMPARE(pool.take(),
             (Story{"task 2 Rejected dropped-oldest", "task 3 Rejected dropped-oldest",
                    "task 4 Rejected dropped-oldest"}));
    QCOMPARE(pool.supervisor.counters().started, 1U);
}

void tst_Supervisor::aStartThatSomebodyKilledIsNoFailedStart()
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

QTEST_GUILESS_MAIN(tst_Supervisor)
#include "tst_supervisor.moc"
