// SPDX-License-Identifier: MIT
#include "clirun.h"

#include <fanfare/engine/runfacts.h>
#include <fanfare/library/librarydatabase.h>
#include <fanfare/library/runlibrary.h>
#include <fanfare/runs/runrecorder.h>

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace Fanfare;
using namespace Fanfare::Test;
using namespace Qt::StringLiterals;

/// The verbs run, compare and runs of the real program, with the real engine.
class tst_FanfareCliRun : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void playsBothAndCompares();
    void keepsWhatAnEngineTookWithIt();
    void theBundledCrashIsJudgedByItsLosses();
    void endsWithThreeOnASlowdown();
    void endsWithThreeOnASlowdownUnderARate();
    void aSlowerConfigurationIsNoFailure();
    void writesAReportThatNeedsNothingElse();
    void theReportOfASeriesShowsEverySide();
    void refusesBadInput_data();
    void refusesBadInput();
    void aKilledRunOpensUpToTheKill();
    void exportsAndImports();
    void tellsTimesThatCannotBe();
    void listsWhatWasWrittenInTheWindow();
    void listsWithoutALockedLibrary();
    void tellsWhatCanComeBack();

private:
    QString keepRun(const QString &label);
    QString scenario(const QByteArray &emissions);
    CliResult run(const QStringList &arguments);
    QStringList kept() const;

    std::unique_ptr<QTemporaryDir> m_folder;
};

void tst_FanfareCliRun::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
}

QString tst_FanfareCliRun::scenario(const QByteArray &emissions)
{
    QFile file(m_folder->filePath(u"s.json"_s));
    if (!file.open(QIODevice::WriteOnly))
        qFatal("cannot write the scenario");
    file.write("{\"scenario\": 1, \"name\": \"test\", \"emissions\": [" + emissions + "]}");
    return file.fileName();
}

CliResult tst_FanfareCliRun::run(const QStringList &arguments)
{
    return runCli(arguments + QStringList{u"--runs"_s, m_folder->filePath(u"runs"_s)});
}

QStringList tst_FanfareCliRun::kept() const
{
    const QDir runs(m_folder->filePath(u"runs"_s));
    QStringList files;
    for (const QString &name : runs.entryList({u"*.ffrun"_s}, QDir::Files, QDir::Name))
        files.append(runs.filePath(name));
    return files;
}

void tst_FanfareCliRun::playsBothAndCompares()
{
    const QString file =
        scenario(R"({"event": "Sleep", "count": 20, "fields": {"ms": {"$range": [1, 3]}}})");

    const CliResult result = run({u"run"_s, file, u"--repeat"_s, u"2"_s, u"--json"_s});

    QCOMPARE(result.exitCode, 0);
    QCOMPARE(result.objects.size(), 1);
    const QJsonObject comparison = result.objects.first();
    for (const QString &side : {u"a"_s, u"b"_s}) {
        const QJsonObject one = comparison[side].toObject();
        QCOMPARE(one[u"tasks"].toInt(), 40);
        QCOMPARE(one[u"wallsNs"].toArray().size(), 2);
        QCOMPARE(one[u"outcomes"].toObject()[u"Succeeded"].toInt(), 40);
    }
    QCOMPARE(comparison[u"a"][u"executor"].toString(), u"threads"_s);
    QCOMPARE(comparison[u"b"][u"executor"].toString(), u"processes"_s);
    QVERIFY(comparison[u"b"][u"phasesNs"][u"sent"].toDouble() > 0);
    QCOMPARE(comparison[u"handlers"][0][u"handler"].toString(), u"sleep"_s);
    QVERIFY(!comparison[u"verdict"][u"headline"].toString().isEmpty());
    QCOMPARE(kept().size(), 4);

    const CliResult list = run({u"runs"_s, u"--json"_s});
    QCOMPARE(list.objects.size(), 4);
    QCOMPARE(list.objects.first()[u"tasks"].toInt(), 20);
}

/// On threads a crash takes the engine and all that waits; on processes it costs one task.
void tst_FanfareCliRun::keepsWhatAnEngineTookWithIt()
{
    const QString file = scenario(R"({"event": "Sleep", "count": 4, "fields": {"ms": 5}},
        {"event": "ChaosSegfault"}, {"event": "Sleep", "count": 30, "fields": {"ms": 5}})");

    const CliResult result = run({u"run"_s, file, u"--json"_s});

    QCOMPARE(result.exitCode, 1);
    QVERIFY2(result.err.contains("The engine died"), result.err.constData());
    const QJsonObject comparison = result.objects.first();
    QCOMPARE(comparison[u"verdict"][u"winner"].toString(), u"b"_s);
    QCOMPARE(comparison[u"verdict"][u"cause"].toString(), u"lost-tasks"_s);
    QCOMPARE(comparison[u"b"][u"outcomes"][u"Crashed"].toInt(), 1);
    QCOMPARE(comparison[u"b"][u"tasks"].toInt(), 35);
}

/// What the README promises of it: processes keep what threads lose.
void tst_FanfareCliRun::theBundledCrashIsJudgedByItsLosses()
{
    const CliResult result =
        run({u"run"_s, QStringLiteral(FANFARE_TEST_SOURCE_DIR "/../resources/scenarios/crash.json"),
             u"--json"_s});

    QCOMPARE(result.objects.size(), 1);
    const QJsonObject comparison = result.objects.first();
    const QString headline = comparison[u"verdict"][u"headline"].toString();
    QCOMPARE(comparison[u"verdict"][u"winner"].toString(), u"b"_s);
    QCOMPARE(comparison[u"verdict"][u"cause"].toString(), u"lost-tasks"_s);
    QVERIFY2(headline.contains(u" keeps what threads × "_s), qPrintable(headline));
    QVERIFY(comparison[u"verdict"][u"reasons"][0].toString().contains(u"ChaosSegfault"_s)
            || comparison[u"verdict"][u"reasons"][0].toString().contains(u"segfault"_s));
    QCOMPARE(comparison[u"b"][u"outcomes"][u"Crashed"].toInt(), 1);
    QCOMPARE(comparison[u"b"][u"outcomes"][u"Succeeded"].toInt(), 120);
    QVERIFY(comparison[u"a"][u"outcomes"][u"Crashed"].toInt() > 1);
}

void tst_FanfareCliRun::endsWithThreeOnASlowdown()
{
    run({u"run"_s, scenario(R"({"event": "Sleep", "count": 20, "fields": {"ms": 2}})"),
         u"--executor"_s, u"threads"_s});
    const QString fast = kept().value(0);
    run({u"run"_s, scenario(R"({"event": "Sleep", "count": 20, "fields": {"ms": 12}})"),
         u"--executor"_s, u"threads"_s});
    const QString slow = kept().value(0) == fast ? kept().value(1) : kept().value(0);

    QCOMPARE(run({u"compare"_s, fast, slow}).exitCode, 3);
    QCOMPARE(run({u"compare"_s, slow, fast}).exitCode, 0);
    QCOMPARE(run({u"compare"_s, fast, slow, u"--threshold"_s, u"10000"_s}).exitCode, 0);
    const CliResult markdown = run({u"compare"_s, fast, slow, u"--format"_s, u"md"_s});
    QVERIFY2(markdown.out.contains("| basics/sleep | 20 | 20 |"), markdown.out.constData());
    QVERIFY(markdown.out.contains("slower"));
}

/// The rate says how long such a run takes; the tasks are slower all the same.
void tst_FanfareCliRun::endsWithThreeOnASlowdownUnderARate()
{
    const QString base =
        QString::fromLatin1(R"({"event": "Sleep", "count": 20, "rate": 10, "fields": {"ms": %1}})");
    run({u"run"_s, scenario(base.arg(2).toLatin1()), u"--executor"_s, u"threads"_s});
    const QString fast = kept().value(0);
    run({u"run"_s, scenario(base.arg(60).toLatin1()), u"--executor"_s, u"threads"_s});
    const QString slow = kept().value(0) == fast ? kept().value(1) : kept().value(0);

    const CliResult result = run({u"compare"_s, fast, slow});

    QVERIFY2(result.exitCode == 3, result.out.constData());
    QCOMPARE(run({u"compare"_s, slow, fast}).exitCode, 0);
    QCOMPARE(run({u"compare"_s, fast, slow, u"--threshold"_s, u"10000"_s}).exitCode, 0);
}

void tst_FanfareCliRun::aSlowerConfigurationIsNoFailure()
{
    const QString file = scenario(R"({"event": "Sleep", "count": 20, "fields": {"ms": 10}})");

    const CliResult result =
        run({u"run"_s, file, u"--executor"_s, u"threads"_s, u"--workers"_s, u"4,1"_s, u"--json"_s});

    QCOMPARE(result.objects.first()[u"verdict"][u"winner"].toString(), u"a"_s);
    QCOMPARE(result.exitCode, 0);
}

void tst_FanfareCliRun::writesAReportThatNeedsNothingElse()
{
    const QString report = m_folder->filePath(u"r.html"_s);

    const CliResult result =
        run({u"run"_s, scenario(R"({"event": "Sleep", "count": 20, "fields": {"ms": 1}})"),
             u"--report"_s, report});

    QCOMPARE(result.exitCode, 0);
    QFile file(report);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray html = file.readAll();
    QVERIFY(html.startsWith("<!doctype html>"));
    QVERIFY(html.contains("class='tl-b'><svg"));
    QVERIFY(!html.contains("http:") && !html.contains("https:") && !html.contains("<script"));
    QVERIFY(result.out.contains("Where the time of a mean task goes"));
}

void tst_FanfareCliRun::theReportOfASeriesShowsEverySide()
{
    const QString report = m_folder->filePath(u"r.md"_s);

    const CliResult result = run(
        {u"run"_s, scenario(R"({"event": "Sleep", "count": 20, "fields": {"ms": 1}})"),
         u"--executor"_s, u"threads,processes"_s, u"--workers"_s, u"1,2"_s, u"--report"_s, report});

    QCOMPARE(result.exitCode, 0);
    QFile file(report);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QString text = QString::fromUtf8(file.readAll());
    for (const QString &side : {u"| 1, the base | threads × 1 |"_s, u"| 2 | threads × 2 |"_s,
                                u"| 3 | processes × 1 |"_s, u"| 4 | processes × 2 |"_s})
        QVERIFY2(text.contains(side), qPrintable(text));
    QVERIFY(text.contains(u"\n## 1 and 4: threads × 1 and processes × 2\n"_s));
    QVERIFY2(result.out.contains("All sides"), result.out.constData());
}

void tst_FanfareCliRun::refusesBadInput_data()
{
    QTest::addColumn<QByteArray>("emissions");
    QTest::addColumn<QString>("sentence");

    QTest::newRow("unknown event") << QByteArray(R"({"event": "Slepe"})")
                                   << u"s.json: emissions[0].event: There is no event \"Slepe\""_s;
    QTest::newRow("unknown field") << QByteArray(R"({"event": "Sleep", "fields": {"s": 1}})")
                                   << u"s.json: emissions[0].fields.s: Sleep has no field \"s\""_s;
    QTest::newRow("wrong value") << QByteArray(
        R"({"event": "Echo"}, {"event": "Sleep", "fields": {"ms": "soon"}})")
                                 << u"s.json: emissions[1].fields.ms: The field \"ms\""_s;
    QTest::newRow("free arguments") << QByteArray(R"({"event": "Sleep", "arguments": [1]})")
                                    << u"s.json: emissions[0].arguments: Sleep is a typed event"_s;
    QTest::newRow("no files")
        << QByteArray(R"({"event": "FileAdded", "fields": {"path": {"$files": "/nowhere"}}})")
        << u"s.json: emissions[0].fields.path: There is no folder /nowhere;"_s;
    QTest::newRow("unknown key") << QByteArray(R"({"event": "Sleep", "times": 1})")
                                 << u"\"emissions[0].times\" is wrong"_s;
}

void tst_FanfareCliRun::refusesBadInput()
{
    QFETCH(QByteArray, emissions);
    QFETCH(QString, sentence);

    const CliResult result = run({u"run"_s, scenario(emissions)});

    QCOMPARE(result.exitCode, 2);
    QVERIFY2(QString::fromUtf8(result.err).contains(sentence), result.err.constData());
    QCOMPARE(result.err.count('\n'), 1);
    QVERIFY(kept().isEmpty());
}

/// Killed while it records: what was shown some hundred milliseconds ago is there.
void tst_FanfareCliRun::aKilledRunOpensUpToTheKill()
{
    QProcess process;
    prepareCli(process,
               {u"run"_s, scenario(R"({"event": "Sleep", "count": 100000, "fields": {"ms": 1}})"),
                u"--executor"_s, u"threads"_s, u"--runs"_s, m_folder->filePath(u"runs"_s)});
    process.start();
    QVERIFY(process.waitForStarted());
    QTRY_VERIFY_WITH_TIMEOUT(!kept().isEmpty() && QFileInfo(kept().first()).size() > 3'000, 20'000);
    ::kill(pid_t(process.processId()), SIGKILL);
    QVERIFY(process.waitForFinished());

    const CliResult list = run({u"runs"_s});
    const CliResult compared = run({u"compare"_s, kept().first(), kept().first()});

    QVERIFY2(list.out.contains("not ended in order"), list.out.constData());
    QCOMPARE(compared.exitCode, 0);
    QVERIFY2(compared.out.contains("No difference that matters"), compared.out.constData());
}

/// What was exported comes back as a run that does not differ from the first.
void tst_FanfareCliRun::exportsAndImports()
{
    run({u"run"_s, scenario(R"({"event": "Sleep", "count": 20, "fields": {"ms": 2}})"),
         u"--executor"_s, u"threads"_s});
    const QString first = kept().value(0);
    const QString trace = m_folder->filePath(u"t.json"_s);

    const CliResult exported = run({u"export"_s, first, u"--output"_s, trace});
    const CliResult csv = run({u"export"_s, first, u"--format"_s, u"csv"_s});
    const CliResult again = run({u"export"_s, first, u"--output"_s, trace});
    const CliResult imported = run({u"import"_s, trace, u"--json"_s});

    QCOMPARE(exported.exitCode, 0);
    QCOMPARE(csv.out.count("\r\n"), 21);
    QCOMPARE(again.exitCode, 2); // never over a file
    QCOMPARE(imported.exitCode, 0);
    QCOMPARE(imported.objects.first()[u"tasks"].toInt(), 20);
    const CliResult compared =
        run({u"compare"_s, first, imported.objects.first()[u"id"].toString()});
    QVERIFY2(compared.out.contains("No difference that matters"), compared.out.constData());
}

void tst_FanfareCliRun::tellsTimesThatCannotBe()
{
    QFile trace(m_folder->filePath(u"odd.json"_s));
    QVERIFY(trace.open(QIODevice::WriteOnly));
    trace.write(R"([{"ph": "X", "ts": 1, "dur": -800}, {"ph": "B", "ts": 3}, {"ph": "E", "ts": 2},
        {"ph": "X", "ts": 4, "dur": 5}])");
    trace.close();

    const CliResult imported = run({u"import"_s, trace.fileName()});

    QCOMPARE(imported.exitCode, 0);
    QVERIFY2(imported.out.startsWith("3 tasks in"), imported.out.constData());
    QVERIFY2(imported.err.contains("2 tasks of the trace have impossible times"),
             imported.err.constData());
    QCOMPARE(imported.err.count('\n'), 1);
}

/// Makes a run without tasks in the folder of runs; returns the name of its file.
QString tst_FanfareCliRun::keepRun(const QString &label)
{
    RunInfo info = newRunInfo({.workers = 2});
    info.label = label;
    QDir().mkpath(m_folder->filePath(u"runs"_s));
    auto recorder = RunRecorder::create(m_folder->filePath(u"runs/"_s + runFileName(info)), info);
    if (recorder)
        (*recorder)->finish(0);
    return runFileName(info);
}

void tst_FanfareCliRun::listsWhatWasWrittenInTheWindow()
{
    const QString file = keepRun(u"recorded"_s);
    {
        const auto library = RunLibrary::open(m_folder->filePath(u"runs"_s));
        QVERIFY(library && (*library)->refresh());
        QVERIFY((*library)->setLabel(file, u"renamed"_s));
        QVERIFY((*library)->setTags(file, {u"baseline"_s}));
    }

    const CliResult text = run({u"runs"_s});
    const CliResult json = run({u"runs"_s, u"--json"_s});

    QCOMPARE(text.exitCode, 0);
    QVERIFY2(text.out.contains("renamed") && text.out.contains("[baseline]"), text.out.constData());
    QCOMPARE(json.objects.size(), 1);
    QCOMPARE(json.objects[0][u"label"_s].toString(), u"renamed"_s);
    QCOMPARE(json.objects[0][u"tags"_s].toArray(), QJsonArray{u"baseline"_s});
}

void tst_FanfareCliRun::tellsWhatCanComeBack()
{
    keepRun(u"kept"_s);
    const QString file = keepRun(u"deleted"_s);
    {
        const auto library = RunLibrary::open(m_folder->filePath(u"runs"_s));
        QVERIFY(library && (*library)->refresh());
        QVERIFY((*library)->remove({file}));
    }

    const CliResult list = run({u"runs"_s});

    QVERIFY2(list.out.contains("1 run, "), list.out.constData());
    QVERIFY2(list.out.contains("1 that was deleted can come back"), list.out.constData());
}

void tst_FanfareCliRun::listsWithoutALockedLibrary()
{
    keepRun(u"recorded"_s);
    auto database = LibraryDatabase::open(m_folder->filePath(u"runs/library.sqlite"_s));
    QVERIFY(database);
    QVERIFY((*database)->run(u"BEGIN EXCLUSIVE"_s));

    const CliResult list = run({u"runs"_s});

    QCOMPARE(list.exitCode, 0);
    QVERIFY2(list.out.contains("recorded"), list.out.constData());
    QVERIFY2(list.err.contains("in use"), list.err.constData());
}

QTEST_GUILESS_MAIN(tst_FanfareCliRun)
#include "tst_fanfareclirun.moc"
