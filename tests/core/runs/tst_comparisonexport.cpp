// SPDX-License-Identifier: MIT
#include "core/runs/samplerun.h"

#include <fanfare/runs/comparisonexport.h>
#include <fanfare/runs/usagereport.h>

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

using namespace Fanfare;
using namespace Qt::StringLiterals;

class tst_ComparisonExport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void theEndingDecides_data();
    void theEndingDecides();
    void everyFormTellsOfTheProcesses();
    void csvKeepsItsColumns();
    void fewRoundsAreNotJudged();
    void manyRoundsAre();
    void sidesThatWereNotMeasuredHaveNoTable();
    void otherCallsAndOrdersAreNotes();
    void aSeriesTellsOfEverySide_data();
    void aSeriesTellsOfEverySide();
    void aSeriesAsJsonHasAllPairs();
    void aSeriesOfTwoSidesIsTheirComparison();

private:
    ReportSource source() { return {m_comparison, m_verdict, m_damages, {}, {}}; }
    void compare();

    RunSamples m_a;
    RunSamples m_b;
    Comparison m_comparison;
    Verdict m_verdict;
    QStringList m_damages;
};

static RunUsage usage(qint64 memory, qint64 cpu)
{
    return {.appMemory = memory, .workerMemory = 0, .allMemory = memory, .cpu = cpu};
}

void tst_ComparisonExport::init()
{
    m_a = sampled({.handler = u"a,\"b\""_s}, 1);
    m_b = sampled({.executor = u"processes"_s, .handler = u"a,\"b\""_s}, 2);
    m_a.usages.assign(3, usage(20'480, 1'000'000));
    m_b.usages.assign(3, usage(40'960, 1'000'000));
    m_a.processes = {{u"app"_s, 7, false, 1'000'000, 20'480, 5, 6}};
    m_b.processes = {{u"app"_s, 8, false, 500'000, 30'720, 5, 6},
                     {u"process 1"_s, 9, true, 500'000, 10'240, 7, 8}};
    compare();
}

void tst_ComparisonExport::compare()
{
    m_comparison = compareRuns(m_a, m_b);
    m_verdict = judgeRuns(m_comparison);
}

void tst_ComparisonExport::theEndingDecides_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("beginning");

    QTest::newRow("page") << u"r.html"_s << QByteArray("<!doctype html>");
    QTest::newRow("none") << u"r"_s << QByteArray("<!doctype html>");
    QTest::newRow("Markdown") << u"r.md"_s << QByteArray("## ");
    QTest::newRow("JSON") << u"r.JSON"_s << QByteArray("{\"");
    QTest::newRow("CSV") << u"r.csv"_s << QByteArray("\"A: ");
    QTest::newRow("text") << u"r.txt"_s << QByteArray("A: ");
}

void tst_ComparisonExport::theEndingDecides()
{
    QFETCH(QString, name);
    QFETCH(QByteArray, beginning);
    const QTemporaryDir folder;

    const Result<void> written = writeReport(source(), folder.filePath(name));

    QVERIFY(written);
    QFile file(folder.filePath(name));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray bytes = file.readAll();
    QVERIFY2(bytes.startsWith(beginning), bytes.left(40).constData());
    QCOMPARE(bytes, exported(source(), reportFormatOf(name)));
    const Result<void> refused = writeReport(source(), u"/nowhere/"_s + name);
    QVERIFY(!refused && refused.error().message.contains(u"/nowhere/"_s + name));
}

void tst_ComparisonExport::everyFormTellsOfTheProcesses()
{
    for (const ReportFormat format :
         {ReportFormat::Text, ReportFormat::Markdown, ReportFormat::Csv, ReportFormat::Html}) {
        const QByteArray text = exported(source(), format);
        QVERIFY2(text.contains("memory of the app"), text.constData());
        QVERIFY(text.contains("20.0 MiB") && text.contains("+20.0 MiB, few rounds"));
        QVERIFY(text.contains("process 1"));
    }
    const QJsonObject json =
        QJsonDocument::fromJson(exported(source(), ReportFormat::Json)).object();
    const QJsonObject memory = json[u"usage"_s].toArray().first().toObject();
    QCOMPARE(memory[u"kind"_s].toString(), u"app-memory"_s);
    QCOMPARE(memory[u"b"_s].toInt(), 40'960);
    QCOMPARE(memory[u"judgement"_s].toString(), u"too-few"_s);
    const QJsonArray processes = json[u"b"_s].toObject()[u"processes"_s].toArray();
    QCOMPARE(processes.last().toObject()[u"voluntarySwitches"_s].toInt(), 7);
}

void tst_ComparisonExport::csvKeepsItsColumns()
{
    const QString csv = QString::fromUtf8(exported(source(), ReportFormat::Csv));

    QVERIFY(csv.contains(u"\r\n\"example/a,\"\"b\"\"\",600,600,"_s));
    ComparisonReport report = reportOf(m_comparison, m_verdict);
    report.notes = {u"=1+1"_s};
    QVERIFY(csvOf(report).endsWith("\r\nnote,'=1+1\r\n"));
}

void tst_ComparisonExport::fewRoundsAreNotJudged()
{
    const UsageComparison &memory = m_comparison.usage.front();

    QCOMPARE(memory.difference.judgement, Judgement::TooFew);
    QCOMPARE(usageDifferenceWords(memory), u"+20.0 MiB, few rounds"_s);
}

void tst_ComparisonExport::manyRoundsAre()
{
    m_a.usages.clear();
    m_b.usages.clear();
    for (qint64 i = 0; i < 10; ++i) {
        m_a.usages.push_back(usage(20'480 + i, 1'000'000 + i));
        m_b.usages.push_back(usage(40'960 + i, 1'000'000 + 9 - i));
    }
    compare();

    QCOMPARE(usageDifferenceWords(m_comparison.usage[0]), u"+20.0 MiB (+100.0 %) more"_s);
    QCOMPARE(usageDifferenceWords(m_comparison.usage[3]), u"~"_s);
    const Comparison back = compareRuns(m_b, m_a);
    QCOMPARE(back.usage[0].difference.shift.estimate,
             -m_comparison.usage[0].difference.shift.estimate);
    QCOMPARE(back.usage[0].difference.judgement, Judgement::Faster);
}

void tst_ComparisonExport::sidesThatWereNotMeasuredHaveNoTable()
{
    m_a.usages.clear();
    compare();
    QCOMPARE(usageWords(UsageKind::Cpu, m_comparison.usage[3].a), u"-"_s);
    QCOMPARE(usageDifferenceWords(m_comparison.usage[3]), QString());

    m_b.usages.clear();
    compare();

    QVERIFY(usageTable(m_comparison).rows.isEmpty());
}

void tst_ComparisonExport::otherCallsAndOrdersAreNotes()
{
    m_b.handlers.front().outcomes[size_t(Outcome::Succeeded)] -= 60;
    m_a.calls = {{{u"p"_s, u"x"_s}, {u"p"_s, u"y"_s}},
                 {{EmissionId(1), 10, 0}, {EmissionId(1), 20, 1}}};
    m_b.calls = {m_a.calls.handlers, {{EmissionId(1), 30, 0}, {EmissionId(1), 20, 1}}};
    compare();

    const ComparisonReport report = reportOf(m_comparison, m_verdict);
    const QString notes = report.structure.join(u'\n');
    QVERIFY(textOf(report).contains(report.structure.last()));

    QVERIFY2(notes.contains(u"was called 600 times in A and 540 times in B."_s), qPrintable(notes));
    QVERIFY2(notes.contains(u"1 times, first in emission 1: p/x, p/y in A, p/y, p/x in B."_s),
             qPrintable(notes));
    const QJsonObject json =
        QJsonDocument::fromJson(exported(source(), ReportFormat::Json)).object();
    QCOMPARE(json[u"orders"_s].toObject()[u"otherOrder"_s].toInt(), 1);
}

void tst_ComparisonExport::aSeriesTellsOfEverySide_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("inTable"); // of the third side
    QTest::addColumn<QString>("heading");

    const QString names = u"1 and 3: threads × 2 and threads × 7"_s;
    QTest::newRow("page") << u"r.html"_s << u"<td>3</td><td>threads × 7</td>"_s
                          << u"<section id='side-3'><h1>"_s + names + u"</h1>"_s;
    QTest::newRow("Markdown") << u"r.md"_s << u"| 3 | threads × 7 | 3 |"_s << u"## "_s + names;
    QTest::newRow("CSV") << u"r.csv"_s << u"\r\n3,threads × 7,3,"_s
                         << u" — B: , threads × 7\"\r\n"_s;
    QTest::newRow("text") << u"r.txt"_s << u"  threads × 7       3 "_s << names + u'\n';
}

void tst_ComparisonExport::aSeriesTellsOfEverySide()
{
    QFETCH(QString, name);
    QFETCH(QString, inTable);
    QFETCH(QString, heading);
    const RunSamples third = sampled({.workers = 7, .run = 3e6, .handler = u"a,\"b\""_s}, 3);
    const Comparison comparison = compareRuns(m_a, third);
    const Verdict verdict = judgeRuns(comparison);
    const QTemporaryDir folder;

    const Result<void> written =
        writeReport({source(), {comparison, verdict, {}, {}, {}}}, folder.filePath(name));

    QVERIFY(written);
    QFile file(folder.filePath(name));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QString text = QString::fromUtf8(file.readAll());
    QVERIFY2(text.contains(u"1, the base"_s), qPrintable(text));
    QVERIFY2(text.contains(inTable), qPrintable(text));
    QVERIFY2(text.contains(heading), qPrintable(text));
    QVERIFY(
        text.contains(name == u"r.html"_s ? verdict.headline.toHtmlEscaped() : verdict.headline));
    QVERIFY(text.contains(m_verdict.headline));
}

void tst_ComparisonExport::aSeriesAsJsonHasAllPairs()
{
    const RunSamples third = sampled({.workers = 7}, 3);
    const Comparison comparison = compareRuns(m_a, third);
    const Verdict verdict = judgeRuns(comparison);

    const QByteArray bytes =
        exportedSeries({source(), {comparison, verdict, {}, {}, {}}}, ReportFormat::Json);

    const QJsonArray pairs = QJsonDocument::fromJson(bytes).object()[u"pairs"_s].toArray();
    QCOMPARE(pairs.size(), 2);
    QCOMPARE(pairs[0].toObject()[u"b"_s][u"executor"_s].toString(), u"processes"_s);
    QCOMPARE(pairs[1].toObject()[u"b"_s][u"workers"_s].toInt(), 7);
}

void tst_ComparisonExport::aSeriesOfTwoSidesIsTheirComparison()
{
    for (const ReportFormat format : {ReportFormat::Json, ReportFormat::Html, ReportFormat::Text})
        QCOMPARE(exportedSeries({source()}, format), exported(source(), format));
}

QTEST_GUILESS_MAIN(tst_ComparisonExport)
#include "tst_comparisonexport.moc"
