// SPDX-License-Identifier: MIT
#include "ruledharness.h"

#include <QFile>

#include <csignal>

using namespace Fanfare;
using namespace Fanfare::Test;
using namespace Qt::StringLiterals;

class tst_EngineQuarantine : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void rejectsAfterThreeCrashes();
    void isClearedByASuccess();
    void countsNoFailures();
    void survivesARestart();
    void isLiftedAtOnce();
    void followsWhatAnotherProgramLifts();
    void leavesANewBuildAlone();
    void neverBlamesAHandlerForAKill();
    void blamesNobodyWhenSeveralRan();
    void namesTheHandlerThatEndedAnEngine();
    void asksNothingAfterAKilledEngine();
    void clearsAHandlerOnThreads();
    void setsADamagedFileAside();

private:
    QTemporaryDir m_data;
};

void tst_EngineQuarantine::initTestCase()
{
    QVERIFY(m_data.isValid());
    qputenv("XDG_DATA_HOME", m_data.path().toLocal8Bit());
}

static EmitCommand crash(const QString &what = u"crash"_s)
{
    return commandFor(u"Crash"_s, 1, {{u"what"_s, what}});
}

static void crashTimes(LinkHarness &harness, int count)
{
    for (int i = 1; i <= count; ++i) {
        QCOMPARE(endsOf(harness, crash()), QStringList{u"Crashed"_s});
        QVERIFY(waitFor(
            [&] {
                const HandlerFact *const handler = handlerOf(harness, u"crashing"_s);
                return handler && handler->crash && handler->crash->crashes >= i;
            },
            10'000));
    }
}

static bool isBlocked(const LinkHarness &harness)
{
    const HandlerFact *const handler = handlerOf(harness, u"crashing"_s);
    return handler && handler->block && handler->block->code == u"quarantined";
}

static const QStringList rejected{u"Rejected"_s, u"quarantined"_s};

void tst_EngineQuarantine::rejectsAfterThreeCrashes()
{
    RuledFolder folder;
    LinkHarness harness(folder.options(ExecutorKind::Processes));
    QVERIFY(harness.start());

    crashTimes(harness, 3);

    QVERIFY(isBlocked(harness));
    QCOMPARE(endsOf(harness, crash(u"nothing"_s)), rejected);
    const QString text = harness.details.back().error.what;
    QVERIFY2(text.contains(u"\"crashing\" of Ruled crashed 3 times"_s), qPrintable(text));
    QCOMPARE(endsOf(harness, commandFor(u"Plain"_s)), QStringList{u"Succeeded"_s});
}

void tst_EngineQuarantine::isClearedByASuccess()
{
    RuledFolder folder;
    LinkHarness harness(folder.options(ExecutorKind::Processes));
    QVERIFY(harness.start());

    for (int round = 0; round < 3; ++round) {
        crashTimes(harness, 2);
        QCOMPARE(endsOf(harness, crash(u"nothing"_s)), QStringList{u"Succeeded"_s});
        QVERIFY(waitFor([&] { return !handlerOf(harness, u"crashing"_s)->crash; }, 10'000));
    }

    QVERIFY(Quarantine(folder.state()).records().isEmpty());
}

void tst_EngineQuarantine::countsNoFailures()
{
    RuledFolder folder;
    LinkHarness harness(folder.options(ExecutorKind::Processes));
    QVERIFY(harness.start());

    for (int i = 0; i < 4; ++i)
        QCOMPARE(endsOf(harness, crash(u"fail"_s)).first(), u"Failed"_s);

    QVERIFY(!handlerOf(harness, u"crashing"_s)->crash);
}

void tst_EngineQuarantine::survivesARestart()
{
    RuledFolder folder;
    {
        LinkHarness harness(folder.options(ExecutorKind::Processes));
        QVERIFY(harness.start());
        crashTimes(harness, 3);
    }

    for (const ExecutorKind executor : {ExecutorKind::Processes, ExecutorKind::Threads}) {
        LinkHarness next(folder.options(executor));
        QVERIFY(next.start());
        QVERIFY(isBlocked(next));
        QCOMPARE(endsOf(next, crash(u"nothing"_s)), rejected);
    }
}

void tst_EngineQuarantine::isLiftedAtOnce()
{
    RuledFolder folder;
    LinkHarness harness(folder.options(ExecutorKind::Processes));
    QVERIFY(harness.start());
    crashTimes(harness, 3);
    const QByteArray hash = handlerOf(harness, u"crashing"_s)->crash->hash;

    harness.link.liftQuarantine(hash, u"crashing"_s);

    QVERIFY(waitFor([&] { return !isBlocked(harness); }, 10'000));
    QCOMPARE(endsOf(harness, crash(u"nothing"_s)), QStringList{u"Succeeded"_s});
}

void tst_EngineQuarantine::followsWhatAnotherProgramLifts()
{
    RuledFolder folder;
    LinkHarness harness(folder.options(ExecutorKind::Processes));
    QVERIFY(harness.start());
    crashTimes(harness, 3);

    QCOMPARE(Quarantine(folder.state()).liftNamed(u"crashing"_s).size(), 1);

    QVERIFY(waitFor([&] { return !isBlocked(harness); }, 10'000));
}

void tst_EngineQuarantine::leavesANewBuildAlone()
{
    RuledFolder folder;
    LinkHarness harness(folder.options(ExecutorKind::Processes));
    QVERIFY(harness.start());
    crashTimes(harness, 3);
    const QByteArray before = harness.link.catalog().plugins.first().hash;

    folder.install(2);

    QVERIFY(waitFor([&] { return harness.link.catalog().plugins.first().hash != before; }, 20'000));
    QVERIFY(!isBlocked(harness));
    QCOMPARE(endsOf(harness, crash(u"nothing"_s)), QStringList{u"Succeeded"_s});
    folder.install(1);
    QVERIFY(waitFor([&] { return isBlocked(harness); }, 20'000));
}

void tst_EngineQuarantine::neverBlamesAHandlerForAKill()
{
    RuledFolder folder;
    LinkHarness harness(folder.options(ExecutorKind::Processes, 1));
    QVERIFY(harness.start());

    for (int i = 0; i < 4; ++i) {
        harness.idleCount = 0;
        harness.live.running.clear();
        QVERIFY(harness.link.emitEvent(commandFor(u"One"_s, 1, {{u"ms"_s, 20'000}})));
        QVERIFY(harness.waitForRunning(1));
        qint64 worker = 0;
        for (const LaneEvent &event : harness.laneEvents)
            worker = event.kind == LaneEventKind::Started ? event.pid : worker;
        QVERIFY(worker > 0);
        // A signal that looks like a crash is one from outside as well.
        ::kill(pid_t(worker), i % 2 == 0 ? SIGKILL : SIGSEGV);
        QVERIFY(harness.waitForIdle());
    }

    QCOMPARE(harness.spanCount(Outcome::Crashed), 4);
    QVERIFY(!handlerOf(harness, u"one"_s)->crash);
}

void tst_EngineQuarantine::blamesNobodyWhenSeveralRan()
{
    RuledFolder folder;
    LinkHarness harness(folder.options(ExecutorKind::Processes, 1));
    QVERIFY(harness.start());
    QVERIFY(harness.link.emitEvent(commandFor(u"Two"_s, 2, {{u"ms"_s, 20'000}})));
    QVERIFY(harness.waitForRunning(2));

    QCOMPARE(endsOf(harness, crash(u"exit"_s)).filter(u"Crashed"_s).size(), 3);

    QVERIFY(!handlerOf(harness, u"two"_s)->crash);
    QVERIFY(!handlerOf(harness, u"crashing"_s)->crash); // nobody knows that it was this one
}

void tst_EngineQuarantine::namesTheHandlerThatEndedAnEngine()
{
    RuledFolder folder;
    LinkHarness harness(folder.options(ExecutorKind::Threads));
    for (int i = 1; i <= 3; ++i) {
        QVERIFY(harness.start());
        QVERIFY(!isBlocked(harness));
        QVERIFY(harness.link.emitEvent(crash()));
        QVERIFY(harness.waitForEnd());
    }

    QVERIFY(harness.start());

    const HandlerFact *const handler = handlerOf(harness, u"crashing"_s);
    QVERIFY(handler && handler->crash);
    QCOMPARE(handler->crash->crashes, 3);
    QCOMPARE(handler->crash->place, CrashPlace::Threads);
    QVERIFY2(handler->crash->text.contains(u"SIGABRT"_s), qPrintable(handler->crash->text));
    QCOMPARE(endsOf(harness, crash(u"nothing"_s)), rejected);
}

void tst_EngineQuarantine::asksNothingAfterAKilledEngine()
{
    RuledFolder folder;
    LinkHarness harness(folder.options(ExecutorKind::Threads));
    QVERIFY(harness.start());
    QVERIFY(harness.link.emitEvent(commandFor(u"One"_s, 1, {{u"ms"_s, 20'000}})));
    QVERIFY(harness.waitForRunning(1));

    harness.link.kill();

    QVERIFY(harness.waitForEnd());
    QVERIFY(Quarantine(folder.state()).records().isEmpty());
}

void tst_EngineQuarantine::clearsAHandlerOnThreads()
{
    RuledFolder folder;
    LinkHarness harness(folder.options(ExecutorKind::Threads));
    QVERIFY(harness.start());
    QVERIFY(harness.link.emitEvent(crash()));
    QVERIFY(harness.waitForEnd());
    QVERIFY(harness.start());
    QVERIFY(handlerOf(harness, u"crashing"_s)->crash);

    QCOMPARE(endsOf(harness, crash(u"nothing"_s)), QStringList{u"Succeeded"_s});

    QVERIFY(waitFor([&] { return !handlerOf(harness, u"crashing"_s)->crash; }, 10'000));
}

void tst_EngineQuarantine::setsADamagedFileAside()
{
    RuledFolder folder;
    QDir().mkpath(folder.state());
    QFile file(folder.state() + u"/quarantine.json"_s);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("{\"handlers\": [");
    file.close();
    LinkHarness harness(folder.options(ExecutorKind::Processes));

    QVERIFY(harness.start());

    const QStringList problems = harness.link.catalog().problems;
    QCOMPARE(problems.size(), 1);
    QVERIFY2(problems.first().contains(u"was damaged"_s), qPrintable(problems.first()));
    QVERIFY(QFile::exists(file.fileName() + u".damaged"_s));
}

QTEST_GUILESS_MAIN(tst_EngineQuarantine)
#include "tst_enginequarantine.moc"
