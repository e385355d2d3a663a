// SPDX-License-Identifier: MIT
#include "clirun.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace Fanfare::Test;

/// The real program when something goes wrong: handlers, queues, its user and its reader.
class tst_FanfareCliFailures : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aMissingFileFailsAndHarmsNothingElse();
    void aThrowingHandlerFails();
    void aHandlerThatKillsTheEngineIsCrashed_data();
    void aHandlerThatKillsTheEngineIsCrashed();
    void aHandlerThatCrashesThriceIsQuarantinedUntilItIsLifted();
    void theTimeoutEndsAHangingHandler();
    void ctrlCCancels();
    void aFullQueueHoldsEmissionsBack();
    void aFullQueueRefusesWhenItShould();
    void aFullQueueDropsTheOldestWhenItShould();
    void refusesBadInput_data();
    void refusesBadInput();
    void aReaderThatLeavesIsNoDrama();

private:
    QTemporaryDir m_folder; // what data rows need
};

void tst_FanfareCliFailures::aMissingFileFailsAndHarmsNothingElse()
{
    const CliResult result = runCli({u"emit"_qs, u"FileAdded"_qs, u"--fields"_qs,
                                     u"{\"path\": \"/no/such/file\"}"_qs, u"--json"_qs});

    QCOMPARE(result.exitCode, 1);
    const QJsonObject task = result.ofType(u"task"_qs).value(0);
    QCOMPARE(task[u"outcome"].toString(), u"Failed"_qs);
    QVERIFY2(task[u"error"].toString().contains(u"/no/such/file"_qs), result.out);

    QTemporaryDir folder;
    QVERIFY(QFile::copy(u"/etc/hostname"_qs, folder.filePath(u"good"_qs)));
    const CliResult text = runCli({u"emit"_qs, u"FileAdded"_qs, u"--each-file"_qs, folder.path()});
    QCOMPARE(text.exitCode, 0);
    QVERIFY(text.out.contains("  " + QFile::encodeName(folder.filePath(u"good"_qs)) + "\n"));
}

void tst_FanfareCliFailures::aThrowingHandlerFails()
{
    const CliResult result = runCli({u"emit"_qs, u"ChaosThrow"_qs, u"--count=3"_qs, u"--json"_qs});

    QCOMPARE(result.exitCode, 1);
    QCOMPARE(sortedOutcomes(result.ofType(u"task"_qs)), QStringList(3, u"Failed"_qs));
    QVERIFY(!result.ofType(u"task"_qs)[0][u"error"].toString().isEmpty());
    QVERIFY2(result.err.isEmpty(), result.err);
}

void tst_FanfareCliFailures::aHandlerThatKillsTheEngineIsCrashed_data()
{
    QTest::addColumn<QString>("event");
    QTest::addColumn<QString>("why");
    QTest::newRow("segfault") << u"ChaosSegfault"_qs << u"SIGSEGV"_qs;
    QTest::newRow("abort") << u"ChaosAbort"_qs << u"SIGABRT"_qs;
    QTest::newRow("exit") << u"ChaosExit"_qs << u"exit code 3"_qs;
}

void tst_FanfareCliFailures::aHandlerThatKillsTheEngineIsCrashed()
{
    QFETCH(QString, event);
    QFETCH(QString, why);

    const CliResult result = runCli({u"emit"_qs, event, u"--json"_qs});

    QCOMPARE(result.exitCode, 1);
    QCOMPARE(result.err.count('\n'), 1);
    QVERIFY2(result.err.contains(why.toUtf8()), result.err);
    const QList<QJsonObject> tasks = result.ofType(u"task"_qs);
    QCOMPARE(tasks.size(), 1);
    QCOMPARE(tasks[0][u"outcome"].toString(), u"Crashed"_qs);
    QCOMPARE(tasks[0][u"reason"].toString(), u"engine-crashed"_qs);
    QVERIFY2(tasks[0][u"error"].toString().contains(why), result.out);
    QCOMPARE(result.summary()[u"outcomes"][u"Crashed"].toInteger(), 1);
}

static QJsonObject handlerNamed(const CliResult &plugins, const QString &name)
{
    for (const QJsonObject &plugin : plugins.ofType(u"plugin"_qs)) {
        for (const QJsonValue handler : plugin[u"handlers"].toArray()) {
            if (handler[u"name"].toString() == name)
                return handler.toObject();
        }
    }
    return {};
}

void tst_FanfareCliFailures::aHandlerThatCrashesThriceIsQuarantinedUntilItIsLifted()
{
    const QStringList crash{
        u"emit"_qs,       u"Chaos"_qs,     u"--fields"_qs, u"{\"kind\": \"abort\"}"_qs,
        u"--executor"_qs, u"processes"_qs, u"--json"_qs};
    const auto reason = [&] {
        const QList<QJsonObject> tasks = runCli(crash).ofType(u"task"_qs);
        return tasks.isEmpty() ? QString() : tasks.first()[u"reason"].toString();
    };
    for (int i = 0; i < 3; ++i)
        QCOMPARE(reason(), u"crashed"_qs);

    QCOMPARE(reason(), u"quarantined"_qs);
    const QJsonObject handler = handlerNamed(runCli({u"plugins"_qs, u"--json"_qs}), u"chaos"_qs);
    QCOMPARE(handler[u"code"].toString(), u"quarantined"_qs);
    QCOMPARE(handler[u"crashes"].toInt(), 3);
    QVERIFY(runCli({u"plugins"_qs}).out.contains("chaos: quarantined: "));
    QCOMPARE(runCli({u"plugins"_qs, u"--lift=nobody"_qs}).exitCode, 2);
    const CliResult lifted = runCli({u"plugins"_qs, u"--lift"_qs, u"chaos"_qs});
    QCOMPARE(lifted.exitCode, 0);
    QVERIFY2(lifted.out.contains("had crashed 3 times"), lifted.out);
    QCOMPARE(reason(), u"crashed"_qs);
}

void tst_FanfareCliFailures::theTimeoutEndsAHangingHandler()
{
    QElapsedTimer timer;
    timer.start();

    const CliResult result = runCli({u"emit"_qs, u"ChaosHang"_qs, u"--count=5"_qs,
                                     u"--workers=2"_qs, u"--timeout=0.5"_qs, u"--json"_qs});

    QCOMPARE(result.exitCode, 1);
    QCOMPARE(sortedOutcomes(result.ofType(u"task"_qs)), QStringList(5, u"TimedOut"_qs));
    for (const QJsonObject &task : result.ofType(u"task"_qs))
        QCOMPARE(task[u"reason"].toString(), u"timeout"_qs);
    QCOMPARE(result.err.count('\n'), 1);
    QVERIFY2(result.err.contains("--timeout"), result.err);
    QVERIFY(timer.elapsed() < 20'000);
}

void tst_FanfareCliFailures::ctrlCCancels()
{
    QProcess process;
    prepareCli(process,
               {u"emit"_qs, u"StringEvent"_qs, u"--count=200"_qs, u"--workers=1"_qs, u"--json"_qs});
    process.start();
    QByteArray start; // the first printed line says that handlers run
    QTRY_VERIFY_WITH_TIMEOUT((start += process.readAllStandardOutput()).contains("Started!"),
                             30'000);

    QCOMPARE(::kill(pid_t(process.processId()), SIGINT), 0);
    QVERIFY(process.waitForFinished(30'000));

    const CliResult result = resultOf(process);
    QCOMPARE(result.exitCode, 1);
    const QJsonObject outcomes = result.summary()[u"outcomes"].toObject();
    QVERIFY2(outcomes[u"Canceled"].toInteger() > 0, result.out.right(1000));
    QVERIFY2(result.err.contains("Ctrl+C"), result.err);
}

static const QStringList moreThanTheQueueTakes{
    u"emit"_qs,   u"Sleep"_qs,     u"--fields"_qs, u"{\"ms\": 20}"_qs,  u"--count"_qs, u"40"_qs,
    u"--json"_qs, u"--workers"_qs, u"1"_qs,        u"--queue-bound"_qs, u"4"_qs};

void tst_FanfareCliFailures::aFullQueueHoldsEmissionsBack()
{
    const CliResult result = runCli(moreThanTheQueueTakes);

    QCOMPARE(result.exitCode, 0);
    const QJsonObject summary = result.summary();
    QCOMPARE(summary[u"outcomes"][u"Succeeded"].toInteger(), 40);
    QCOMPARE(summary[u"queue"][u"bound"].toInteger(), 4);
    QCOMPARE(summary[u"queue"][u"policy"].toString(), u"block"_qs);
    QCOMPARE(summary[u"queue"][u"rejected"].toInteger(), 0);
}

void tst_FanfareCliFailures::aFullQueueRefusesWhenItShould()
{
    const CliResult result =
        runCli(moreThanTheQueueTakes + QStringList{u"--on-full"_qs, u"reject"_qs});

    QCOMPARE(result.exitCode, 1);
    const QJsonObject summary = result.summary();
    const qint64 rejected = summary[u"outcomes"][u"Rejected"].toInteger();
    QVERIFY2(rejected > 0, result.out);
    QCOMPARE(summary[u"outcomes"][u"Succeeded"].toInteger() + rejected, 40);
    QCOMPARE(summary[u"queue"][u"rejected"].toInteger(), rejected);
    QCOMPARE(summary[u"queue"][u"policy"].toString(), u"reject"_qs);
    for (const QJsonObject &task : result.ofType(u"task"_qs)) {
        if (task[u"outcome"].toString() == u"Rejected"_qs)
            QCOMPARE(task[u"reason"].toString(), u"queue-full"_qs);
    }
}

void tst_FanfareCliFailures::aFullQueueDropsTheOldestWhenItShould()
{
    const CliResult result =
        runCli(moreThanTheQueueTakes + QStringList{u"--on-full"_qs, u"drop-oldest"_qs});

    QCOMPARE(result.exitCode, 1);
    const QJsonObject summary = result.summary();
    const qint64 dropped = summary[u"queue"][u"droppedOldest"].toInteger();
    QVERIFY2(dropped > 0, result.out);
    QCOMPARE(summary[u"outcomes"][u"Rejected"].toInteger(), dropped);
    QCOMPARE(summary[u"outcomes"][u"Succeeded"].toInteger() + dropped, 40);
    QCOMPARE(summary[u"queue"][u"highWater"].toInteger(), 4);
    QCOMPARE(summary[u"queue"][u"policy"].toString(), u"drop-oldest"_qs);
}

void tst_FanfareCliFailures::refusesBadInput_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("named");
    const auto row = [](const char *name, const QStringList &arguments, const QByteArray &names) {
        QTest::newRow(name) << QStringList{u"emit"_qs} + arguments << names;
    };
    row("wrong JSON", {u"Echo"_qs, u"--args"_qs, u"[1,"_qs}, "character");
    row("unknown event", {u"StringEvnt"_qs}, "did you mean StringEvent?");
    row("missing plugin folder", {u"Echo"_qs, u"--plugins"_qs, u"/no/such"_qs}, "/no/such");
    row("plugin folder is a file", {u"Echo"_qs, u"--plugins"_qs, u"/etc/passwd"_qs}, "/etc/passwd");
    row("no workers", {u"Echo"_qs, u"--workers"_qs, u"0"_qs}, "--workers");
    row("unknown field", {u"Sleep"_qs, u"--fields"_qs, u"{\"s\": 1}"_qs}, "ms (int)");
    row("field of a wrong type", {u"Sleep"_qs, u"--fields"_qs, u"{\"ms\": \"1\"}"_qs}, "type int");
    row("event without a path", {u"Echo"_qs, u"--each-file"_qs, u"/etc/apt"_qs}, "--each-file");
    row("missing folder of files", {u"FileAdded"_qs, u"--each-file"_qs, u"/no/such"_qs},
        "/no/such");
    row("trace into nowhere", {u"Echo"_qs, u"--trace"_qs, u"/no/such/t.json"_qs},
        "/no/such/t.json");
    row("argument file missing", {u"Echo"_qs, u"--args"_qs, u"@/no/such"_qs}, "/no/such");
    row("missing plan", {u"--plan"_qs, u"/no/such.json"_qs}, "/no/such.json");
    row("plan and event", {u"Echo"_qs, u"--plan"_qs, u"/no/such.json"_qs}, "Echo");
    row("plan and count", {u"--plan"_qs, u"/no/such.json"_qs, u"--count"_qs, u"2"_qs}, "--count");
    QFile plan(m_folder.filePath(u"wrong.json"_qs));
    QVERIFY(plan.open(QIODevice::WriteOnly));
    plan.write(R"({"scenario": 1, "emissions": [{"event": "Ecko"}]})");
    plan.close();
    row("plan with an unknown event", {u"--plan"_qs, plan.fileName()}, "Echo");
    const QString empty = m_folder.filePath(u"empty"_qs);
    QVERIFY(QDir().mkpath(empty));
    row("empty folder of files", {u"FileAdded"_qs, u"--each-file"_qs, empty}, "regular file");
    QFile huge(m_folder.filePath(u"huge.json"_qs));
    QVERIFY(huge.open(QIODevice::WriteOnly));
    huge.write("[\"" + QByteArray(20'000'000, 'x') + "\"]");
    row("20 MB", {u"Echo"_qs, u"--args"_qs, u'@' + huge.fileName()}, "16 MiB");
}

void tst_FanfareCliFailures::refusesBadInput()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, named);

    const CliResult result = runCli(arguments + QStringList{u"--json"_qs});

    QCOMPARE(result.exitCode, 2);
    QVERIFY2(result.out.isEmpty(), result.out);
    QCOMPARE(result.err.count('\n'), 1);
    QVERIFY2(result.err.contains(named), result.err);
}

void tst_FanfareCliFailures::aReaderThatLeavesIsNoDrama()
{
    QProcess process;
    QProcess head;
    prepareCli(
        process,
        {u"emit"_qs, u"Sleep"_qs, u"--fields={\"ms\": 1}"_qs, u"--count=100000"_qs, u"--json"_qs});
    process.setStandardOutputProcess(&head);
    process.start();
    head.start(u"head"_qs, {u"-n1"_qs});

    QVERIFY(head.waitForFinished(60'000));
    QVERIFY(process.waitForFinished(60'000));

    QCOMPARE(process.exitStatus(), QProcess::NormalExit);
    QCOMPARE(process.readAllStandardError(), QByteArray());
}

QTEST_GUILESS_MAIN(tst_FanfareCliFailures)
#include "tst_fanfareclifailures.moc"
