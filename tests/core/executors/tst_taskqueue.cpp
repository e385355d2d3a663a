// SPDX-License-Identifier: MIT
#include <fanfare/executors/taskqueue.h>

#include <QTest>

#include <atomic>
#include <latch>
#include <thread>

using namespace Fanfare;

namespace {

RecipientsPointer recipients(size_t count)
{
    auto made = std::make_shared<Recipients>();
    made->event = QStringLiteral("event");
    for (size_t i = 0; i < count; ++i)
        made->subscribers.push_back(std::make_shared<Subscriber>());
    return made;
}

/// Queues an emission and drops its handle.
TaskQueue::Pushed push(TaskQueue &queue, const RecipientsPointer &to, quint64 id)
{
    Submission submission;
    submission.id = EmissionId(id);
    submission.recipients = to;
    EmissionState *state = nullptr;
    std::vector<TaskEntry> dropped;
    const TaskQueue::Pushed pushed = queue.push(submission, state, dropped);
    if (pushed == TaskQueue::Pushed::Accepted)
        const Emission handle(state);
    return pushed;
}

/// Ends \a task as a worker does.
void end(Worker &worker, TaskEntry task)
{
    ++worker.ended;
    if (task.emission->taskEnded()) {
        task.emission->end();
        worker.released.push_back(task.emission);
    }
}

/// Runs tasks until the queue is closed; calls \a run for each.
template <typename Run>
void work(TaskQueue &queue, Run run)
{
    Worker worker;
    queue.attach(worker);
    while (queue.claim(worker)) {
        while (const TaskEntry task = worker.claimed.next()) {
            run(task);
            end(worker, task);
        }
    }
    queue.detach(worker);
}

} // namespace

class tst_TaskQueue : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void givesTasksInOrderToOneWorker();
    void refusesBeyondItsBound();
    void refusesAfterClosing();
    void givesOutWhatNobodyStarted();
    void leavesNothingBehindALongTask();
    void wakesEveryWorkerForLongTasks();
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

void tst_TaskQueue::leavesNothingBehindALongTask()
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

void tst_TaskQueue::wakesEveryWorkerForLongTasks()
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
