// SPDX-License-Identifier: MIT
#include "clirun.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>
#include <csignal>

using namespace Fanfare::Test;

/// Runs the real program with the real engine and the bundled plugins.
class tst_FanfareCli : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void listsThePlugins();
    void listsWhatIsNoPlugin();
    void theSeedExampleRunsFourTasks();
    void theSeedExampleReadsWell();
    void everyFileGetsTheHashThatSha256sumPrints();
    void aMissingFileFailsAndHarmsNothingElse();
    void argumentsArriveAsTheyWereGiven();
    void aLargePayloadTravels_data();
    void aLargePayloadTravels();
    void aThrowingHandlerFails();
    void aHandlerThatKillsTheEngineIsCrashed_data();
    void aHandlerThatKillsTheEngineIsCrashed();
    void theTimeoutEndsAHangingHandler();
    void ctrlCCancels();
    void theTraceHasEveryTask();
    void runsInline();
    void manyTasksAreAllReported();
    void refusesBadInput_data();
    void refusesBadInput();
    void aReaderThatLeavesIsNoDrama();
    void helpAndVersionWork();

private:
    QTemporaryDir m_folder; // what data rows need
};

static QStringList sortedOutcomes(const QList<QJsonObject> &tasks)
{
    QStringList outcomes;
    for (const QJsonObject &task : tasks)
        outcomes.append(task[u"outcome"].toString());
    outcomes.sort();
    return outcomes;
}

void tst_FanfareCli::listsThePlugins()
{
    const CliResult table = runCli({u"plugins"_qs});
    const CliResult json = runCli({u"plugins"_qs, u"--json"_qs});

    QCOMPARE(table.exitCode, 0);
    QVERIFY2(table.out.contains("StringEvent"), table.out + table.err);
    QVERIFY(table.err.isEmpty());
    QCOMPARE(json.exitCode, 0);
    QStringList active;
    for (const QJsonObject &plugin : json.ofType(u"plugin"_qs)) {
        if (plugin[u"state"].toString() == u"active")
            active.append(QFileInfo(plugin[u"path"].toString()).baseName());
    }
    for (const QString &name : {u"basics"_qs, u"checksum"_qs, u"chaos"_qs})
        QVERIFY2(active.contains(name), json.out);
}

void tst_FanfareCli::listsWhatIsNoPlugin()
{
    QTemporaryDir folder;
    QFile file(folder.filePath(u"letter.so"_qs));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("Dear reader, this is no library.");
    file.close();

    const CliResult result = runCli({u"plugins"_qs, u"--json"_qs, u"--plugins"_qs, folder.path()});

    QCOMPARE(result.exitCode, 0);
    const QJsonObject plugin = result.ofType(u"plugin"_qs).value(0);
    QCOMPARE(plugin[u"path"].toString(), file.fileName());
    QCOMPARE(plugin[u"state"].toString(), u"refused"_qs);
    QVERIFY(!plugin[u"code"].toString().isEmpty());
    QVERIFY(!plugin[u"message"].toString().isEmpty());
}

void tst_FanfareCli::theSeedExampleRunsFourTasks()
{
    const CliResult result = runCli({u"emit"_qs, u"StringEvent"_qs, u"--count"_qs, u"2"_qs,
                                     u"--executor"_qs, u"threads"_qs, u"--json"_qs});

    QCOMPARE(result.exitCode, 0);
    QVERIFY2(result.err.isEmpty(), result.err);
    const QList<QJsonObject> tasks = result.ofType(u"task"_qs);
    QCOMPARE(sortedOutcomes(tasks), QStringList(4, u"Succeeded"_qs));
    for (const QJsonObject &task : tasks) {
        QCOMPARE(task[u"event"].toString(), u"StringEvent"_qs);
        QVERIFY(!task[u"plugin"].toString().isEmpty());
        QVERIFY(!task[u"worker"].toString().isEmpty());
        QVERIFY(task[u"pid"].toInteger() > 0);
        QVERIFY(task[u"queuedNs"].toInteger() <= task[u"startedNs"].toInteger());
        const qint64 ran = task[u"finishedNs"].toInteger() - task[u"startedNs"].toInteger();
        QVERIFY2(ran >= 990'000'000 && ran < 5'000'000'000, qPrintable(QString::number(ran)));
    }
    QStringList lines;
    for (const QJsonObject &line : result.ofType(u"log"_qs))
        lines.append(u"%1 %2: %3"_qs.arg(line[u"emission"].toInteger())
                         .arg(line[u"handler"].toString(), line[u"text"].toString()));
    lines.sort();
    QStringList expected;
    for (const int emission : {1, 2}) {
        for (const QString &handler : {u"[Async]"_qs, u"[Sync]"_qs}) {
            for (const QString &word : {u"Finished!"_qs, u"Started!"_qs})
                expected.append(u"%1 %2: %2 %3"_qs.arg(emission).arg(handler, word));
        }
    }
    QCOMPARE(lines, expected);
    QCOMPARE(result.summary()[u"emissions"].toInteger(), 2);
    QCOMPARE(result.summary()[u"tasks"].toInteger(), 4);
    QCOMPARE(result.summary()[u"outcomes"][u"Succeeded"].toInteger(), 4);
}

void tst_FanfareCli::theSeedExampleReadsWell()
{
    const CliResult result = runCli({u"emit"_qs, u"StringEvent"_qs});

    QCOMPARE(result.exitCode, 0);
    const QString text = QString::fromUtf8(result.out);
    QVERIFY2(text.contains(u"#1 [Sync] │ [Sync] Started!\n"_qs), result.out);
    QVERIFY(text.contains(u"#1 [Async] │ [Async] Finished!\n"_qs));
    QVERIFY(text.contains(u"2 tasks of 1 emission in 1."_qs));
    QVERIFY(!text.contains(u'\x1b'));
    QVERIFY2(result.err.isEmpty(), result.err);
}

/// The lines of sha256sum for all files below \a folder: path -> hash.
static QHash<QString, QString> sha256sums(const QString &folder)
{
    QProcess process;
    process.start(u"find"_qs,
                  {folder, u"-type"_qs, u"f"_qs, u"-exec"_qs, u"sha256sum"_qs, u"{}"_qs, u"+"_qs});
    process.waitForFinished(60'000);
    QHash<QString, QString> sums;
    for (const QByteArray &line : process.readAllStandardOutput().split('\n')) {
        if (line.size() > 66)
            sums.insert(QString::fromUtf8(line.mid(66)), QString::fromLatin1(line.left(64)));
    }
    return sums;
}

void tst_FanfareCli::everyFileGetsTheHashThatSha256sumPrints()
{
    if (QStandardPaths::findExecutable(u"sha256sum"_qs).isEmpty())
        QSKIP("sha256sum is not installed");
    QTemporaryDir folder;
    QVERIFY(QDir(folder.path()).mkpath(u"a/b"_qs));
    for (int i = 0; i < 200; ++i) {
        QFile file(folder.filePath((i % 2 ? u"a/b/file %1"_qs : u"ä%1"_qs).arg(i)));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray(i * 997, char('a' + i % 26)));
    }

    const CliResult result =
        runCli({u"emit"_qs, u"FileAdded"_qs, u"--each-file"_qs, folder.path(), u"--json"_qs});

    QCOMPARE(result.exitCode, 0);
    QHash<QString, QString> hashes;
    for (const QJsonObject &task : result.ofType(u"task"_qs))
        hashes.insert(task[u"file"].toString(), task[u"result"][u"sha256"].toString());
    QCOMPARE(hashes.size(), 200);
    QCOMPARE(hashes, sha256sums(folder.path()));
}

void tst_FanfareCli::aMissingFileFailsAndHarmsNothingElse()
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

void tst_FanfareCli::argumentsArriveAsTheyWereGiven()
{
    const CliResult result =
        runCli({u"emit"_qs, u"Echo"_qs, u"--args"_qs, u"[1, -2.5, \"ä\", null]"_qs, u"--named"_qs,
                u"{\"k\": {\"deep\": [true]}}"_qs, u"--json"_qs});

    QCOMPARE(result.exitCode, 0);
    const QJsonValue echoed = result.ofType(u"task"_qs).value(0)[u"result"];
    QCOMPARE(echoed[u"args"].toArray(), QJsonArray({1, -2.5, u"ä"_qs, QJsonValue()}));
    QCOMPARE(echoed[u"named"][u"k"][u"deep"][0].toBool(), true);
}

void tst_FanfareCli::aLargePayloadTravels_data()
{
    QTest::addColumn<int>("size");
    QTest::addColumn<int>("resultSize"); // 0: a sentence that says that it is too long
    QTest::newRow("there and back") << 5'000'000 << 5'000'000;
    QTest::newRow("there") << 15'000'000 << 0;
}

void tst_FanfareCli::aLargePayloadTravels()
{
    QFETCH(int, size);
    QFETCH(int, resultSize);

    const CliResult result = runCli({u"emit"_qs, u"Echo"_qs, u"--args"_qs, u"@-"_qs, u"--json"_qs},
                                    "[\"" + QByteArray(size, 'x') + "\"]");

    QCOMPARE(result.exitCode, 0);
    const QJsonValue echoed = result.ofType(u"task"_qs).value(0)[u"result"];
    if (resultSize > 0)
        QCOMPARE(echoed[u"args"][0].toString().size(), resultSize);
    else
        QVERIFY2(echoed.toString().contains(u"bytes"_qs), result.out.left(500));
}

void tst_FanfareCli::aThrowingHandlerFails()
{
    const CliResult result = runCli({u"emit"_qs, u"ChaosThrow"_qs, u"--count=3"_qs, u"--json"_qs});

    QCOMPARE(result.exitCode, 1);
    QCOMPARE(sortedOutcomes(result.ofType(u"task"_qs)), QStringList(3, u"Failed"_qs));
    QVERIFY(!result.ofType(u"task"_qs)[0][u"error"].toString().isEmpty());
    QVERIFY2(result.err.isEmpty(), result.err);
}

void tst_FanfareCli::aHandlerThatKillsTheEngineIsCrashed_data()
{
    QTest::addColumn<QString>("event");
    QTest::addColumn<QString>("why");
    QTest::newRow("segfault") << u"ChaosSegfault"_qs << u"SIGSEGV"_qs;
    QTest::newRow("abort") << u"ChaosAbort"_qs << u"SIGABRT"_qs;
    QTest::newRow("exit") << u"ChaosExit"_qs << u"exit code 3"_qs;
}

void tst_FanfareCli::aHandlerThatKillsTheEngineIsCrashed()
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

void tst_FanfareCli::theTimeoutEndsAHangingHandler()
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

void tst_FanfareCli::ctrlCCancels()
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

void tst_FanfareCli::theTraceHasEveryTask()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"trace.json"_qs);

    const CliResult result =
        runCli({u"emit"_qs, u"StringEvent"_qs, u"--count=3"_qs, u"--json"_qs, u"--trace"_qs, path});

    QCOMPARE(result.exitCode, 0);
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QJsonArray events = QJsonDocument::fromJson(file.readAll())[u"traceEvents"].toArray();
    QList<qint64> starts;
    for (const QJsonValue &event : events) {
        const QString phase = event[u"ph"].toString();
        if (phase == u"X" || phase == u"b")
            starts.append(std::llround(event[u"ts"].toDouble() * 1000));
    }
    QList<qint64> expected;
    for (const QJsonObject &task : result.ofType(u"task"_qs))
        expected.append(task[u"startedNs"].toInteger());
    std::sort(starts.begin(), starts.end());
    std::sort(expected.begin(), expected.end());
    QCOMPARE(expected.size(), 6);
    QCOMPARE(starts, expected);
}

void tst_FanfareCli::runsInline()
{
    const CliResult result =
        runCli({u"emit"_qs, u"Echo"_qs, u"--executor=inline"_qs, u"--count=3"_qs, u"--json"_qs});

    QCOMPARE(result.exitCode, 0);
    QCOMPARE(result.ofType(u"task"_qs).size(), 3);
    for (const QJsonObject &task : result.ofType(u"task"_qs)) {
        QCOMPARE(task[u"worker"].toString(), u"inline"_qs);
        QVERIFY(task[u"pid"].toInteger() > 0);
    }
}

void tst_FanfareCli::manyTasksAreAllReported()
{
    const CliResult result = runCli(
        {u"emit"_qs, u"Sleep"_qs, u"--fields={\"ms\": 0}"_qs, u"--count=50000"_qs, u"--json"_qs});

    QCOMPARE(result.exitCode, 0);
    QSet<qint64> emissions;
    for (const QJsonObject &task : result.ofType(u"task"_qs))
        emissions.insert(task[u"emission"].toInteger());
    QCOMPARE(emissions.size(), 50'000);
    QCOMPARE(result.summary()[u"tasks"].toInteger(), 50'000);
    QCOMPARE(result.summary()[u"droppedSpans"].toInteger(), 0);
}

void tst_FanfareCli::refusesBadInput_data()
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
    const QString empty = m_folder.filePath(u"empty"_qs);
    QVERIFY(QDir().mkpath(empty));
    row("empty folder of files", {u"FileAdded"_qs, u"--each-file"_qs, empty}, "regular file");
    QFile huge(m_folder.filePath(u"huge.json"_qs));
    QVERIFY(huge.open(QIODevice::WriteOnly));
    huge.write("[\"" + QByteArray(20'000'000, 'x') + "\"]");
    row("20 MB", {u"Echo"_qs, u"--args"_qs, u'@' + huge.fileName()}, "16 MiB");
}

void tst_FanfareCli::refusesBadInput()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, named);

    const CliResult result = runCli(arguments + QStringList{u"--json"_qs});

    QCOMPARE(result.exitCode, 2);
    QVERIFY2(result.out.isEmpty(), result.out);
    QCOMPARE(result.err.count('\n'), 1);
    QVERIFY2(result.err.contains(named), result.err);
}

void tst_FanfareCli::aReaderThatLeavesIsNoDrama()
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

void tst_FanfareCli::helpAndVersionWork()
{
    for (const QStringList &arguments :
         {QStringList{u"--help"_qs}, {u"emit"_qs, u"--help"_qs}, {u"--version"_qs}}) {
        const CliResult result = runCli(arguments);
        QCOMPARE(result.exitCode, 0);
        QVERIFY(!result.out.isEmpty());
        QVERIFY(result.err.isEmpty());
    }
}

QTEST_GUILESS_MAIN(tst_FanfareCli)
#include "tst_fanfarecli.moc"
