// SPDX-License-Identifier: MIT
#include "cli/jsonreporter.h"
#include "cli/output.h"
#include "cli/pluginsession.h"
#include "cli/progressbar.h"
#include "cli/textreporter.h"
#include "cli/tracereporter.h"
#include "cli/wording.h"

#include <QCborMap>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTemporaryFile>
#include <QTest>

#include <csignal>
#include <fcntl.h>
#include <limits>
#include <sys/stat.h>
#include <unistd.h>

using namespace Fanfare;
using namespace Fanfare::Cli;

class tst_Reporters : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void jsonTasksHaveEveryMemberOfTheContract();
    void jsonLogLinesAreHarmless();
    void jsonSummaryNamesEveryOutcome();
    void textShowsWhatHandlersPrint();
    void textShowsResultsBesideTheirFiles();
    void textBoundsFailuresAndResults();
    void textSummaryIsReadable();
    void traceAppearsWhenTheRunIsOver();
    void traceNeverReplacesAPipe();
    void traceNeverReplacesALink();
    void traceRefusesWhatCannotBeWritten_data();
    void traceRefusesWhatCannotBeWritten();
    void aClosedPipeIsSeenAndSilent();
    void aFullDiskIsSaid();
    void progressFitsTheTerminal();
    void durationsAreReadable_data();
    void durationsAreReadable();
    void refusedPluginsAreListedWithTheirSentence();
    void catalogJsonHasOneObjectPerLine();
};

/// What \a write leaves in an Output.
template <typename Write>
static QByteArray outputOf(Write write)
{
    QTemporaryFile file;
    if (!file.open())
        return {};
    {
        Output output(file.handle());
        write(output);
    }
    QFile written(file.fileName());
    return written.open(QIODevice::ReadOnly) ? written.readAll() : QByteArray();
}

static TaskReport task(Outcome outcome = Outcome::Succeeded)
{
    TaskReport report;
    report.span.task = {EmissionId{7}, 1};
    report.span.queued = 9'007'199'254'740'993; // not exact as a double
    report.span.started = report.span.queued + 10;
    report.span.finished = report.span.queued + 30;
    report.span.cpu = 15;
    report.span.outcome = outcome;
    report.label = {u"basics"_qs, u"[Sync]"_qs};
    report.event = u"StringEvent"_qs;
    report.worker = u"thread 1"_qs;
    report.pid = 4242;
    return report;
}

void tst_Reporters::jsonTasksHaveEveryMemberOfTheContract()
{
    TaskReport report = task(Outcome::Failed);
    report.result = QCborMap{{u"n"_qs, std::numeric_limits<qint64>::max()}, {u"bad"_qs, qQNaN()}};
    report.reason = u"exception"_qs;
    report.error = u"no \"file\"\n"_qs;
    report.span.peakMemory = 2048;
    report.crash = {{u"signal"_qs, 11}};

    const QByteArray json = outputOf([&](Output &output) { JsonReporter(output).addTask(report); });

    QCOMPARE(json,
             QByteArray(R"({"type":"task","emission":7,"event":"StringEvent",)"
                        R"("plugin":"basics","handler":"[Sync]","build":"","worker":"thread 1",)"
                        R"("pid":4242,"outcome":"Failed","reason":"exception",)"
                        R"("error":"no \"file\"\n","result":{"n":9223372036854775807,)"
                        R"("bad":null},"attempt":1,"queuedNs":9007199254740993,)"
                        R"("startedNs":9007199254741003,"finishedNs":9007199254741023,)"
                        R"("cpuNs":15,"peakMemoryKiB":2048,"crash":{"signal":11}})"
                        "\n"));
}

void tst_Reporters::jsonLogLinesAreHarmless()
{
    const LineReport report{{5,
                             {EmissionId{7}, 1},
                             SubscriberId{1},
                             LogLevel::Printed,
                             u"a\nb\x1b[2J"_qs + QChar(0xd800)},
                            {u"basics"_qs, u"[Sync]"_qs}};

    const QByteArray json = outputOf([&](Output &output) { JsonReporter(output).addLine(report); });

    QCOMPARE(json.count('\n'), 1);
    QVERIFY(!json.contains('\x1b'));
    const QJsonObject object = QJsonDocument::fromJson(json).object();
    QCOMPARE(object.keys(),
             QStringList({u"emission"_qs, u"handler"_qs, u"level"_qs, u"plugin"_qs, u"text"_qs,
                          u"timeNs"_qs, u"type"_qs}));
    QCOMPARE(object[u"level"].toString(), u"Printed"_qs);
    QVERIFY(object[u"text"].toString().startsWith(u"a\nb\x1b[2J"_qs));
}

void tst_Reporters::jsonSummaryNamesEveryOutcome()
{
    RunSummary run;
    run.add(task().span);
    run.add(task(Outcome::Crashed).span);

    const QByteArray json = outputOf([&](Output &output) {
        const QueueFact queue{1000, FullPolicy::DropOldest, 900, 5, 6};
        JsonReporter(output).sumUp({run, 3, 1, 0, 0, queue});
    });

    const QJsonObject object = QJsonDocument::fromJson(json).object();
    QCOMPARE(object[u"type"].toString(), u"summary"_qs);
    QCOMPARE(object[u"emissions"].toInteger(), 3);
    QCOMPARE(object[u"tasks"].toInteger(), 2);
    QCOMPARE(object[u"neverEmitted"].toInteger(), 1);
    QCOMPARE(object[u"queue"].toObject(),
             QJsonObject({{u"bound"_qs, 1000},
                          {u"policy"_qs, u"drop-oldest"_qs},
                          {u"highWater"_qs, 900},
                          {u"rejected"_qs, 5},
                          {u"droppedOldest"_qs, 6}}));
    QCOMPARE(object[u"wallNs"].toInteger(), 30);
    QVERIFY(object[u"throughput"].toDouble() > 6e7);
    QCOMPARE(object[u"queueNs"][u"p50"].toInteger(), 10);
    QCOMPARE(object[u"runNs"][u"p99"].toInteger(), 20);
    const QJsonObject outcomes = object[u"outcomes"].toObject();
    QCOMPARE(outcomes.size(), outcomeCount);
    QCOMPARE(outcomes[u"Succeeded"].toInteger(), 1);
    QCOMPARE(outcomes[u"Crashed"].toInteger(), 1);
    QCOMPARE(outcomes[u"Quarantined"].toInteger(-1), 0);
}

void tst_Reporters::textShowsWhatHandlersPrint()
{
    const LineReport printed{{5, {EmissionId{1}, 0}, {}, LogLevel::Printed, u"[Sync] Started!"_qs},
                             {u"basics"_qs, u"[Sync]"_qs}};
    const LineReport hostile{{6, {}, {}, LogLevel::Warning, u"x\x1b[2J\ny"_qs}, {}};

    const QByteArray text = outputOf([&](Output &output) {
        TextReporter reporter(output);
        reporter.addLine(printed);
        reporter.addLine(hostile);
        reporter.addTask(task()); // without a result there is nothing to say
    });

    QCOMPARE(QString::fromUtf8(text),
             u"#1 [Sync] │ [Sync] Started!\nengine │ x\\x1b[2J\nengine │ y\n"_qs);
}

void tst_Reporters::textShowsResultsBesideTheirFiles()
{
    TaskReport alone = task();
    alone.result = QCborMap{{u"sha256"_qs, u"abc"_qs}};
    TaskReport ofFile = alone;
    ofFile.file = u"/d/two words"_qs;
    TaskReport failed = task(Outcome::Failed);
    failed.error = u"Cannot open /d/x: No such file"_qs;

    const QByteArray text = outputOf([&](Output &output) {
        TextReporter reporter(output);
        reporter.addTask(alone);
        reporter.addTask(ofFile);
        reporter.addTask(failed);
    });

    QCOMPARE(QString::fromUtf8(text),
             u"#7 [Sync] → {\"sha256\":\"abc\"}\n"
             u"{\"sha256\":\"abc\"}  /d/two words\n"
             u"#7 [Sync] Failed: Cannot open /d/x: No such file\n"_qs);
}

void tst_Reporters::textBoundsFailuresAndResults()
{
    RunSummary run;
    TaskReport good = task();
    good.result = 1;
    const TaskReport bad = task(Outcome::Crashed);

    const QByteArray text = outputOf([&](Output &output) {
        TextReporter reporter(output);
        for (int i = 0; i < 1000; ++i) {
            reporter.addTask(good);
            reporter.addTask(bad);
            run.add(good.span);
            run.add(bad.span);
        }
        reporter.sumUp({run, 1000, 0, 0, 0});
    });

    QCOMPARE(text.count("→"), int(TextReporter::maximumResults));
    QCOMPARE(text.count("Crashed: "), int(TextReporter::maximumFailures));
    QVERIFY(text.contains("950 more tasks without success"));
}

void tst_Reporters::textSummaryIsReadable()
{
    RunSummary run;
    SpanRecord span;
    span.queued = 1;
    span.started = 1'000'001;
    span.finished = 1'001'000'001;
    run.add(span);

    const QByteArray text = outputOf([&](Output &output) {
        TextReporter(output).sumUp({run, 1, 2, 0, 0});
    });

    QCOMPARE(QString::fromUtf8(text),
             u"1 task of 1 emission in 1.00 s (1.00 tasks/s): 1 Succeeded\n"
             u"  queued  p50 1.00 ms    p90 1.00 ms    p99 1.00 ms\n"
             u"  ran     p50 1.00 s     p90 1.00 s     p99 1.00 s\n"
             u"  2 emissions never made\n"_qs);
}

void tst_Reporters::traceAppearsWhenTheRunIsOver()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"trace.json"_qs);
    auto reporter = TraceReporter::open(path);
    QVERIFY(reporter);

    (*reporter)->setEnginePid(4242);
    (*reporter)->addLane({LaneId{0}, LaneKind::Thread, u"thread 1"_qs, 4242});
    (*reporter)->addTask(task());
    const bool wasThereBefore = QFile::exists(path);
    RunSummary run;
    (*reporter)->sumUp({run});

    QVERIFY(!wasThereBefore);
    QCOMPARE((*reporter)->error(), QString());
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(QJsonDocument::fromJson(file.readAll())[u"traceEvents"].toArray().size() > 5);
}

void tst_Reporters::traceNeverReplacesAPipe()
{
    QTemporaryDir folder;
    const QByteArray path = QFile::encodeName(folder.filePath(u"pipe"_qs));
    QCOMPARE(::mkfifo(path.constData(), 0600), 0);
    const int pipe = ::open(path.constData(), O_RDWR | O_NONBLOCK | O_CLOEXEC);
    QVERIFY(pipe >= 0);

    auto reporter = TraceReporter::open(QFile::decodeName(path));
    QVERIFY(reporter);
    RunSummary run;
    (*reporter)->sumUp({run});

    struct stat status
    {
    };
    QCOMPARE(::lstat(path.constData(), &status), 0);
    QVERIFY(S_ISFIFO(status.st_mode));
    QByteArray content(1 << 16, '\0');
    content.resize(qMax<qsizetype>(0, ::read(pipe, content.data(), size_t(content.size()))));
    QVERIFY(QJsonDocument::fromJson(content)[u"traceEvents"].isArray());
    ::close(pipe);
}

void tst_Reporters::traceNeverReplacesALink()
{
    QTemporaryDir folder;
    const QString link = folder.filePath(u"link"_qs);
    QVERIFY(QFile::link(folder.filePath(u"target"_qs), link));

    auto reporter = TraceReporter::open(link);
    QVERIFY(reporter);
    RunSummary run;
    (*reporter)->sumUp({run});

    QVERIFY(QFileInfo(link).isSymLink());
    QVERIFY(QFileInfo(folder.filePath(u"target"_qs)).size() > 0);
}

void tst_Reporters::traceRefusesWhatCannotBeWritten_data()
{
    QTest::addColumn<QString>("path");
    QTest::newRow("folder") << u"/"_qs;
    QTest::newRow("missing folder") << u"/no/such/folder/trace.json"_qs;
    QTest::newRow("folder that takes no files") << u"/proc/trace.json"_qs;
}

void tst_Reporters::traceRefusesWhatCannotBeWritten()
{
    QFETCH(QString, path);

    const auto reporter = TraceReporter::open(path);

    QVERIFY(!reporter);
    QVERIFY2(reporter.error().message.contains(path), qPrintable(reporter.error().message));
}

void tst_Reporters::aClosedPipeIsSeenAndSilent()
{
    std::signal(SIGPIPE, SIG_IGN);
    int ends[2] = {};
    QCOMPARE(::pipe(ends), 0);
    ::close(ends[0]);
    Output output(ends[1]);

    output.line(u"into the void"_qs);
    output.flush();
    output.line(u"once more"_qs);
    output.flush();

    QVERIFY(output.isBroken());
    QCOMPARE(output.problem(), QString());
    ::close(ends[1]);
}

void tst_Reporters::aFullDiskIsSaid()
{
    QFile full(u"/dev/full"_qs);
    QVERIFY(full.open(QIODevice::WriteOnly));
    Output output(full.handle());

    output.line(u"too much"_qs);
    output.flush();

    QVERIFY(output.isBroken());
    QVERIFY2(output.problem().contains(u"No space left"_qs), qPrintable(output.problem()));
}

void tst_Reporters::progressFitsTheTerminal()
{
    const Progress progress{1'234, 2'000, 2, 3, 2'100'000'000};

    QCOMPARE(progressText(progress, 200).mid(31),
             u"1234 of 2,000 tasks, 2 running, 3 without success, 2.1 s"_qs);
    QCOMPARE(progressText(progress, 44), u"1234 of 2,000 tasks, 3 without success"_qs);
    QCOMPARE(progressText(progress, 30), u"█████░░░░ 1234 of 2,000 tasks"_qs);
    for (int columns = 0; columns < 120; ++columns)
        QVERIFY(progressText(progress, columns).size() <= columns);
    QVERIFY(progressText({}, 80).startsWith(u"░"_qs));
}

void tst_Reporters::durationsAreReadable_data()
{
    QTest::addColumn<qint64>("nanoseconds");
    QTest::addColumn<QString>("text");
    QTest::newRow("0") << qint64(0) << u"0 ns"_qs;
    QTest::newRow("999") << qint64(999) << u"999 ns"_qs;
    QTest::newRow("us") << qint64(12'340) << u"12.3 us"_qs;
    QTest::newRow("ms") << qint64(1'200'000) << u"1.20 ms"_qs;
    QTest::newRow("s") << qint64(2'012'000'000) << u"2.01 s"_qs;
    QTest::newRow("min") << qint64(200'000'000'000) << u"3 min 20 s"_qs;
}

void tst_Reporters::durationsAreReadable()
{
    QFETCH(qint64, nanoseconds);

    QTEST(formatDuration(nanoseconds), "text");
}

static CatalogFact catalog()
{
    PluginFact good;
    good.path = u"/p/basics.so"_qs;
    good.name = u"basics"_qs;
    good.version = u"1.0"_qs;
    good.state = PluginState::Active;
    good.isActive = true;
    good.events = {{u"E"_qs, u"s"_qs, {{u"ms"_qs, u"int"_qs, {}, 5, 0, {}}}, true, 1}};
    good.handlers = {{SubscriberId{1}, u"h"_qs, {}, {u"E"_qs}, true}};
    PluginFact bad;
    bad.path = u"/p/bad\n.so"_qs;
    bad.state = PluginState::Refused;
    bad.code = u"not-a-library"_qs;
    bad.message = u"This is no library; remove it."_qs;
    return {{good, bad}, {u"The folder /q cannot be read."_qs}};
}

void tst_Reporters::refusedPluginsAreListedWithTheirSentence()
{
    const QByteArray text = outputOf([](Output &output) { writeCatalogTable(catalog(), output); });

    const QList<QByteArray> lines = text.split('\n');
    QVERIFY(lines[0].startsWith("PLUGIN"));
    QCOMPARE(lines[1].simplified(), QByteArray("basics 1.0 active 1 1 /p/basics.so"));
    QVERIFY(lines[2].contains("refused"));
    QVERIFY(lines[2].contains("bad\\x0a.so"));
    QVERIFY(text.contains("refused (not-a-library): This is no library; remove it."));
    QVERIFY(text.contains("h (async)"));
    QVERIFY(text.contains("The folder /q cannot be read."));
}

void tst_Reporters::catalogJsonHasOneObjectPerLine()
{
    const QByteArray json = outputOf([](Output &output) { writeCatalogJson(catalog(), output); });

    const QList<QByteArray> lines = json.trimmed().split('\n');
    QCOMPARE(lines.size(), 3);
    const QJsonObject good = QJsonDocument::fromJson(lines[0]).object();
    QCOMPARE(good[u"state"].toString(), u"active"_qs);
    QCOMPARE(good[u"events"][0][u"fields"][0][u"default"].toInteger(), 5);
    QCOMPARE(good[u"handlers"][0][u"async"].toBool(), true);
    const QJsonObject bad = QJsonDocument::fromJson(lines[1]).object();
    QCOMPARE(bad[u"state"].toString(), u"refused"_qs);
    QCOMPARE(bad[u"code"].toString(), u"not-a-library"_qs);
    QCOMPARE(QJsonDocument::fromJson(lines[2])[u"type"].toString(), u"problem"_qs);
}

QTEST_APPLESS_MAIN(tst_Reporters)
#include "tst_reporters.moc"
