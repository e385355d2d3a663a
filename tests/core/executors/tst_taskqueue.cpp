// SPDX-License-Identifier: MIT
#include "queuework.h"

#include <QTest>

#include <atomic>
#include <latch>
#include <thread>

using namespace Fanfare;
using namespace QueueWork;

class tst_TaskQueue : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void givesTasksInOrderToOneWorker();
    void refusesBeyondItsBound();
    void refusesAfterClosing();
    void givesOutWhatNobodyStarted();
    void givesOutWhatIsCanceledAndKeepsTheOrder();
    void numbersTheTasksOfABatch();
    void runsEachTaskOnceUnderManyProducers();
    void letsGoOfRecipientsWhenIdle();
};

void tst_TaskQueue::givesTasksInOrderToOneWorker()
{
    TaskQueue queue(1000);
    const auto to = recipients(2);
    for (quint64 id = 1; id <= 100; ++id)
        push(queue, to, id);
    queue.close();

    std::vector<std::pair<quint64, quint32>> order;
    work(queue,
         [&](TaskEntry task) { order.emplace_back(number(task.emission->id()), task.index); });

    QCOMPARE(order.size(), 200U);
    QVERIFY(std::ranges::is_sorted(order));
    QCOMPARE(queue.counters().ended, 200U);
}

void tst_TaskQueue::refusesBeyondItsBound()
{
    TaskQueue queue(5);
    const auto to = recipients(2);

    QCOMPARE(push(queue, to, 1), TaskQueue::Pushed::Accepted);
    QCOMPARE(push(queue, to, 2), TaskQueue::Pushed::Accepted);
    QCOMPARE(push(queue, to, 3), TaskQueue::Pushed::Full); // all of it or nothing

    QCOMPARE(queue.counters().submitted, 4U);
    queue.close();
    work(queue, [](TaskEntry) {});
}

void tst_TaskQueue::refusesAfterClosing()
{
    TaskQueue queue(5);

    queue.close();

    QCOMPARE(push(queue, recipients(1), 1), TaskQueue::Pushed::Closed);
    QVERIFY(queue.isClosed());
}

void tst_TaskQueue::givesOutWhatNobodyStarted()
{
    TaskQueue queue(100);
    const auto to = recipients(1);
    for (quint64 id = 1; id <= 3; ++id)
        push(queue, to, id);

    const std::vector<TaskEntry> taken = queue.takeAll();

    QCOMPARE(taken.size(), 3U);
    QCOMPARE(queue.counters().queued, 0U);
    Worker nobody;
    for (const TaskEntry &task : taken)
        end(nobody, task);
    for (EmissionState *emission : nobody.released)
        queue.release(emission);
    queue.addEnded(taken.size());
    QVERIFY(queue.waitUntilIdle(std::chrono::seconds(0)));
}

void tst_TaskQueue::givesOutWhatIsCanceledAndKeepsTheOrder()
{
    TaskQueue queue(1000);
    const auto to = recipients(2);
    for (quint64 id = 1; id <= 5; ++id)
        push(queue, to, id);

    queue.cancel({EmissionId(2), 2});
    const std::vector<TaskEntry> taken = queue.takeCanceled();
    queue.close();
    std::vector<quint64> order;
    work(queue, [&](TaskEntry task) { order.push_back(number(task.emission->id())); });

    QCOMPARE(taken.size(), 4U);
    QCOMPARE(number(taken.front().emission->id()), 2U);
    QCOMPARE(number(taken.back().emission->id()), 3U);
    QCOMPARE(order, (std::vector<quint64>{1, 1, 4, 4, 5, 5}));
    Worker canceler;
    for (const TaskEntry &task : taken)
        end(canceler, task);
    for (EmissionState *emission : canceler.released)
        queue.release(emission);
    queue.addEnded(canceler.ended);
    QCOMPARE(queue.counters().ended, 10U);
    QCOMPARE(queue.counters().queued, 0U);
}

void tst_TaskQueue::numbersTheTasksOfABatch()
{
    TaskQueue queue(1000);
    push(queue, recipients(2), 10, 3);
    queue.close();

    std::vector<std::pair<quint64, quint16>> tasks;
    work(queue,
         [&](TaskEntry task) { tasks.emplace_back(number(task.id().emission), task.id().index); });

    const std::vector<std::pair<quint64, quint16>> expected{{10, 0}, {10, 1}, {11, 0},
                                                            {11, 1}, {12, 0}, {12, 1}};
    QCOMPARE(tasks, expected);
    QCOMPARE(queue.counters().emissions, 3U);
}

void tst_TaskQueue::runsEachTaskOnceUnderManyProducers()
{
    constexpr quint64 each = 20'000;
    TaskQueue queue(1'000'000);
    const auto to = recipients(3);
    std::vector<std::atomic<int>> runs(each * 2 * 3);
    const auto run = [&](TaskEntry task) {
        ++runs[(number(task.emission->id()) - 1) * 3 + task.index];
    };
    std::vector<std::thread> workers;
    for (int i = 0; i < 3; ++i)
        workers.emplace_back([&] { work(queue, run); });

    std::thread producer([&] {
        for (quint64 id = 1; id <= each; ++id)
            push(queue, to, id);
    });
    for (quint64 id = each + 1; id <= 2 * each; ++id)
        push(queue, to, id);
    producer.join();

    QVERIFY(queue.waitUntilIdle(std::chrono::seconds(60)));
    queue.close();
    for (std::thread &worker : workers)
        worker.join();
    QVERIFY(std::ranges::all_of(runs, [](const auto &count) { return count == 1; }));
    const ExecutorCounters counters = queue.counters();
    QCOMPARE(counters.submitted, each * 2 * 3);
    QCOMPARE(counters.ended, each * 2 * 3);
    QCOMPARE(counters.queued + counters.running, 0U);
}

void tst_TaskQueue::letsGoOfRecipientsWhenIdle()
{
    TaskQueue queue(100);
    auto to = recipients(1);
    const std::weak_ptr<const Recipients> watched = to;
    std::thread worker([&] { work(queue, [](TaskEntry) {}); });

    push(queue, to, 1);
    to.reset();

    QTRY_VERIFY(watched.expired());
    queue.close();
    worker.join();
}

QTEST_GUILESS_MAIN(tst_TaskQueue)
#include "tst_taskqueue.moc"
