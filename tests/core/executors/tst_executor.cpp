// SPDX-License-Identifier: MIT
// What every executor promises, on every executor.
#include "executorrig.h"

#include <QTest>

#include <atomic>
#include <latch>
#include <set>
#include <stdexcept>

using namespace Fanfare;
using namespace std::chrono_literals;
using Story = std::vector<QString>;

class tst_Executor : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void runsEveryAcceptedTaskOnce_data() { executors(); }
    void runsEveryAcceptedTaskOnce();
    void callsExactlyOneCallback_data() { executors(); }
    void callsExactlyOneCallback();
    void recordsOneSpanForEachTask_data() { executors(); }
    void recordsOneSpanForEachTask();
    void survivesWhatHandlersThrow_data() { executors(); }
    void survivesWhatHandlersThrow();
    void runsCoroutines_data() { executors(); }
    void runsCoroutines();
    void refusesAfterShutdown_data() { executors(); }
    void refusesAfterShutdown();
    void shutsDownAnyNumberOfTimes_data() { executors(); }
    void shutsDownAnyNumberOfTimes();
    void refusesToWaitForItselfInAHandler_data() { executors(); }
    void refusesToWaitForItselfInAHandler();
    void finishesWhatAHandlerEmits_data() { executors(); }
    void finishesWhatAHandlerEmits();
    void cancelsARunningHandlerThroughItsToken_data() { threadPools(); }
    void cancelsARunningHandlerThroughItsToken();
    void cancelsOneEmissionAndLeavesTheOthers_data() { threadPools(); }
    void cancelsOneEmissionAndLeavesTheOthers();
    void handlesOutliveTheExecutor_data() { executors(); }
    void handlesOutliveTheExecutor();

private:
    static void executors();
    static void threadPools();
};

void tst_Executor::threadPools()
{
    QTest::addColumn<int>("workers");
    QTest::newRow("1 thread") << 1;
    QTest::newRow("2 threads") << 2;
    QTest::newRow("8 threads") << 8;
}

void tst_Executor::executors()
{
    threadPools();
    QTest::newRow("inline") << 0;
}

void tst_Executor::runsEveryAcceptedTaskOnce()
{
    QFETCH(int, workers);
    ExecutorRig rig(workers);
    std::atomic<int> runs = 0;
    for (int i = 0; i < 3; ++i)
        rig.on(QStringLiteral("a"), [&](Context &) {
            ++runs;
            return QCborValue();
        });

    for (int i = 0; i < 1000; ++i)
        (void)rig.emitOne(QStringLiteral("a"));

    QVERIFY(rig.executor->waitUntilIdle(20s));
    QCOMPARE(runs.load(), 3000);
    const ExecutorCounters counters = rig.executor->counters();
    QCOMPARE(counters.emissions, 1000U);
    QCOMPARE(counters.submitted, 3000U);
    QCOMPARE(counters.ended, 3000U);
}

void tst_Executor::callsExactlyOneCallback()
{
    QFETCH(int, workers);
    ExecutorRig rig(workers);
    rig.on(QStringLiteral("good"), [](Context &) { return QCborValue(1); });
    rig.on(QStringLiteral("bad"),
           [](Context &) -> QCborValue { throw std::runtime_error("100% broken: %s %n"); });

    const Emission good = rig.emitOne(QStringLiteral("good"));
    QVERIFY(good.waitForFinished(20s));
    const Emission bad = rig.emitOne(QStringLiteral("bad"));
    QVERIFY(bad.waitForFinished(20s));

    QCOMPARE(rig.story(), (Story{QStringLiteral("success"), QStringLiteral("Failed")}));
    QCOMPARE(good.tasks().at(0).result.toInteger(), 1);
    QCOMPARE(bad.tasks().at(0).error.what, QStringLiteral("100% broken: %s %n"));
    QCOMPARE(bad.tasks().at(0).error.type, QStringLiteral("std::runtime_error"));
}

void tst_Executor::recordsOneSpanForEachTask()
{
    QFETCH(int, workers);
    ExecutorRig rig(workers);
    rig.on(QStringLiteral("a"), [](Context &) { return QCborValue(); });
    rig.onAsync(QStringLiteral("a"),
                [](Context &) -> QCoro::Task<QCborValue> { co_return QCborValue(); });

    for (int i = 0; i < 100; ++i)
        (void)rig.emitOne(QStringLiteral("a"));
    QVERIFY(rig.executor->shutdown());
    const TraceBatch batch = rig.recorder.drain();

    QCOMPARE(batch.spans.size(), 200U);
    std::set<TaskId> ids;
    for (const SpanRecord &span : batch.spans) {
        ids.insert(span.task);
        QVERIFY(span.queued <= span.started);
        QVERIFY(span.started <= span.finished);
    }
    QCOMPARE(ids.size(), 200U);
}

void tst_Executor::survivesWhatHandlersThrow()
{
    QFETCH(int, workers);
    ExecutorRig rig(workers);
    rig.on(QStringLiteral("a"), [](Context &) -> QCborValue { throw 42; });
    rig.on(QStringLiteral("a"), [](Context &) { return QCborValue(); });

    const Emission emission = rig.emitOne(QStringLiteral("a"));

    QVERIFY(emission.waitForFinished(20s));
    QCOMPARE(emission.tasks().at(0).outcome, Outcome::Failed);
    QCOMPARE(emission.tasks().at(0).error.type, QStringLiteral("int"));
    QCOMPARE(emission.tasks().at(1).outcome, Outcome::Succeeded);
}

void tst_Executor::runsCoroutines()
{
    QFETCH(int, workers);
    ExecutorRig rig(workers);
    rig.onAsync(QStringLiteral("a"), [](Context &context) -> QCoro::Task<QCborValue> {
        co_await QCoro::sleepFor(std::chrono::milliseconds(1));
        co_return QCborValue(qint64(context.emissionId()));
    });
    rig.onAsync(QStringLiteral("a"), [](Context &) -> QCoro::Task<QCborValue> {
        co_await QCoro::sleepFor(std::chrono::milliseconds(1));
        throw std::logic_error("late");
    });

    const Emission emission = rig.emitOne(QStringLiteral("a"));

    QVERIFY(emission.waitForFinished(20s));
    QCOMPARE(emission.tasks().at(0).result.toInteger(), qint64(number(emission.id())));
    QCOMPARE(emission.tasks().at(1).error.what, QStringLiteral("late"));
}

void tst_Executor::refusesAfterShutdown()
{
    QFETCH(int, workers);
    ExecutorRig rig(workers);
    rig.on(QStringLiteral("a"), [](Context &) { return QCborValue(); });

    QVERIFY(rig.executor->shutdown());
    const Result<Emission> refused = rig.emitter->emit(Event(QStringLiteral("a")));
    const Result<Emission> nobody = rig.emitter->emit(Event(QStringLiteral("unheard")));

    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::ExecutorShutdown);
    QVERIFY(!rig.executor->isAccepting());
    QVERIFY(nobody);
    QCOMPARE(nobody->taskCount(), 0);
}

void tst_Executor::shutsDownAnyNumberOfTimes()
{
    QFETCH(int, workers);
    ExecutorRig rig(workers);
    std::atomic<int> runs = 0;
    rig.on(QStringLiteral("a"), [&](Context &) {
        ++runs;
        return QCborValue();
    });
    for (int i = 0; i < 100; ++i)
        (void)rig.emitOne(QStringLiteral("a"));

    QVERIFY(rig.executor->shutdown(ShutdownMode::Return, PendingMode::Drain));
    QVERIFY(rig.executor->shutdown(ShutdownMode::Wait, PendingMode::Drain));
    QVERIFY(rig.executor->shutdown(ShutdownMode::Wait, PendingMode::CancelQueued));
    QVERIFY(rig.executor->shutdown(ShutdownMode::Return, PendingMode::CancelQueued));

    QCOMPARE(runs.load(), 100);
}

void tst_Executor::refusesToWaitForItselfInAHandler()
{
    QFETCH(int, workers);
    ExecutorRig rig(workers);
    rig.on(QStringLiteral("a"), [&](Context &) {
        const Result<void> waited = rig.executor->shutdown(ShutdownMode::Wait);
        rig.tell(waited ? u"waited" : u"refused");
        return QCborValue(waited ? 0 : int(waited.error().code));
    });

    const Emission emission = rig.emitOne(QStringLiteral("a"));

    QVERIFY(emission.waitForFinished(20s));
    QCOMPARE(rig.story(), (Story{QStringLiteral("refused"), QStringLiteral("success")}));
    QCOMPARE(emission.tasks().at(0).result.toInteger(), int(ErrorCode::ShutdownFromHandler));
}

void tst_Executor::finishesWhatAHandlerEmits()
{
    QFETCH(int, workers);
    ExecutorRig rig(workers);
    rig.on(QStringLiteral("outer"), [&](Context &) {
        (void)rig.emitOne(QStringLiteral("inner"));
        rig.tell(u"outer");
        return QCborValue();
    });
    std::atomic<int> inner = 0;
    rig.on(QStringLiteral("inner"), [&](Context &) {
        ++inner;
        return QCborValue();
    });

    (void)rig.emitOne(QStringLiteral("outer"));

    QVERIFY(rig.executor->waitUntilIdle(20s));
    QCOMPARE(inner.load(), 1);
}

void tst_Executor::cancelsARunningHandlerThroughItsToken()
{
    QFETCH(int, workers);
    ExecutorRig rig(workers);
    std::latch running(1);
    rig.on(QStringLiteral("a"), [&](Context &context) -> QCborValue {
        running.count_down();
        std::latch stopped(1);
        const std::stop_callback wake(context.stopToken(), [&] { stopped.count_down(); });
        stopped.wait();
        throw std::runtime_error("stopped as asked");
    });

    const Emission emission = rig.emitOne(QStringLiteral("a"));
    running.wait();
    rig.executor->cancelAll();

    QVERIFY(emission.waitForFinished(20s));
    QCOMPARE(emission.tasks().at(0).outcome, Outcome::Canceled);
    QVERIFY(rig.executor->shutdown());
    QCOMPARE(rig.outcomes()[size_t(Outcome::Canceled)], 1);
}

/// All workers are taken, so that what is canceled waits: it ends all the same.
void tst_Executor::cancelsOneEmissionAndLeavesTheOthers()
{
    QFETCH(int, workers);
    ExecutorRig rig(workers);
    std::latch running(workers);
    std::latch mayEnd(1);
    rig.on(QStringLiteral("busy"), [&](Context &) {
        running.count_down();
        mayEnd.wait();
        return QCborValue();
    });
    rig.on(QStringLiteral("quick"), [](Context &) { return QCborValue(); });
    for (int i = 0; i < workers; ++i)
        (void)rig.emitOne(QStringLiteral("busy"));
    running.wait();
    std::vector<Emission> quick;
    for (int i = 0; i < 5; ++i)
        quick.push_back(rig.emitOne(QStringLiteral("quick")));

    rig.executor->cancel({quick[1].id(), 2});

    QVERIFY(quick[1].waitForFinished(20s));
    QVERIFY(quick[2].waitForFinished(20s));
    QVERIFY(!quick[0].isFinished());
    mayEnd.count_down();
    QVERIFY(rig.executor->waitUntilIdle(20s));
    QCOMPARE(rig.outcomes()[size_t(Outcome::Canceled)], 2);
    QCOMPARE(rig.outcomes()[size_t(Outcome::Succeeded)], workers + 3);
    for (const size_t i : {1, 2})
        QCOMPARE(quick[i].tasks().at(0).outcome, Outcome::Canceled);
}

void tst_Executor::handlesOutliveTheExecutor()
{
    QFETCH(int, workers);
    auto rig = std::make_unique<ExecutorRig>(workers);
    rig->on(QStringLiteral("a"), [](Context &) { return QCborValue(5); });

    const Emission emission = rig->emitOne(QStringLiteral("a"));
    rig.reset();

    QVERIFY(emission.isFinished());
    QCOMPARE(emission.tasks().at(0).result.toInteger(), 5);
}

QTEST_GUILESS_MAIN(tst_Executor)
#include "tst_executor.moc"
