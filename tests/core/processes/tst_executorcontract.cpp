// SPDX-License-Identifier: MIT
// What every executor promises, asked of every executor with the same handlers.
#include "contractrig.h"

#include <QEventLoop>
#include <QRegularExpression>
#include <QTimer>

#include <algorithm>
#include <atomic>
#include <set>
#include <thread>

using namespace Fanfare;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using Story = std::vector<QString>;
using Bounds = ContractRig::Bounds;

Q_DECLARE_METATYPE(Kind)

class tst_ExecutorContract : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }
    void runsEveryAcceptedTaskOnce_data() { all(); }
    void runsEveryAcceptedTaskOnce();
    void carriesArgumentsAndResults_data() { all(); }
    void carriesArgumentsAndResults();
    void callsExactlyOneCallback_data() { all(); }
    void callsExactlyOneCallback();
    void survivesWhatHandlersThrow_data() { all(); }
    void survivesWhatHandlersThrow();
    void runsCoroutines_data() { all(); }
    void runsCoroutines();
    void recordsOneSpanForEachTask_data() { all(); }
    void recordsOneSpanForEachTask();
    void refusesAfterShutdown_data() { all(); }
    void refusesAfterShutdown();
    void shutsDownAnyNumberOfTimes_data() { all(); }
    void shutsDownAnyNumberOfTimes();
    void refusesToWaitForItselfInACallback_data() { all(); }
    void refusesToWaitForItselfInACallback();
    void handlesOutliveTheExecutor_data() { all(); }
    void handlesOutliveTheExecutor();
    void blockingHandlersOccupyNoWorker_data() { oneWorker(); }
    void blockingHandlersOccupyNoWorker();
    void cancelsQueuedAndRunningTasks_data() { oneWorker(); }
    void cancelsQueuedAndRunningTasks();
    void asksAtADeadline_data() { oneWorker(); }
    void asksAtADeadline();
    void dropsTheOldestToMakeRoom_data() { oneWorker(); }
    void dropsTheOldestToMakeRoom();
    void blocksUntilThereIsRoom_data() { oneWorker(); }
    void blocksUntilThereIsRoom();
    void refusesWhenNoRoomCame_data() { oneWorker(); }
    void refusesWhenNoRoomCame();
    void neverBlocksAnEventLoop_data() { oneWorker(); }
    void neverBlocksAnEventLoop();
    void refusesWhatNeverFits_data() { oneWorker(); }
    void refusesWhatNeverFits();

private:
    static void all();
    static void oneWorker();
};

static QString errorName(const Error &error)
{
    return error.code == ErrorCode::ShutdownFromHandler ? u"refused"_s : error.message;
}

/// Those with a queue, and one worker that can be held.
void tst_ExecutorContract::oneWorker()
{
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<int>("workers");
    QTest::newRow("1 thread") << Kind::Threads << 1;
    QTest::newRow("1 process") << Kind::Processes << 1;
}

void tst_ExecutorContract::all()
{
    oneWorker();
    QTest::newRow("inline") << Kind::Inline << 1;
    QTest::newRow("2 threads") << Kind::Threads << 2;
    QTest::newRow("2 processes") << Kind::Processes << 2;
}

void tst_ExecutorContract::runsEveryAcceptedTaskOnce()
{
    QFETCH(const Kind, kind);
    QFETCH(const int, workers);
    ContractRig rig(kind, workers);
    for (int i = 0; i < 3; ++i)
        rig.on(u"nothing"_s);

    for (int i = 0; i < 1000; ++i)
        (void)rig.emitOne(u"nothing"_s);

    QVERIFY(rig.executor->waitUntilIdle(60s));
    QCOMPARE(rig.story().size(), size_t(3000));
    const ExecutorCounters counters = rig.executor->counters();
    QCOMPARE(counters.emissions, 1000U);
    QCOMPARE(counters.submitted, 3000U);
    QCOMPARE(counters.ended, 3000U);
}

void tst_ExecutorContract::carriesArgumentsAndResults()
{
    QFETCH(const Kind, kind);
    QFETCH(const int, workers);
    ContractRig rig(kind, workers);
    rig.on(u"echo"_s);
    const QCborMap value{{u"text"_s, u"\u00e4\u20ac"_s},
                         {u"list"_s, QCborArray{1, 2.5, true}},
                         {u"bytes"_s, QByteArray(100'000, 'x')}};

    const Emission emission = rig.emitOne(u"echo"_s, {value});

    QVERIFY(emission.waitForFinished(20s));
    QVERIFY(emission.tasks().at(0).result == value.toCborValue());
}

void tst_ExecutorContract::callsExactlyOneCallback()
{
    QFETCH(const Kind, kind);
    QFETCH(const int, workers);
    ContractRig rig(kind, workers);
    rig.on(u"echo"_s);
    rig.on(u"fail"_s);

    const Emission good = rig.emitOne(u"echo"_s, {1});
    QVERIFY(good.waitForFinished(20s));
    const Emission bad = rig.emitOne(u"fail"_s);
    QVERIFY(bad.waitForFinished(20s));

    QCOMPARE(rig.story(), (Story{u"success"_s, u"Failed"_s}));
    QCOMPARE(good.tasks().at(0).result.toInteger(), 1);
    QCOMPARE(bad.tasks().at(0).error.what, u"100% broken: %s %n"_s);
    QCOMPARE(bad.tasks().at(0).error.type, u"std::runtime_error"_s);
}

void tst_ExecutorContract::survivesWhatHandlersThrow()
{
    QFETCH(const Kind, kind);
    QFETCH(const int, workers);
    ContractRig rig(kind, workers);
    rig.subscribe(u"a"_s, u"throwNumber"_s);
    rig.subscribe(u"a"_s, u"nothing"_s);

    const Emission emission = rig.emitOne(u"a"_s);

    QVERIFY(emission.waitForFinished(20s));
    QCOMPARE(emission.tasks().at(0).outcome, Outcome::Failed);
    QCOMPARE(emission.tasks().at(0).error.type, u"int"_s);
    QCOMPARE(emission.tasks().at(1).outcome, Outcome::Succeeded);
}

void tst_ExecutorContract::runsCoroutines()
{
    QFETCH(const Kind, kind);
    QFETCH(const int, workers);
    ContractRig rig(kind, workers);
    rig.subscribe(u"a"_s, u"napAsync"_s);
    rig.subscribe(u"a"_s, u"failLate"_s);

    const Emission emission = rig.emitOne(u"a"_s, {1});

    QVERIFY(emission.waitForFinished(20s));
    QCOMPARE(emission.tasks().at(0).result.toInteger(), qint64(number(emission.id())));
    QCOMPARE(emission.tasks().at(1).error.what, u"late"_s);
}

void tst_ExecutorContract::recordsOneSpanForEachTask()
{
    QFETCH(const Kind, kind);
    QFETCH(const int, workers);
    ContractRig rig(kind, workers);
    rig.subscribe(u"a"_s, u"nothing"_s);
    rig.subscribe(u"a"_s, u"napAsync"_s);

    for (int i = 0; i < 100; ++i)
        (void)rig.emitOne(u"a"_s, {1});
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

void tst_ExecutorContract::refusesAfterShutdown()
{
    QFETCH(const Kind, kind);
    QFETCH(const int, workers);
    ContractRig rig(kind, workers);
    rig.on(u"nothing"_s);

    QVERIFY(rig.executor->shutdown());
    const Result<Emission> refused = rig.tryOne(u"nothing"_s);
    const Result<Emission> nobody = rig.tryOne(u"unheard"_s);

    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::ExecutorShutdown);
    QVERIFY(!rig.executor->isAccepting());
    QVERIFY(nobody);
    QCOMPARE(nobody->taskCount(), 0);
}

void tst_ExecutorContract::shutsDownAnyNumberOfTimes()
{
    QFETCH(const Kind, kind);
    QFETCH(const int, workers);
    ContractRig rig(kind, workers);
    rig.on(u"nothing"_s);
    for (int i = 0; i < 100; ++i)
        (void)rig.emitOne(u"nothing"_s);

    QVERIFY(rig.executor->shutdown(ShutdownMode::Return, PendingMode::Drain));
    QVERIFY(rig.executor->shutdown(ShutdownMode::Wait, PendingMode::Drain));
    QVERIFY(rig.executor->shutdown(ShutdownMode::Wait, PendingMode::CancelQueued));
    QVERIFY(rig.executor->shutdown(ShutdownMode::Return, PendingMode::CancelQueued));

    QCOMPARE(rig.story(), Story(100, u"success"_s));
}

void tst_ExecutorContract::refusesToWaitForItselfInACallback()
{
    QFETCH(const Kind, kind);
    QFETCH(const int, workers);
    ContractRig rig(kind, workers);
    rig.on(u"nothing"_s);
    rig.afterCallback = [&rig] {
        const Result<void> waited = rig.executor->shutdown(ShutdownMode::Wait);
        rig.tell(waited ? u"waited"_s : errorName(waited.error()));
    };

    const Emission emission = rig.emitOne(u"nothing"_s);

    QVERIFY(emission.waitForFinished(20s));
    QCOMPARE(rig.story(), (Story{u"success"_s, u"refused"_s}));
}

void tst_ExecutorContract::handlesOutliveTheExecutor()
{
    QFETCH(const Kind, kind);
    QFETCH(const int, workers);
    auto rig = std::make_unique<ContractRig>(kind, workers);
    rig->on(u"echo"_s);

    const Emission emission = rig->emitOne(u"echo"_s, {5});
    rig.reset();

    QVERIFY(emission.isFinished());
    QCOMPARE(emission.tasks().at(0).result.toInteger(), 5);
}

/// Three that wait for each other, and a worker that is free for others meanwhile.
void tst_ExecutorContract::blockingHandlersOccupyNoWorker()
{
    QFETCH(const Kind, kind);
    QFETCH(const int, workers);
    ContractRig rig(kind, workers);
    rig.on(u"meet"_s, HandlerKind::Blocking);
    rig.on(u"echo"_s);

    const Emission first = rig.emitOne(u"meet"_s, {3});
    const Emission second = rig.emitOne(u"meet"_s, {3});
    const Emission between = rig.emitOne(u"echo"_s, {1});
    QVERIFY(between.waitForFinished(20s));
    const bool isWaiting = !first.isFinished() && !second.isFinished();
    const Emission third = rig.emitOne(u"meet"_s, {3});

    QVERIFY(isWaiting);
    for (const Emission &emission : {first, second, third}) {
        QVERIFY(emission.waitForFinished(20s));
        QCOMPARE(emission.tasks().at(0).outcome, Outcome::Succeeded);
    }
    QCOMPARE(rig.story(), Story(4, u"success"_s));
}

void tst_ExecutorContract::cancelsQueuedAndRunningTasks()
{
    QFETCH(const Kind, kind);
    QFETCH(const int, workers);
    ContractRig rig(kind, workers);
    Emission running;
    QVERIFY(rig.holdWorker(running));
    Emission queued = rig.emitOne(u"nap"_s, {3'600'000});

    queued.cancel();
    running.cancel();

    QVERIFY(running.waitForFinished(20s));
    QVERIFY(queued.waitForFinished(20s));
    QCOMPARE(running.tasks().at(0).outcome, Outcome::Canceled);
    QCOMPARE(queued.tasks().at(0).outcome, Outcome::Canceled);
    QVERIFY(rig.executor->waitUntilIdle(20s));
    QCOMPARE(rig.story(), Story{u"Canceled"_s}); // what never ran calls nobody
}

void tst_ExecutorContract::asksAtADeadline()
{
    QFETCH(const Kind, kind);
    QFETCH(const int, workers);
    ContractRig rig(kind, workers);
    rig.on(u"nap"_s);

    const auto emission =
        rig.emitter->emit(Event(u"nap"_s), {{3'600'000}, {}, {}}, {.deadline = 20ms});

    QVERIFY(emission && emission->waitForFinished(20s));
    QCOMPARE(emission->tasks().at(0).outcome, Outcome::TimedOut);
    QCOMPARE(emission->tasks().at(0).reason, u"deadline"_s);
}

void tst_ExecutorContract::dropsTheOldestToMakeRoom()
{
    QFETCH(const Kind, kind);
    QFETCH(const int, workers);
    ContractRig rig(kind, workers, Bounds{.queue = 3, .policy = FullPolicy::DropOldest});
    rig.on(u"echo"_s);
    Emission hold;
    QVERIFY(rig.holdWorker(hold));

    std::vector<Emission> emissions;
    for (int i = 0; i < 5; ++i)
        emissions.push_back(rig.emitOne(u"echo"_s, {i}));
    const TaskStatus first = emissions[0].tasks().at(0);
    hold.cancel();

    QVERIFY(rig.executor->waitUntilIdle(20s));
    QVERIFY(first.isFinished);
    QVERIFY(first.outcome == Outcome::Rejected);
    QCOMPARE(first.reason, u"dropped-oldest"_s);
    QVERIFY(emissions[1].tasks().at(0).outcome == Outcome::Rejected);
    for (size_t i = 2; i < 5; ++i)
        QCOMPARE(emissions[i].tasks().at(0).result.toInteger(), qint64(i));
    QCOMPARE(rig.executor->counters().droppedOldest, quint64(2));
    QCOMPARE(rig.recorder.drain().spans.size(), size_t(6));
    QCOMPARE(rig.story(), (Story{u"Canceled"_s, u"success"_s, u"success"_s, u"success"_s}));
}

void tst_ExecutorContract::blocksUntilThereIsRoom()
{
    QFETCH(const Kind, kind);
    QFETCH(const int, workers);
    ContractRig rig(kind, workers,
                    Bounds{.queue = 2, .policy = FullPolicy::Block, .blockTime = 60s});
    rig.on(u"echo"_s);
    Emission hold;
    QVERIFY(rig.holdWorker(hold));
    std::atomic<int> accepted = 0;
    std::thread producer([&] {
        for (int i = 0; i < 4; ++i)
            accepted += bool(rig.tryOne(u"echo"_s, {i}));
    });

    const bool isFull =
        QTest::qWaitFor([&] { return rig.executor->counters().queued == 2; }, 20'000);
    const int atFirst = accepted;
    hold.cancel();
    producer.join();

    QVERIFY(isFull);
    QVERIFY(atFirst <= 2);
    QCOMPARE(accepted.load(), 4);
    QVERIFY(rig.executor->waitUntilIdle(20s));
    QCOMPARE(rig.executor->counters().rejected, quint64(0));
}

void tst_ExecutorContract::refusesWhenNoRoomCame()
{
    QFETCH(const Kind, kind);
    QFETCH(const int, workers);
    ContractRig rig(kind, workers,
                    Bounds{.queue = 1, .policy = FullPolicy::Block, .blockTime = 1ms});
    rig.on(u"echo"_s);
    Emission hold;
    QVERIFY(rig.holdWorker(hold));
    QVERIFY(rig.tryOne(u"echo"_s, {1}));

    const auto refused = rig.tryOne(u"echo"_s);

    QVERIFY(!refused && refused.error().code == ErrorCode::QueueFull);
    QVERIFY(refused.error().message.contains(u"1 tasks"_s));
    QCOMPARE(rig.executor->counters().rejected, quint64(1));
    hold.cancel();
}

void tst_ExecutorContract::neverBlocksAnEventLoop()
{
    QFETCH(const Kind, kind);
    QFETCH(const int, workers);
    // With a time that nobody could wait for: blocking would hang this test.
    ContractRig rig(kind, workers,
                    Bounds{.queue = 1, .policy = FullPolicy::Block, .blockTime = 24h});
    rig.on(u"echo"_s);
    Emission hold;
    QVERIFY(rig.holdWorker(hold));
    QVERIFY(rig.tryOne(u"echo"_s, {1}));
    bool isRefused = false;
    QEventLoop loop;
    QTimer::singleShot(0, &loop, [&] {
        isRefused = !rig.tryOne(u"echo"_s, {1});
        loop.quit();
    });

    loop.exec();

    QVERIFY(isRefused);
    hold.cancel();
}

void tst_ExecutorContract::refusesWhatNeverFits()
{
    QFETCH(const Kind, kind);
    QFETCH(const int, workers);
    ContractRig rig(kind, workers, Bounds{.queue = 3, .policy = FullPolicy::DropOldest});
    rig.on(u"echo"_s);
    Emission hold;
    QVERIFY(rig.holdWorker(hold));
    QVERIFY(rig.tryOne(u"echo"_s, {1}));

    const auto refused =
        rig.emitter->emitBatch(Event(u"echo"_s), std::vector<Arguments>(4, {{1}, {}, {}}));

    QVERIFY(!refused && refused.error().code == ErrorCode::QueueFull);
    QCOMPARE(rig.executor->counters().queued, quint64(1)); // nothing was dropped for it
    hold.cancel();
}

QTEST_GUILESS_MAIN(tst_ExecutorContract)
#include "tst_executorcontract.moc"
