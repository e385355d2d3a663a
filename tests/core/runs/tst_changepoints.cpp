// SPDX-License-Identifier: MIT
#include <fanfare/runs/changepoints.h>

#include <QTest>

using namespace Fanfare;

class tst_ChangePoints : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void agreesWithTheDefinition_data();
    void agreesWithTheDefinition();
    void dividesUntilNothingChanges();
    void aSingleOutlierIsNoChange();
    void shortSeriesHaveNone();
};

using Values = std::vector<double>;

/// Yearly flow of the Nile at Aswan, 1871 to 1970, in 10^8 cubic meters. It fell after 1898.
/// Source: G. W. Cobb, Biometrika 65 (1978), 243-251.
static const Values nile{
    1120, 1160, 963, 1210, 1160, 1160, 813,  1230, 1370, 1140, 995,  935,  1110, 994,  1020,
    960,  1180, 799, 958,  1140, 1100, 1210, 1150, 1250, 1260, 1220, 1030, 1100, 774,  840,
    874,  694,  940, 833,  701,  916,  692,  1020, 1050, 969,  831,  726,  456,  824,  702,
    1120, 1100, 832, 764,  821,  768,  845,  864,  862,  698,  845,  744,  796,  1040, 759,
    781,  865,  845, 944,  984,  897,  822,  1010, 771,  676,  649,  846,  812,  742,  801,
    1040, 860,  874, 848,  890,  744,  749,  838,  1050, 918,  986,  797,  923,  975,  815,
    1020, 906,  901, 1170, 912,  746,  919,  718,  714,  740};

/// K, its place and p were computed by a program that adds up the signs of all differences, as
/// Pettitt defines U, and not ranks.
void tst_ChangePoints::agreesWithTheDefinition_data()
{
    QTest::addColumn<Values>("values");
    QTest::addColumn<size_t>("at");
    QTest::addColumn<double>("k");
    QTest::addColumn<double>("p");

    QTest::newRow("Nile") << nile << size_t(28) << 1617.0 << 3.5910221769362927e-07;
    QTest::newRow("a few") << Values{5, 3, 4, 9, 8, 10, 7} << size_t(3) << 12.0
                           << 0.22070364458742375;
    QTest::newRow("ties") << Values{3, 1, 2, 2, 1, 3, 2, 2, 9, 8, 9, 7, 8, 9, 8, 9} << size_t(8)
                          << 64.0 << 0.007055755283170262;
    QTest::newRow("all alike") << Values{1, 1, 1, 1, 1} << size_t(0) << 0.0 << 1.0;
    QTest::newRow("nothing") << Values{} << size_t(0) << 0.0 << 1.0;
}

void tst_ChangePoints::agreesWithTheDefinition()
{
    QFETCH(Values, values);

    const ChangeTest test = testForChange(values);

    QTEST(test.at, "at");
    QTEST(test.k, "k");
    QFETCH(double, p);
    QVERIFY(std::abs(test.p - p) <= 1e-12 * p);
}

void tst_ChangePoints::dividesUntilNothingChanges()
{
    Values values;
    for (const double level : {10.0, 14.0, 9.0}) {
        for (int i = 0; i < 12; ++i)
            values.push_back(level + (i * 7 % 5) * 0.1);
    }

    QCOMPARE(changePoints(values), (std::vector<size_t>{12, 24}));
    QCOMPARE(changePoints(nile), std::vector<size_t>{28});
}

void tst_ChangePoints::aSingleOutlierIsNoChange()
{
    Values values;
    for (int i = 0; i < 30; ++i)
        values.push_back(5 + (i * 3 % 7) * 0.01);
    values[14] = 500;

    QVERIFY(changePoints(values).empty());
}

void tst_ChangePoints::shortSeriesHaveNone()
{
    QVERIFY(changePoints(Values{1, 1, 9, 9}).empty());
    QVERIFY(changePoints({}).empty());
}

QTEST_GUILESS_MAIN(tst_ChangePoints)
#include "tst_changepoints.moc"
