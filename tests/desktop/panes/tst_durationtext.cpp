// SPDX-License-Identifier: MIT
#include "desktop/panes/durationtext.h"

#include <QLocale>
#include <QTest>

using namespace Fanfare;
using namespace Qt::StringLiterals;

class tst_DurationText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }
    void durationsHaveThreeDigits_data();
    void durationsHaveThreeDigits();
    void momentsCountMinutes();
    void millisecondsHaveThreeDecimals();
};

void tst_DurationText::durationsHaveThreeDigits_data()
{
    QTest::addColumn<qint64>("nanoseconds");
    QTest::addColumn<QString>("text");

    QTest::newRow("nothing") << qint64(0) << u"0 ns"_s;
    QTest::newRow("nanoseconds") << qint64(999) << u"999 ns"_s;
    QTest::newRow("microseconds") << qint64(1'500) << u"1.50 µs"_s;
    QTest::newRow("milliseconds") << qint64(12'340'000) << u"12.3 ms"_s;
    QTest::newRow("hundreds") << qint64(123'400'000) << u"123 ms"_s;
    QTest::newRow("seconds") << qint64(1'040'000'000) << u"1.04 s"_s;
    QTest::newRow("minutes") << qint64(125'000'000'000) << u"2:05"_s;
    QTest::newRow("negative") << qint64(-2'000'000) << u"-2.00 ms"_s;
}

void tst_DurationText::durationsHaveThreeDigits()
{
    QFETCH(const qint64, nanoseconds);
    QTEST(durationText(nanoseconds), "text");
}

void tst_DurationText::momentsCountMinutes()
{
    QCOMPARE(momentText(62'345'000'000), u"1:02.345"_s);
    QCOMPARE(momentText(0), u"0:00.000"_s);
}

void tst_DurationText::millisecondsHaveThreeDecimals()
{
    QCOMPARE(millisecondsText(12'345'678), u"12.346 ms"_s);
}

QTEST_GUILESS_MAIN(tst_DurationText)
#include "tst_durationtext.moc"
