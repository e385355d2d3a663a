// SPDX-License-Identifier: MIT
#include "desktop/compare/chartvalues.h"

#include <QTest>

#include <numeric>

using namespace Fanfare;

class tst_ChartValues : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyValueFallsIntoOneInterval();
    void anAxisMayBeginWhereTheValuesDo();
    void aSkewedSampleGetsALogarithmicAxis();
    void swappingTheSidesNegatesTheDifferences();
    void aConstantShiftIsFlat();
    void nothingComesOfAnEmptySide();
};

static double sumOf(const std::vector<double> &shares)
{
    return std::accumulate(shares.begin(), shares.end(), 0.0);
}

static Sample ramp(qint64 from, int count)
{
    std::vector<qint64> values(static_cast<size_t>(count));
    std::iota(values.begin(), values.end(), from);
    return Sample(values);
}

void tst_ChartValues::everyValueFallsIntoOneInterval()
{
    const Histogram histogram = histogramOf(ramp(0, 100), ramp(50, 100), 15);

    QCOMPARE(histogram.edges.size(), size_t(16));
    QCOMPARE(histogram.edges.front(), 0.0);
    QCOMPARE(sumOf(histogram.a), 1.0);
    QCOMPARE(sumOf(histogram.b), 1.0);
    QCOMPARE(histogram.scale, ChartAxis::Scale::Linear);
    QCOMPARE(histogram.a.back(), 0.0); // A ends at 99 of 149
    QVERIFY(histogram.b.back() > 0);
}

void tst_ChartValues::anAxisMayBeginWhereTheValuesDo()
{
    Histogram histogram = histogramOf(ramp(1'000, 100), ramp(1'050, 300), 15, false);

    QCOMPARE(histogram.edges.front(), 1'000.0);
    QCOMPARE(sumOf(histogram.a), 1.0);

    histogram.scaleBy(100, 300);

    QCOMPARE(sumOf(histogram.a), 100.0);
    QCOMPARE(sumOf(histogram.b), 300.0);
}

void tst_ChartValues::aSkewedSampleGetsALogarithmicAxis()
{
    std::vector<qint64> values(100, 10);
    values.push_back(1'000'000);

    const Histogram histogram = histogramOf(Sample(values), ramp(10, 5), 10);

    QCOMPARE(histogram.scale, ChartAxis::Scale::Logarithmic);
    QCOMPARE(histogram.edges.front(), 10.0);
    QCOMPARE(sumOf(histogram.a), 1.0);
}

void tst_ChartValues::swappingTheSidesNegatesTheDifferences()
{
    const Sample a = ramp(10, 50);
    const Sample b(std::vector<qint64>{3, 99, 700, 20, 20});

    const std::vector<double> there = quantileDifferences(a, b);
    const std::vector<double> back = quantileDifferences(b, a);

    QCOMPARE(there.size(), size_t(99));
    for (size_t i = 0; i < there.size(); ++i)
        QCOMPARE(there[i], -back[i]);
}

void tst_ChartValues::aConstantShiftIsFlat()
{
    for (const double difference : quantileDifferences(ramp(0, 200), ramp(7, 200)))
        QCOMPARE(difference, 7.0);
}

void tst_ChartValues::nothingComesOfAnEmptySide()
{
    QVERIFY(histogramOf(Sample(), ramp(0, 5), 10).edges.empty());
    QVERIFY(quantileDifferences(ramp(0, 5), Sample()).empty());
}

QTEST_GUILESS_MAIN(tst_ChartValues)
#include "tst_chartvalues.moc"
