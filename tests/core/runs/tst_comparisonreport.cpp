// SPDX-License-Identifier: MIT
#include "core/runs/samplerun.h"

#include <fanfare/runs/comparisonhtml.h>
#include <fanfare/runs/comparisonreport.h>
#include <fanfare/runs/durationwords.h>
#include <fanfare/runs/svgcharts.h>

#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTest>

using namespace Fanfare;
using namespace Qt::StringLiterals;

class tst_ComparisonReport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void saysTheSameInEveryForm();
    void linesUpItsColumns();
    void escapesWhatPluginsSay();
    void isValidJson();
    void drawsBothCurves();
    void saysThatTheMachineWasBusy();
    void saysThatPluginAndQueueWereOthers();
    void namesWhatRanOnOneSideInOneSentence();
    void tellsIntervalAndEffectWhereItCan();

private:
    RunSamples m_a;
    RunSamples m_b;
    Comparison m_comparison;
    Verdict m_verdict;
};

void tst_ComparisonReport::init()
{
    m_a = sampled({.handler = u"<b>|~"_s}, 1);
    m_b = sampled({.executor = u"processes"_s, .travel = 4e5, .handler = u"<b>|~"_s}, 2);
    m_comparison = compareRuns(m_a, m_b);
    m_verdict = judgeRuns(m_comparison);
}

void tst_ComparisonReport::saysTheSameInEveryForm()
{
    const ComparisonReport report = reportOf(m_comparison, m_verdict, {u"x is torn."_s});
    for (const QString &text : {textOf(report), markdownOf(report),
                                QString::fromUtf8(jsonOf(m_comparison, m_verdict, report.notes)),
                                QString::fromUtf8(htmlOf(m_comparison, report, {}, {}))}) {
        QVERIFY(text.contains(m_verdict.headline));
        QVERIFY(text.contains(m_verdict.reasons.first()));
        QVERIFY(text.contains(u"x is torn."_s));
    }
}

void tst_ComparisonReport::linesUpItsColumns()
{
    const QStringList lines = textOf(reportOf(m_comparison, m_verdict)).split(u'\n');

    const qsizetype header = lines.indexOf(QRegularExpression(u"^  handler .*run alone$"_s));
    QVERIFY(header > 0);
    QCOMPARE(lines.at(header).size(), lines.at(header + 1).size());
}

void tst_ComparisonReport::escapesWhatPluginsSay()
{
    const ComparisonReport report = reportOf(m_comparison, m_verdict);

    QVERIFY(!htmlOf(m_comparison, report, {}, {}).contains("<b>|"));
    QVERIFY(htmlOf(m_comparison, report, {}, {}).contains("&lt;b&gt;|~"));
    QVERIFY(markdownOf(report).contains(u"<b>\\|\\~"_s));
}

void tst_ComparisonReport::isValidJson()
{
    const QJsonObject json = QJsonDocument::fromJson(jsonOf(m_comparison, m_verdict)).object();

    QCOMPARE(json[u"verdict"][u"cause"].toString(), u"travel"_s);
    QCOMPARE(json[u"verdict"][u"taskRatio"].toDouble(), m_verdict.taskRatio);
    QCOMPARE(json[u"verdict"][u"undecided"], QJsonValue(m_verdict.isUndecided));
    QCOMPARE(json[u"handlers"][0][u"total"][u"judgement"].toString(), u"slower"_s);
    QCOMPARE(json[u"a"][u"tasks"].toInt(), 600);
}

void tst_ComparisonReport::drawsBothCurves()
{
    const QString html =
        QString::fromUtf8(htmlOf(m_comparison, reportOf(m_comparison, m_verdict), {}, {}));

    for (const QString &side : {u"a"_s, u"b"_s}) {
        const QRegularExpression curve(
            u"<path class='%1' d='M[0-9.]+ 180\\.0L[0-9.]+ "_s.arg(side));
        QVERIFY(html.contains(curve));
    }
    QVERIFY(html.contains(u">50 %</text>"_s));
    QVERIFY(SvgCharts::timeAxis(1'000'000'000, 60).contains(u"x='240.0' y='19' text-anchor"_s));
    QVERIFY(SvgCharts::timeAxis(1'000'000'000, 60).contains(u">200 ms</text>"_s));
}

void tst_ComparisonReport::saysThatTheMachineWasBusy()
{
    m_a.info.environment = {.cores = 2, .load = 7.5};
    m_b.info.environment = {.cores = 2, .load = 1.5};

    const QString text = textOf(reportOf(compareRuns(m_a, m_b), m_verdict));

    QVERIFY(text.contains(u"busy before A began: a load of 7.5 on 2 cores"_s));
    QVERIFY(!text.contains(u"busy before B"_s));
    QVERIFY(text.contains(u"Worker processes are sessions of their own"_s));
}

void tst_ComparisonReport::saysThatPluginAndQueueWereOthers()
{
    m_a.info.onFull = u"block"_s;
    m_b.info.onFull = u"reject"_s;
    m_b.info.queueBound = 100;
    m_b.handlers.front().versions = QStringList{u"2.0"_s};
    m_b.handlers.front().builds = {QByteArray(32, 'b')};
    const Comparison comparison = compareRuns(m_a, m_b);
    const ComparisonReport report = reportOf(comparison, m_verdict);

    QVERIFY(report.notes.contains(u"Not alike: full queue is block in A and reject in B."_s));
    QVERIFY(report.notes.contains(
        u"Not known whether alike: queue bound is not recorded in A and 100 in B."_s));
    QVERIFY(report.notes.contains(
        u"Not alike: plugin org.example is 1.0 in A and 2.0 (build 626262626262) in B."_s));
    const QByteArray html = htmlOf(comparison, report, {}, {});
    QVERIFY(html.contains("<td>full queue</td><td>block</td>"));
    QVERIFY(html.contains("<td>plugin org.example</td><td>1.0</td><td>2.0 (build 6262"));
}

void tst_ComparisonReport::namesWhatRanOnOneSideInOneSentence()
{
    RunSamples other = sampled({.handler = u"other"_s}, 3);
    other.info.scenario = "{}";

    const QString text = textOf(reportOf(compareRuns(m_a, other), m_verdict));

    QVERIFY2(text.contains(u"Ran only in B: example/other."_s), qPrintable(text));
    QVERIFY2(text.contains(u"each side has its own scenario"_s), qPrintable(text));
}

void tst_ComparisonReport::tellsIntervalAndEffectWhereItCan()
{
    const RunSamples few = sampled({.rounds = 1, .tasks = 5, .handler = u"<b>|~"_s}, 3);

    const ReportTable table = reportOf(m_comparison, m_verdict).handlers;
    const QStringList judged = table.rows[0];
    const QStringList unjudged = reportOf(compareRuns(m_a, few), m_verdict).handlers.rows[0];

    const auto column = [&](const QString &title) { return table.header.indexOf(title); };
    const HandlerComparison &handler = m_comparison.handlers[0];
    QCOMPARE(judged.size(), table.header.size());
    QCOMPARE(judged[column(u"95 % of it"_s)],
             u"%1 to %2"_s.arg(durationWords(handler.total.shift.lower),
                               durationWords(handler.total.shift.upper)));
    QCOMPARE(judged[column(u"effect A12"_s)], QString::number(handler.total.test.larger, 'f', 2));
    QCOMPARE(judged[column(u"chance"_s)], u"p < 0.001"_s);
    for (const QString &title : {u"95 % of it"_s, u"effect A12"_s, u"chance"_s})
        QCOMPARE(unjudged[column(title)], u"-"_s);
}

QTEST_GUILESS_MAIN(tst_ComparisonReport)
#include "tst_comparisonreport.moc"
