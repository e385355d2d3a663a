// SPDX-License-Identifier: MIT
// What the handle that emit() gives out knows and does.
#include "story.h"

#include <QCoroFuture>
#include <QRegularExpression>
#include <QTest>

#include <latch>
#include <semaphore>

using namespace Qt::StringLiterals;
using namespace Fanfare;
using namespace Fanfare::Test;

class tst_EmissionHandle : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void tasksTellHowEachEnded_data() { addExecutorRows(); }
    void tasksTellHowEachEnded();
    void theFutureFinishesWithTheLastTask_data() { addExecutorRows(); }
    void theFutureFinishesWithTheLastTask();
    void theFutureContinues_data() { addExecutorRows(); }
    void theFutureContinues();
    void aCoroutineAwaitsTheFuture();
    void waitingComesBackAfterItsTimeout();
    void canceledTasksDoNotStart();
    void aCanceledHandlerMayFinishOrGiveUp_data();
    void aCanceledHandlerMayFinishOrGiveUp();
    void shutdownCancelsOnlyWholeEmissions();
    void aForgottenEmissionRunsAllTheSame_data() { addExecutorRows(); }
    void aForgottenEmissionRunsAllTheSame();
    void aHandleOutlivesItsExecutor_data() { addExecutorRows(); }
    void aHandleOutlivesItsExecutor();
};

void tst_EmissionHandle::tasksTellHowEachEnded()
{
    QFETCH(QString, executorKind);
    Bench bench(executorKind);
    const SubscriberId good =
        bench.subscribe({u"A"_s}, [](Context &) { return QCborValue(u"result"_s); });
    const SubscriberId bad = bench.subscribe(
        {u"A"_s}, [](Context &) -> QCborValue { throw std::out_of_range("too far"); });

    const Result<Emission> emission = bench.emitter.emit(u"A"_s);

    QVERIFY(emission->waitForFinished(patience));
    const std::vector<TaskStatus> tasks = emission->tasks();
    QCOMPARE(tasks.size(), 2U);
    QCOMPARE(emission->finishedCount(), 2);
    QCOMPARE(tasks[0].subscriber, good);
    QVERIFY(tasks[0].isFinished);
    QCOMPARE(tasks[0].outcome, Outcome::Succeeded);
    QCOMPARE(tasks[0].result, QCborValue(u"result"_s));
    QVERIFY(tasks[0].error.isEmpty());
    QCOMPARE(tasks[1].subscriber, bad);
    QCOMPARE(tasks[1].outcome, Outcome::Failed);
    QCOMPARE(tasks[1].error.type, u"std::out_of_range"_s);
    QCOMPARE(tasks[1].error.what, u"too far"_s);
    QVERIFY(!tasks[1].reason.isEmpty());
}

void tst_EmissionHandle::theFutureFinishesWithTheLastTask()
{
    QFETCH(QString, executorKind);
    Bench bench(executorKind);
    for (int i = 0; i < 3; ++i)
        bench.subscribe({u"A"_s}, [i](Context &) { return QCborValue(i); });

    const Result<Emission> emission = bench.emitter.emit(u"A"_s);
    QFuture<std::vector<TaskStatus>> future = emission->future();
    QFuture<std::vector<TaskStatus>> again = emission->future();

    QTRY_VERIFY(future.isFinished() && again.isFinished());
    QCOMPARE(future.result().size(), 3U);
    for (int i = 0; i < 3; ++i) {
        QCOMPARE(future.result()[size_t(i)].result, QCborValue(i));
        QVERIFY(future.result()[size_t(i)].subscriber != SubscriberId{});
    }
    QCOMPARE(again.result().size(), 3U);
}

void tst_EmissionHandle::theFutureContinues()
{
    QFETCH(QString, executorKind);
    Bench bench(executorKind);
    bench.subscribe({u"A"_s}, [](Context &) { return QCborValue(20); });
    bench.subscribe({u"A"_s}, [](Context &) { return QCborValue(22); });

    const Result<Emission> emission = bench.emitter.emit(u"A"_s);
    QFuture<qint64> sum = emission->future().then([](const std::vector<TaskStatus> &tasks) {
        return tasks.at(0).result.toInteger() + tasks.at(1).result.toInteger();
    });

    QTRY_VERIFY(sum.isFinished());
    QCOMPARE(sum.result(), 42);
}

void tst_EmissionHandle::aCoroutineAwaitsTheFuture()
{
    Bench bench(u"2"_s);
    std::counting_semaphore<2> gate(0);
    bench.subscribe({u"A"_s}, [&](Context &) {
        gate.acquire();
        return QCborValue(u"done"_s);
    });
    std::vector<TaskStatus> ends;
    const auto wait = [&ends](QFuture<std::vector<TaskStatus>> future) -> QCoro::Task<void> {
        ends = co_await future;
    };

    const Result<Emission> emission = bench.emitter.emit(u"A"_s);
    const QCoro::Task<void> waiting = wait(emission->future());
    const bool hadToWait = ends.empty();
    gate.release();

    QTRY_COMPARE(ends.size(), 1U);
    QVERIFY(hadToWait);
    QCOMPARE(ends[0].result, QCborValue(u"done"_s));
}

void tst_EmissionHandle::waitingComesBackAfterItsTimeout()
{
    Bench bench(u"1"_s);
    std::latch gate(1);
    bench.subscribe({u"A"_s}, [&](Context &) {
        gate.wait();
        return QCborValue();
    });

    const Result<Emission> emission = bench.emitter.emit(u"A"_s);

    QVERIFY(!emission->waitForFinished(1ms));
    QVERIFY(!emission->isFinished());
    QCOMPARE(emission->finishedCount(), 0);
    QVERIFY(!emission->tasks().front().isFinished);
    gate.count_down();
    QVERIFY(emission->waitForFinished(patience));
    QVERIFY(emission->isFinished());
}

void tst_EmissionHandle::canceledTasksDoNotStart()
{
    Bench bench(u"1"_s);
    std::latch gate(1);
    bench.subscribe({u"hold"_s}, [&](Context &) {
        gate.wait();
        return QCborValue();
    });
    for (const HandlerKind kind : {HandlerKind::Sync, HandlerKind::Blocking, HandlerKind::Async}) {
        bench.subscribe({u"A"_s},
                        telling(
                            bench.story,
                            [&](Context &) {
                                bench.story.add(u"started"_s);
                                return QCborValue();
                            },
                            kind));
    }
    QVERIFY(bool(bench.emitter.emit(u"hold"_s)));

    Result<Emission> emission = bench.emitter.emit(u"A"_s);
    emission->cancel();
    emission->cancel();
    gate.count_down();

    QVERIFY(emission->waitForFinished(patience));
    QCOMPARE(emission->tasks().size(), 3U);
    for (const TaskStatus &task : emission->tasks())
        QCOMPARE(task.outcome, Outcome::Canceled);
    QCOMPARE(bench.story.lines(), QStringList());
}

void tst_EmissionHandle::aCanceledHandlerMayFinishOrGiveUp_data()
{
    QTest::addColumn<bool>("givesUp");
    QTest::addColumn<Outcome>("outcome");
    QTest::addColumn<QString>("line");

    QTest::newRow("finishes") << false << Outcome::Succeeded << u"success: \"done\""_s;
    QTest::newRow("gives up") << true << Outcome::Canceled
                              << u"Canceled: std::runtime_error: given up"_s;
}

void tst_EmissionHandle::aCanceledHandlerMayFinishOrGiveUp()
{
    QFETCH(bool, givesUp);
    QFETCH(Outcome, outcome);
    QFETCH(QString, line);
    Bench bench(u"1"_s);
    std::binary_semaphore started(0);
    std::binary_semaphore stopped(0);
    bench.subscribe({u"A"_s}, telling(bench.story, [&](Context &context) {
                        const std::stop_callback notice(context.stopToken(),
                                                        [&] { stopped.release(); });
                        started.release();
                        stopped.acquire();
                        if (givesUp)
                            throw std::runtime_error("given up");
                        return QCborValue(u"done"_s);
                    }));

    Result<Emission> emission = bench.emitter.emit(u"A"_s);
    started.acquire();
    emission->cancel();

    QVERIFY(emission->waitForFinished(patience));
    QCOMPARE(emission->tasks().front().outcome, outcome);
    QCOMPARE(bench.story.lines(), QStringList{line});
}

void tst_EmissionHandle::shutdownCancelsOnlyWholeEmissions()
{
    Bench bench(u"1"_s);
    std::latch gate(1);
    bench.subscribe({u"A"_s}, [&](Context &) {
        gate.wait();
        (void)bench.executor->shutdown(ShutdownMode::Return, PendingMode::CancelQueued);
        bench.story.add(u"shut down"_s);
        return QCborValue();
    });
    for (const HandlerKind kind : {HandlerKind::Sync, HandlerKind::Blocking, HandlerKind::Async}) {
        bench.subscribe({u"A"_s},
                        telling(
                            bench.story, [](Context &) { return QCborValue(1); }, kind));
    }
    bench.subscribe({u"B"_s}, bench.saying(u"never"_s));

    const Result<Emission> started = bench.emitter.emit(u"A"_s);
    const Result<Emission> queued = bench.emitter.emit(u"B"_s);
    gate.count_down();

    QVERIFY(bench.drain());
    QCOMPARE(bench.story.sorted(),
             (QStringList{u"shut down"_s, u"success: 1"_s, u"success: 1"_s, u"success: 1"_s}));
    for (const TaskStatus &task : started->tasks())
        QCOMPARE(task.outcome, Outcome::Succeeded);
    QCOMPARE(queued->tasks().front().outcome, Outcome::Canceled);
}

void tst_EmissionHandle::aForgottenEmissionRunsAllTheSame()
{
    QFETCH(QString, executorKind);
    Bench bench(executorKind);
    bench.subscribe({u"A"_s}, [&](Context &context) {
        bench.story.add(toText(context.arguments().positional));
        return QCborValue(QString(1000, u'x'));
    });

    for (int i = 0; i < 100; ++i)
        QVERIFY(bool(bench.emitter.emit(u"A"_s, {.positional = {u"kept"_s}})));

    QVERIFY(bench.drain());
    QCOMPARE(bench.story.lines(), QStringList(100, u"[\"kept\"]"_s));
}

void tst_EmissionHandle::aHandleOutlivesItsExecutor()
{
    QFETCH(QString, executorKind);
    Emission emission;
    QFuture<std::vector<TaskStatus>> future;
    {
        Bench bench(executorKind);
        bench.subscribe({u"A"_s}, [](Context &) { return QCborValue(42); });
        emission = *bench.emitter.emit(u"A"_s);
        future = emission.future();
    }

    QVERIFY(emission.isFinished());
    QCOMPARE(emission.tasks().front().result, QCborValue(42));
    QCOMPARE(future.result().front().result, QCborValue(42));
    emission.cancel();
}

QTEST_GUILESS_MAIN(tst_EmissionHandle)
#include "tst_emissionhandle.moc"
