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
    void tellsTheSchemaOfAnEvent();
    void everyTypeOfFieldArrives();
    void aMistakeInsideOfAListNamesItsPath();
    void listsWhatIsNoPlugin();
    void theSeedExampleRunsFourTasks();
    void theSeedExampleReadsWell();
    void aPlanEmitsAllOfItsEventsInOrder();
    void everyFileGetsTheHashThatSha256sumPrints();
    void argumentsArriveAsTheyWereGiven();
    void aLargePayloadTravels_data();
    void aLargePayloadTravels();
    void safeModeUsesBundledPluginsOnly();
    void theTraceHasEveryTask();
    void runsInline();
    void manyTasksAreAllReported();
    void helpAndVersionWork();

private:
    QTemporaryDir m_folder; // what data rows need
};

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

static const QString everythingFolder =
    QStringLiteral(FANFARE_TEST_FIXTURE_DIR) + QStringLiteral("/everything");

void tst_FanfareCli::tellsTheSchemaOfAnEvent()
{
    const CliResult schema = runCli({u"plugins"_qs, u"--schema"_qs, u"Sleep"_qs});
    const CliResult unknown = runCli({u"plugins"_qs, u"--schema"_qs, u"Sleeep"_qs});

    QCOMPARE(schema.exitCode, 0);
    const QJsonObject object = QJsonDocument::fromJson(schema.out).object();
    QCOMPARE(object[u"title"].toString(), u"Sleep"_qs);
    QCOMPARE(object[u"properties"][u"ms"][u"type"].toString(), u"integer"_qs);
    QVERIFY(schema.err.isEmpty());
    QCOMPARE(unknown.exitCode, 2);
    QVERIFY2(unknown.err.contains("did you mean Sleep?"), unknown.err);
    QVERIFY(unknown.out.isEmpty());
}

void tst_FanfareCli::everyTypeOfFieldArrives()
{
    const QString fields = uR"({"title": "parcel", "urgency": "AtOnce", "styles": ["Italic"],
        "percent": 5, "ratio": 0.1, "isGift": false, "receipt": "/a b", "link": "https://a/?q=1",
        "due": "2026-07-25T20:33:42.500+02:00[Europe/Berlin]", "day": "2026-11-25",
        "at": "01:02:03.004", "id": "6ba7b811-9dad-11d1-80b4-00c04fd430c8", "payload": "AP8",
        "first": {"article": "cup", "price": 0, "pieces": 3}, "lines": [], "tags": ["x", ""],
        "scores": [-10, 10], "note": {"a": [1, null]}, "i64": 9007199254740993,
        "u64": "18446744073709551615"})"_qs;

    const CliResult result = runCli({u"emit"_qs, u"Everything"_qs, u"--plugins"_qs,
                                     everythingFolder, u"--json"_qs, u"--fields"_qs, fields});

    QCOMPARE(result.exitCode, 0);
    const QJsonObject sent = QJsonDocument::fromJson(fields.toUtf8()).object();
    const QJsonObject received = result.ofType(u"task"_qs).value(0)[u"result"].toObject();
    for (const QString &name : sent.keys())
        QVERIFY2(received[name] == sent[name], qPrintable(name));
}

void tst_FanfareCli::aMistakeInsideOfAListNamesItsPath()
{
    const CliResult result =
        runCli({u"emit"_qs, u"Everything"_qs, u"--plugins"_qs, everythingFolder, u"--fields"_qs,
                u"{\"lines\": [{}, {\"price\": -1}]}"_qs});

    QCOMPARE(result.exitCode, 2);
    QVERIFY2(result.err.contains("\"lines[1].price\" of Everything (double) must be at least 0"),
             result.err);
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

void tst_FanfareCli::aPlanEmitsAllOfItsEventsInOrder()
{
    QFile plan(m_folder.filePath(u"plan.json"_qs));
    QVERIFY(plan.open(QIODevice::WriteOnly));
    plan.write(R"({"scenario": 1, "emissions": [
        {"event": "Echo", "count": 3, "arguments": [{"$cycle": ["a", "b"]}]},
        {"event": "Sleep", "count": 2, "rate": 50, "fields": {"ms": 1}},
        {"event": "Echo"}]})");
    plan.close();

    const CliResult result =
        runCli({u"emit"_qs, u"--plan"_qs, plan.fileName(), u"--workers"_qs, u"1"_qs, u"--json"_qs});

    QVERIFY2(result.exitCode == 0, result.err);
    QMap<qint64, QString> events;
    for (const QJsonObject &task : result.ofType(u"task"_qs))
        events[task[u"emission"].toInteger()] = task[u"event"].toString();
    QCOMPARE(
        events.values(),
        (QStringList{u"Echo"_qs, u"Echo"_qs, u"Echo"_qs, u"Sleep"_qs, u"Sleep"_qs, u"Echo"_qs}));
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

void tst_FanfareCli::safeModeUsesBundledPluginsOnly()
{
    const CliResult result = runCli({u"plugins"_qs, u"--safe-mode"_qs, u"--json"_qs});

    QCOMPARE(result.exitCode, 0);
    QVERIFY2(result.err.contains("only the bundled plugins"), result.err);
    const QList<QJsonObject> plugins = result.ofType(u"plugin"_qs);
    QVERIFY(!plugins.isEmpty());
    for (const QJsonObject &plugin : plugins)
        QVERIFY(plugin[u"path"].toString().startsWith(QStringLiteral(FANFARE_TEST_PLUGIN_DIR)));
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
