// SPDX-License-Identifier: MIT
#include "linkharness.h"

#include <QElapsedTimer>
#include <QRegularExpression>
#include <QSignalSpy>

#include <algorithm>

using namespace Fanfare;
using namespace Fanfare::Test;
using namespace Qt::StringLiterals;

class tst_EngineLink : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"."_s)); }
    void saysWhatCanBeEmitted();
    void runsTheSeedExampleTwice();
    void attributesWhatHandlersPrint();
    void reportsAThrowingHandlerAsFailed();
    void returnsResults();
    void accountsForEveryOneOfManyTasks();
    void holdsEmissionsBackWhileTheQueueIsFull();
    void keepsTheRate();
    void cyclesThroughArguments();
    void cancelsWhatIsQueuedAndRuns();
    void cancelsOneCommandAndLeavesTheOther_data();
    void cancelsOneCommandAndLeavesTheOther();
    void cancelsOneEmissionOfACommand();
    void letsAcceptedTasksFinishOnShutdown();
    void remembersTheEventOfAnEmission();
    void runsInline();
    void sendsAtMostSixtyBatchesASecond();
};

void tst_EngineLink::saysWhatCanBeEmitted()
{
    LinkHarness harness;
    QSignalSpy catalogs(&harness.link, &EngineLink::catalogChanged);

    QVERIFY(harness.start());

    QCOMPARE(catalogs.count(), 1);
    QVERIFY(harness.link.isRunning());
    QVERIFY(harness.link.pid() > 0);
    QVERIFY(harness.link.catalog().problems.isEmpty());
    QStringList active;
    for (const PluginFact &plugin : harness.link.catalog().plugins) {
        if (plugin.isActive)
            active.append(plugin.id);
    }
    QVERIFY(active.contains(u"org.fanfare.basics"_s));
    QVERIFY(active.contains(u"org.fanfare.chaos"_s));
    QCOMPARE(number(harness.subscriberOf(u"[Sync]"_s)), 1u);
    QCOMPARE(number(harness.subscriberOf(u"[Async]"_s)), 2u);
}

void tst_EngineLink::runsTheSeedExampleTwice()
{
    LinkHarness harness;
    QVERIFY(harness.start());

    const auto first = harness.link.emitEvent(commandFor(u"StringEvent"_s));
    const auto second = harness.link.emitEvent(commandFor(u"StringEvent"_s));

    QVERIFY(first && second);
    QCOMPARE(*second, *first + 1);
    QVERIFY(harness.waitForIdle());
    QCOMPARE(harness.spans.size(), size_t(4));
    QCOMPARE(harness.spanCount(Outcome::Succeeded), 4);
    QCOMPARE(harness.commands.size(), 2);
    QCOMPARE(harness.commands.first().emissions, quint64(1));
    QCOMPARE(harness.commands.first().tasks, quint64(2));
    QCOMPARE(harness.counters.finished, quint64(4));
    for (const SpanRecord &span : harness.spans) {
        QVERIFY(span.finished - span.started >= 990'000'000);
        QVERIFY(span.lane < LaneId(harness.lanes.size()));
        QCOMPARE(harness.link.eventOf(span.task.emission), u"StringEvent"_s);
    }
}

void tst_EngineLink::attributesWhatHandlersPrint()
{
    LinkHarness harness;
    QVERIFY(harness.start());

    QVERIFY(harness.link.emitEvent(commandFor(u"StringEvent"_s)));

    QVERIFY(harness.waitForIdle());
    QCOMPARE(harness.linesOf({EmissionId(1), 0}),
             (QStringList{u"[Sync] Started!"_s, u"[Sync] Finished!"_s}));
    QCOMPARE(harness.linesOf({EmissionId(1), 1}),
             (QStringList{u"[Async] Started!"_s, u"[Async] Finished!"_s}));
}

void tst_EngineLink::reportsAThrowingHandlerAsFailed()
{
    LinkHarness harness;
    QVERIFY(harness.start());

    QVERIFY(harness.link.emitEvent(commandFor(u"ChaosThrow"_s)));

    QVERIFY(harness.waitForIdle());
    QCOMPARE(harness.spanCount(Outcome::Failed), 1);
    QCOMPARE(harness.details.size(), size_t(1));
    QCOMPARE(harness.details.front().error.type, u"std::runtime_error"_s);
    QVERIFY(!harness.details.front().error.what.isEmpty());
    QVERIFY(harness.link.isRunning());
}

void tst_EngineLink::returnsResults()
{
    LinkHarness harness;
    QVERIFY(harness.start());
    EmitCommand command = commandFor(u"Echo"_s);
    Arguments arguments;
    arguments.positional = {1, u"zwei"_s};
    arguments.named = {{u"three"_s, 3.5}};
    command.arguments = {arguments};

    QVERIFY(harness.link.emitEvent(command));

    QVERIFY(harness.waitForIdle());
    QCOMPARE(harness.details.size(), size_t(1));
    const QCborMap result = harness.details.front().result.toMap();
    QCOMPARE(result.value("args"_L1).toArray(), arguments.positional);
    QCOMPARE(result.value("named"_L1).toMap(), arguments.named);
}

void tst_EngineLink::accountsForEveryOneOfManyTasks()
{
    constexpr quint64 count = 100'000;
    LinkHarness harness;
    QVERIFY(harness.start());

    QVERIFY(harness.link.emitEvent(commandFor(u"Echo"_s, count)));

    QVERIFY(harness.waitForIdle(60'000));
    std::vector<quint64> seen;
    for (const SpanRecord &span : harness.spans)
        seen.push_back(number(span.task.emission));
    std::sort(seen.begin(), seen.end());
    QCOMPARE(seen.size(), size_t(count));
    for (quint64 i = 0; i < count; ++i)
        QCOMPARE(seen[i], i + 1);
    QCOMPARE(harness.details.size(), size_t(count));
    QCOMPARE(harness.counters.emissions, count);
    QCOMPARE(harness.dropped, quint64(0));
    harness.link.shutdown();
    QVERIFY(harness.waitForEnd());
    QVERIFY(harness.end->lost.isEmpty());
}

void tst_EngineLink::holdsEmissionsBackWhileTheQueueIsFull()
{
    EngineOptions options = bundledOptions();
    options.queueBound = 10;
    LinkHarness harness(options);
    QVERIFY(harness.start());

    QVERIFY(harness.link.emitEvent(commandFor(u"Sleep"_s, 200, {{u"ms"_s, 1}})));

    quint64 mostQueued = 0;
    connect(&harness.link, &EngineLink::batchArrived, &harness, [&](const BatchFact &batch) {
        mostQueued = std::max(mostQueued, batch.trace.live.queuedCount);
    });
    QVERIFY(harness.waitForIdle());
    QVERIFY2(mostQueued <= 10, qPrintable(QString::number(mostQueued)));
    QCOMPARE(harness.spanCount(Outcome::Succeeded), 200);
    QCOMPARE(harness.commands.size(), 1);
    QVERIFY(harness.commands.first().error.isEmpty());
}

void tst_EngineLink::keepsTheRate()
{
    LinkHarness harness;
    QVERIFY(harness.start());
    EmitCommand command = commandFor(u"Echo"_s, 101);
    command.rate = 100;

    QVERIFY(harness.link.emitEvent(command));

    QVERIFY(harness.waitForIdle());
    qint64 first = std::numeric_limits<qint64>::max();
    qint64 last = 0;
    for (const SpanRecord &span : harness.spans) {
        first = std::min(first, span.queued);
        last = std::max(last, span.queued);
    }
    QCOMPARE(harness.spans.size(), size_t(101));
    const double seconds = double(last - first) / 1e9; // emission 101 is due after exactly 1 s
    QVERIFY2(seconds > 0.9 && seconds < 1.5, qPrintable(QString::number(seconds)));
}

void tst_EngineLink::cyclesThroughArguments()
{
    LinkHarness harness;
    QVERIFY(harness.start());
    EmitCommand command = commandFor(u"Echo"_s, 5);
    for (int i = 0; i < 2; ++i) {
        Arguments arguments;
        arguments.positional = {i};
        command.arguments.append(arguments);
    }

    QVERIFY(harness.link.emitEvent(command));

    QVERIFY(harness.waitForIdle());
    QMap<quint64, qint64> values;
    for (const TaskDetail &detail : harness.details) {
        values[number(detail.task.emission)] =
            detail.result.toMap().value("args"_L1).toArray().first().toInteger();
    }
    QCOMPARE(values.values(), (QList<qint64>{0, 1, 0, 1, 0}));
}

void tst_EngineLink::cancelsWhatIsQueuedAndRuns()
{
    LinkHarness harness;
    QVERIFY(harness.start());
    QVERIFY(harness.link.emitEvent(commandFor(u"Sleep"_s, 50, {{u"ms"_s, 20'000}})));
    EmitCommand slow = commandFor(u"Echo"_s, 1000);
    slow.rate = 1;
    QVERIFY(harness.link.emitEvent(slow));
    QVERIFY(harness.waitForRunning(2));

    harness.link.cancelAll();

    QVERIFY(harness.waitForIdle());
    QVERIFY(harness.spanCount(Outcome::Canceled) >= 48);
    QCOMPARE(harness.commands.size(), 2);
    QVERIFY(!harness.commands.last().error.isEmpty());
    QVERIFY(harness.commands.last().emissions < 1000);
    QCOMPARE(harness.spans.size(), size_t(50 + harness.commands.last().emissions));
}

void tst_EngineLink::cancelsOneCommandAndLeavesTheOther_data()
{
    QTest::addColumn<ExecutorKind>("executor");
    QTest::newRow("threads") << ExecutorKind::Threads;
    QTest::newRow("processes") << ExecutorKind::Processes;
}

void tst_EngineLink::cancelsOneCommandAndLeavesTheOther()
{
    QFETCH(ExecutorKind, executor);
    EngineOptions options = bundledOptions();
    options.executor = executor;
    LinkHarness harness(options);
    QVERIFY(harness.start());
    QVERIFY(harness.link.emitEvent(commandFor(u"Sleep"_s, 20, {{u"ms"_s, 60'000}})));
    QVERIFY(harness.link.emitEvent(commandFor(u"Echo"_s, 10)));
    QVERIFY(harness.waitForRunning(2));

    harness.link.cancel(EmissionId(1), 20);

    QVERIFY(harness.waitForIdle());
    QCOMPARE(harness.spanCount(Outcome::Canceled), 20);
    QCOMPARE(harness.spanCount(Outcome::Succeeded), 10);
}

/// What is not accepted yet goes with the rest of its command only.
void tst_EngineLink::cancelsOneEmissionOfACommand()
{
    LinkHarness harness;
    QVERIFY(harness.start());
    EmitCommand slow = commandFor(u"Sleep"_s, 1000, {{u"ms"_s, 60'000}});
    slow.rate = 1;
    QVERIFY(harness.link.emitEvent(slow));
    QVERIFY(harness.waitForRunning(1));

    harness.link.cancel(EmissionId(1), 1);
    QVERIFY(waitFor([&] { return harness.spanCount(Outcome::Canceled) == 1; }, 20'000));
    const bool wentOn = harness.waitForRunning(1);
    harness.link.cancel(EmissionId(1), 1000);

    QVERIFY(wentOn);
    QVERIFY(harness.waitForIdle());
    QCOMPARE(harness.commands.last().error, u"canceled"_s);
    QVERIFY(harness.commands.last().emissions < 1000);
    QCOMPARE(harness.spans.size(), size_t(harness.commands.last().emissions));
}

void tst_EngineLink::letsAcceptedTasksFinishOnShutdown()
{
    LinkHarness harness;
    QVERIFY(harness.start());
    QVERIFY(harness.link.emitEvent(commandFor(u"Sleep"_s, 6, {{u"ms"_s, 50}})));
    QVERIFY(harness.waitForRunning(2));

    harness.link.shutdown();

    QVERIFY(harness.waitForEnd());
    QVERIFY2(harness.end->wasExpected, qPrintable(harness.end->reason));
    QCOMPARE(harness.end->exitCode, 0);
    QVERIFY(harness.end->lost.isEmpty());
    QVERIFY(harness.end->culprits.isEmpty());
    QCOMPARE(harness.spanCount(Outcome::Succeeded), 6);
    QVERIFY(!harness.link.isRunning());
    QCOMPARE(harness.link.pid(), 0);
}

void tst_EngineLink::remembersTheEventOfAnEmission()
{
    LinkHarness harness;
    QVERIFY(harness.start());

    QVERIFY(harness.link.emitEvent(commandFor(u"Echo"_s, 2)));
    QVERIFY(harness.link.emitEvent(commandFor(u"ChaosThrow"_s, 1)));

    QCOMPARE(harness.link.eventOf(EmissionId(2)), u"Echo"_s);
    QCOMPARE(harness.link.eventOf(EmissionId(3)), u"ChaosThrow"_s);
    QCOMPARE(harness.link.eventOf(EmissionId(4)), QString());
    QCOMPARE(harness.link.eventOf(EmissionId(0)), QString());
}

void tst_EngineLink::runsInline()
{
    EngineOptions options = bundledOptions();
    options.executor = ExecutorKind::Inline;
    LinkHarness harness(options);
    QVERIFY(harness.start());

    QVERIFY(harness.link.emitEvent(commandFor(u"Echo"_s, 100)));
    QVERIFY(harness.link.emitEvent(commandFor(u"SleepAsync"_s, 3, {{u"ms"_s, 20}})));

    QVERIFY(harness.waitForIdle());
    QCOMPARE(harness.spanCount(Outcome::Succeeded), 103);
}

void tst_EngineLink::sendsAtMostSixtyBatchesASecond()
{
    LinkHarness harness;
    QVERIFY(harness.start());
    harness.batchCount = 0;
    EmitCommand command = commandFor(u"Echo"_s, 10'000);
    command.rate = 10'000;
    QElapsedTimer timer;
    timer.start();

    QVERIFY(harness.link.emitEvent(command));

    QVERIFY(harness.waitForIdle());
    const double seconds = double(timer.elapsed()) / 1000;
    QVERIFY2(harness.batchCount <= 61 * seconds + 2,
             qPrintable(QString::number(harness.batchCount)));
    QCOMPARE(harness.spans.size(), size_t(10'000));
}

QTEST_GUILESS_MAIN(tst_EngineLink)
#include "tst_enginelink.moc"
