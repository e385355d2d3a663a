// SPDX-License-Identifier: MIT
#include "core/runs/randomspans.h"

#include <fanfare/runs/chromeimport.h>
#include <fanfare/runs/runexport.h>
#include <fanfare/runs/runreader.h>
#include <fanfare/runs/runwriter.h>

#include <QBuffer>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace Fanfare;
using namespace Qt::StringLiterals;

class tst_ChromeImport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void tellsHowFarItIs();
    void returnsWhatWasExported();
    void readsBothFormsOfATrace();
    void pairsBeginsAndEnds();
    void skipsWhatIsNoTask();
    void refusesWithOneSentence_data();
    void refusesWithOneSentence();
    void importsUpToTheDamage();
    void standsEveryChangedByte();
    void standsOddValues();
    void countsTimesThatCannotBe_data();
    void countsTimesThatCannotBe();
    void startsLaterWhatStartsAtZero_data();
    void startsLaterWhatStartsAtZero();
    void anEndlessTaskEndsWithTheTrace();
    void namesCompressedFiles_data();
    void namesCompressedFiles();

private:
    QString write(const QByteArray &json);
    std::vector<SpanRecord> imported(const QByteArray &json, ChromeImport *result = nullptr);
    std::vector<SpanRecord> spansOf(const QString &path, RunNames *names = nullptr);

    std::unique_ptr<QTemporaryDir> m_folder;
};

void tst_ChromeImport::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
}

QString tst_ChromeImport::write(const QByteArray &json)
{
    QFile file(m_folder->filePath(u"trace.json"_s));
    if (!file.open(QIODevice::WriteOnly) || file.write(json) != json.size())
        qFatal("cannot write the trace");
    return file.fileName();
}

std::vector<SpanRecord> tst_ChromeImport::spansOf(const QString &path, RunNames *names)
{
    Result<RunReader> reader = RunReader::open(path);
    TraceBatch batch;
    while (reader->read(batch)) { }
    if (names)
        *names = reader->names();
    return batch.spans;
}

std::vector<SpanRecord> tst_ChromeImport::imported(const QByteArray &json, ChromeImport *result)
{
    const QString target = m_folder->filePath(u"imported.ffrun"_s);
    QFile::remove(target);
    const Result<ChromeImport> import = importChrome(write(json), target);
    if (!import)
        return {};
    if (result)
        *result = *import;
    return spansOf(target);
}

void tst_ChromeImport::tellsHowFarItIs()
{
    QByteArray json = "[";
    for (int i = 0; i < 20'000; ++i) {
        json += i > 0 ? "," : "";
        json += R"({"ph":"X","name":"a","pid":1,"tid":1,"dur":1,"ts":)" + QByteArray::number(9 + i)
            + "}";
    }
    std::vector<double> shares;

    const Result<ChromeImport> import =
        importChrome(write(json + "]"), m_folder->filePath(u"t.ffrun"_s), {},
                     [&shares](double share) { shares.push_back(share); });

    QVERIFY(import);
    QVERIFY(shares.size() >= 4);
    QVERIFY(std::ranges::is_sorted(shares));
    QVERIFY(shares.front() > 0 && shares.front() < 0.4);
    QVERIFY(shares.back() > 0.7 && shares.back() <= 1);
}

/// A run with threads, a loop and processes, exported and imported: the same tasks.
void tst_ChromeImport::returnsWhatWasExported()
{
    QFile run(m_folder->filePath(u"run.ffrun"_s));
    QVERIFY(run.open(QIODevice::WriteOnly));
    RunWriter writer(run, {.id = u"x"_s});
    writer.setNames({.handlers = {{SubscriberId(3), u"org.a"_s, {}, {}, u"first"_s},
                                  {SubscriberId(4), u"org.a"_s, {}, {}, u"second"_s}},
                     .events = {{2, u"Event"_s}}});
    TraceBatch batch;
    batch.spans = busySpans(3'000, 2);
    for (size_t i = 0; i < batch.spans.size(); ++i) {
        batch.spans[i].sentBefore = quint32(i % 7);
        batch.spans[i].repliedAfter = quint32(i % 5);
        batch.spans[i].cpu = i % 3 == 0 ? -1 : qint64(i);
        batch.spans[i].attempt = quint8(i % 3 + 1);
    }
    for (quint16 i = 0; i < 4; ++i) {
        batch.lanes.push_back({LaneId(i), i == 3 ? LaneKind::Loop : LaneKind::Thread,
                               u"worker %1"_s.arg(i), i == 2 ? 200 : 100});
    }
    writer.add(batch);
    QVERIFY(writer.finish(1'500));
    run.close();
    QFile trace(m_folder->filePath(u"out.json"_s));
    QVERIFY(trace.open(QIODevice::WriteOnly));
    QVERIFY(exportChrome(run.fileName(), trace));
    trace.close();

    const QString target = m_folder->filePath(u"back.ffrun"_s);
    const Result<ChromeImport> import = importChrome(trace.fileName(), target);

    QVERIFY(import);
    QCOMPARE(import->unended, 0U);
    QCOMPARE(import->contradicting, 0U);
    QCOMPARE(import->contradiction(), QString());
    RunNames names;
    std::vector<SpanRecord> back = spansOf(target, &names);
    std::vector<SpanRecord> before = batch.spans;
    QCOMPARE(back.size(), before.size());
    std::ranges::sort(back, {}, &SpanRecord::task);
    std::ranges::sort(before, {}, &SpanRecord::task);
    for (size_t i = 0; i < back.size(); ++i) {
        const auto handler =
            std::ranges::find(names.handlers, back[i].subscriber, &RunHandler::subscriber);
        QVERIFY(handler != names.handlers.end());
        QCOMPARE(handler->name, before[i].subscriber == SubscriberId(3) ? u"first"_s : u"second"_s);
        SpanRecord same = back[i]; // numbers are given anew
        same.subscriber = before[i].subscriber;
        same.event = before[i].event;
        same.lane = before[i].lane;
        QVERIFY2(isSame(same, before[i]), qPrintable(QString::number(i)));
    }
}

void tst_ChromeImport::readsBothFormsOfATrace()
{
    const QByteArray list =
        R"([{"ph": "X", "name": "n", "ts": 1.5, "dur": 2, "pid": 1, "tid": 2}])";

    for (const QByteArray &json :
         {list,
          "{\"other\": [[{}]], \"traceEvents\": " + list + ", \"more\": [{\"ph\": \"X\"}]}"}) {
        const auto spans = imported(json);
        QCOMPARE(spans.size(), 1U);
        QCOMPARE(spans[0].started, 1'500);
        QCOMPARE(spans[0].finished, 3'500);
    }
}

void tst_ChromeImport::pairsBeginsAndEnds()
{
    ChromeImport result;
    const auto spans = imported(R"([
        {"ph": "B", "name": "outer", "ts": 1, "tid": 1}, {"ph": "B", "name": "other", "ts": 2, "tid": 2},
        {"ph": "B", "name": "inner", "ts": 3, "tid": 1}, {"ph": "E", "ts": 4, "tid": 1},
        {"ph": "E", "ts": 6, "tid": 1}, {"ph": "E", "ts": 6, "tid": 1},
        {"ph": "b", "cat": "c", "id": 1, "name": "a", "ts": 5}, {"ph": "b", "cat": "c", "id": "2",
        "name": "a", "ts": 6}, {"ph": "e", "cat": "c", "id": 1, "name": "a", "ts": 8},
        {"ph": "i", "name": "last", "ts": 10}])",
                                &result);

    QStringList story;
    for (const SpanRecord &span : spans)
        story.append(u"%1-%2"_s.arg(span.started / 1'000).arg(span.finished / 1'000));
    QCOMPARE(story, (QStringList{u"3-4"_s, u"1-6"_s, u"5-8"_s, u"2-10"_s, u"6-10"_s}));
    QCOMPARE(result.unended, 2U);
    QCOMPARE(result.skipped, 2U); // an end too many, an instant
}

void tst_ChromeImport::skipsWhatIsNoTask()
{
    const auto spans = imported(R"([{"ph": "C", "name": "counter", "args": {"ts": 5, "ph": "X"}},
        {"ph": "s", "id": 1}, {"name": "no phase"}, 5, null, [{"ph": "X"}],
        {"ph": "X", "name": "n", "ts": 1, "args": {"deep": {"emission": 9, "name": "x"}}}])");

    QCOMPARE(spans.size(), 1U);
    QCOMPARE(number(spans[0].task.emission), 1U);
}

void tst_ChromeImport::refusesWithOneSentence_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("sentence");

    QTest::newRow("empty") << QByteArray() << u"no valid JSON from byte"_s;
    QTest::newRow("text") << QByteArray("hello") << u"no valid JSON from byte"_s;
    QTest::newRow("no tasks") << QByteArray("[]") << u"There is no task in the trace"_s;
    QTest::newRow("other JSON") << QByteArray("{\"a\": 1}") << u"There is no task in the trace"_s;
}

void tst_ChromeImport::refusesWithOneSentence()
{
    QFETCH(QByteArray, json);
    QFETCH(QString, sentence);
    const QString target = m_folder->filePath(u"t.ffrun"_s);

    const Result<ChromeImport> import = importChrome(write(json), target);

    QVERIFY(!import);
    QVERIFY2(import.error().message.contains(sentence), qPrintable(import.error().message));
    QVERIFY(!QFile::exists(target));
}

void tst_ChromeImport::importsUpToTheDamage()
{
    ChromeImport result;
    const auto spans = imported(
        R"([{"ph": "X", "name": "n", "ts": 1, "dur": 1}, {"ph": "X", "name": "n", "ts":)", &result);

    QCOMPARE(spans.size(), 1U);
    QVERIFY2(result.damage.contains(u"trace.json is damaged"_s), qPrintable(result.damage));
}

void tst_ChromeImport::standsEveryChangedByte()
{
    const QByteArray json = R"({"traceEvents": [{"ph": "X", "name": "n", "ts": 1.5, "dur": 2,
        "pid": 1, "tid": 2, "args": {"emission": 3, "outcome": "Failed"}}, {"ph": "b", "id": "1",
        "ts": 2}, {"ph": "e", "id": "1", "ts": 3}]})";
    for (qsizetype i = 0; i < json.size(); ++i) {
        for (const char byte : {'\0', '"', '{', '}', '[', ']', '9', '\xff', '-'}) {
            QByteArray changed = json;
            changed[i] = byte;
            for (const SpanRecord &span : imported(changed))
                QVERIFY(span.finished >= span.started || span.outcome == Outcome::Failed);
        }
    }
}

void tst_ChromeImport::standsOddValues()
{
    const auto spans = imported(R"([{"ph": "X", "name": "n", "ts": 1e300, "dur": -5,
        "pid": 99999999999999999999, "tid": -1.5, "args": {"emission": -1, "attempt": 1000,
        "sentNs": 99999999999, "index": 70000, "outcome": "odd", "waitedNs": -3}}])");

    QCOMPARE(spans.size(), 1U);
    QCOMPARE(spans[0].started, 1'000'000'000);
    QCOMPARE(spans[0].finished, 1'000'000'000);
    QCOMPARE(spans[0].queued, 1'000'000'000);
    QCOMPARE(spans[0].attempt, 255);
    QCOMPARE(spans[0].sentBefore, UINT32_MAX);
    QCOMPARE(spans[0].outcome, Outcome::Succeeded);
}

void tst_ChromeImport::countsTimesThatCannotBe_data()
{
    QTest::addColumn<QByteArray>("events");
    QTest::addColumn<QString>("span"); // queued-started-finished, us
    QTest::addColumn<quint64>("count");

    const auto row = [](const char *name, const char *events, const QString &span, quint64 count) {
        QTest::newRow(name) << QByteArray(events) << span << count;
    };
    row("in order", R"({"ph": "X", "ts": 7, "dur": 2})", u"7-7-9"_s, 0);
    row("no length", R"({"ph": "X", "ts": 7})", u"7-7-7"_s, 0);
    row("negative length", R"({"ph": "X", "ts": 7, "dur": -800})", u"7-7-7"_s, 1);
    row("endless length", R"({"ph": "X", "ts": 7, "dur": 1e300})", u"7-7-7"_s, 1);
    row("a text as length", R"({"ph": "X", "ts": 7, "dur": "2"})", u"7-7-7"_s, 1);
    row("no clock shows it", R"({"ph": "X", "ts": 1e300, "dur": 2})", u"5-5-7"_s, 1);
    row("no time", R"({"ph": "X", "dur": 2})", u"5-5-7"_s, 1);
    row("a text as time", R"({"ph": "X", "ts": "7", "dur": 2})", u"5-5-7"_s, 1);
    row("end before begin", R"({"ph": "B", "ts": 9}, {"ph": "E", "ts": 7})", u"9-9-9"_s, 1);
    row("end without time", R"({"ph": "B", "ts": 9}, {"ph": "E"})", u"9-9-9"_s, 1);
    row("of an id", R"({"ph": "b", "id": 1, "ts": 9}, {"ph": "e", "id": 1, "ts": 7})", u"9-9-9"_s,
        1);
    row("of an id, without time", R"({"ph": "b", "id": 1, "ts": 9}, {"ph": "e", "id": 1})",
        u"9-9-9"_s, 1);
    row("never ended", R"({"ph": "B", "ts": 9})", u"9-9-9"_s, 0);
    row("waited", R"({"ph": "X", "ts": 7, "args": {"waitedNs": 7000}})", u"0-7-7"_s, 0);
    row("negative wait", R"({"ph": "X", "ts": 7, "args": {"waitedNs": -1}})", u"7-7-7"_s, 1);
    row("wait before the clock", R"({"ph": "X", "ts": 7, "args": {"waitedNs": 7001}})", u"7-7-7"_s,
        1);
}

void tst_ChromeImport::countsTimesThatCannotBe()
{
    QFETCH(QByteArray, events);
    QFETCH(QString, span);
    QFETCH(quint64, count);
    ChromeImport result;

    const auto spans = imported(
        R"([{"ph": "i", "ts": 5}, {"ph": "M", "name": "thread_name"}, )" + events + ']', &result);

    QCOMPARE(spans.size(), 1U);
    QCOMPARE(u"%1-%2-%3"_s.arg(spans[0].queued / 1'000)
                 .arg(spans[0].started / 1'000)
                 .arg(spans[0].finished / 1'000),
             span);
    QCOMPARE(result.contradicting, count);
    QCOMPARE(result.contradiction().startsWith(u"1 task of the trace has impossible times"_s),
             count == 1);
}

void tst_ChromeImport::startsLaterWhatStartsAtZero_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("starts"); // us after 1 s

    QTest::newRow("at zero") << QByteArray(R"([{"ph": "X", "ts": 0}, {"ph": "X", "ts": 3}])")
                             << u"0 3"_s;
    QTest::newRow("before zero") << QByteArray(
        R"([{"ph": "M", "name": "thread_name"}, {"ph": "X", "ts": -2e9}, {"ph": "X", "ts": 3}])")
                                 << u"0 2000000003"_s;
    QTest::newRow("the first is not the earliest")
        << QByteArray(R"([{"ph": "X", "ts": 3}, {"ph": "X", "ts": 0}, {"ph": "X", "ts": 4}])")
        << u"3 0 4"_s;
    QTest::newRow("later ones are even earlier")
        << QByteArray(R"([{"ph": "X", "ts": 0}, {"ph": "X", "ts": -3e6}])") << u"3000000 0"_s;
    QTest::newRow("the outer one ends last")
        << QByteArray(R"([{"ph": "B", "ts": 0}, {"ph": "X", "ts": 3}, {"ph": "E", "ts": 4}])")
        << u"3 0"_s;
}

/// To a run 0 is an unknown time.
void tst_ChromeImport::startsLaterWhatStartsAtZero()
{
    QFETCH(QByteArray, json);
    QFETCH(QString, starts);
    ChromeImport result;

    const auto spans = imported(json, &result);

    QStringList story;
    for (const SpanRecord &span : spans)
        story.append(QString::number((span.started - 1'000'000'000) / 1'000));
    QCOMPARE(story.join(u' '), starts);
    QVERIFY(result.shift >= 1'000'000'000);
    QCOMPARE(result.index.tasks(), spans.size());
    QCOMPARE(result.contradicting, 0U);
}

/// Metadata has no time, so it does not say where the trace ends.
void tst_ChromeImport::anEndlessTaskEndsWithTheTrace()
{
    const auto spans =
        imported(R"([{"ph": "M"}, {"ph": "B", "ts": -5}, {"ph": "i", "ts": -3}, {"ph": "M"}])");

    QCOMPARE(spans.size(), 1U);
    QCOMPARE(spans[0].finished - spans[0].started, 2'000);
}

void tst_ChromeImport::namesCompressedFiles_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("sentence");

    QTest::newRow("gzip") << QByteArray("\x1f\x8b\x08\0\0", 5) << u"is compressed: unpack it"_s;
    QTest::newRow("zstd") << QByteArray("\x28\xb5\x2f\xfd\x24", 5) << u"is compressed: unpack it"_s;
    QTest::newRow("a bracket") << QByteArray("(1)") << u"'('"_s;
    QTest::newRow("half of it") << QByteArray("\x1f") << u"no valid JSON from byte 1 on"_s;
}

void tst_ChromeImport::namesCompressedFiles()
{
    QFETCH(QByteArray, content);
    QFETCH(QString, sentence);

    const Result<ChromeImport> import =
        importChrome(write(content), m_folder->filePath(u"t.ffrun"_s));

    QVERIFY(!import);
    QVERIFY2(import.error().message.contains(sentence), qPrintable(import.error().message));
}

QTEST_GUILESS_MAIN(tst_ChromeImport)
#include "tst_chromeimport.moc"
