// SPDX-License-Identifier: MIT
#include "desktop/models/firstfit.h"

#include <QTest>

#include <random>

using namespace Fanfare;

class tst_FirstFit final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void givesTheFirstFreeRow();
    void keepsARowUntilItIsReleased();
    void agreesWithASearch();
};

void tst_FirstFit::givesTheFirstFreeRow()
{
    FirstFit fit;

    QCOMPARE(fit.take(0), 0);
    QCOMPARE(fit.take(1), 1);
    QCOMPARE(fit.take(2), 2);
    fit.release(1, 5);

    QCOMPARE(fit.take(4), 3); // row 1 is free from 5 on only
    QCOMPARE(fit.take(5), 1);
    QCOMPARE(fit.rowCount(), 4);
}

void tst_FirstFit::keepsARowUntilItIsReleased()
{
    FirstFit fit;

    const int row = fit.take(0);

    for (int i = 1; i < 100; ++i)
        QVERIFY(fit.take(1'000'000) != row);
    fit.release(row, 10);
    QCOMPARE(fit.take(10), row);
}

void tst_FirstFit::agreesWithASearch()
{
    std::mt19937 random(3);
    FirstFit fit;
    std::vector<qint64> freeFrom; // by row; what the tree must agree with

    for (qint64 time = 0; time < 5'000; ++time) {
        const auto free = std::find_if(freeFrom.begin(), freeFrom.end(),
                                       [time](qint64 from) { return from <= time; });
        const auto expected = static_cast<int>(free - freeFrom.begin());
        const qint64 end = time + static_cast<qint64>(random() % 300);
        if (free == freeFrom.end())
            freeFrom.push_back(end);
        else
            *free = end;

        const int row = fit.take(time);
        fit.release(row, end);

        QCOMPARE(row, expected);
    }
    QCOMPARE(fit.rowCount(), static_cast<int>(freeFrom.size()));
}

QTEST_GUILESS_MAIN(tst_FirstFit)
#include "tst_firstfit.moc"
