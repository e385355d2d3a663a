// SPDX-License-Identifier: MIT
#include "desktop/timeline/timeaxis.h"

#include <QTest>

using namespace Fanfare;
using namespace Qt::StringLiterals;

class tst_TimeAxis final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsTheRulerTrueAcrossAFold();
    void findsTheTimeOfAColumnAgain();
    void stepsBy1And2And5_data();
    void stepsBy1And2And5();
    void putsTicksAtMultiplesOfTheStep();
    void writesTimesOfDay();
    void writesTicksAsExactAsTheStep_data();
    void writesTicksAsExactAsTheStep();
};

void tst_TimeAxis::findsTheTimeOfAColumnAgain()
{
    const TimeAxis axis{8'000'000'000'000'000, 7'142'857.3}; // 92 days after boot

    for (int x = 0; x < 4000; x += 7)
        QVERIFY(std::abs(axis.xOf(axis.timeAt(x)) - x) < 0.001);
    QCOMPARE(axis.scaled(2).timeAt(200), axis.timeAt(100));
}

void tst_TimeAxis::stepsBy1And2And5_data()
{
    QTest::addColumn<double>("nsPerPixel");
    QTest::addColumn<qint64>("step");

    QTest::newRow("ns") << 0.3 << qint64(50);
    QTest::newRow("10 s on 1400 px") << 1e10 / 1400 << qint64(1'000'000'000);
    QTest::newRow("exactly one") << 1e7 << qint64(1'000'000'000);
    QTest::newRow("half a minute") << 25e7 << qint64(30'000'000'000);
    QTest::newRow("hours") << 3e10 << qint64(3600'000'000'000);
    QTest::newRow("days") << 1e12 << qint64(172'800'000'000'000);
}

void tst_TimeAxis::stepsBy1And2And5()
{
    QFETCH(double, nsPerPixel);
    QFETCH(qint64, step);

    QCOMPARE(tickStep(nsPerPixel, 100), step);
}

void tst_TimeAxis::putsTicksAtMultiplesOfTheStep()
{
    const TimeAxis axis{1'025, 1};

    const std::vector<RulerTick> ticks = rulerTicks(axis, 250, 100, 1'000);

    QCOMPARE(ticks.size(), 2U);
    QCOMPARE(ticks[0].time, 100);
    QCOMPARE(ticks[0].x, 75.0);
    QCOMPARE(ticks[1].time, 200);
}

void tst_TimeAxis::writesTicksAsExactAsTheStep_data()
{
    QTest::addColumn<qint64>("time");
    QTest::addColumn<qint64>("step");
    QTest::addColumn<QString>("text");

    QTest::newRow("zero") << qint64(0) << qint64(1'000) << u"0"_s;
    QTest::newRow("seconds") << qint64(12'000'000'000) << qint64(1'000'000'000) << u"12 s"_s;
    QTest::newRow("half seconds") << qint64(1'500'000'000) << qint64(500'000'000) << u"1.5 s"_s;
    QTest::newRow("whole of half seconds")
        << qint64(2'000'000'000) << qint64(500'000'000) << u"2.0 s"_s;
    QTest::newRow("ms") << qint64(20'000'000) << qint64(10'000'000) << u"20 ms"_s;
    QTest::newRow("deep in a long run")
        << qint64(1'000'000'020'000) << qint64(10'000) << u"1000.00002 s"_s;
    QTest::newRow("us") << qint64(2'500) << qint64(500) << u"2.5 µs"_s;
    QTest::newRow("ns") << qint64(20) << qint64(10) << u"20 ns"_s;
    QTest::newRow("minutes") << qint64(125'000'000'000) << qint64(5'000'000'000) << u"2:05"_s;
    QTest::newRow("hours") << qint64(3'725'000'000'000) << qint64(5'000'000'000) << u"1:02:05"_s;
    QTest::newRow("before") << qint64(-20'000'000) << qint64(10'000'000) << u"−20 ms"_s;
}

void tst_TimeAxis::writesTicksAsExactAsTheStep()
{
    QFETCH(qint64, time);
    QFETCH(qint64, step);
    QFETCH(QString, text);

    QCOMPARE(tickText(time, step), text);
}

void tst_TimeAxis::writesTimesOfDay()
{
    constexpr qint64 second = 1'000'000'000;
    constexpr qint64 time = ((14 * 60 + 2) * 60 + 7) * second + 250'000'000;

    QCOMPARE(clockTickText(time, 60 * second), QStringLiteral("14:02"));
    QCOMPARE(clockTickText(time, 5 * second), QStringLiteral("14:02:07"));
    QCOMPARE(clockTickText(time, second / 100), QStringLiteral("14:02:07.25"));
    QCOMPARE(clockTickText(time + 1, 1), QStringLiteral("14:02:07.250000001"));
    QCOMPARE(clockTickText(-second, second), QStringLiteral("23:59:59")); // before midnight
    QCOMPARE(clockTickText(24 * 3600 * second, second), QStringLiteral("00:00:00"));
}

/// A ruler over a pause of 30 days in steps of a millisecond.
void tst_TimeAxis::keepsTheRulerTrueAcrossAFold()
{
    constexpr qint64 millisecond = 1'000'000;
    constexpr qint64 month = 30LL * 24 * 3'600'000 * millisecond;
    const TimeAxis axis{
        0, 1e4, 0,
        std::make_shared<TimeFolds>(std::vector<TimeFold>{{2'500'000, month, 240'000, month}}, 0)};

    const std::vector<RulerTick> ticks = rulerTicks(axis, 1'000, millisecond, 0);

    QCOMPARE(ticks.size(), 3U + 8U);
    QCOMPARE(ticks[2].time, 2 * millisecond);
    QCOMPARE(ticks[3].time, month);
    QCOMPARE(ticks[3].x, 250.0 + 24);
    QCOMPARE(ticks[4].x, 350.0 + 24);
}

QTEST_GUILESS_MAIN(tst_TimeAxis)
#include "tst_timeaxis.moc"
