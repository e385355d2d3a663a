// SPDX-License-Identifier: MIT
#include "fakepool.h"

#include <QTest>

using namespace Fanfare;
using Story = FakePool::Story;

/// Tasks that may take only so much memory.
class tst_SupervisorMemory : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void killsWhatTakesTooMuch();
    void countsWhatTheTaskTookOnly();
    void looksOnlyWhileSomebodyHasALimit();
    void anEndThatWasReadCounts();
    void aTaskThatWasCanceledIsKilledAsWell();
    void othersDieWithTheWorker();

private:
    static constexpr TaskSpec limited{.isIdempotent = true, .memoryLimit = 1000};
};

/// The only worker, which has 5,000 KiB, runs a task of \a spec.
static TaskNumber startOne(FakePool &pool, const TaskSpec &spec)
{
    pool.memoryNow = 5000;
    const TaskNumber task = pool.submit(spec);
    pool.ready(0);
    pool.start(0, task);
    pool.take();
    return task;
}

void tst_SupervisorMemory::killsWhatTakesTooMuch()
{
    FakePool pool;
    startOne(pool, limited);

    pool.memoryNow = 6001;
    pool.pass(20 * milliseconds);
    pool.die(0);

    // Idempotent or not: it would do the same again.
    QCOMPARE(pool.take(), (Story{"kill 0", "task 1 Crashed memory-limit", "died 0", "spawn 0"}));
    QCOMPARE(pool.supervisor.brokenInvariant(), std::string());
}

void tst_SupervisorMemory::countsWhatTheTaskTookOnly()
{
    FakePool pool;
    const TaskNumber task = startOne(pool, limited);

    pool.memoryNow = 6000;
    pool.pass(20 * milliseconds);
    pool.finish(0, task);

    QCOMPARE(pool.take(), Story{"task 1 Succeeded"});
}

void tst_SupervisorMemory::looksOnlyWhileSomebodyHasALimit()
{
    FakePool pool;
    const TaskNumber free = startOne(pool, {});
    QVERIFY(pool.supervisor.nextTime() > pool.time + 20 * milliseconds);
    pool.memoryNow = 1'000'000;
    pool.pass(20 * milliseconds);
    pool.finish(0, free);
    QCOMPARE(pool.take(), Story{"task 1 Succeeded"});

    const TaskNumber task = pool.submit(limited);
    pool.start(0, task);
    QCOMPARE(pool.supervisor.nextTime(), pool.time + 20 * milliseconds);
    pool.finish(0, task);
    pool.pass(20 * milliseconds);

    QVERIFY(pool.supervisor.nextTime() > pool.time + 20 * milliseconds);
}

void tst_SupervisorMemory::anEndThatWasReadCounts()
{
    FakePool pool;
    const TaskNumber task = startOne(pool, limited);

    pool.memoryNow = 10'000;
    pool.pass(20 * milliseconds);
    pool.finish(0, task);
    pool.die(0);

    QCOMPARE(pool.take(), (Story{"kill 0", "task 1 Succeeded", "died 0", "spawn 0"}));
}

void tst_SupervisorMemory::aTaskThatWasCanceledIsKilledAsWell()
{
    FakePool pool;
    const TaskNumber task = startOne(pool, limited);

    pool.supervisor.cancel(task);
    pool.memoryNow = 10'000;
    pool.pass(20 * milliseconds);
    pool.die(0);

    QCOMPARE(pool.take(),
             (Story{"cancel task 1 at 0", "kill 0", "task 1 Crashed memory-limit", "died 0",
                    "spawn 0"}));
    QCOMPARE(pool.supervisor.brokenInvariant(), std::string());
}

void tst_SupervisorMemory::othersDieWithTheWorker()
{
    FakePool pool;
    startOne(pool, {.isAsync = true});
    const TaskNumber greedy = pool.submit({.isAsync = true, .memoryLimit = 1000});
    pool.start(0, greedy);
    pool.take();

    pool.memoryNow = 10'000;
    pool.pass(20 * milliseconds);
    pool.die(0);

    QCOMPARE(pool.take(),
             (Story{"kill 0", "task 2 Crashed memory-limit", "task 1 Crashed worker-killed",
                    "died 0", "spawn 0"}));
}

QTEST_APPLESS_MAIN(tst_SupervisorMemory)
#include "tst_supervisormemory.moc"
