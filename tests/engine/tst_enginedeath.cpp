// SPDX-License-Identifier: MIT
#include "linkharness.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QProcess>
#include <QRegularExpression>
#include <QSet>
#include <QTemporaryDir>

#include <algorithm>
#include <csignal>

using namespace Fanfare;
using namespace Fanfare::Test;
using namespace Qt::StringLiterals;

class tst_EngineDeath : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"."_s)); }
    void namesTheHandlerThatCrashed_data();
    void namesTheHandlerThatCrashed();
    void saysWhatRanWhenAHandlerLeaves();
    void countsEveryLostTask();
    void countsWhatWasNeverEmitted();
    void reportsAKillFromOutside();
    void reportsTheTasksOfAHangingHandlerThatIsKilled();
    void startsAgainAfterACrash();
    void keepsWhatFinishedBeforeTheEnd();
    void losesNothingUnderLoad();
    void diesWithItsClient();
    void leavesNoFilesBehind();
};

/// Every task that was accepted is either finished or lost, and none is both.
static void verifyBooks(const LinkHarness &harness, quint64 asked, int tasksPerEmission)
{
    QSet<QPair<quint64, int>> seen;
    const auto add = [&](TaskId task) {
        const QPair<quint64, int> key(number(task.emission), task.index);
        const bool isNew = !seen.contains(key);
        seen.insert(key);
        return isNew;
    };
    for (const SpanRecord &span : harness.spans)
        QVERIFY(add(span.task));
    for (const OpenTask &open : harness.end->lost)
        QVERIFY(add(open.task));
    const quint64 accepted = asked - harness.end->neverEmitted;
    QCOMPARE(quint64(seen.size()), accepted * quint64(tasksPerEmission));
    for (const auto &[emission, index] : std::as_const(seen))
        QVERIFY(emission <= accepted && index < tasksPerEmission);
}

void tst_EngineDeath::namesTheHandlerThatCrashed_data()
{
    QTest::addColumn<QString>("event");
    QTest::addColumn<QString>("handler");
    QTest::addColumn<int>("signal");

    QTest::newRow("segfault") << u"ChaosSegfault"_s << u"segfault"_s << SIGSEGV;
    QTest::newRow("abort") << u"ChaosAbort"_s << u"abort"_s << SIGABRT;
}

void tst_EngineDeath::namesTheHandlerThatCrashed()
{
    QFETCH(const QString, event);
    QFETCH(const QString, handler);
    QFETCH(const int, signal);
    LinkHarness harness;
    QVERIFY(harness.start());
    QVERIFY(harness.link.emitEvent(commandFor(u"Sleep"_s, 1, {{u"ms"_s, 20'000}})));
    QVERIFY(harness.waitForRunning(1));

    QVERIFY(harness.link.emitEvent(commandFor(event)));

    QVERIFY(harness.waitForEnd());
    const EngineEndFact &end = *harness.end;
    QCOMPARE(end.signal, signal);
    QVERIFY(!end.wasExpected);
    QVERIFY2(end.reason.startsWith(u"signal %1 (SIG"_s.arg(signal)), qPrintable(end.reason));
    QCOMPARE(end.culprits.size(), 2);
    QVERIFY(end.culprits.first().isCertain);
    QCOMPARE(end.culprits.first().subscriber, harness.subscriberOf(handler));
    QCOMPARE(end.culprits.first().task, (TaskId{EmissionId(2), 0}));
    QVERIFY(end.culprits.first().started > 0);
    QVERIFY(!end.culprits.last().isCertain);
    QCOMPARE(end.culprits.last().subscriber, harness.subscriberOf(u"sleep"_s));
    QCOMPARE(end.lost.size(), 2);
    QVERIFY(!harness.link.isRunning());
}

void tst_EngineDeath::saysWhatRanWhenAHandlerLeaves()
{
    LinkHarness harness;
    QVERIFY(harness.start());

    QVERIFY(harness.link.emitEvent(commandFor(u"ChaosExit"_s)));

    QVERIFY(harness.waitForEnd());
    QCOMPARE(harness.end->exitCode, 3);
    QCOMPARE(harness.end->signal, 0);
    QCOMPARE(harness.end->reason, u"exit code 3"_s);
    QVERIFY(!harness.end->wasExpected);
    QCOMPARE(harness.end->culprits.size(), 1);
    QCOMPARE(harness.end->culprits.first().subscriber, harness.subscriberOf(u"exit"_s));
    QCOMPARE(harness.end->lost.size(), 1);
}

void tst_EngineDeath::countsEveryLostTask()
{
    LinkHarness harness;
    QVERIFY(harness.start());
    QVERIFY(harness.link.emitEvent(commandFor(u"StringEvent"_s, 500)));
    QVERIFY(harness.waitForRunning(4));

    harness.link.kill();

    QVERIFY(harness.waitForEnd());
    QVERIFY(!harness.end->wasExpected);
    QCOMPARE(harness.end->signal, SIGKILL);
    QCOMPARE(harness.end->neverEmitted, quint64(0));
    verifyBooks(harness, 500, 2);
    const auto isStarted = [](const OpenTask &open) { return open.started > 0; };
    QVERIFY(std::count_if(harness.end->lost.cbegin(), harness.end->lost.cend(), isStarted) >= 2);
    for (const OpenTask &open : harness.end->lost) {
        QVERIFY(open.queued > 0);
        QVERIFY(number(open.subscriber) > 0);
        QVERIFY(open.event > 0);
    }
}

void tst_EngineDeath::countsWhatWasNeverEmitted()
{
    LinkHarness harness;
    QVERIFY(harness.start());
    EmitCommand slow = commandFor(u"Echo"_s, 1000);
    slow.rate = 100;
    QVERIFY(harness.link.emitEvent(slow));
    QTRY_VERIFY(harness.spans.size() >= 5);

    harness.link.kill();

    QVERIFY(harness.waitForEnd());
    QVERIFY(harness.end->neverEmitted > 0);
    verifyBooks(harness, 1000, 1);
    QCOMPARE(harness.commands.size(), 1);
    QCOMPARE(harness.commands.first().emissions, 1000 - harness.end->neverEmitted);
    QVERIFY(!harness.commands.first().error.isEmpty());
}

void tst_EngineDeath::reportsAKillFromOutside()
{
    LinkHarness harness;
    QVERIFY(harness.start());
    QVERIFY(harness.link.emitEvent(commandFor(u"Sleep"_s, 3, {{u"ms"_s, 20'000}})));
    QVERIFY(harness.waitForRunning(2));

    ::kill(pid_t(harness.link.pid()), SIGKILL);

    QVERIFY(harness.waitForEnd());
    QCOMPARE(harness.end->signal, SIGKILL);
    QCOMPARE(harness.end->reason, u"signal 9 (SIGKILL)"_s);
    QCOMPARE(harness.end->culprits.size(), 2);
    QVERIFY(!harness.end->culprits.first().isCertain);
    verifyBooks(harness, 3, 1);
}

void tst_EngineDeath::reportsTheTasksOfAHangingHandlerThatIsKilled()
{
    LinkHarness harness;
    QVERIFY(harness.start());
    QVERIFY(harness.link.emitEvent(commandFor(u"ChaosHang"_s)));
    QVERIFY(harness.waitForRunning(1));
    harness.link.shutdown();

    harness.link.kill();

    QVERIFY(harness.waitForEnd());
    QVERIFY(!harness.end->wasExpected);
    QCOMPARE(harness.end->lost.size(), 1);
    QCOMPARE(harness.end->lost.first().subscriber, harness.subscriberOf(u"hang"_s));
}

void tst_EngineDeath::startsAgainAfterACrash()
{
    LinkHarness harness;
    for (quint64 round = 0; round < 3; ++round) {
        QVERIFY(harness.start());
        QVERIFY(harness.link.emitEvent(commandFor(u"ChaosSegfault"_s)));
        QVERIFY(harness.waitForEnd());
        QCOMPARE(harness.end->lost.size(), 1);
        QCOMPARE(number(harness.end->lost.first().task.emission), round + 1);
    }
    QVERIFY(harness.start());
    QVERIFY(harness.link.emitEvent(commandFor(u"Echo"_s)));
    QVERIFY(harness.waitForIdle());
    QCOMPARE(harness.spans.size(), size_t(1));
}

void tst_EngineDeath::keepsWhatFinishedBeforeTheEnd()
{
    EngineOptions options = bundledOptions();
    options.workers = 1;
    LinkHarness harness(options);
    QVERIFY(harness.start());

    QVERIFY(harness.link.emitEvent(commandFor(u"Echo"_s, 100)));
    QVERIFY(harness.waitForIdle());
    QVERIFY(harness.link.emitEvent(commandFor(u"ChaosAbort"_s)));

    QVERIFY(harness.waitForEnd());
    QCOMPARE(harness.spans.size(), size_t(100));
    QCOMPARE(harness.end->lost.size(), 1);
}

void tst_EngineDeath::losesNothingUnderLoad()
{
    LinkHarness harness;
    QVERIFY(harness.start());
    QVERIFY(harness.link.emitEvent(commandFor(u"Echo"_s, 500'000)));
    QTRY_VERIFY(harness.spans.size() > 1000);

    ::kill(pid_t(harness.link.pid()), SIGKILL);

    QVERIFY(harness.waitForEnd());
    verifyBooks(harness, 500'000, 1);
}

/// The engine of a client that is killed: this test runs itself as that client.
void tst_EngineDeath::diesWithItsClient()
{
    QProcess client;
    client.start(QCoreApplication::applicationFilePath(), {u"--client"_s});
    QTRY_VERIFY_WITH_TIMEOUT(client.canReadLine(), 20'000);
    const QString engine = u"/proc/%1/stat"_s.arg(client.readLine().trimmed().toLongLong());
    QVERIFY(QFileInfo::exists(engine));
    QElapsedTimer timer;
    timer.start();

    client.kill();

    // A process that has ended may stay in the table until its new parent looks at it.
    const auto hasEnded = [&] {
        QFile file(engine);
        return !file.open(QIODevice::ReadOnly) || file.readAll().contains(") Z ");
    };
    QTRY_VERIFY(hasEnded());
    QVERIFY(timer.elapsed() < 1000);
    QTRY_COMPARE(client.state(), QProcess::NotRunning);
}

void tst_EngineDeath::leavesNoFilesBehind()
{
    // Folders of its own: engines of other tests have files, too, until they are open.
    QTemporaryDir folder;
    const QByteArray runtimeBefore = qgetenv("XDG_RUNTIME_DIR");
    const QByteArray tempBefore = qgetenv("TMPDIR");
    qputenv("XDG_RUNTIME_DIR", folder.path().toLocal8Bit());
    qputenv("TMPDIR", folder.path().toLocal8Bit());
    LinkHarness harness;

    const bool isStarted = harness.start();
    const QStringList left = QDir(folder.path()).entryList({u"fanfare-*.flight"_s});
    qputenv("XDG_RUNTIME_DIR", runtimeBefore);
    qputenv("TMPDIR", tempBefore);

    QVERIFY(isStarted);
    QCOMPARE(left, QStringList());
}

/// Prints the process id of an engine and waits to be killed.
static int runAsClient()
{
    LinkHarness harness;
    if (!harness.start() || !harness.link.emitEvent(commandFor(u"ChaosHang"_s)))
        return 1;
    if (!harness.waitForRunning(1))
        return 1;
    std::printf("%lld\n", harness.link.pid());
    std::fflush(stdout);
    return QCoreApplication::exec();
}

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    if (application.arguments().contains(u"--client"_s))
        return runAsClient();
    tst_EngineDeath test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_enginedeath.moc"
