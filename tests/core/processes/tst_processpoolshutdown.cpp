// SPDX-License-Identifier: MIT
#include "poolrig.h"

#include <QElapsedTimer>
#include <QRegularExpression>
#include <QTest>

#include <csignal>
#include <latch>
#include <thread>

using namespace Fanfare;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using Story = std::vector<QString>;

class tst_ProcessPoolShutdown : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }
    void waitsForEverything();
    void cancelsWhatHasNotStarted();
    void returnsAtOnceAndFinishesLater();
    void returnsAtOnceAndCancels();
    void refusesAfterShutdown();
    void shutsDownAnyNumberOfTimes();
    void aLaterCallMakesItStricter();
    void endsEverythingNow();
    void refusesToWaitForItselfInACallback();
    void aSlowCallbackDelaysNoTask();
    void finishesWhatACallbackEmits();
    void aCallbackThatThrowsHarmsNobody();
    void theDestructorWaits();
    void handlesOutliveTheExecutor();
    void canBeDestroyedUnused();
    void leavesNoProcess();
    void canBeUsedByManyThreads();
};

void tst_ProcessPoolShutdown::waitsForEverything()
{
    PoolRig rig(2);
    rig.on(u"nap"_s);
    std::vector<Emission> emissions;
    for (int i = 0; i < 20; ++i)
        emissions.push_back(rig.emitOne(u"nap"_s, {5}));

    QVERIFY(rig.executor->shutdown(ShutdownMode::Wait, PendingMode::Drain));

    for (const Emission &emission : emissions)
        QCOMPARE(emission.tasks().at(0).outcome, Outcome::Succeeded);
    QCOMPARE(rig.story(), Story(20, u"success"_s));
}

void tst_ProcessPoolShutdown::cancelsWhatHasNotStarted()
{
    PoolRig rig(1);
    rig.on(u"nap"_s);
    const Emission running = rig.emitOne(u"nap"_s, {100});
    QTRY_COMPARE(rig.executor->counters().running, 1U);
    const Emission queued = rig.emitOne(u"nap"_s, {60'000});

    QVERIFY(rig.executor->shutdown(ShutdownMode::Wait, PendingMode::CancelQueued));

    QCOMPARE(running.tasks().at(0).outcome, Outcome::Succeeded);
    QCOMPARE(queued.tasks().at(0).outcome, Outcome::Canceled);
    QCOMPARE(rig.story(), Story{u"success"_s});
}

void tst_ProcessPoolShutdown::returnsAtOnceAndFinishesLater()
{
    PoolRig rig(1);
    rig.on(u"nap"_s);
    const Emission first = rig.emitOne(u"nap"_s, {50});
    const Emission second = rig.emitOne(u"nap"_s, {1});

    QVERIFY(rig.executor->shutdown(ShutdownMode::Return, PendingMode::Drain));
    const bool wasFinished = second.isFinished();

    QVERIFY(!wasFinished);
    QVERIFY(second.waitForFinished(20s));
    QCOMPARE(second.tasks().at(0).outcome, Outcome::Succeeded);
}

void tst_ProcessPoolShutdown::returnsAtOnceAndCancels()
{
    PoolRig rig(1);
    rig.on(u"nap"_s);
    const Emission running = rig.emitOne(u"nap"_s, {200});
    QTRY_COMPARE(rig.executor->counters().running, 1U);
    const Emission queued = rig.emitOne(u"nap"_s, {60'000});

    QVERIFY(rig.executor->shutdown(ShutdownMode::Return, PendingMode::CancelQueued));

    QVERIFY(queued.waitForFinished(20s));
    QCOMPARE(queued.tasks().at(0).outcome, Outcome::Canceled);
    QVERIFY(running.waitForFinished(20s));
    QCOMPARE(running.tasks().at(0).outcome, Outcome::Succeeded);
}

void tst_ProcessPoolShutdown::refusesAfterShutdown()
{
    PoolRig rig(1);
    rig.on(u"nothing"_s);

    QVERIFY(rig.executor->shutdown());
    const Result<Emission> refused = rig.emitter->emit(Event(u"nothing"_s));

    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::ExecutorShutdown);
    QVERIFY(!rig.executor->isAccepting());
}

void tst_ProcessPoolShutdown::shutsDownAnyNumberOfTimes()
{
    PoolRig rig(2);
    rig.on(u"nothing"_s);
    for (int i = 0; i < 100; ++i)
        (void)rig.emitOne(u"nothing"_s);

    QVERIFY(rig.executor->shutdown(ShutdownMode::Return, PendingMode::Drain));
    QVERIFY(rig.executor->shutdown(ShutdownMode::Wait, PendingMode::Drain));
    QVERIFY(rig.executor->shutdown(ShutdownMode::Wait, PendingMode::CancelQueued));
    QVERIFY(rig.executor->shutdown(ShutdownMode::Return, PendingMode::CancelQueued));

    QCOMPARE(rig.story(), Story(100, u"success"_s));
}

void tst_ProcessPoolShutdown::aLaterCallMakesItStricter()
{
    PoolRig rig(1);
    rig.on(u"nap"_s);
    const Emission running = rig.emitOne(u"nap"_s, {100});
    QTRY_COMPARE(rig.executor->counters().running, 1U);
    const Emission queued = rig.emitOne(u"nap"_s, {60'000});

    QVERIFY(rig.executor->shutdown(ShutdownMode::Return, PendingMode::Drain));
    QVERIFY(rig.executor->shutdown(ShutdownMode::Wait, PendingMode::CancelQueued));

    QCOMPARE(queued.tasks().at(0).outcome, Outcome::Canceled);
    QCOMPARE(running.tasks().at(0).outcome, Outcome::Succeeded);
}

void tst_ProcessPoolShutdown::endsEverythingNow()
{
    PoolRig rig(1);
    rig.on(u"sleepDeeply"_s);
    const Emission running = rig.emitOne(u"sleepDeeply"_s, {60'000});
    QTRY_COMPARE(rig.executor->counters().running, 1U);
    const Emission queued = rig.emitOne(u"sleepDeeply"_s, {60'000});
    QElapsedTimer timer;
    timer.start();

    rig.executor->shutdownNow();

    QVERIFY2(timer.elapsed() < 2000, qPrintable(QString::number(timer.elapsed())));
    QCOMPARE(running.tasks().at(0).outcome, Outcome::Canceled);
    QCOMPARE(running.tasks().at(0).reason, u"shutdown"_s);
    QCOMPARE(queued.tasks().at(0).outcome, Outcome::Canceled);
}

void tst_ProcessPoolShutdown::refusesToWaitForItselfInACallback()
{
    PoolRig rig(1);
    SubscriberOptions options;
    options.handler = rig.handler(u"nothing"_s);
    options.onSuccess = [&](Context &, const QCborValue &) {
        const Result<void> waited = rig.executor->shutdown(ShutdownMode::Wait);
        rig.tell(waited ? u"waited" : u"refused");
    };
    (void)*rig.linker.subscribe({Event(u"a"_s)}, std::move(options));

    const Emission emission = rig.emitOne(u"a"_s);

    QVERIFY(emission.waitForFinished(20s));
    QCOMPARE(rig.story(), Story{u"refused"_s});
}

void tst_ProcessPoolShutdown::aSlowCallbackDelaysNoTask()
{
    PoolRig rig(1);
    std::latch open(1);
    SubscriberOptions options;
    options.handler = rig.handler(u"nothing"_s);
    options.onSuccess = [&](Context &, const QCborValue &) { open.wait(); };
    (void)*rig.linker.subscribe({Event(u"slow"_s)}, std::move(options));
    SubscriberOptions silent;
    silent.handler = rig.handler(u"nothing"_s);
    (void)*rig.linker.subscribe({Event(u"silent"_s)}, std::move(silent));

    const Emission slow = rig.emitOne(u"slow"_s);
    const Emission quick = rig.emitOne(u"silent"_s);
    const bool wasQuick = quick.waitForFinished(20s);
    const bool wasSlow = !slow.isFinished();
    open.count_down();

    QVERIFY(wasQuick);
    QVERIFY(wasSlow);
    QVERIFY(slow.waitForFinished(20s));
}

void tst_ProcessPoolShutdown::finishesWhatACallbackEmits()
{
    PoolRig rig(1);
    rig.on(u"nothing"_s);
    SubscriberOptions options;
    options.handler = rig.handler(u"nothing"_s);
    options.onSuccess = [&](Context &, const QCborValue &) {
        (void)rig.emitOne(u"nothing"_s);
        rig.tell(u"outer");
    };
    (void)*rig.linker.subscribe({Event(u"outer"_s)}, std::move(options));

    (void)rig.emitOne(u"outer"_s);

    QVERIFY(rig.executor->waitUntilIdle(20s));
    QCOMPARE(rig.story(), (Story{u"outer"_s, u"success"_s}));
}

void tst_ProcessPoolShutdown::aCallbackThatThrowsHarmsNobody()
{
    PoolRig rig(1);
    SubscriberOptions options;
    options.handler = rig.handler(u"nothing"_s);
    options.onSuccess = [](Context &, const QCborValue &) { throw 42; };
    (void)*rig.linker.subscribe({Event(u"a"_s)}, std::move(options));
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"success callback threw int"_s));

    const Emission emission = rig.emitOne(u"a"_s);

    QVERIFY(emission.waitForFinished(20s));
    QCOMPARE(emission.tasks().at(0).outcome, Outcome::Succeeded);
}

void tst_ProcessPoolShutdown::theDestructorWaits()
{
    auto rig = std::make_unique<PoolRig>(2);
    rig->on(u"nap"_s);
    const Emission emission = rig->emitOne(u"nap"_s, {50});

    rig.reset();

    QCOMPARE(emission.tasks().at(0).outcome, Outcome::Succeeded);
}

void tst_ProcessPoolShutdown::handlesOutliveTheExecutor()
{
    auto rig = std::make_unique<PoolRig>(1);
    rig->on(u"echo"_s);

    const Emission emission = rig->emitOne(u"echo"_s, {5});
    rig.reset();

    QVERIFY(emission.isFinished());
    QCOMPARE(emission.tasks().at(0).result.toInteger(), 5);
}

void tst_ProcessPoolShutdown::canBeDestroyedUnused()
{
    for (int i = 0; i < 20; ++i)
        const PoolRig rig(2);
    ProcessPoolOptions options;
    options.minimumWorkers = 2;

    for (int i = 0; i < 5; ++i)
        const PoolRig rig(2, options); // while its workers start
}

void tst_ProcessPoolShutdown::leavesNoProcess()
{
    PoolRig rig(2);
    rig.on(u"processId"_s);
    std::vector<Emission> emissions;
    for (int i = 0; i < 50; ++i)
        emissions.push_back(rig.emitOne(u"processId"_s));
    QVERIFY(rig.executor->shutdown());

    for (const Emission &emission : emissions) {
        const qint64 pid = emission.tasks().at(0).result.toInteger();
        QVERIFY(pid > 0);
        QVERIFY(::kill(pid_t(pid), 0) != 0);
    }
}

void tst_ProcessPoolShutdown::canBeUsedByManyThreads()
{
    PoolRig rig(2);
    rig.on(u"nothing"_s);

    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&] {
            for (int k = 0; k < 500; ++k)
                (void)rig.emitOne(u"nothing"_s);
        });
    }
    for (std::thread &thread : threads)
        thread.join();

    QVERIFY(rig.executor->shutdown());
    QCOMPARE(rig.story(), Story(2000, u"success"_s));
    QCOMPARE(rig.recorder.drain().spans.size(), 2000U);
}

QTEST_GUILESS_MAIN(tst_ProcessPoolShutdown)
#include "tst_processpoolshutdown.moc"
