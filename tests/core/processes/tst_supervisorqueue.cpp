// SPDX-License-Identifier: MIT
#include "fakepool.h"

#include <QTest>

#include <algorithm>

using namespace Fanfare;
using Story = FakePool::Story;

class tst_SupervisorQueue : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void startsAWorkerWhenATaskWaits();
    void sendsOneTaskAtATimeWhileItsLengthIsUnknown();
    void startsAtOnceWhatFindsAnIdleWorker();
    void leavesTheRestToThePump();
    void sendsShortTasksAhead();
    void oneWorkerStartsBothKindsInOrder();
    void keepsWhatIsAboveTheLimitOfItsHandler();
    void letsTheNextOneInWhenAKeptOneIsCanceled();
    void endsWhatItKeepsWhenItIsKilled();
    void aWorkerNeverHasTwoBuildsOfAPlugin();
    void asksBackWhatWaitsBehindALongTask();
    void asksBackInTimeOnly();
    void sendsNothingBehindALongTask();
    void anOnlyWorkerKeepsWhatWaits();
    void whatWasCanceledMeanwhileDoesNotComeBack();
    void requeuesWhatItAskedForWhenTheWorkerDies();
    void aWorkerThatGivesBackWhatItHasStartedIsBroken();
    void whatIsQueuedCanBeRejected();
    void dropsWhatWaitsLongest();
};

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

void tst_SupervisorQueue::startsAWorkerWhenATaskWaits()
{
    FakePool pool(workers(2));

    pool.submit();
    pool.ready(0);

    QCOMPARE(pool.take(), (Story{"spawn 0", "started 0", "load 0 at 0", "send task 1 to 0"}));
}

void tst_SupervisorQueue::sendsOneTaskAtATimeWhileItsLengthIsUnknown()
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

void tst_SupervisorQueue::startsAtOnceWhatFindsAnIdleWorker()
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

void tst_SupervisorQueue::leavesTheRestToThePump()
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

void tst_SupervisorQueue::sendsShortTasksAhead()
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

void tst_SupervisorQueue::oneWorkerStartsBothKindsInOrder()
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

void tst_SupervisorQueue::keepsWhatIsAboveTheLimitOfItsHandler()
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

void tst_SupervisorQueue::letsTheNextOneInWhenAKeptOneIsCanceled()
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

void tst_SupervisorQueue::endsWhatItKeepsWhenItIsKilled()
{
    FakePool pool(workers(2));
    makeReady(pool);
    for (int i = 0; i < 5; ++i)
        pool.submit(limitedTo(1));

    pool.supervisor.killAll();

    QCOMPARE(pool.supervisor.counters().queued, std::uint64_t(0));
    QCOMPARE(pool.supervisor.brokenInvariant(), std::string());
}

void tst_SupervisorQueue::aWorkerNeverHasTwoBuildsOfAPlugin()
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

/// Tasks that the first of two workers has, because they are expected to take no time. The oldest
/// one runs for so long that the others are asked back.
static std::vector<TaskNumber> sendBehindALongOne(FakePool &pool, int count)
{
    makeReady(pool);
    std::vector<TaskNumber> tasks;
    for (int i = 0; i < count; ++i)
        tasks.push_back(pool.submit());
    pool.start(0, tasks.front());
    pool.pass(5 * milliseconds);
    return tasks;
}

void tst_SupervisorQueue::asksBackWhatWaitsBehindALongTask()
{
    FakePool pool(workers(2));

    const std::vector<TaskNumber> tasks = sendBehindALongOne(pool, 3);
    pool.pass(1 * seconds / 2); // asks once
    for (const TaskNumber task : {tasks[2], tasks[1], TaskNumber(0)})
        pool.supervisor.taskRecalled(0, task);
    pool.supervisor.pump();

    QCOMPARE(pool.take(),
             (Story{"send task 2 to 0", "send task 1 to 0", "send task 3 to 0", "recall from 0",
                    "send task 1 to 1", "send task 3 to 1"}));
    QCOMPARE(pool.supervisor.counters().recalled, 2U);
    QCOMPARE(pool.supervisor.slots()[0].sent.size, size_t(1));
    QCOMPARE(pool.supervisor.brokenInvariant(), std::string());
}

void tst_SupervisorQueue::asksBackInTimeOnly()
{
    FakePool pool(workers(2));
    makeReady(pool);
    const TaskNumber first = pool.submit();
    const TaskNumber second = pool.submit();
    pool.submit();
    pool.take();

    pool.start(0, first);
    pool.pass(4 * milliseconds);
    pool.finish(0, first);
    pool.start(0, second);
    const PoolTime due = pool.supervisor.nextTime();
    pool.pass(4 * milliseconds);

    QCOMPARE(pool.take(), Story{"task 2 Succeeded"});
    QVERIFY(due <= pool.time + 1 * milliseconds);
    pool.pass(1 * milliseconds);
    QCOMPARE(pool.take(), Story{"recall from 0"});
}

void tst_SupervisorQueue::sendsNothingBehindALongTask()
{
    FakePool pool(workers(2));
    sendBehindALongOne(pool, 1);
    pool.take();

    pool.submit();

    QCOMPARE(pool.take(), Story{"send task 1 to 1"});
}

void tst_SupervisorQueue::anOnlyWorkerKeepsWhatWaits()
{
    FakePool pool(workers(1));
    const TaskNumber opener = pool.submit();
    pool.ready(0);
    pool.start(0, opener);
    pool.finish(0, opener);
    const TaskNumber first = pool.submit();
    pool.submit();
    pool.take();

    pool.start(0, first);
    pool.pass(100 * milliseconds);

    QCOMPARE(pool.take(), Story{});
}

void tst_SupervisorQueue::whatWasCanceledMeanwhileDoesNotComeBack()
{
    FakePool pool(workers(2));
    const std::vector<TaskNumber> tasks = sendBehindALongOne(pool, 2);
    pool.take();

    pool.supervisor.cancel(tasks[1]);
    pool.supervisor.taskRecalled(0, tasks[1]); // before the worker has read that
    pool.supervisor.taskRecalled(0, 0);
    pool.supervisor.pump();

    QCOMPARE(pool.take(), (Story{"cancel task 1 at 0", "task 1 Canceled canceled"}));
    QCOMPARE(pool.supervisor.brokenInvariant(), std::string());
}

void tst_SupervisorQueue::requeuesWhatItAskedForWhenTheWorkerDies()
{
    FakePool pool(workers(2));
    sendBehindALongOne(pool, 2);
    pool.take();

    pool.die(0);

    const Story story = pool.take();
    QCOMPARE(story.at(0), std::string("task 2 Crashed crashed"));
    QVERIFY(std::find(story.begin(), story.end(), "send task 1 to 1") != story.end());
    QCOMPARE(pool.supervisor.brokenInvariant(), std::string());
}

void tst_SupervisorQueue::aWorkerThatGivesBackWhatItHasStartedIsBroken()
{
    FakePool pool(workers(2));
    const std::vector<TaskNumber> tasks = sendBehindALongOne(pool, 2);
    pool.take();

    pool.supervisor.taskRecalled(0, tasks[0]);

    QCOMPARE(pool.take(), (Story{"abandon 0", "kill 0"}));
}

void tst_SupervisorQueue::whatIsQueuedCanBeRejected()
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

void tst_SupervisorQueue::dropsWhatWaitsLongest()
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

QTEST_GUILESS_MAIN(tst_SupervisorQueue)
#include "tst_supervisorqueue.moc"
