// SPDX-License-Identifier: MIT
#include "workerharness.h"

#include <QTemporaryDir>

#include <csignal>

using namespace Fanfare;
using namespace Fanfare::Test;
using namespace Qt::StringLiterals;

class tst_Worker : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void greetsWithTheNonceAndItsBuild();
    void leavesAHostItDoesNotFit_data();
    void leavesAHostItDoesNotFit();
    void loadsHandlers();
    void refusesToLoad_data();
    void refusesToLoad();
    void reportsTheStartBeforeTheEnd();
    void reportsWhatAHandlerThrows();
    void measuresItsTasks();
    void dropsACanceledTaskThatWaits();
    void givesBackWhatHasNotStarted();
    void stopsATaskThatRuns();
    void answersWhileAHandlerRuns();
    void endsWhatSpinsPastItsDeadline();
    void suspendedCoroutinesBlockNothing();
    void attributesOutput();
    void boundsAFloodOfLines();
    void boundsAFloodOfErrors();
    void finishesBeforeItLeaves();
    void leavesWhenItsHostIsGone();
    void leavesWhenSomebodyScribbles();
};

static constexpr quint32 handler = 1;

void tst_Worker::greetsWithTheNonceAndItsBuild()
{
    WorkerHarness worker;

    QVERIFY(worker.greet());

    QCOMPARE(worker.welcome->nonce, QByteArray(nonceSize, 'n'));
    QCOMPARE(worker.welcome->build, buildId());
    QCOMPARE(worker.welcome->protocol, workerProtocolVersion);
    QCOMPARE(worker.welcome->pid, worker.pid());
}

void tst_Worker::leavesAHostItDoesNotFit_data()
{
    QTest::addColumn<int>("protocol");
    QTest::addColumn<QString>("build");

    QTest::newRow("other protocol") << 1 << buildId();
    QTest::newRow("other build") << workerProtocolVersion << u"other"_s;
}

void tst_Worker::leavesAHostItDoesNotFit()
{
    QFETCH(const int, protocol);
    QFETCH(const QString, build);
    WorkerHarness worker;

    worker.send(WorkerCommand::Hello,
                encode(WorkerHello{protocol, QByteArray(nonceSize, 'n'), build}));

    QVERIFY(worker.waitForEnd());
    QVERIFY(worker.welcome.has_value()); // so that the host can say what is different
    QCOMPARE(worker.welcome->build, buildId());
}

void tst_Worker::loadsHandlers()
{
    WorkerHarness worker;
    QVERIFY(worker.greet());

    QCOMPARE(worker.load(1, requestFor(u"basics"_s, u"echo"_s)), QString());
    QCOMPARE(worker.load(7, requestFor(u"chaos"_s, u"throw"_s)), QString());
}

void tst_Worker::refusesToLoad_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QByteArray>("hash");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("code");

    const LoadRequest good = requestFor(u"basics"_s, u"echo"_s);
    QTest::newRow("other hash") << good.path << QByteArray(32, 'x') << u"echo"_s
                                << u"hash-mismatch"_s;
    QTest::newRow("relative") << u"basics.so"_s << QByteArray() << u"echo"_s << u"relative-path"_s;
    QTest::newRow("missing") << u"/nowhere/basics.so"_s << QByteArray(32, 'x') << u"echo"_s
                             << u"unreadable"_s;
    QTest::newRow("no handler") << good.path << good.hash << u"nobody"_s << u"handlers-differ"_s;
}

void tst_Worker::refusesToLoad()
{
    QFETCH(const QString, path);
    QFETCH(const QByteArray, hash);
    QFETCH(const QString, name);
    QFETCH(const QString, code);
    WorkerHarness worker;
    QVERIFY(worker.greet());

    QCOMPARE(worker.load(handler, {u"org.fanfare.basics"_s, name, path, hash}), code);
    QCOMPARE(worker.load(handler, requestFor(u"basics"_s, u"echo"_s)), QString());
}

void tst_Worker::reportsTheStartBeforeTheEnd()
{
    WorkerHarness worker;
    QVERIFY(worker.greet());
    QCOMPARE(worker.load(handler, requestFor(u"basics"_s, u"sleep"_s)), QString());

    for (quint64 task = 1; task <= 3; ++task)
        worker.sendTask(task, handler, {{u"ms"_s, 1}});

    QVERIFY(worker.waitForFinished(3));
    QCOMPARE(worker.reports.size(), size_t(6));
    for (size_t i = 0; i < 6; ++i) {
        QCOMPARE(worker.reports[i].record.task, i / 2 + 1);
        QCOMPARE(worker.reports[i].record.kind,
                 i % 2 == 0 ? ReportKind::Started : ReportKind::Finished);
        if (i > 0)
            QVERIFY(worker.reports[i].record.time >= worker.reports[i - 1].record.time);
    }
}

void tst_Worker::reportsWhatAHandlerThrows()
{
    WorkerHarness worker;
    QVERIFY(worker.greet());
    QCOMPARE(worker.load(handler, requestFor(u"chaos"_s, u"throw"_s)), QString());

    worker.sendTask(1, handler);

    const Report *const end = worker.waitForFinished(1);
    QVERIFY(end);
    QCOMPARE(end->record.outcome, Outcome::Failed);
    QCOMPARE(decodeError(end->payload)->type, u"std::runtime_error"_s);
    QCOMPARE(decodeError(end->payload)->what, u"Chaos was asked to throw"_s);
}

void tst_Worker::measuresItsTasks()
{
    WorkerHarness worker;
    QVERIFY(worker.greet());
    QCOMPARE(worker.load(1, requestFor(u"basics"_s, u"spin"_s)), QString());
    QCOMPARE(worker.load(2, requestFor(u"basics"_s, u"sleep"_s)), QString());

    worker.sendTask(1, 1, {{u"ms"_s, 50}});
    worker.sendTask(2, 2, {{u"ms"_s, 50}});

    const Report *const sleeping = worker.waitForFinished(2);
    QVERIFY(sleeping);
    QVERIFY(sleeping->record.cpu >= 0 && sleeping->record.cpu < 20'000'000);
    const ReportRecord spinning = worker.report(1, ReportKind::Finished)->record;
    QVERIFY(spinning.cpu >= 45'000'000);
    QVERIFY(spinning.memory > 1024 && spinning.peakMemory >= spinning.memory);
}

void tst_Worker::dropsACanceledTaskThatWaits()
{
    WorkerHarness worker;
    QVERIFY(worker.greet());
    QCOMPARE(worker.load(handler, requestFor(u"basics"_s, u"sleep"_s)), QString());
    worker.sendTask(1, handler, {{u"ms"_s, 10'000}});
    worker.sendTask(2, handler, {{u"ms"_s, 1}});
    worker.sendTask(3, handler, {{u"ms"_s, 1}});
    QVERIFY(worker.waitForStarted(1));

    worker.send(WorkerCommand::Cancel, {}, 2);
    worker.send(WorkerCommand::Cancel, {}, 1);

    QVERIFY(worker.waitForFinished(3));
    QCOMPARE(worker.story, QStringList{u"CancelAck 2"_s});
    QVERIFY(!worker.report(2, ReportKind::Started));
}

void tst_Worker::givesBackWhatHasNotStarted()
{
    WorkerHarness worker;
    QVERIFY(worker.greet());
    QCOMPARE(worker.load(handler, requestFor(u"basics"_s, u"sleep"_s)), QString());
    worker.sendTask(1, handler, {{u"ms"_s, 10'000}});
    worker.sendTask(2, handler, {{u"ms"_s, 1}});
    worker.sendTask(3, handler, {{u"ms"_s, 1}});
    QVERIFY(worker.waitForStarted(1));

    worker.send(WorkerCommand::Recall);
    worker.sendTask(4, handler, {{u"ms"_s, 1}});
    worker.send(WorkerCommand::Cancel, {}, 1);

    QVERIFY(worker.waitForFinished(4));
    QCOMPARE(worker.story, (QStringList{u"Recalled 3"_s, u"Recalled 2"_s, u"Recalled 0"_s}));
    QVERIFY(worker.report(1, ReportKind::Finished));
    QVERIFY(!worker.report(2, ReportKind::Started));
    QVERIFY(!worker.report(3, ReportKind::Started));
}

void tst_Worker::stopsATaskThatRuns()
{
    WorkerHarness worker;
    QVERIFY(worker.greet());
    QCOMPARE(worker.load(handler, requestFor(u"basics"_s, u"sleep"_s)), QString());
    worker.sendTask(1, handler, {{u"ms"_s, 10'000}});
    QVERIFY(worker.waitForStarted(1));

    worker.send(WorkerCommand::Cancel, {}, 1);

    const Report *const end = worker.waitForFinished(1, 5'000);
    QVERIFY(end);
    QCOMPARE(end->record.outcome, Outcome::Canceled);
    QVERIFY(worker.story.isEmpty());
}

void tst_Worker::answersWhileAHandlerRuns()
{
    WorkerHarness worker;
    QVERIFY(worker.greet());
    QCOMPARE(worker.load(handler, requestFor(u"chaos"_s, u"hang"_s)), QString());
    worker.sendTask(1, handler);
    QVERIFY(worker.waitForStarted(1));

    worker.send(WorkerCommand::Ping, {}, 17);

    QVERIFY(worker.waitFor([&] { return worker.story == QStringList{u"Pong 17"_s}; }));
}

/// Here nobody kills it, as when its host is stopped.
void tst_Worker::endsWhatSpinsPastItsDeadline()
{
    WorkerHarness worker;
    QVERIFY(worker.greet());
    QCOMPARE(worker.load(handler, requestFor(u"chaos"_s, u"chaos"_s)), QString());

    worker.sendTask(1, handler, {{u"kind"_s, u"spin"_s}}, 1'000'000);

    QVERIFY(worker.waitForEnd(120'000));
    QCOMPARE(worker.end(1).signal, SIGXCPU);
}

void tst_Worker::suspendedCoroutinesBlockNothing()
{
    WorkerHarness worker;
    QVERIFY(worker.greet());
    QCOMPARE(worker.load(1, requestFor(u"basics"_s, u"sleepAsync"_s)), QString());
    QCOMPARE(worker.load(2, requestFor(u"basics"_s, u"sleep"_s)), QString());
    for (quint64 task = 1; task <= 100; ++task)
        worker.sendTask(task, 1, {{u"ms"_s, 300}});
    worker.sendTask(101, 2, {{u"ms"_s, 1}});

    QVERIFY(worker.waitForFinished(100));

    QVERIFY(worker.report(101, ReportKind::Finished)->record.time
            < worker.report(1, ReportKind::Finished)->record.time);
    QVERIFY(worker.report(100, ReportKind::Started)->record.time
            < worker.report(1, ReportKind::Finished)->record.time);
    QVERIFY(worker.waitFor([&] {
        for (quint64 task = 1; task <= 100; ++task) {
            if (!worker.report(task, ReportKind::Finished))
                return false;
        }
        return true;
    }));
}

void tst_Worker::attributesOutput()
{
    WorkerHarness worker;
    QVERIFY(worker.greet());
    QCOMPARE(worker.load(handler,
                         {u"printer"_s,
                          u"printEveryWay"_s,
                          QStringLiteral(FANFARE_TEST_ENGINE_PLUGIN_DIR "/printer.so"),
                          {}}),
             QString());

    worker.sendTask(5, handler);
    worker.sendTask(6, handler);

    QVERIFY(worker.waitForFinished(6));
    QVERIFY(!worker.linesOf(5).isEmpty());
    QCOMPARE(worker.linesOf(5), worker.linesOf(6));
    QVERIFY(worker.linesOf(0).isEmpty());
}

void tst_Worker::boundsAFloodOfLines()
{
    WorkerHarness worker;
    QVERIFY(worker.greet());
    QCOMPARE(worker.load(handler, requestFor(u"chaos"_s, u"chaos"_s)), QString());

    worker.sendTask(1, handler, {{u"kind"_s, u"flood-log"_s}});

    QVERIFY(worker.waitForFinished(1));
    quint64 told = worker.log.size() - 1; // the last one only counts
    for (const auto &[task, line] : worker.log)
        told += line.dropped;
    QCOMPARE(told, quint64(100'000));
    QVERIFY(worker.log.size() < 1000);
    QVERIFY(worker.log.back().second.text.contains(u"lines left out"_s));
}

void tst_Worker::boundsAFloodOfErrors()
{
    WorkerHarness worker;
    QVERIFY(worker.greet());
    QCOMPARE(worker.load(handler, requestFor(u"chaos"_s, u"chaos"_s)), QString());

    worker.sendTask(1, handler, {{u"kind"_s, u"flood-errors"_s}});

    QVERIFY(worker.waitForFinished(1)); // past the frames, which stay intact
    QVERIFY(worker.waitFor([&] { return worker.errors.size() == 20 * 1024 * 1024; }));
    QVERIFY(worker.log.empty());
}

void tst_Worker::finishesBeforeItLeaves()
{
    WorkerHarness worker;
    QVERIFY(worker.greet());
    QCOMPARE(worker.load(1, requestFor(u"basics"_s, u"sleep"_s)), QString());
    QCOMPARE(worker.load(2, requestFor(u"basics"_s, u"sleepAsync"_s)), QString());
    worker.sendTask(1, 1, {{u"ms"_s, 20}});
    worker.sendTask(2, 1, {{u"ms"_s, 20}});
    worker.sendTask(3, 2, {{u"ms"_s, 60}});

    worker.send(WorkerCommand::Drain);

    QVERIFY(worker.waitForEnd());
    for (quint64 task = 1; task <= 3; ++task)
        QVERIFY(worker.report(task, ReportKind::Finished));
    QCOMPARE(worker.story, QStringList{u"Bye"_s});
    QCOMPARE(worker.end().exitCode, 0);
    QCOMPARE(worker.end().signal, 0);
}

void tst_Worker::leavesWhenItsHostIsGone()
{
    WorkerHarness worker;
    QVERIFY(worker.greet());
    QCOMPARE(worker.load(handler, requestFor(u"chaos"_s, u"hang"_s)), QString());
    worker.sendTask(1, handler);
    QVERIFY(worker.waitForStarted(1));

    worker.closeInput();

    QVERIFY(worker.waitForEnd(1'000));
}

void tst_Worker::leavesWhenSomebodyScribbles()
{
    WorkerHarness worker;
    QVERIFY(worker.greet());

    worker.sendBytes(QByteArray(64, 'x'));

    QVERIFY(worker.waitForEnd(1'000));
}

QTEST_GUILESS_MAIN(tst_Worker)
#include "tst_worker.moc"
