// SPDX-License-Identifier: MIT
#include "desktop/compare/timelinelink.h"

#include "desktop/compare/emissiondifference.h"
#include "desktop/models/runmodel.h"
#include "desktop/samplefacts.h"
#include "desktop/timeline/emissiontrack.h"

#include <QTest>

using namespace Fanfare;
using namespace SampleFacts;
using namespace Qt::StringLiterals;

class tst_TimelineLink : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void meetsWhereItIsAsked_data();
    void meetsWhereItIsAsked();
    void stretchingBringsBothEndsTogether();
    void aRunWithoutTasksIsNotStretched();
    void theSameEmissionIsTheOneOfTheSameRank();
    void saysWhatAnEmissionCostMore();

private:
    const RunMoments m_a{1'000, 1'200, 5'000};
    const RunMoments m_b{70'000, 70'900, 90'000};
};

void tst_TimelineLink::meetsWhereItIsAsked_data()
{
    QTest::addColumn<RunAlignment>("alignment");
    QTest::addColumn<qint64>("inA");
    QTest::addColumn<qint64>("inB");
    QTest::newRow("first emission") << RunAlignment::FirstEmission << 1'500LL << 70'500LL;
    QTest::newRow("first start") << RunAlignment::FirstStart << 1'500LL << 71'200LL;
    QTest::newRow("end") << RunAlignment::End << 4'000LL << 89'000LL;
}

void tst_TimelineLink::meetsWhereItIsAsked()
{
    QFETCH(RunAlignment, alignment);
    QFETCH(qint64, inA);
    QFETCH(qint64, inB);

    const TimelineLink link = linkOf(m_a, m_b, alignment, false);

    QCOMPARE(link.toB(inA), inB);
    QCOMPARE(link.toA(inB), inA);
}

void tst_TimelineLink::stretchingBringsBothEndsTogether()
{
    const TimelineLink link = linkOf(m_a, m_b, RunAlignment::End, true);

    QCOMPARE(link.toB(m_a.firstEmission), m_b.firstEmission);
    QCOMPARE(link.toB(m_a.end), m_b.end);
    QCOMPARE(link.toA(80'000), 3'000);
}

void tst_TimelineLink::aRunWithoutTasksIsNotStretched()
{
    const TimelineLink link = linkOf({}, m_b, RunAlignment::FirstEmission, true);

    QCOMPARE(link.stretch, 1.0);
    QCOMPARE(link.toB(5), 70'005);
}

void tst_TimelineLink::theSameEmissionIsTheOneOfTheSameRank()
{
    EmissionTrack a;
    EmissionTrack b;
    a.add(EmissionId{7}, 200);
    a.add(EmissionId{9}, 100);
    b.add(EmissionId{1}, 5);
    a.sort();
    b.sort();

    QCOMPARE(counterpart(a, EmissionId{9}, b), EmissionId{1});
    QVERIFY(!counterpart(a, EmissionId{7}, b));
    QVERIFY(!counterpart(a, EmissionId{8}, b));
}

void tst_TimelineLink::saysWhatAnEmissionCostMore()
{
    RunModel model;
    model.setCatalog(catalog());
    SpanRecord second = span(task(4, 1), 1, 1'000'000);
    second.finished += 5'000'000;
    model.apply(batch({span(task(4), 1, 1'000'000), second}));

    const std::optional<EmissionTimes> times = timesOf(model, EmissionId{4});

    QVERIFY(times);
    QCOMPARE(times->wait, 1'000'000);
    QCOMPARE(times->run, 9'000'000);
    QCOMPARE(times->total, 8'000'000);
    QVERIFY(!timesOf(model, EmissionId{5}));
    QCOMPARE(differenceText({1'000'000, 9'000'000, 8'000'000}, {500'000, 9'000'000, 10'000'000}),
             u"B \u2212 A: waited \u2212500 \u00b5s, ran +0 ns, took +2.00 ms (+25 %)"_s);
}

QTEST_GUILESS_MAIN(tst_TimelineLink)
#include "tst_timelinelink.moc"
