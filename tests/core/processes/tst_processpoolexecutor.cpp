// SPDX-License-Identifier: MIT
#include "poolrig.h"

#include <fanfare/base/clock.h>

#include <QRegularExpression>
#include <QTest>

#include <csignal>
#include <set>

using namespace Fanfare;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using Story = std::vector<QString>;

class tst_ProcessPoolExecutor : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }
    void runsHandlersInOtherProcesses();
    void givesATaskToAnIdleWorkerWhileItEmits();
    void readsOnWhileAHandlerRuns();
    void suspendedCoroutinesOccupyNoWorker();
    void recordsOneSpanForEachTask();
    void refusesHandlersOfThisProcess();
    void refusesBeyondTheBound();
    void loggedLinesBelongToTheirTask();
    void replacesWorkersAfterTheirShare();
    void saysWhyNoWorkerStarts();
    void saysWhyAHandlerCannotBeLoaded();
};

static bool isGone(qint64 pid)
{
    return ::kill(pid_t(pid), 0) != 0;
}

void tst_ProcessPoolExecutor::runsHandlersInOtherProcesses()
{
    PoolRig rig(2);
    rig.on(u"processId"_s);

    const Emission emission = rig.emitOne(u"processId"_s);
    QVERIFY(emission.waitForFinished(20s));
    const qint64 pid = emission.tasks().at(0).result.toInteger();

    QVERIFY(pid > 0);
    QVERIFY(pid != QCoreApplication::applicationPid());
    QVERIFY(!isGone(pid));
    QVERIFY(rig.executor->shutdown());
    QVERIFY(isGone(pid));
}

void tst_ProcessPoolExecutor::givesATaskToAnIdleWorkerWhileItEmits()
{
    constexpr int count = 20;
    PoolRig rig(1);
    rig.on(u"nothing"_s);
    QVERIFY(rig.emitOne(u"nothing"_s).waitForFinished(20s));
    QVERIFY(rig.executor->waitUntilIdle(20s)); // its callback as well
    (void)rig.recorder.drain();

    std::vector<qint64> returned;
    for (int i = 0; i < count; ++i) {
        const Emission emission = rig.emitOne(u"nothing"_s);
        returned.push_back(MonotonicClock::now());
        QVERIFY(emission.waitForFinished(20s));
        QVERIFY(rig.executor->waitUntilIdle(20s));
    }

    const std::vector<SpanRecord> spans = rig.recorder.drain().spans;
    QCOMPARE(spans.size(), size_t(count));
    int sentBefore = 0; // else its supervisor was busy, which may happen now and then
    for (size_t i = 0; i < spans.size(); ++i)
        sentBefore += spans[i].started - spans[i].sentBefore <= returned[i];
    QVERIFY2(sentBefore > count / 2, qPrintable(QString::number(sentBefore)));
}

/// All of it by the same two threads of one worker.

void tst_ProcessPoolExecutor::readsOnWhileAHandlerRuns()
{
    PoolRig rig(1);
    rig.on(u"nap"_s);
    rig.on(u"nothing"_s);

    std::vector<Emission> emissions;
    for (int i = 0; i < 20; ++i) {
        Emission napping = rig.emitOne(u"nap"_s, {60'000});
        QTRY_COMPARE_WITH_TIMEOUT(rig.executor->counters().running, 1u, 20'000);
        emissions.push_back(rig.emitOne(u"nothing"_s));
        napping.cancel();
        QVERIFY(napping.waitForFinished(20s));
        QCOMPARE(napping.tasks().at(0).outcome, Outcome::Canceled);
    }

    for (const Emission &emission : emissions)
        QVERIFY(emission.waitForFinished(20s));
}

void tst_ProcessPoolExecutor::suspendedCoroutinesOccupyNoWorker()
{
    PoolRig rig(2);
    rig.on(u"napAsync"_s);
    rig.on(u"nothing"_s);
    QVERIFY(rig.emitOne(u"napAsync"_s, {1}).waitForFinished(20s));
    QElapsedTimer timer;
    timer.start();

    std::vector<Emission> naps;
    for (int i = 0; i < 500; ++i)
        naps.push_back(rig.emitOne(u"napAsync"_s, {1000}));
    const Emission quick = rig.emitOne(u"nothing"_s);
    QVERIFY(quick.waitForFinished(20s));

    QVERIFY2(timer.elapsed() < 900, qPrintable(QString::number(timer.elapsed())));
    QVERIFY(rig.executor->waitUntilIdle(20s));
    QVERIFY2(timer.elapsed() < 5000, qPrintable(QString::number(timer.elapsed())));
}

void tst_ProcessPoolExecutor::recordsOneSpanForEachTask()
{
    PoolRig rig(2);
    rig.subscribe(u"a"_s, rig.handler(u"nothing"_s));
    rig.subscribe(u"a"_s, rig.handler(u"napAsync"_s));

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
        QVERIFY(span.sentBefore > 0);
        QVERIFY(span.repliedAfter > 0);
    }
    QCOMPARE(ids.size(), 200U);
    QVERIFY(!batch.laneEvents.empty());
    QCOMPARE(batch.laneEvents.front().kind, LaneEventKind::Started);
    QCOMPARE(batch.laneEvents.back().kind, LaneEventKind::Stopped);
}

void tst_ProcessPoolExecutor::refusesHandlersOfThisProcess()
{
    PoolRig rig(1);
    SubscriberOptions options;
    options.handler.run = [](Context &) { return QCborValue(); };
    (void)*rig.linker.subscribe({Event(u"a"_s)}, std::move(options));

    const Result<Emission> refused = rig.emitter->emit(Event(u"a"_s));

    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::NotTransferable);
    QVERIFY(refused.error().message.contains(u"\"a\""_s));
    QCOMPARE(rig.executor->counters().submitted, 0U);
}

void tst_ProcessPoolExecutor::refusesBeyondTheBound()
{
    ProcessPoolOptions options;
    options.queueBound = 10;
    PoolRig rig(1, options);
    rig.on(u"nap"_s);
    const Emission first = rig.emitOne(u"nap"_s, {10'000});
    QTRY_COMPARE(rig.executor->counters().running, 1U);
    for (int i = 0; i < 10; ++i)
        QVERIFY(rig.emitter->emit(Event(u"nap"_s), {{0}, {}, {}}));

    const Result<Emission> refused = rig.emitter->emit(Event(u"nap"_s), {{0}, {}, {}});

    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::QueueFull);
    rig.executor->cancelAll();
    QVERIFY(rig.executor->waitUntilIdle(20s));
}

void tst_ProcessPoolExecutor::loggedLinesBelongToTheirTask()
{
    PoolRig rig(1);
    rig.on(u"say"_s);

    const Emission emission = rig.emitOne(u"say"_s, {u"hello"_s});
    QVERIFY(emission.waitForFinished(20s));
    const TraceBatch batch = rig.recorder.drain();

    QCOMPARE(batch.log.size(), 1U);
    QCOMPARE(batch.log.front().text, u"hello"_s);
    QCOMPARE(batch.log.front().task, (TaskId{emission.id(), 0}));
}

void tst_ProcessPoolExecutor::replacesWorkersAfterTheirShare()
{
    ProcessPoolOptions options;
    options.recycling.afterTasks = 2;
    PoolRig rig(1, options);
    rig.on(u"processId"_s);

    std::set<qint64> pids;
    for (int i = 0; i < 6; ++i) {
        const Emission emission = rig.emitOne(u"processId"_s);
        QVERIFY(emission.waitForFinished(20s));
        pids.insert(emission.tasks().at(0).result.toInteger());
    }

    QCOMPARE(pids.size(), 3U);
}

void tst_ProcessPoolExecutor::saysWhyNoWorkerStarts()
{
    ProcessPoolOptions options;
    options.hostPath = u"/nowhere/fanfare-host"_s;
    PoolRig rig(2, options);
    rig.on(u"nothing"_s);

    const Emission emission = rig.emitOne(u"nothing"_s);

    QVERIFY(emission.waitForFinished(20s));
    const TaskStatus status = emission.tasks().at(0);
    QCOMPARE(status.outcome, Outcome::Rejected);
    QCOMPARE(status.reason, u"no-workers"_s);
    QCOMPARE(status.error.type, u"worker-missing"_s);
    QVERIFY(status.error.what.contains(options.hostPath));
    QTRY_COMPARE(rig.story(), Story{u"Rejected"_s});
}

void tst_ProcessPoolExecutor::saysWhyAHandlerCannotBeLoaded()
{
    PoolRig rig(1);
    HandlerEntryPoint handler = rig.handler(u"nothing"_s);
    handler.identity.path = u"/nowhere/plugin.so"_s;
    rig.subscribe(u"a"_s, handler);
    rig.on(u"nothing"_s);

    const Emission broken = rig.emitOne(u"a"_s);
    const Emission good = rig.emitOne(u"nothing"_s);

    QVERIFY(broken.waitForFinished(20s));
    QCOMPARE(broken.tasks().at(0).outcome, Outcome::Rejected);
    QVERIFY2(broken.tasks().at(0).error.what.contains(u"/nowhere/plugin.so"_s),
             qPrintable(broken.tasks().at(0).error.what));
    QVERIFY(good.waitForFinished(20s));
    QCOMPARE(good.tasks().at(0).outcome, Outcome::Succeeded);
}

QTEST_GUILESS_MAIN(tst_ProcessPoolExecutor)
#include "tst_processpoolexecutor.moc"
