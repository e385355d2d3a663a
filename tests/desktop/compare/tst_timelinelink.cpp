// SPDX-License-Identifier: MIT
#include "desktop/compare/timelinelink.h"

#include "desktop/compare/emissiondifference.h"
#include "desktop/models/runmodel.h"
#include "desktop/samplefacts.h"
#include "desktop/timeline/emissiontrack.h"
#include "desktop/timeline/timelinenotes.h"

#include <QTest>

#include <array>
#include <cmath>
#include <random>

using namespace Fanfare;
using namespace SampleFacts;
using namespace Qt::StringLiterals;

class tst_TimelineLink : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void meetsWhereItIsAsked_data();
    void meetsWhereItIsAsked();
    void anyAlignmentLeadsThereAndBack();
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

/// Wherever two runs meet: both ways are each other's, and so is the link of the runs swapped.
void tst_TimelineLink::anyAlignmentLeadsThereAndBack()
{
    std::mt19937_64 random(20'261'126);
    const auto upTo = [&random](qint64 most) {
        return std::uniform_int_distribution<qint64>(0, most)(random);
    };
    const auto anyRun = [&upTo] {
        const qint64 begin = upTo(1'000'000'000'000);
        const qint64 first = begin + upTo(1'000'000);
        return RunMoments{first,
                          first + upTo(1'000'000),
                          first + 1 + upTo(100'000'000'000),
                          {begin, upTo(2'000'000)}};
    };
    using Kind = RunAlignment::Kind;
    const std::array kinds{Kind::RunStart, Kind::FirstEmission, Kind::FirstStart, Kind::End,
                           Kind::WallClock};
    for (int i = 0; i < 2'000; ++i) {
        const RunMoments a = anyRun();
        const RunMoments b = anyRun();
        const RunAlignment alignment{kinds[size_t(upTo(qint64(kinds.size()) - 1))]};
        const auto momentIn = [&alignment](const RunMoments &run) {
            return momentOf(alignment, run, EmissionTrack(), TimelineNotes()).value();
        };
        const bool isStretched = upTo(3) == 0;
        const TimelineLink link =
            isStretched ? stretchedLink(a, b) : TimelineLink{momentIn(a), momentIn(b)};
        const TimelineLink swapped =
            isStretched ? stretchedLink(b, a) : TimelineLink{momentIn(b), momentIn(a)};
        const qint64 time = a.firstEmission + upTo(a.end - a.firstEmission);

        // A nanosecond of a long run may be less than one of a short one.
        const auto off = qint64(std::ceil(std::max(link.stretch, 1 / link.stretch)));
        QVERIFY(std::abs(link.toA(link.toB(time)) - time) <= off);
        QVERIFY(std::abs(swapped.toA(time) - link.toB(time)) <= off);
        QCOMPARE(link.toB(link.a), link.b);
    }
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
