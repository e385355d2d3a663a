// SPDX-License-Identifier: MIT
#include "desktop/compare/chartaxis.h"

#include <QTest>

using namespace Fanfare;

class tst_ChartAxis : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void valuesAndPositionsAreEachOthersInverse();
    void aLogarithmicAxisGivesDecadesTheSameRoom();
    void positionsMayRunUpwards();
    void ticksAreRoundAndNotTooMany_data();
    void ticksAreRoundAndNotTooMany();
    void anEmptyRangeIsWidened();
};

void tst_ChartAxis::valuesAndPositionsAreEachOthersInverse()
{
    const ChartAxis linear(0, 50, 10, 110);
    const ChartAxis logarithmic(1, 1000, 0, 300, ChartAxis::Scale::Logarithmic);

    QCOMPARE(linear.positionOf(25), 60.0);
    QCOMPARE(linear.valueAt(60), 25.0);
    for (const double value : {1.0, 7.0, 999.0})
        QCOMPARE(logarithmic.valueAt(logarithmic.positionOf(value)), value);
}

void tst_ChartAxis::aLogarithmicAxisGivesDecadesTheSameRoom()
{
    const ChartAxis axis(1, 1000, 0, 300, ChartAxis::Scale::Logarithmic);

    QCOMPARE(axis.positionOf(10), 100.0);
    QCOMPARE(axis.positionOf(100), 200.0);
}

void tst_ChartAxis::positionsMayRunUpwards()
{
    const ChartAxis axis(0, 10, 100, 0);

    QCOMPARE(axis.positionOf(0), 100.0);
    QCOMPARE(axis.positionOf(10), 0.0);
}

void tst_ChartAxis::ticksAreRoundAndNotTooMany_data()
{
    QTest::addColumn<double>("from");
    QTest::addColumn<double>("to");
    QTest::addColumn<bool>("isLogarithmic");
    QTest::addColumn<int>("most");
    QTest::addColumn<std::vector<double>>("ticks");
    QTest::newRow("tens") << 0.0 << 45.0 << false << 5 << std::vector<double>{0, 10, 20, 30, 40};
    QTest::newRow("around zero") << -3.0 << 4.0 << false << 4 << std::vector<double>{-2, 0, 2, 4};
    QTest::newRow("decades") << 1.0 << 5000.0 << true << 6 << std::vector<double>{1, 10, 100, 1000};
    QTest::newRow("less than two decades")
        << 10.0 << 60.0 << true << 3 << std::vector<double>{20, 40, 60};
}

void tst_ChartAxis::ticksAreRoundAndNotTooMany()
{
    QFETCH(double, from);
    QFETCH(double, to);
    QFETCH(bool, isLogarithmic);
    QFETCH(int, most);
    QFETCH(std::vector<double>, ticks);
    const ChartAxis axis(from, to, 0, 100,
                         isLogarithmic ? ChartAxis::Scale::Logarithmic : ChartAxis::Scale::Linear);

    const std::vector<double> found = axis.ticks(most);

    QCOMPARE(found.size(), ticks.size());
    for (size_t i = 0; i < ticks.size(); ++i)
        QCOMPARE(1 + found[i], 1 + ticks[i]);
}

void tst_ChartAxis::anEmptyRangeIsWidened()
{
    const ChartAxis axis(5, 5, 0, 100);

    QCOMPARE(axis.positionOf(5), 0.0);
    QVERIFY(!axis.ticks(4).empty());
}

QTEST_GUILESS_MAIN(tst_ChartAxis)
#include "tst_chartaxis.moc"
