// SPDX-License-Identifier: MIT
#include <fanfare/runs/durationwords.h>

#include <QTest>

using namespace Fanfare;
using namespace Qt::StringLiterals;

class tst_DurationWords : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void choosesUnitAndDigits_data();
    void choosesUnitAndDigits();
};

void tst_DurationWords::choosesUnitAndDigits_data()
{
    QTest::addColumn<double>("nanoseconds");
    QTest::addColumn<QString>("text");

    QTest::newRow("nothing") << 0.0 << u"0 ns"_s;
    QTest::newRow("below a microsecond") << 950.0 << u"950 ns"_s;
    QTest::newRow("rounds up into the next unit") << 999.6 << u"1.00 µs"_s;
    QTest::newRow("two decimals") << 1'104'000.0 << u"1.10 ms"_s;
    QTest::newRow("one decimal") << 74.04e9 << u"74.0 s"_s;
    QTest::newRow("none") << 123.4e6 << u"123 ms"_s;
    QTest::newRow("long") << 86'400e9 << u"86400 s"_s;
    QTest::newRow("negative") << -3'200.0 << u"-3.20 µs"_s;
}

void tst_DurationWords::choosesUnitAndDigits()
{
    QFETCH(double, nanoseconds);

    QTEST(durationWords(nanoseconds), "text");
}

QTEST_GUILESS_MAIN(tst_DurationWords)
#include "tst_durationwords.moc"
