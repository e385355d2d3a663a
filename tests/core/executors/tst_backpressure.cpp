// SPDX-License-Identifier: MIT
#include "executorrig.h"

#include <QElapsedTimer>
#include <QEventLoop>
#include <QFile>
#include <QTest>
#include <QTimer>

#include <atomic>
#include <latch>
#include <thread>

using namespace Fanfare;
using namespace std::chrono_literals;

Q_DECLARE_METATYPE(FullPolicy)

class tst_BackPressure : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void staysBoundedUnderAMillionEmits_data();
    void staysBoundedUnderAMillionEmits();
    void dropsTheOldestToMakeRoom();
    void blocksUntilThereIsRoom();
    void refusesWhenNoRoomCame();
    void neverBlocksAnEventLoop();
    void refusesWhatNeverFits();
};

/// An executor with one worker, which is held by a task until the gate opens.
struct HeldExecutor
{
    explicit HeldExecutor(const ThreadPoolOptions &options)
        : executor(options)
    {
        SubscriberOptions held;
        held.handler.run = [this](Context &) {
            running.count_down();
            gate.wait();
            return QCborValue();
        };
        (void)*linker.subscribe({u"hold"}, std::move(held));
        SubscriberOptions counted;
        counted.handler.run = [this](Context &context) {
            order.push_back(context.emissionId());
            return QCborValue();
        };
        (void)*linker.subscribe({u"count"}, std::move(counted));
        (void)*emitter.emit(u"hold");
        running.wait();
    }

    std::latch running{1};
    std::latch gate{1};
    std::vector<quint64> order; // written by the one worker
    EventLinker linker;
    ThreadPoolExecutor executor;
    EventEmitter emitter{linker, executor};
};

static quint64 residentKibibytes()
{
    QFile status(QStringLiteral("/proc/self/status"));
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray &line : status.readAll().split('\n')) {
        if (line.startsWith("VmRSS:"))
            return line.simplified().split(' ').at(1).toULongLong();
    }
    return 0;
}

void tst_BackPressure::staysBoundedUnderAMillionEmits_data()
{
    QTest::addColumn<FullPolicy>("policy");
    QTest::newRow("reject") << FullPolicy::Reject;
    QTest::newRow("block") << FullPolicy::Block;
    QTest::newRow("drop oldest") << FullPolicy::DropOldest;
}

void tst_BackPressure::staysBoundedUnderAMillionEmits()
{
    QFETCH(FullPolicy, policy);
    constexpr quint64 count = 1'000'000;
    constexpr size_t bound = 10'000;
    EventLinker linker;
    ThreadPoolExecutor executor(
        {.workers = 1, .queueBound = bound, .fullPolicy = policy, .blockTime = 60s});
    EventEmitter emitter(linker, executor);
    SubscriberOptions options;
    std::atomic<quint64> runs = 0;
    options.handler.run = [&](Context &) {
        ++runs;
        return QCborValue();
    };
    QVERIFY(linker.subscribe({u"event"}, std::move(options)));
    const quint64 before = residentKibibytes();

    quint64 accepted = 0;
    qint64 longest = 0;
    QElapsedTimer timer;
    for (quint64 i = 0; i < count; ++i) {
        timer.start();
        accepted += bool(emitter.emit(u"event"));
        longest = std::max(longest, timer.nsecsElapsed());
    }
    QVERIFY(executor.waitUntilIdle(60s));

    const quint64 grown = std::max(before, residentKibibytes()) - before;
    const ExecutorCounters counters = executor.counters();
    qInfo("%llu accepted, %llu rejected, %llu dropped, most queued %llu, grown by %llu KiB, "
          "longest emit() %.3f ms",
          accepted, counters.rejected, counters.droppedOldest, counters.highWater, grown,
          double(longest) / 1e6);
    QCOMPARE(accepted + counters.rejected, count);
    QCOMPARE(counters.submitted, accepted);
    QCOMPARE(counters.ended, accepted);
    QCOMPARE(runs + counters.droppedOldest, accepted);
    QVERIFY(counters.highWater <= bound);
#if !defined(__SANITIZE_ADDRESS__) // which keeps freed memory on purpose
    QVERIFY(grown < 64 * 1024);
#endif
    if (policy != FullPolicy::Reject)
        QCOMPARE(accepted, count);
}

void tst_BackPressure::dropsTheOldestToMakeRoom()
{
    Recorder recorder;
    HeldExecutor held({.workers = 1,
                       .queueBound = 3,
                       .fullPolicy = FullPolicy::DropOldest,
                       .recorder = &recorder});

    std::vector<Emission> emissions;
    for (int i = 0; i < 5; ++i)
        emissions.push_back(*held.emitter.emit(u"count"));
    const TaskStatus first = emissions[0].tasks().at(0);
    held.gate.count_down();

    QVERIFY(held.executor.waitUntilIdle(20s));
    QVERIFY(first.isFinished);
    QVERIFY(first.outcome == Outcome::Rejected);
    QCOMPARE(first.reason, QStringLiteral("dropped-oldest"));
    QCOMPARE(held.order.size(), size_t(3));
    QCOMPARE(held.order.front(), number(emissions[2].id()));
    QCOMPARE(held.executor.counters().droppedOldest, quint64(2));
    QCOMPARE(recorder.drain().spans.size(), size_t(6));
}

void tst_BackPressure::blocksUntilThereIsRoom()
{
    HeldExecutor held(
        {.workers = 1, .queueBound = 2, .fullPolicy = FullPolicy::Block, .blockTime = 60s});
    std::atomic<int> accepted = 0;
    std::thread producer([&] {
        for (int i = 0; i < 4; ++i)
            accepted += bool(held.emitter.emit(u"count"));
    });

    QTRY_COMPARE(held.executor.counters().queued, quint64(2));
    QVERIFY(accepted <= 2);
    held.gate.count_down();

    producer.join();
    QCOMPARE(accepted.load(), 4);
    QVERIFY(held.executor.waitUntilIdle(20s));
    QCOMPARE(held.executor.counters().rejected, quint64(0));
}

void tst_BackPressure::refusesWhenNoRoomCame()
{
    HeldExecutor held(
        {.workers = 1, .queueBound = 1, .fullPolicy = FullPolicy::Block, .blockTime = 1ms});
    QVERIFY(held.emitter.emit(u"count"));

    const auto refused = held.emitter.emit(u"count");

    QVERIFY(!refused && refused.error().code == ErrorCode::QueueFull);
    QVERIFY(refused.error().message.contains(QStringLiteral("1 tasks")));
    QCOMPARE(held.executor.counters().rejected, quint64(1));
    held.gate.count_down();
}

void tst_BackPressure::neverBlocksAnEventLoop()
{
    // With a time that nobody could wait for: blocking would hang this test.
    HeldExecutor held(
        {.workers = 1, .queueBound = 1, .fullPolicy = FullPolicy::Block, .blockTime = 24h});
    QVERIFY(held.emitter.emit(u"count"));
    bool isRefused = false;
    QEventLoop loop;
    QTimer::singleShot(0, &loop, [&] {
        isRefused = !held.emitter.emit(u"count");
        loop.quit();
    });

    loop.exec();

    QVERIFY(isRefused);
    held.gate.count_down();
}

void tst_BackPressure::refusesWhatNeverFits()
{
    HeldExecutor held({.workers = 1, .queueBound = 3, .fullPolicy = FullPolicy::DropOldest});
    QVERIFY(held.emitter.emit(u"count"));

    const auto refused = held.emitter.emitBatch(u"count", std::vector<Arguments>(4));

    QVERIFY(!refused && refused.error().code == ErrorCode::QueueFull);
    QCOMPARE(held.executor.counters().queued, quint64(1)); // nothing was dropped for it
    held.gate.count_down();
}

QTEST_GUILESS_MAIN(tst_BackPressure)
#include "tst_backpressure.moc"
