// SPDX-License-Identifier: MIT
#include <fanfare/runs/ranksums.h>
#include <fanfare/runs/ranktest.h>

#include <QTest>

#include <cmath>

using namespace Fanfare;

using Values = std::vector<qint64>;
Q_DECLARE_METATYPE(Values)

class tst_RankTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void countsTheDistributionExactly();
    void agreesWithTheReference_data();
    void agreesWithTheReference();
    void isSymmetric();
    void findsNothingInAnEmptySample();
};

/// The figures of a published table: for n = m = 8 a U of at most 13 has a two-sided probability
/// of at most 5 %, one of 14 has not; for 5 and 7 the limit is 5.
void tst_RankTest::countsTheDistributionExactly()
{
    const RankSums eight(8, 8);
    QVERIFY(2 * eight.upTo(13) <= 0.05);
    QVERIFY(2 * eight.upTo(14) > 0.05);
    const RankSums other(5, 7);
    QVERIFY(2 * other.upTo(5) <= 0.05);
    QVERIFY(2 * other.upTo(6) > 0.05);

    const RankSums two(2, 2); // 1, 1, 2, 1, 1 ways of 6
    QCOMPARE(two.upTo(0), 1.0 / 6);
    QCOMPARE(two.upTo(2), 4.0 / 6);
    QCOMPARE(two.upTo(4), 1.0);
    QCOMPARE(two.quantile(0.3), 1U);
}

/// Values made by a formula, so that the reference could be computed from the same ones.
static Values residues(int count, int factor, int divisor)
{
    Values values;
    for (int i = 1; i <= count; ++i)
        values.push_back((i * factor) % 10'007 / divisor);
    return values;
}

void tst_RankTest::agreesWithTheReference_data()
{
    QTest::addColumn<Values>("a");
    QTest::addColumn<Values>("b");
    QTest::addColumn<double>("u");
    QTest::addColumn<double>("p");
    QTest::addColumn<bool>("isExact");

    // u and p of scipy 1.10.1, mannwhitneyu(b, a), exact or asymptotic with continuity correction.
    QTest::newRow("permeability, Hollander and Wolfe")
        << Values{115, 88, 90, 74, 121} << Values{80, 83, 189, 104, 145, 138, 191, 164, 73, 146}
        << 35.0 << 0.2544122544122544 << true;
    QTest::newRow("small") << Values{2358, 3039, 2826, 1468, 1552, 2015, 1950, 2967, 3843}
                           << Values{2782, 1795, 2174, 4271, 3800, 2508,
                                     4555, 2697, 3505, 7179, 2429, 4214}
                           << 78.0 << 0.09545129792807813 << true;
    QTest::newRow("apart") << Values{10, 20, 30, 40, 50, 60, 70, 80}
                           << Values{110, 120, 130, 140, 150, 160, 170, 180} << 64.0
                           << 0.0001554001554001554 << true;
    QTest::newRow("tied") << Values{2000, 3000, 2000, 3000, 2000, 3000, 2000, 2500, 1500, 3500,
                                    3000, 3000, 4000, 2500, 4000, 2500, 3000, 2000, 2500, 3500,
                                    2500, 2500, 3500, 2000, 3500, 2500, 2500, 1500, 3500, 2500}
                          << Values{3000, 6000, 3000, 2500, 2500, 3000, 2000, 3000, 2500,
                                    2500, 3000, 3500, 5000, 3000, 4500, 5500, 6500, 2000,
                                    3500, 5000, 4500, 2500, 3500, 4000, 3500}
                          << 533.5 << 0.006572473096055253 << false;
    QTest::newRow("large") << residues(400, 7919, 10) << residues(300, 6007, 9) << 58'633.5
                           << 0.6059021775387117 << false;
    QTest::newRow("all equal") << Values(10, 5) << Values(12, 5) << 60.0 << 1.0 << false;
}

void tst_RankTest::agreesWithTheReference()
{
    QFETCH(Values, a);
    QFETCH(Values, b);
    QFETCH(double, u);
    QFETCH(double, p);

    const RankTest test = testRanks(Sample(a), Sample(b));

    QCOMPARE(test.u, u);
    QVERIFY2(std::abs(test.p - p) <= 1e-12 * p, qPrintable(QString::number(test.p, 'g', 17)));
    QTEST(test.isExact, "isExact");
}

void tst_RankTest::isSymmetric()
{
    const Sample a(residues(40, 7919, 10));
    const Sample b(residues(60, 6007, 9));

    const RankTest there = testRanks(a, b);
    const RankTest back = testRanks(b, a);

    QCOMPARE(there.p, back.p);
    QCOMPARE(there.larger, 1 - back.larger);
}

void tst_RankTest::findsNothingInAnEmptySample()
{
    const RankTest test = testRanks(Sample(), Sample({1, 2, 3}));

    QCOMPARE(test.p, 1.0);
    QCOMPARE(test.larger, 0.5);
}

QTEST_GUILESS_MAIN(tst_RankTest)
#include "tst_ranktest.moc"
