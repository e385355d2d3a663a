// SPDX-License-Identifier: MIT
#include "poolrig.h"

#include <fanfare/base/clock.h>
#include <fanfare/processes/crashstore.h>

#include <QDir>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
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
    void carriesArgumentsAndResults();
    void carriesLargeArgumentsAndResults_data();
    void carriesLargeArgumentsAndResults();
    void refusesArgumentsBeyondTheLimit();
    void failsForResultsBeyondTheLimit();
    void failsForResultsThatCannotTravel();
    void suspendedCoroutinesOccupyNoWorker();
    void recordsOneSpanForEachTask();
    void refusesHandlersOfThisProcess();
    void refusesBeyondTheBound();
    void aCrashCostsOneTask();
    void retriesIdempotentHandlers();
    void quarantinesWhatKillsEveryWorker();
    void killsWhatOverstaysItsDeadline();
    void asksBeforeItKills();
    void endsWhatTakesTooMuchMemory();
    void cancelsQueuedTasks();
    void cancelsRunningTasks();
    void loggedLinesBelongToTheirTask();
    void replacesWorkersAfterTheirShare();
    void saysWhyNoWorkerStarts();
    void saysWhyAHandlerCannotBeLoaded();

private:
    static bool isGone(qint64 pid);
};

bool tst_ProcessPoolExecutor::isGone(qint64 pid)
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

void tst_ProcessPoolExecutor::carriesArgumentsAndResults()
{
    PoolRig rig(1);
    rig.on(u"echo"_s);
    const QCborValue big(QByteArray(3 * 1024 * 1024, 'x'));

    const Emission small = rig.emitOne(u"echo"_s, {u"Grüße"_s});
    const Emission large = rig.emitOne(u"echo"_s, {big});

    QVERIFY(small.waitForFinished(20s));
    QVERIFY(large.waitForFinished(20s));
    QCOMPARE(small.tasks().at(0).result.toString(), u"Grüße"_s);
    QVERIFY(large.tasks().at(0).result == big);
}

void tst_ProcessPoolExecutor::carriesLargeArgumentsAndResults_data()
{
    QTest::addColumn<QCborValue>("value");

    QTest::newRow("16 KiB") << QCborValue(QByteArray(16 * 1024, 'a'));
    QTest::newRow("1 MiB") << QCborValue(QByteArray(1024 * 1024, 'b'));
    QTest::newRow("20 MiB") << QCborValue(QByteArray(20 * 1024 * 1024, 'c'));
    QTest::newRow("text") << QCborValue(QString(500'000, u'd'));
    QCborArray many;
    for (int i = 0; i < 50'000; ++i)
        many.append(i);
    QTest::newRow("a list") << QCborValue(many);
}

void tst_ProcessPoolExecutor::carriesLargeArgumentsAndResults()
{
    QFETCH(const QCborValue, value);
    PoolRig rig(2);
    rig.on(u"echo"_s);

    std::vector<Emission> emissions;
    for (int i = 0; i < 3; ++i)
        emissions.push_back(rig.emitOne(u"echo"_s, {value}));

    for (const Emission &emission : emissions) {
        QVERIFY(emission.waitForFinished(30s));
        QCOMPARE(emission.tasks().at(0).outcome, Outcome::Succeeded);
        QVERIFY(emission.tasks().at(0).result == value);
    }
}

void tst_ProcessPoolExecutor::refusesArgumentsBeyondTheLimit()
{
    PoolRig rig(1);
    rig.on(u"echo"_s);

    const auto refused =
        rig.emitter->emit(Event(u"echo"_s), {{QByteArray(257 * 1024 * 1024, 'x')}, {}, {}});

    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::NotTransferable);
    QVERIFY(refused.error().message.contains(u"256 MiB"_s));
}

void tst_ProcessPoolExecutor::failsForResultsBeyondTheLimit()
{
    PoolRig rig(1);
    rig.on(u"fill"_s);

    const Emission tooLarge = rig.emitOne(u"fill"_s, {qint64(257) << 20});
    const Emission large = rig.emitOne(u"fill"_s, {qint64(200) << 20});

    QVERIFY(tooLarge.waitForFinished(60s));
    QCOMPARE(tooLarge.tasks().at(0).outcome, Outcome::Failed);
    QCOMPARE(tooLarge.tasks().at(0).error.type, u"ResultTooLarge"_s);
    QVERIFY(large.waitForFinished(60s));
    QCOMPARE(large.tasks().at(0).outcome, Outcome::Succeeded);
    QCOMPARE(large.tasks().at(0).result.toByteArray().size(), qsizetype(200) << 20);
}

void tst_ProcessPoolExecutor::failsForResultsThatCannotTravel()
{
    PoolRig rig(1);
    rig.on(u"halfCharacter"_s);

    const Emission emission = rig.emitOne(u"halfCharacter"_s);

    QVERIFY(emission.waitForFinished(20s));
    QCOMPARE(emission.tasks().at(0).outcome, Outcome::Failed);
    QCOMPARE(emission.tasks().at(0).error.type, u"ResultNotTransferable"_s);
    QVERIFY(emission.tasks().at(0).error.what.contains(u"Unicode"_s));
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

void tst_ProcessPoolExecutor::aCrashCostsOneTask()
{
    PoolRig rig(2);
    rig.on(u"nothing"_s);
    rig.on(u"killItself"_s);

    std::vector<Emission> good;
    for (int i = 0; i < 50; ++i)
        good.push_back(rig.emitOne(u"nothing"_s));
    const Emission bad = rig.emitOne(u"killItself"_s);
    for (int i = 0; i < 50; ++i)
        good.push_back(rig.emitOne(u"nothing"_s));
    QVERIFY(rig.executor->waitUntilIdle(20s));

    for (const Emission &emission : good)
        QCOMPARE(emission.tasks().at(0).outcome, Outcome::Succeeded);
    QCOMPARE(bad.tasks().at(0).outcome, Outcome::Crashed);
    QCOMPARE(bad.tasks().at(0).reason, u"crashed"_s);
    const Story story = rig.story();
    QCOMPARE(std::count(story.begin(), story.end(), u"Crashed"_s), 1);
    QCOMPARE(story.size(), 101U);
    const TraceBatch batch = rig.recorder.drain();
    const auto detail = std::find_if(batch.details.begin(), batch.details.end(),
                                     [](const TaskDetail &each) { return !each.crash.isEmpty(); });
    QVERIFY(detail != batch.details.end());
    QCOMPARE(detail->crash[u"signal"_s].toInteger(), SIGKILL);
}

void tst_ProcessPoolExecutor::retriesIdempotentHandlers()
{
    PoolRig rig(2);
    HandlerEntryPoint handler = rig.handler(u"dieAtFirst"_s);
    handler.isIdempotent = true;
    rig.subscribe(u"a"_s, handler);

    const Emission emission = rig.emitOne(u"a"_s, {1});

    QVERIFY(emission.waitForFinished(20s));
    QCOMPARE(emission.tasks().at(0).outcome, Outcome::Succeeded);
    QCOMPARE(emission.tasks().at(0).result.toInteger(), 2);
    QVERIFY(rig.executor->shutdown());
    QCOMPARE(rig.recorder.drain().spans.at(0).attempt, 2);
}

/// As it lies in the user's folder.
static QJsonObject newestStoredReport()
{
    const QDir folder(CrashStore::defaultFolder());
    const QStringList names = folder.entryList({u"crash-*.json"_s}, QDir::Files, QDir::Time);
    QFile file(folder.filePath(names.value(0)));
    return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object()
                                          : QJsonObject();
}

void tst_ProcessPoolExecutor::quarantinesWhatKillsEveryWorker()
{
    const QTemporaryDir home;
    qputenv("XDG_DATA_HOME", home.path().toLocal8Bit());
    PoolRig rig(2);
    HandlerEntryPoint handler = rig.handler(u"killItself"_s);
    handler.isIdempotent = true;
    rig.subscribe(u"a"_s, handler);

    const Emission emission = rig.emitOne(u"a"_s);

    QVERIFY(emission.waitForFinished(20s));
    QCOMPARE(emission.tasks().at(0).outcome, Outcome::Quarantined);
    QCOMPARE(rig.story(), Story{u"Quarantined"_s});
    const TraceBatch batch = rig.recorder.drain();
    QCOMPARE(batch.details.size(), 1U);
    QCOMPARE(batch.details.front().crash[u"earlier"_s].toArray().size(), 2);
    QCOMPARE(newestStoredReport()[u"earlier"_s].toArray().size(), 2);
}

void tst_ProcessPoolExecutor::killsWhatOverstaysItsDeadline()
{
    PoolRig rig(1);
    HandlerEntryPoint handler = rig.handler(u"sleepDeeply"_s);
    handler.deadline = 50ms;
    rig.subscribe(u"a"_s, handler);
    rig.on(u"nothing"_s);

    const Emission late = rig.emitOne(u"a"_s, {60'000});
    const Emission next = rig.emitOne(u"nothing"_s);

    QVERIFY(late.waitForFinished(5s));
    QCOMPARE(late.tasks().at(0).outcome, Outcome::TimedOut);
    QCOMPARE(late.tasks().at(0).reason, u"deadline"_s);
    QVERIFY(next.waitForFinished(20s));
    QCOMPARE(next.tasks().at(0).outcome, Outcome::Succeeded);
}

void tst_ProcessPoolExecutor::asksBeforeItKills()
{
    PoolRig rig(1);
    HandlerEntryPoint handler = rig.handler(u"nap"_s);
    handler.deadline = 50ms;
    rig.subscribe(u"a"_s, handler);
    rig.on(u"processId"_s);
    const Emission before = rig.emitOne(u"processId"_s);
    QVERIFY(before.waitForFinished(20s));

    const Emission late = rig.emitOne(u"a"_s, {60'000});
    QVERIFY(late.waitForFinished(5s));
    const Emission after = rig.emitOne(u"processId"_s);
    QVERIFY(after.waitForFinished(20s));

    QCOMPARE(late.tasks().at(0).outcome, Outcome::TimedOut);
    QVERIFY(before.tasks().at(0).result == after.tasks().at(0).result);
}

void tst_ProcessPoolExecutor::endsWhatTakesTooMuchMemory()
{
    PoolRig rig(1);
    HandlerEntryPoint hoard = rig.handler(u"hoard"_s);
    hoard.memoryLimit = 64 * 1024 * 1024;
    rig.subscribe(u"hoard"_s, hoard);

    Emission modest = rig.emitOne(u"hoard"_s, {16});
    const Emission greedy = rig.emitOne(u"hoard"_s, {200});
    QTRY_COMPARE_WITH_TIMEOUT(rig.executor->counters().running, 1u, 20'000);
    QVERIFY(!modest.waitForFinished(100ms)); // five looks
    modest.cancel();

    QVERIFY(modest.waitForFinished(20s));
    QCOMPARE(modest.tasks().at(0).outcome, Outcome::Succeeded);
    QVERIFY(greedy.waitForFinished(20s));
    const TaskStatus end = greedy.tasks().at(0);
    QCOMPARE(end.outcome, Outcome::Crashed);
    QCOMPARE(end.reason, u"memory-limit"_s);
    QVERIFY2(end.error.what.contains(u"\"hoard\" took more than the 64 MiB"_s),
             qPrintable(end.error.what));
}

void tst_ProcessPoolExecutor::cancelsQueuedTasks()
{
    PoolRig rig(1);
    rig.on(u"nap"_s);
    const Emission running = rig.emitOne(u"nap"_s, {10'000});
    QTRY_COMPARE(rig.executor->counters().running, 1U);
    Emission queued = rig.emitOne(u"nap"_s, {10'000});

    queued.cancel();

    QVERIFY(queued.waitForFinished(5s));
    QCOMPARE(queued.tasks().at(0).outcome, Outcome::Canceled);
    QVERIFY(!running.isFinished());
    rig.executor->cancelAll();
    QVERIFY(running.waitForFinished(5s));
    QCOMPARE(running.tasks().at(0).outcome, Outcome::Canceled);
    // Only the one that had started calls somebody.
    QVERIFY(rig.executor->waitUntilIdle(5s));
    QCOMPARE(rig.story(), Story{u"Canceled"_s});
}

void tst_ProcessPoolExecutor::cancelsRunningTasks()
{
    PoolRig rig(1);
    rig.on(u"sleepDeeply"_s);
    Emission running = rig.emitOne(u"sleepDeeply"_s, {60'000});
    QTRY_COMPARE(rig.executor->counters().running, 1U);

    running.cancel();

    QVERIFY(running.waitForFinished(5s));
    QCOMPARE(running.tasks().at(0).outcome, Outcome::Canceled);
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
