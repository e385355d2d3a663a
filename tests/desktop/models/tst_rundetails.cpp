// SPDX-License-Identifier: MIT
#include "desktop/models/rundetails.h"

#include <QTest>

using namespace Fanfare;

class tst_RunDetails final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsWhatATaskLeft();
    void forgetsTheOldestByNumber();
    void forgetsTheOldestByBytes();
    void keepsOneDetailLargerThanTheBound();
};

static TaskDetail detailOf(quint64 emission, const QCborValue &result = QCborValue(1))
{
    TaskDetail detail;
    detail.task = {EmissionId{emission}, 0};
    detail.result = result;
    return detail;
}

void tst_RunDetails::findsWhatATaskLeft()
{
    RunDetails details;

    details.add(detailOf(1, 10));
    details.add(detailOf(2, 20));

    QCOMPARE(details.find({EmissionId{2}, 0})->result.toInteger(), 20);
    QVERIFY(!details.find({EmissionId{2}, 1}));
    QCOMPARE(details.forgotten(), 0U);
}

void tst_RunDetails::forgetsTheOldestByNumber()
{
    RunDetails details;

    for (quint64 i = 1; i <= RunDetails::maximumCount + 3; ++i)
        details.add(detailOf(i));

    QCOMPARE(details.forgotten(), 3U);
    QVERIFY(!details.find({EmissionId{3}, 0}));
    QVERIFY(details.find({EmissionId{4}, 0}));
}

void tst_RunDetails::forgetsTheOldestByBytes()
{
    RunDetails details;
    const QByteArray quarter(RunDetails::maximumBytes / 4, 'x');

    for (quint64 i = 1; i <= 5; ++i)
        details.add(detailOf(i, quarter));

    QCOMPARE(details.forgotten(), 2U);
    QVERIFY(!details.find({EmissionId{2}, 0}));
    QVERIFY(details.find({EmissionId{3}, 0}));
}

void tst_RunDetails::keepsOneDetailLargerThanTheBound()
{
    RunDetails details;
    const QByteArray large(RunDetails::maximumBytes + 1, 'x');

    details.add(detailOf(1));
    details.add(detailOf(2, large));

    QVERIFY(!details.find({EmissionId{1}, 0}));
    QVERIFY(details.find({EmissionId{2}, 0}));
}

QTEST_GUILESS_MAIN(tst_RunDetails)
#include "tst_rundetails.moc"
