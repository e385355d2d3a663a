// SPDX-License-Identifier: MIT
// What waits for worker processes is bounded, in bytes as well; see also tst_executorcontract.
#include "poolrig.h"

#include <QElapsedTimer>
#include <QFile>
#include <QRegularExpression>
#include <QTest>

#include <algorithm>

using namespace Fanfare;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(FullPolicy)

class tst_PoolBackPressure : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }
    void staysBounded_data();
    void staysBounded();
    void dropsNothingThatAWorkerHas();
    void countsTheBytesOfArguments();
    void makesRoomForBytes();
    void countsSharedArgumentsOnce();
};

/// A pool with one worker, which is held by a task until open().
struct HeldPool
{
    explicit HeldPool(ProcessPoolOptions options)
        : rig(1, options)
    {
        rig.on(u"nap"_s);
        rig.on(u"echo"_s);
        holder = rig.emitOne(u"nap"_s, {3'600'000});
    }

    [[nodiscard]] bool isHeld() const
    {
        return QTest::qWaitFor([this] { return rig.executor->counters().running == 1; }, 20'000);
    }
    void open() { holder.cancel(); }

    PoolRig rig;
    Emission holder;
};

static Arguments bytes(qsizetype count)
{
    return {{QByteArray(count, 'x')}, {}, {}};
}

static quint64 residentKibibytes()
{
    QFile status(u"/proc/self/status"_s);
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray &line : status.readAll().split('\n')) {
        if (line.startsWith("VmRSS:"))
            return line.simplified().split(' ').at(1).toULongLong();
    }
    return 0;
}

/// Takes what is recorded; returns how many of its spans are of rejected tasks.
static quint64 drainRejected(Recorder &recorder)
{
    const TraceBatch batch = recorder.drain();
    return quint64(std::ranges::count(batch.spans, Outcome::Rejected, &SpanRecord::outcome));
}

void tst_PoolBackPressure::staysBounded_data()
{
    QTest::addColumn<FullPolicy>("policy");
    QTest::newRow("reject") << FullPolicy::Reject;
    QTest::newRow("block") << FullPolicy::Block;
    QTest::newRow("drop oldest") << FullPolicy::DropOldest;
}

void tst_PoolBackPressure::staysBounded()
{
    QFETCH(FullPolicy, policy);
    constexpr quint64 count = 200'000;
    constexpr size_t bound = 10'000;
    ProcessPoolOptions options;
    options.queueBound = bound;
    options.fullPolicy = policy;
    options.blockTime = 60s;
    PoolRig rig(1, options);
    SubscriberOptions silent;
    silent.handler = rig.handler(u"nothing"_s);
    (void)*rig.linker.subscribe({Event(u"nothing"_s)}, std::move(silent));
    const quint64 before = residentKibibytes();

    quint64 accepted = 0;
    quint64 dropped = 0;
    qint64 longest = 0;
    QElapsedTimer timer;
    for (quint64 i = 0; i < count; ++i) {
        timer.start();
        accepted += bool(rig.emitter->emit(Event(u"nothing"_s)));
        longest = std::max(longest, timer.nsecsElapsed());
        // What is recorded of ended tasks belongs to the reader of the trace, not to the queue.
        if (i % 1000 == 999)
            dropped += drainRejected(rig.recorder);
    }
    QVERIFY(rig.executor->waitUntilIdle(60s));
    dropped += drainRejected(rig.recorder);

    const quint64 grown = std::max(before, residentKibibytes()) - before;
    const ExecutorCounters counters = rig.executor->counters();
    qInfo("%llu accepted, %llu rejected, %llu dropped, most queued %llu, grown by %llu KiB, "
          "longest emit() %.3f ms",
          accepted, counters.rejected, counters.droppedOldest, counters.highWater, grown,
          double(longest) / 1e6);
    QCOMPARE(accepted + counters.rejected, count);
    QCOMPARE(counters.submitted, accepted);
    QCOMPARE(counters.ended, accepted);
    QCOMPARE(counters.queueBound, quint64(bound));
    QVERIFY(counters.highWater <= bound);
    QCOMPARE(dropped, counters.droppedOldest);
#if !defined(__SANITIZE_ADDRESS__) // which keeps freed memory on purpose
    QVERIFY(grown < 32 * 1024);
#endif
    if (policy == FullPolicy::Block)
        QCOMPARE(accepted, count);
}

void tst_PoolBackPressure::dropsNothingThatAWorkerHas()
{
    ProcessPoolOptions options;
    options.queueBound = 1;
    options.fullPolicy = FullPolicy::DropOldest;
    HeldPool held(options);
    QVERIFY(held.isHeld());

    for (int i = 0; i < 10; ++i)
        (void)held.rig.emitOne(u"echo"_s, {i});
    const bool isHeldStill = !held.holder.isFinished();
    held.open();

    QVERIFY(isHeldStill);
    QVERIFY(held.rig.executor->waitUntilIdle(20s));
    QCOMPARE(held.rig.executor->counters().droppedOldest, quint64(9));
}

void tst_PoolBackPressure::countsTheBytesOfArguments()
{
    ProcessPoolOptions options;
    options.payloadBound = 10'000;
    HeldPool held(options);
    QVERIFY(held.isHeld());

    QVERIFY(held.rig.emitter->emit(Event(u"echo"_s), bytes(6000)));
    const auto refused = held.rig.emitter->emit(Event(u"echo"_s), bytes(6000));
    QVERIFY(held.rig.emitter->emit(Event(u"echo"_s), bytes(3000)));
    held.open();
    QVERIFY(held.rig.executor->waitUntilIdle(20s));

    QVERIFY(!refused && refused.error().code == ErrorCode::QueueFull);
    QVERIFY(refused.error().message.contains(u"MiB"_s));
    for (int i = 0; i < 100; ++i) // nothing of it is counted for ever
        QVERIFY(held.rig.emitOne(u"echo"_s, {QByteArray(9000, 'x')}).waitForFinished(20s));
}

void tst_PoolBackPressure::makesRoomForBytes()
{
    ProcessPoolOptions options;
    options.payloadBound = 10'000;
    options.fullPolicy = FullPolicy::DropOldest;
    HeldPool held(options);
    QVERIFY(held.isHeld());

    std::vector<Emission> emissions;
    for (int i = 0; i < 6; ++i)
        emissions.push_back(held.rig.emitOne(u"echo"_s, {QByteArray(3000, 'x')}));
    held.open();
    QVERIFY(held.rig.executor->waitUntilIdle(20s));

    QCOMPARE(held.rig.executor->counters().droppedOldest, quint64(3));
    QVERIFY(emissions[2].tasks().at(0).outcome == Outcome::Rejected);
    QVERIFY(emissions[3].tasks().at(0).outcome == Outcome::Succeeded);
}

void tst_PoolBackPressure::countsSharedArgumentsOnce()
{
    ProcessPoolOptions options;
    options.payloadBound = 10'000;
    PoolRig rig(1, options);
    for (int i = 0; i < 20; ++i)
        rig.subscribe(u"a"_s, rig.handler(u"echo"_s));

    for (int i = 0; i < 3; ++i) {
        const auto accepted = rig.emitter->emit(Event(u"a"_s), bytes(9000));
        QVERIFY(accepted && accepted->waitForFinished(20s));
    }

    QVERIFY(rig.executor->waitUntilIdle(20s));
    QCOMPARE(rig.story().size(), size_t(60));
}

QTEST_GUILESS_MAIN(tst_PoolBackPressure)
#include "tst_poolbackpressure.moc"
