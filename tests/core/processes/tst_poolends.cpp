// SPDX-License-Identifier: MIT
#include "poolrig.h"

#include <fanfare/processes/crashstore.h>

#include <QDir>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace Fanfare;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using Story = std::vector<QString>;

class tst_PoolEnds : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }
    void aCrashCostsOneTask();
    void retriesIdempotentHandlers();
    void quarantinesWhatKillsEveryWorker();
    void killsWhatOverstaysItsDeadline();
    void asksBeforeItKills();
    void endsWhatTakesTooMuchMemory();
    void cancelsQueuedTasks();
    void cancelsRunningTasks();
};

void tst_PoolEnds::aCrashCostsOneTask()
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

void tst_PoolEnds::retriesIdempotentHandlers()
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

void tst_PoolEnds::quarantinesWhatKillsEveryWorker()
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

void tst_PoolEnds::killsWhatOverstaysItsDeadline()
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

void tst_PoolEnds::asksBeforeItKills()
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

void tst_PoolEnds::endsWhatTakesTooMuchMemory()
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

void tst_PoolEnds::cancelsQueuedTasks()
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

void tst_PoolEnds::cancelsRunningTasks()
{
    PoolRig rig(1);
    rig.on(u"sleepDeeply"_s);
    Emission running = rig.emitOne(u"sleepDeeply"_s, {60'000});
    QTRY_COMPARE(rig.executor->counters().running, 1U);

    running.cancel();

    QVERIFY(running.waitForFinished(5s));
    QCOMPARE(running.tasks().at(0).outcome, Outcome::Canceled);
}

QTEST_GUILESS_MAIN(tst_PoolEnds)
#include "tst_poolends.moc"
