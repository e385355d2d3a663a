// SPDX-License-Identifier: MIT
#include "desktop/compare/timelinelink.h"

#include "desktop/compare/emissiondifference.h"
#include "desktop/models/runmodel.h"
#include "desktop/samplefacts.h"
#include "desktop/timeline/emissiontrack.h"
#include "desktop/timeline/timelinenotes.h"

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
    void whatARunLacksIsNoMoment();
    void theSameEmissionIsTheOneOfTheSameRank();
    void saysWhatAnEmissionCostMore();

private:
    const RunMoments m_a{1'000, 1'200, 5'000, {900, 3}};
    const RunMoments m_b{70'000, 70'900, 90'000, {69'800, 4}};
};

void tst_TimelineLink::meetsWhereItIsAsked_data()
{
    QTest::addColumn<RunAlignment>("alignment");
    QTest::addColumn<qint64>("inA");
    QTest::addColumn<qint64>("inB");
    using Kind = RunAlignment::Kind;
    const auto row = [](const char *name, const RunAlignment &alignment, qint64 a, qint64 b) {
        QTest::newRow(name) << alignment << a << b;
    };
    row("run start", {Kind::RunStart}, 1'000, 69'900);
    row("first emission", {Kind::FirstEmission}, 1'500, 70'500);
    row("first start", {Kind::FirstStart}, 1'500, 71'200);
    row("third emission", {Kind::Emission, 3}, 1'800, 70'900);
    row("note", {Kind::Note, 1, u"here"_s}, 2'000, 80'000);
    row("end", {Kind::End}, 4'000, 89'000);
    row("wall clock", {Kind::WallClock}, 1'000'900, 69'800); // B began 1 ms after A
}

void tst_TimelineLink::meetsWhereItIsAsked()
{
    QFETCH(RunAlignment, alignment);
    QFETCH(qint64, inA);
    QFETCH(qint64, inB);

    EmissionTrack emissionsA;
    EmissionTrack emissionsB;
    for (qint64 i = 0; i < 3; ++i) {
        emissionsA.add(EmissionId(quint64(i) + 1), 1'000 + i * 400);
        emissionsB.add(EmissionId(quint64(i) + 1), 70'000 + i * 450);
    }
    emissionsA.sort();
    emissionsB.sort();
    TimelineNotes notesA;
    TimelineNotes notesB;
    notesA.add({2'000, 2'000, u"here"_s});
    notesB.add({75'000, 75'000, u"not here"_s});
    notesB.add({80'000, 80'000, u"here"_s});

    const TimelineLink link{momentOf(alignment, m_a, emissionsA, notesA).value(),
                            momentOf(alignment, m_b, emissionsB, notesB).value()};

    QCOMPARE(link.toB(inA), inB);
    QCOMPARE(link.toA(inB), inA);
}

void tst_TimelineLink::stretchingBringsBothEndsTogether()
{
    const TimelineLink link = stretchedLink(m_a, m_b);

    QCOMPARE(link.toB(m_a.firstEmission), m_b.firstEmission);
    QCOMPARE(link.toB(m_a.end), m_b.end);
    QCOMPARE(link.toA(80'000), 3'000);
}

void tst_TimelineLink::aRunWithoutTasksIsNotStretched()
{
    const TimelineLink link = stretchedLink({}, m_b);

    QCOMPARE(link.stretch, 1.0);
    QCOMPARE(link.toB(5), 70'005);
}

void tst_TimelineLink::whatARunLacksIsNoMoment()
{
    const auto momentIn = [this](const RunAlignment &alignment) {
        return momentOf(alignment, m_a, EmissionTrack(), TimelineNotes());
    };

    QVERIFY(!momentIn({RunAlignment::Kind::Emission, 1}));
    QVERIFY(!momentIn({RunAlignment::Kind::Note, 1, u"here"_s}));
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
