// SPDX-License-Identifier: MIT
#include "ruledharness.h"

#include <algorithm>

using namespace Fanfare;
using namespace Fanfare::Test;
using namespace Qt::StringLiterals;

class tst_EnginePolicies : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void obeysDeadlinesOfTheMetadata_data() { executors(); }
    void obeysDeadlinesOfTheMetadata();
    void aCommandHasADeadlineOfItsOwn_data() { executors(); }
    void aCommandHasADeadlineOfItsOwn();
    void obeysLimitsOfTheMetadata_data();
    void obeysLimitsOfTheMetadata();
    void blockingHandlersOccupyNoWorker_data() { executors(); }
    void blockingHandlersOccupyNoWorker();
    void obeysLimitsOfMemory();
    void refusesTheOtherPlace_data();
    void refusesTheOtherPlace();
    void saysWhoDecided();
    void overridesAndResets_data() { executors(); }
    void overridesAndResets();
    void disablesAHandler();
    void disablesAPlugin();
    void disablesAnEvent();
    void limitsTheTasksOfAnEvent_data() { executors(); }
    void limitsTheTasksOfAnEvent();
    void cancelsWhatALimitKeeps_data() { executors(); }
    void cancelsWhatALimitKeeps();

private:
    static void executors();
};

static const QString ruled = u"org.fanfare.fixture.ruled"_s;

void tst_EnginePolicies::executors()
{
    QTest::addColumn<ExecutorKind>("executor");
    QTest::newRow("threads") << ExecutorKind::Threads;
    QTest::newRow("processes") << ExecutorKind::Processes;
}

static PolicyTarget handlerTarget(const QString &name)
{
    return {PolicyTarget::Kind::Handler, ruled + u'/' + name};
}

/// Decides \a part about \a target, and returns when the engine goes by it.
static bool decide(LinkHarness &harness, const PolicyTarget &target, const PolicyPart &part)
{
    int changes = 0;
    const auto connection =
        QObject::connect(&harness.link, &EngineLink::catalogChanged, &harness, [&] { ++changes; });
    const bool isWritten = bool(harness.link.setPolicy(target, part));
    const bool hasChanged = isWritten && waitFor([&] { return changes > 0; }, 10'000);
    QObject::disconnect(connection);
    return hasChanged;
}

void tst_EnginePolicies::obeysDeadlinesOfTheMetadata()
{
    QFETCH(ExecutorKind, executor);
    RuledFolder folder;
    LinkHarness harness(folder.options(executor));
    QVERIFY(harness.start());

    QCOMPARE(endsOf(harness, commandFor(u"Short"_s)), (QStringList{u"TimedOut"_s, u"deadline"_s}));
}

void tst_EnginePolicies::aCommandHasADeadlineOfItsOwn()
{
    QFETCH(ExecutorKind, executor);
    RuledFolder folder;
    LinkHarness harness(folder.options(executor));
    QVERIFY(harness.start());
    EmitCommand soon = commandFor(u"One"_s, 1, {{u"ms"_s, 2000}});
    soon.deadline = std::chrono::milliseconds(20);
    EmitCommand tooLate = soon;
    tooLate.deadline = std::chrono::hours(25);

    QCOMPARE(endsOf(harness, soon).first(), u"TimedOut"_s);
    const auto refused = harness.link.emitEvent(tooLate);
    QVERIFY(!refused);
    QVERIFY2(refused.error().message.contains(u"86400000 ms"_s),
             qPrintable(refused.error().message));
}

void tst_EnginePolicies::obeysLimitsOfTheMetadata_data()
{
    QTest::addColumn<ExecutorKind>("executor");
    QTest::addColumn<QString>("event");
    QTest::addColumn<int>("most");
    QTest::newRow("sync on threads") << ExecutorKind::Threads << u"One"_s << 1;
    QTest::newRow("async on threads") << ExecutorKind::Threads << u"Two"_s << 2;
    QTest::newRow("sync on processes") << ExecutorKind::Processes << u"One"_s << 1;
    QTest::newRow("async on processes") << ExecutorKind::Processes << u"Two"_s << 2;
}

/// The most of \a spans that overlap in time.
static int mostAtOnce(const std::vector<SpanRecord> &spans)
{
    std::vector<std::pair<qint64, int>> steps;
    for (const SpanRecord &span : spans) {
        steps.push_back({span.started, 1});
        steps.push_back({span.finished, -1});
    }
    std::sort(steps.begin(), steps.end());
    int now = 0;
    int most = 0;
    for (const auto &[time, step] : steps) {
        now += step;
        most = std::max(most, now);
    }
    return most;
}

void tst_EnginePolicies::obeysLimitsOfTheMetadata()
{
    QFETCH(ExecutorKind, executor);
    QFETCH(QString, event);
    QFETCH(int, most);
    RuledFolder folder;
    LinkHarness harness(folder.options(executor, 4));
    QVERIFY(harness.start());

    const QStringList ends = endsOf(harness, commandFor(event, 24, {{u"ms"_s, 5}}));

    QCOMPARE(ends.filter(u"Succeeded"_s).size(), 24);
    QCOMPARE(mostAtOnce(harness.spans), most);
}

/// Several of them run at once, and there is one worker.
void tst_EnginePolicies::blockingHandlersOccupyNoWorker()
{
    QFETCH(ExecutorKind, executor);
    RuledFolder folder;
    LinkHarness harness(folder.options(executor, 1));
    QVERIFY(harness.start());

    const QStringList ends = endsOf(harness, commandFor(u"Waiting"_s, 4, {{u"ms"_s, 300}}));

    QCOMPARE(ends.count(u"Succeeded"_s), 4);
    QVERIFY(mostAtOnce(harness.spans) > 1);
}

void tst_EnginePolicies::obeysLimitsOfMemory()
{
    RuledFolder folder;
    LinkHarness harness(folder.options(ExecutorKind::Processes, 1));
    QVERIFY(harness.start());

    QCOMPARE(endsOf(harness, commandFor(u"Greedy"_s)),
             (QStringList{u"Crashed"_s, u"memory-limit"_s}));
}

void tst_EnginePolicies::refusesTheOtherPlace_data()
{
    QTest::addColumn<ExecutorKind>("executor");
    QTest::addColumn<QString>("refused");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("accepted");
    QTest::newRow("threads") << ExecutorKind::Threads << u"Apart"_s << u"needs-processes"_s
                             << u"Together"_s;
    QTest::newRow("processes") << ExecutorKind::Processes << u"Together"_s << u"needs-threads"_s
                               << u"Apart"_s;
}

void tst_EnginePolicies::refusesTheOtherPlace()
{
    QFETCH(ExecutorKind, executor);
    QFETCH(QString, refused);
    QFETCH(QString, code);
    QFETCH(QString, accepted);
    RuledFolder folder;
    LinkHarness harness(folder.options(executor));
    QVERIFY(harness.start());

    QCOMPARE(endsOf(harness, commandFor(refused)), (QStringList{u"Rejected"_s, code}));
    QCOMPARE(endsOf(harness, commandFor(accepted)), QStringList{u"Succeeded"_s});
}

void tst_EnginePolicies::saysWhoDecided()
{
    RuledFolder folder;
    LinkHarness harness(folder.options(ExecutorKind::Processes));
    QVERIFY(harness.start());
    PolicyPart forPlugin;
    forPlugin.deadlineMs = 5000;
    PolicyPart forHandler;
    forHandler.concurrency = 7;

    QVERIFY(decide(harness, {PolicyTarget::Kind::Plugin, ruled}, forPlugin));
    QVERIFY(decide(harness, handlerTarget(u"two"_s), forHandler));

    const HandlerPolicy two = handlerOf(harness, u"two"_s)->policy;
    QCOMPARE(two.concurrency, (Sourced<int>{7, PolicySource::ForHandler}));
    QCOMPARE(two.deadlineMs, (Sourced<qint64>{5000, PolicySource::ForPlugin}));
    QCOMPARE(two.isolation.source, PolicySource::Default);
    const HandlerFact *const one = handlerOf(harness, u"one"_s);
    QCOMPARE(one->policy.concurrency, (Sourced<int>{1, PolicySource::Plugin}));
    QCOMPARE(one->stated.concurrency, std::optional(1));
}

void tst_EnginePolicies::overridesAndResets()
{
    QFETCH(ExecutorKind, executor);
    RuledFolder folder;
    LinkHarness harness(folder.options(executor));
    QVERIFY(harness.start());
    PolicyPart soon;
    soon.deadlineMs = 20;
    QCOMPARE(endsOf(harness, commandFor(u"One"_s, 1, {{u"ms"_s, 100}})),
             QStringList{u"Succeeded"_s});

    QVERIFY(decide(harness, handlerTarget(u"one"_s), soon));
    const QStringList overridden = endsOf(harness, commandFor(u"One"_s, 1, {{u"ms"_s, 2000}}));
    QVERIFY(decide(harness, handlerTarget(u"one"_s), {}));
    const QStringList reset = endsOf(harness, commandFor(u"One"_s, 1, {{u"ms"_s, 100}}));

    QCOMPARE(overridden.first(), u"TimedOut"_s);
    QCOMPARE(reset, QStringList{u"Succeeded"_s});
    LinkHarness next(folder.options(executor));
    QVERIFY(next.start());
    QCOMPARE(handlerOf(next, u"one"_s)->policy.deadlineMs.source, PolicySource::Default);
}

void tst_EnginePolicies::disablesAHandler()
{
    RuledFolder folder;
    LinkHarness harness(folder.options(ExecutorKind::Processes));
    QVERIFY(harness.start());
    PolicyPart off;
    off.isEnabled = false;

    QVERIFY(decide(harness, handlerTarget(u"plain"_s), off));

    QCOMPARE(endsOf(harness, commandFor(u"Plain"_s)), QStringList());
    QCOMPARE(handlerOf(harness, u"plain"_s)->block->code, u"disabled-by-user"_s);
    QVERIFY(decide(harness, handlerTarget(u"plain"_s), {}));
    QCOMPARE(endsOf(harness, commandFor(u"Plain"_s)), QStringList{u"Succeeded"_s});
}

void tst_EnginePolicies::disablesAPlugin()
{
    RuledFolder folder;
    PolicyPart off;
    off.isEnabled = false;
    const EngineOptions options = folder.options(ExecutorKind::Threads);
    QVERIFY(PolicyBook(options.rules.policyFile).set({PolicyTarget::Kind::Plugin, ruled}, off));
    LinkHarness harness(options);
    QVERIFY(harness.start());

    QCOMPARE(endsOf(harness, commandFor(u"Plain"_s)), QStringList());

    QFile maps(u"/proc/%1/maps"_s.arg(harness.link.pid()));
    QVERIFY(maps.open(QIODevice::ReadOnly));
    QVERIFY(!maps.readAll().contains("ruled.so")); // it was never loaded
    QVERIFY(decide(harness, {PolicyTarget::Kind::Plugin, ruled}, {}));
    QCOMPARE(endsOf(harness, commandFor(u"Plain"_s)), QStringList{u"Succeeded"_s});
}

void tst_EnginePolicies::disablesAnEvent()
{
    RuledFolder folder;
    LinkHarness harness(folder.options(ExecutorKind::Processes));
    QVERIFY(harness.start());
    PolicyPart off;
    off.isEnabled = false;

    QVERIFY(decide(harness, {PolicyTarget::Kind::Event, u"Plain"_s}, off));

    const auto refused = harness.link.emitEvent(commandFor(u"Plain"_s));
    QVERIFY(!refused);
    QVERIFY2(refused.error().message.contains(u"\"Plain\" is disabled"_s),
             qPrintable(refused.error().message));
}

void tst_EnginePolicies::limitsTheTasksOfAnEvent()
{
    QFETCH(ExecutorKind, executor);
    RuledFolder folder;
    LinkHarness harness(folder.options(executor));
    QVERIFY(harness.start());
    PolicyPart soon;
    soon.deadlineMs = 20;

    QVERIFY(decide(harness, {PolicyTarget::Kind::Event, u"One"_s}, soon));

    QCOMPARE(endsOf(harness, commandFor(u"One"_s, 1, {{u"ms"_s, 2000}})).first(), u"TimedOut"_s);
}

void tst_EnginePolicies::cancelsWhatALimitKeeps()
{
    QFETCH(ExecutorKind, executor);
    RuledFolder folder;
    LinkHarness harness(folder.options(executor));
    QVERIFY(harness.start());
    QVERIFY(harness.link.emitEvent(commandFor(u"One"_s, 50, {{u"ms"_s, 300}})));
    QVERIFY(harness.waitForRunning(1));

    harness.link.cancelAll();

    QVERIFY(harness.waitForIdle());
    QCOMPARE(harness.spans.size(), size_t(50));
    QVERIFY(harness.spanCount(Outcome::Canceled) >= 48);
}

QTEST_GUILESS_MAIN(tst_EnginePolicies)
#include "tst_enginepolicies.moc"
