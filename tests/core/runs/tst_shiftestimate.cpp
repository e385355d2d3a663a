// SPDX-License-Identifier: MIT
#include <fanfare/runs/shiftestimate.h>

#include <QTest>

#include <algorithm>
#include <limits>
#include <random>

using namespace Fanfare;

using Values = std::vector<qint64>;

class tst_ShiftEstimate : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void agreesWithAPublishedExample();
    void isTheMedianOfAllDifferences();
    void coversTheTrueShift();
    void negatesWhenSwapped();
    void isZeroForNothing();
    void standsExtremeValues();
    void findsAShiftOfTheTail();
};

static Values draw(std::mt19937_64 &random, size_t count, qint64 shift, qint64 spread)
{
    std::uniform_int_distribution<qint64> distribution(shift, shift + spread);
    Values values(count);
    for (qint64 &value : values)
        value = distribution(random);
    return values;
}

/// Permeability of chorioamnion, Hollander and Wolfe: 0.305 with an interval from -0.15 to 0.76.
void tst_ShiftEstimate::agreesWithAPublishedExample()
{
    const Sample early({115, 88, 90, 74, 121});
    const Sample term({80, 83, 189, 104, 145, 138, 191, 164, 73, 146});

    const Shift shift = estimateShift(early, term);

    QCOMPARE(shift.estimate, 30.5);
    QCOMPARE(shift.lower, -15.0);
    QCOMPARE(shift.upper, 76.0);
}

void tst_ShiftEstimate::isTheMedianOfAllDifferences()
{
    std::mt19937_64 random(11);
    std::uniform_int_distribution<size_t> size(1, 70);
    for (int round = 0; round < 300; ++round) {
        const Values a = draw(random, size(random), 0, round % 3 == 0 ? 5 : 100'000);
        const Values b = draw(random, size(random), round, 1'000);
        Values differences;
        for (const qint64 x : a) {
            for (const qint64 y : b)
                differences.push_back(y - x);
        }
        std::sort(differences.begin(), differences.end());
        const size_t n = differences.size();
        const double median = (double(differences[(n - 1) / 2]) + double(differences[n / 2])) / 2;

        const Shift shift = estimateShift(Sample(a), Sample(b));

        QCOMPARE(shift.estimate, median);
        QVERIFY(shift.lower <= median && median <= shift.upper);
        QVERIFY(shift.lower >= double(differences.front()));
        QVERIFY(shift.upper <= double(differences.back()));
    }
}

/// 2,000 pairs of samples that differ by 500: the interval misses it in about 5 %, once with exact
/// ranks and once with approximate ones.
void tst_ShiftEstimate::coversTheTrueShift()
{
    std::mt19937_64 random(5);
    for (const size_t size : {size_t(12), size_t(80)}) {
        int hits = 0;
        for (int round = 0; round < 1'000; ++round) {
            const Sample a(draw(random, size, 0, 10'000));
            const Sample b(draw(random, size, 500, 10'000));
            const Shift shift = estimateShift(a, b);
            hits += shift.lower <= 500 && 500 <= shift.upper ? 1 : 0;
        }
        QVERIFY2(hits >= 930 && hits <= 980, qPrintable(QString::number(hits)));
    }
}

void tst_ShiftEstimate::negatesWhenSwapped()
{
    std::mt19937_64 random(3);
    const Sample a(draw(random, 301, 0, 1'000));
    const Sample b(draw(random, 200, 40, 1'300));

    for (const bool tail : {false, true}) {
        const auto estimate = [tail](const Sample &from, const Sample &to) {
            return tail ? estimateQuantileShift(from, to, 0.99, 7) : estimateShift(from, to);
        };
        const Shift there = estimate(a, b);
        const Shift back = estimate(b, a);

        QCOMPARE(there.estimate, -back.estimate);
        QCOMPARE(there.lower, -back.upper);
        QCOMPARE(there.upper, -back.lower);
    }
}

void tst_ShiftEstimate::isZeroForNothing()
{
    QCOMPARE(estimateShift(Sample(), Sample({1, 2})).estimate, 0.0);
    QCOMPARE(estimateQuantileShift(Sample({1}), Sample(), 0.99, 1).upper, 0.0);
}

/// Times of a clock that has run for a century, and equal ones.
void tst_ShiftEstimate::standsExtremeValues()
{
    constexpr qint64 century = 3'155'760'000'000'000'000;
    const Sample a({0, 0, century});
    const Sample b({century, century, century});

    QCOMPARE(estimateShift(a, b).estimate, double(century));
    QCOMPARE(estimateShift(b, b).estimate, 0.0);
}

/// Two samples that differ in their slowest 5 % only.
void tst_ShiftEstimate::findsAShiftOfTheTail()
{
    std::mt19937_64 random(9);
    Values plain = draw(random, 2'000, 1'000, 100);
    Values tailed = draw(random, 1'900, 1'000, 100);
    const Values tail = draw(random, 100, 9'000, 100);
    tailed.insert(tailed.end(), tail.begin(), tail.end());

    const Shift shift = estimateQuantileShift(Sample(plain), Sample(tailed), 0.99, 1);

    QVERIFY(shift.lower > 7'000);
    QVERIFY(shift.upper < 9'000);
    QVERIFY(shift.lower <= shift.estimate && shift.estimate <= shift.upper);
}

QTEST_GUILESS_MAIN(tst_ShiftEstimate)
#include "tst_shiftestimate.moc"
