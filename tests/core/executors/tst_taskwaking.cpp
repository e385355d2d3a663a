// SPDX-License-Identifier: MIT
#include "queuework.h"

#include <QTest>

#include <atomic>
#include <latch>
#include <thread>

using namespace Fanfare;
using namespace QueueWork;

/// What must not happen: a task that waits while a worker sleeps.
class tst_TaskWaking : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void leavesNothingBehindALongTask();
    void wakesEveryWorkerForLongTasks();
    void leavesNothingToAWatcherThatGotStuck();
    void wakesASleeperForASingleTask();
    void wakesASecondWorkerForWhatTheFirstWaitsFor();
};

void tst_TaskWaking::leavesNothingBehindALongTask()
{
    // One worker gets used to short tasks, so that it claims many at once; then one of them is
    // long. What it has claimed behind that one is run by the other worker.
    TaskQueue queue(100'000);
    const auto to = recipients(1);
    constexpr quint64 longTask = 5'000;
    constexpr quint64 last = 5'200;
    std::latch released(1);
    std::atomic<int> ended = 0;
    for (quint64 id = 1; id <= last; ++id)
        push(queue, to, id);
    const auto run = [&](TaskEntry task) {
        if (number(task.emission->id()) == longTask)
            released.wait();
        ++ended;
    };

    std::thread first([&] { work(queue, run); });
    std::thread second([&] { work(queue, run); });

    QTRY_COMPARE(ended.load(), int(last - 1));
    released.count_down();
    queue.close();
    first.join();
    second.join();
    QCOMPARE(ended.load(), int(last));
}

void tst_TaskWaking::wakesEveryWorkerForLongTasks()
{
    TaskQueue queue(1000);
    const auto to = recipients(1);
    std::latch allRunning(4); // opens only when four tasks run at the same time
    std::vector<std::thread> workers;
    for (int i = 0; i < 4; ++i) {
        workers.emplace_back(
            [&] { work(queue, [&](TaskEntry) { allRunning.arrive_and_wait(); }); });
    }

    for (quint64 id = 1; id <= 4; ++id)
        push(queue, to, id);

    QVERIFY(queue.waitUntilIdle(std::chrono::seconds(20)));
    queue.close();
    for (std::thread &worker : workers)
        worker.join();
}

void tst_TaskWaking::leavesNothingToAWatcherThatGotStuck()
{
    // A worker that ran many short tasks keeps watch, so pushing wakes nobody. Then it gets stuck
    // in a long task, and what is pushed right behind that one is the last push for a long time.
    for (int round = 0; round < 50; ++round) {
        TaskQueue queue(100'000);
        const auto to = recipients(1);
        constexpr quint64 stuck = 2'000;
        std::latch isStuck(1);
        std::latch released(1);
        std::atomic<bool> lastRan = false;
        const auto run = [&](TaskEntry task) {
            if (number(task.emission->id()) == stuck) {
                isStuck.count_down();
                released.wait();
            }
            lastRan = lastRan || number(task.emission->id()) == stuck + 1;
        };
        std::thread first([&] { work(queue, run); });
        std::thread second([&] { work(queue, run); });

        for (quint64 id = 1; id <= stuck; ++id)
            push(queue, to, id);
        isStuck.wait();
        push(queue, to, stuck + 1);

        QTRY_VERIFY(lastRan);
        released.count_down();
        queue.close();
        first.join();
        second.join();
    }
}

void tst_TaskWaking::wakesASleeperForASingleTask()
{
    TaskQueue queue(100);
    const auto to = recipients(1);
    std::atomic<int> ended = 0;
    std::vector<std::thread> workers;
    for (int i = 0; i < 3; ++i)
        workers.emplace_back([&] { work(queue, [&](TaskEntry) { ++ended; }); });

    for (int i = 1; i <= 2'000; ++i) {
        push(queue, to, quint64(i));
        while (ended < i) // a push that wakes nobody hangs here
            std::this_thread::yield();
    }

    QCOMPARE(ended.load(), 2'000);
    queue.close();
    for (std::thread &worker : workers)
        worker.join();
}

void tst_TaskWaking::wakesASecondWorkerForWhatTheFirstWaitsFor()
{
    // Every second task waits for the one that is pushed right behind it, with a few short ones
    // before: whoever was woken for those must not leave its lease behind.
    constexpr quint64 rounds = 5'000;
    TaskQueue queue(100'000);
    const auto to = recipients(1);
    std::atomic<quint64> lastRan = 0;
    std::atomic<int> ended = 0;
    const auto run = [&](TaskEntry task) {
        const quint64 id = number(task.emission->id());
        if (id % 4 == 3)
            lastRan = id;
        while (id % 4 == 2 && lastRan < id)
            std::this_thread::yield();
        ++ended;
    };
    std::thread first([&] { work(queue, run); });
    std::thread second([&] { work(queue, run); });

    for (quint64 round = 0; round < rounds; ++round) {
        for (quint64 i = 0; i < 4; ++i)
            push(queue, to, 4 * (round + 1) + i);
        while (ended < int(4 * (round + 1)))
            std::this_thread::yield();
    }

    queue.close();
    first.join();
    second.join();
    QCOMPARE(ended.load(), int(4 * rounds));
}

QTEST_GUILESS_MAIN(tst_TaskWaking)
#include "tst_taskwaking.moc"
