// SPDX-License-Identifier: MIT
#include "executorrig.h"

#include <QElapsedTimer>
#include <QTest>

#include <array>
#include <random>
#include <thread>

using namespace Fanfare;
using namespace std::chrono_literals;

class tst_ThreadPoolExecutor : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void runsTasksInParallel();
    void startsInOrderWithOneWorker();
    void letsBlockingHandlersWaitForOneAnotherWithOneWorker();
    void keepsCoroutinesFromOccupyingWorkers();
    void holdsTenThousandSuspendedCoroutines();
    void startsCoroutinesWhileAllWorkersAreBusy();
    void cancelsSuspendedCoroutines();
    void cancelsWhatIsQueuedWhenAllWorkersHang();
    void cancelsOnlyWhatHasNotStarted();
    void refusesBeyondTheBoundOfItsQueue();
    void drainsInTheBackground();
    void showsWhatIsOpen();
    void accountsForEveryTaskUnderCancelStorms();
};

void tst_ThreadPoolExecutor::runsTasksInParallel()
{
    ExecutorRig rig(4);
    std::latch together(4); // opens only when four tasks run at the same time
    rig.on(QStringLiteral("a"), [&](Context &) {
        together.arrive_and_wait();
        return QCborValue();
    });

    for (int i = 0; i < 4; ++i)
        (void)rig.emitOne(QStringLiteral("a"));

    QVERIFY(rig.executor->waitUntilIdle(20s));
}

void tst_ThreadPoolExecutor::startsInOrderWithOneWorker()
{
    ExecutorRig rig(1);
    std::vector<quint64> order; // one worker and one loop that it waits for: no race
    const auto note = [&](Context &context) { order.push_back(context.emissionId()); };
    rig.on(QStringLiteral("sync"), [&](Context &context) {
        note(context);
        return QCborValue();
    });
    rig.onAsync(QStringLiteral("async"), [&](Context &context) -> QCoro::Task<QCborValue> {
        note(context);
        co_await QCoro::sleepFor(1ms);
        co_return QCborValue();
    });

    for (int i = 0; i < 200; ++i)
        (void)rig.emitOne(i % 3 ? QStringLiteral("sync") : QStringLiteral("async"));

    QVERIFY(rig.executor->waitUntilIdle(20s));
    QCOMPARE(order.size(), 200U);
    QVERIFY(std::ranges::is_sorted(order));
}

void tst_ThreadPoolExecutor::letsBlockingHandlersWaitForOneAnotherWithOneWorker()
{
    ExecutorRig rig(1);
    std::latch together(3);
    for (int i = 0; i < 3; ++i) {
        rig.on(
            QStringLiteral("a"),
            [&](Context &) {
                together.arrive_and_wait();
                return QCborValue();
            },
            HandlerKind::Blocking);
    }

    (void)rig.emitOne(QStringLiteral("a"));

    QVERIFY(rig.executor->waitUntilIdle(20s));
}

void tst_ThreadPoolExecutor::keepsCoroutinesFromOccupyingWorkers()
{
    constexpr int count = 500;
    ExecutorRig rig(1);
    int suspended = 0; // the loop's
    rig.onAsync(QStringLiteral("wait"), [&](Context &) -> QCoro::Task<QCborValue> {
        ++suspended;
        while (suspended < count) // ends only when all of them are suspended at the same time
            co_await QCoro::sleepFor(5ms);
        co_return QCborValue();
    });

    for (int i = 0; i < count; ++i)
        (void)rig.emitOne(QStringLiteral("wait"));

    QVERIFY(rig.executor->waitUntilIdle(60s));
    QCOMPARE(suspended, count);
}

void tst_ThreadPoolExecutor::holdsTenThousandSuspendedCoroutines()
{
    constexpr int count = 10'000;
    ExecutorRig rig(2);
    std::atomic<int> suspended = 0;
    rig.onAsync(QStringLiteral("wait"), [&](Context &) -> QCoro::Task<QCborValue> {
        ++suspended;
        co_await QCoro::sleepFor(1s);
        co_return QCborValue();
    });
    QElapsedTimer timer;

    timer.start();
    for (int i = 0; i < count; ++i)
        (void)rig.emitOne(QStringLiteral("wait"));

    QTRY_COMPARE(suspended.load(), count);
    QCOMPARE(rig.executor->counters().queued, 0U); // none holds a worker
    QVERIFY(rig.executor->waitUntilIdle(60s));
    qInfo("%d handlers that await 1 s ended after %lld ms", count, timer.elapsed());
    QCOMPARE(rig.outcomes()[size_t(Outcome::Succeeded)], count);
}

void tst_ThreadPoolExecutor::startsCoroutinesWhileAllWorkersAreBusy()
{
    ExecutorRig rig(2);
    std::latch running(2);
    std::latch gate(1);
    rig.on(QStringLiteral("both"), [&](Context &) {
        running.count_down();
        gate.wait();
        return QCborValue();
    });
    std::atomic<int> started = 0;
    rig.onAsync(QStringLiteral("both"), [&](Context &) -> QCoro::Task<QCborValue> {
        ++started;
        co_return QCborValue();
    });
    (void)rig.emitOne(QStringLiteral("both"));
    (void)rig.emitOne(QStringLiteral("both"));
    running.wait();

    (void)rig.emitOne(QStringLiteral("both"));

    QTRY_COMPARE(started.load(), 3);
    QTRY_COMPARE(rig.executor->counters().queued, 1U); // the sync one of the third
    gate.count_down();
    QVERIFY(rig.executor->waitUntilIdle(20s));
}

void tst_ThreadPoolExecutor::cancelsSuspendedCoroutines()
{
    ExecutorRig rig(2);
    std::atomic<int> suspended = 0;
    rig.onAsync(QStringLiteral("wait"), [&](Context &context) -> QCoro::Task<QCborValue> {
        ++suspended;
        while (!context.stopToken().stop_requested())
            co_await QCoro::sleepFor(1ms);
        throw std::runtime_error("asked to stop");
    });
    Emission emission = rig.emitOne(QStringLiteral("wait"));
    QTRY_COMPARE(suspended.load(), 1);

    emission.cancel();

    QVERIFY(emission.waitForFinished(20s));
    QVERIFY(emission.tasks().front().outcome == Outcome::Canceled);
}

void tst_ThreadPoolExecutor::cancelsWhatIsQueuedWhenAllWorkersHang()
{
    ExecutorRig rig(1);
    std::latch running(1);
    std::latch gate(1);
    rig.on(QStringLiteral("hang"), [&](Context &) {
        running.count_down();
        gate.wait(); // deaf to its stop token
        return QCborValue();
    });
    (void)rig.emitOne(QStringLiteral("hang"));
    running.wait();
    const Emission queued = rig.emitOne(QStringLiteral("hang"));

    rig.executor->cancelAll();

    QVERIFY(queued.isFinished());
    QVERIFY(queued.tasks().front().outcome == Outcome::Canceled);
    gate.count_down();
}

void tst_ThreadPoolExecutor::cancelsOnlyWhatHasNotStarted()
{
    ExecutorRig rig(1);
    std::latch running(1);
    std::latch mayEnd(1);
    rig.on(QStringLiteral("a"), [&](Context &) {
        running.count_down();
        mayEnd.wait();
        return QCborValue();
    });
    const Emission first = rig.emitOne(QStringLiteral("a"));
    running.wait();
    const Emission second = rig.emitOne(QStringLiteral("a"));

    QVERIFY(rig.executor->shutdown(ShutdownMode::Return, PendingMode::CancelQueued));

    QVERIFY(second.isFinished());
    QCOMPARE(second.tasks().at(0).outcome, Outcome::Canceled);
    QVERIFY(!first.isFinished());
    mayEnd.count_down();
    QVERIFY(first.waitForFinished(20s));
    QCOMPARE(first.tasks().at(0).outcome, Outcome::Succeeded);
    QCOMPARE(rig.story(), std::vector<QString>{QStringLiteral("success")});
}

void tst_ThreadPoolExecutor::refusesBeyondTheBoundOfItsQueue()
{
    ExecutorRig rig(1, 2);
    std::latch running(1);
    std::latch mayEnd(1);
    rig.on(QStringLiteral("block"), [&](Context &) {
        running.count_down();
        mayEnd.wait();
        return QCborValue();
    });
    rig.on(QStringLiteral("a"), [](Context &) { return QCborValue(); });
    (void)rig.emitOne(QStringLiteral("block"));
    running.wait();

    const bool first = bool(rig.emitter->emit(Event(QStringLiteral("a"))));
    const bool second = bool(rig.emitter->emit(Event(QStringLiteral("a"))));
    const Result<Emission> third = rig.emitter->emit(Event(QStringLiteral("a")));

    QVERIFY(first && second);
    QVERIFY(!third);
    QCOMPARE(third.error().code, ErrorCode::QueueFull);
    mayEnd.count_down();
}

void tst_ThreadPoolExecutor::drainsInTheBackground()
{
    ExecutorRig rig(2);
    std::latch mayRun(1);
    std::atomic<int> runs = 0;
    rig.on(QStringLiteral("a"), [&](Context &) {
        mayRun.wait();
        ++runs;
        return QCborValue();
    });
    for (int i = 0; i < 50; ++i)
        (void)rig.emitOne(QStringLiteral("a"));

    QVERIFY(rig.executor->shutdown(ShutdownMode::Return, PendingMode::Drain));
    QVERIFY(runs < 50);
    mayRun.count_down();
    QVERIFY(rig.executor->waitUntilIdle(20s));

    QCOMPARE(runs.load(), 50);
}

void tst_ThreadPoolExecutor::showsWhatIsOpen()
{
    ExecutorRig rig(1);
    std::latch running(1);
    std::latch mayEnd(1);
    rig.on(QStringLiteral("a"), [&](Context &) {
        running.count_down();
        mayEnd.wait();
        return QCborValue();
    });
    (void)rig.emitOne(QStringLiteral("a"));
    running.wait();
    for (int i = 0; i < 5; ++i)
        (void)rig.emitOne(QStringLiteral("a"));

    const LiveSample sample = rig.executor->sample(3);

    QCOMPARE(sample.running.size(), 1U);
    QCOMPARE(number(sample.running[0].task.emission), 1U);
    QVERIFY(sample.running[0].started > 0);
    QCOMPARE(sample.queued.size(), 3U);
    QCOMPARE(sample.queuedCount, 5U);
    mayEnd.count_down();
}

void tst_ThreadPoolExecutor::accountsForEveryTaskUnderCancelStorms()
{
    constexpr int perProducer = 20'000;
    ExecutorRig rig(2);
    Fanfare::SubscriberOptions options;
    std::atomic<quint64> callbacks = 0;
    std::atomic<quint64> runs = 0;
    options.handler.run = [&](Context &) {
        ++runs;
        return QCborValue();
    };
    options.onSuccess = [&](Context &, const QCborValue &) { ++callbacks; };
    QVERIFY(rig.linker.subscribe({Event(QStringLiteral("storm"))}, std::move(options)));
    const auto produce = [&](quint32 seed) {
        std::mt19937 random(seed);
        for (int i = 0; i < perProducer; ++i) {
            Emission emission = *rig.emitter->emit(Event(QStringLiteral("storm")));
            if (random() % 4 == 0)
                emission.cancel();
        }
    };

    std::array<std::thread, 4> producers;
    for (quint32 i = 0; i < producers.size(); ++i)
        producers[i] = std::thread(produce, i + 1);
    std::array<int, outcomeCount> outcomes{};
    for (std::thread &producer : producers)
        producer.join();
    rig.executor->cancelAll();
    QVERIFY(rig.executor->shutdown());
    outcomes = rig.outcomes();

    const auto all = int(producers.size()) * perProducer;
    QCOMPARE(outcomes[size_t(Outcome::Succeeded)] + outcomes[size_t(Outcome::Canceled)], all);
    QCOMPARE(outcomes[size_t(Outcome::Succeeded)], int(runs.load()));
    QCOMPARE(callbacks.load(), runs.load());
    QCOMPARE(rig.executor->counters().ended, quint64(all));
}

QTEST_GUILESS_MAIN(tst_ThreadPoolExecutor)
#include "tst_threadpoolexecutor.moc"
