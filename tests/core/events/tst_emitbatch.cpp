// SPDX-License-Identifier: MIT
#include "linking.h"
#include "story.h"

#include <QTest>

#include <latch>
#include <map>
#include <mutex>

using namespace Qt::StringLiterals;
using namespace Fanfare;
using namespace Fanfare::Test;

class tst_EmitBatch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void givesEachEmissionItsArguments_data() { addExecutorRows(); }
    void givesEachEmissionItsArguments();
    void numbersItsEmissionsThrough();
    void reachesAOneTimeSubscriberOnce();
    void refusesAnEmptyBatch();
    void refusesAllOrNothing();
    void cancelsAllOfItsEmissions();
};

static std::vector<Arguments> numbers(int count)
{
    std::vector<Arguments> all;
    for (int i = 0; i < count; ++i)
        all.push_back({.positional = {i}, .named = {}, .fields = {}});
    return all;
}

void tst_EmitBatch::givesEachEmissionItsArguments()
{
    QFETCH(QString, executorKind);
    Bench bench(executorKind);
    const auto echo = [](Context &context) { return context.arguments().positional.at(0); };
    bench.subscribe({u"A"_s}, echo);
    bench.subscribe({u"A"_s}, echo);

    const Result<Emission> batch = bench.emitter.emitBatch(u"A"_s, numbers(100));

    QVERIFY(batch);
    QCOMPARE(batch->taskCount(), 200);
    QVERIFY(batch->waitForFinished(patience));
    const std::vector<TaskStatus> tasks = batch->tasks();
    for (int i = 0; i < 200; ++i)
        QCOMPARE(tasks[size_t(i)].result, QCborValue(i / 2));
}

void tst_EmitBatch::numbersItsEmissionsThrough()
{
    Bench bench(u"2"_s);
    std::mutex mutex;
    std::map<quint64, qint64> seen;
    bench.subscribe({u"A"_s}, [&](Context &context) {
        std::lock_guard lock(mutex);
        seen[context.emissionId()] = context.arguments().positional.at(0).toInteger();
        return QCborValue();
    });

    const Result<Emission> batch = bench.emitter.emitBatch(u"A"_s, numbers(50));
    const Result<Emission> next = bench.emitter.emitBatch(u"A"_s, numbers(1));

    QVERIFY(batch->waitForFinished(patience) && next->waitForFinished(patience));
    QCOMPARE(seen.size(), 51U);
    QCOMPARE(number(next->id()), number(batch->id()) + 50);
    for (quint64 i = 0; i < 50; ++i)
        QCOMPARE(seen[number(batch->id()) + i], qint64(i));
}

void tst_EmitBatch::reachesAOneTimeSubscriberOnce()
{
    Bench bench(u"2"_s);
    std::atomic<int> once = 0;
    std::atomic<int> always = 0;
    SubscriberOptions options;
    options.isOnce = true;
    options.handler.run = [&](Context &context) {
        ++once;
        return context.arguments().positional.at(0);
    };
    const SubscriberId oneTime = subscribe(bench.linker, {u"A"_s}, std::move(options));
    bench.subscribe({u"A"_s}, [&](Context &) {
        ++always;
        return QCborValue();
    });

    const Result<Emission> batch = bench.emitter.emitBatch(u"A"_s, numbers(10));

    QVERIFY(batch->waitForFinished(patience));
    QCOMPARE(once.load(), 1);
    QCOMPARE(always.load(), 10);
    QCOMPARE(batch->taskCount(), 11);
    int found = 0;
    for (const TaskStatus &task : batch->tasks()) {
        if (task.subscriber == oneTime) {
            ++found;
            QCOMPARE(task.result, QCborValue(0)); // of the first emission
        }
    }
    QCOMPARE(found, 1);
}

void tst_EmitBatch::refusesAnEmptyBatch()
{
    Bench bench(u"2"_s);

    const Result<Emission> batch = bench.emitter.emitBatch(u"A"_s, {});

    QVERIFY(!batch && batch.error().code == ErrorCode::InvalidArgument);
}

void tst_EmitBatch::refusesAllOrNothing()
{
    EventLinker linker;
    ThreadPoolExecutor executor({.workers = 1, .queueBound = 5});
    EventEmitter emitter(linker, executor);
    const SubscriberId oneTime = subscribe(linker, {u"A"_s}, idleOnce());
    subscribe(linker, {u"A"_s});

    const Result<Emission> batch = emitter.emitBatch(u"A"_s, numbers(5));

    QVERIFY(!batch && batch.error().code == ErrorCode::QueueFull);
    QCOMPARE(executor.counters().submitted, 0U);
    QVERIFY(*linker.contains(oneTime)); // not used up by it
}

void tst_EmitBatch::cancelsAllOfItsEmissions()
{
    Bench bench(u"1"_s);
    std::latch running(1);
    std::latch gate(1);
    bench.subscribe({u"hold"_s}, [&](Context &) {
        running.count_down();
        gate.wait();
        return QCborValue();
    });
    bench.subscribe({u"A"_s}, [](Context &) { return QCborValue(); });
    (void)bench.emitter.emit(u"hold"_s);
    running.wait();

    Result<Emission> batch = bench.emitter.emitBatch(u"A"_s, numbers(20));
    batch->cancel();
    gate.count_down();

    QVERIFY(batch->waitForFinished(patience));
    for (const TaskStatus &task : batch->tasks())
        QVERIFY(task.outcome == Outcome::Canceled);
}

QTEST_GUILESS_MAIN(tst_EmitBatch)
#include "tst_emitbatch.moc"
