// SPDX-License-Identifier: MIT
#include <fanfare/runs/sample.h>

#include <QTest>

#include <array>

using namespace Fanfare;

class tst_Sample : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysNothingOfNothing();
    void sortsWhatItIsGiven();
    void takesQuantilesByNearestRank_data();
    void takesQuantilesByNearestRank();
    void tellsTheShareUpToAValue();
    void seesWhatALogarithmicAxisShowsBetter();
};

void tst_Sample::saysNothingOfNothing()
{
    const Sample empty;

    QVERIFY(empty.isEmpty());
    QCOMPARE(empty.quantile(0.5), 0);
    QCOMPARE(empty.minimum(), 0);
    QCOMPARE(empty.maximum(), 0);
    QCOMPARE(empty.mean(), 0.0);
    QCOMPARE(empty.shareUpTo(5), 0.0);
    QVERIFY(!empty.isSkewed());
}

void tst_Sample::sortsWhatItIsGiven()
{
    const Sample sample({30, 10, 20, 10});

    const auto values = sample.values();
    QVERIFY(std::ranges::equal(values, std::array<qint64, 4>{10, 10, 20, 30}));
    QCOMPARE(sample.mean(), 17.5);
}

void tst_Sample::takesQuantilesByNearestRank_data()
{
    QTest::addColumn<int>("size"); // values 1 to size
    QTest::addColumn<double>("p");
    QTest::addColumn<qint64>("expected");

    QTest::newRow("lowest") << 10 << 0.0 << qint64(1);
    QTest::newRow("median of ten") << 10 << 0.5 << qint64(5);
    QTest::newRow("median of eleven") << 11 << 0.5 << qint64(6);
    QTest::newRow("a product above the whole number") << 100 << 0.99 << qint64(99);
    QTest::newRow("the only one") << 1 << 0.999 << qint64(1);
    QTest::newRow("highest") << 10 << 1.0 << qint64(10);
}

void tst_Sample::takesQuantilesByNearestRank()
{
    QFETCH(int, size);
    QFETCH(double, p);
    std::vector<qint64> values;
    for (int i = 1; i <= size; ++i)
        values.push_back(i);

    const Sample sample(values);

    QTEST(sample.quantile(p), "expected");
}

void tst_Sample::tellsTheShareUpToAValue()
{
    const Sample sample({10, 20, 20, 40});

    QCOMPARE(sample.shareUpTo(9), 0.0);
    QCOMPARE(sample.shareUpTo(20), 0.75);
    QCOMPARE(sample.shareUpTo(40), 1.0);
}

void tst_Sample::seesWhatALogarithmicAxisShowsBetter()
{
    QVERIFY(Sample({1, 1, 1, 1, 1, 1000}).isSkewed());
    QVERIFY(!Sample({0, 1, 1, 1, 1, 1000}).isSkewed()); // no logarithm of 0
    QVERIFY(!Sample({1, 40, 41, 42, 60}).isSkewed());   // wide, but not lopsided
    QVERIFY(!Sample({10, 10, 10, 10, 400}).isSkewed()); // lopsided, but narrow
}

QTEST_GUILESS_MAIN(tst_Sample)
#include "tst_sample.moc"
