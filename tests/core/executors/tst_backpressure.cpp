// SPDX-License-Identifier: MIT
// How much a queue takes; what happens beyond its bound is in tst_executorcontract.
#include "executorrig.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTest>

#include <atomic>

using namespace Fanfare;
using namespace std::chrono_literals;

Q_DECLARE_METATYPE(FullPolicy)

class tst_BackPressure : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void staysBoundedUnderAMillionEmits_data();
    void staysBoundedUnderAMillionEmits();
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

QTEST_GUILESS_MAIN(tst_BackPressure)
#include "tst_backpressure.moc"
