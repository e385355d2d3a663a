// SPDX-License-Identifier: MIT
#include <fanfare/runs/lanehistory.h>

#include <QTest>

using namespace Fanfare;

class tst_LaneHistory : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knowsTheProcessOfEveryTime();
    void keepsThreadsApartFromEvents();
    void answersForUnknownLanes();
    void forgetsTheOldest();
};

static LaneEvent happened(LaneEventKind kind, qint64 time, qint64 pid)
{
    return {LaneId{0}, kind, time, pid, {}};
}

void tst_LaneHistory::knowsTheProcessOfEveryTime()
{
    LaneHistory history;

    history.add(0, happened(LaneEventKind::Started, 100, 41));
    history.add(0, happened(LaneEventKind::Died, 200, 41));
    history.add(0, happened(LaneEventKind::Started, 210, 42));

    QCOMPARE(history.pidAt(0, 99), 0);
    QCOMPARE(history.pidAt(0, 100), 41);
    QCOMPARE(history.pidAt(0, 205), 41); // whose task ended by its death
    QCOMPARE(history.pidAt(0, 210), 42);
    QCOMPARE(history.events(0).size(), 3U);
}

void tst_LaneHistory::keepsThreadsApartFromEvents()
{
    LaneHistory history;

    history.setPid(3, 0, 7);
    history.setPid(3, 500, 8);
    history.clearEvents();

    QCOMPARE(history.pidAt(3, 499), 7);
    QCOMPARE(history.pidAt(3, 500), 8);
    QVERIFY(history.events(3).empty());
}

void tst_LaneHistory::answersForUnknownLanes()
{
    const LaneHistory history;

    QCOMPARE(history.pidAt(9, 1), 0);
    QVERIFY(history.events(9).empty());
}

void tst_LaneHistory::forgetsTheOldest()
{
    LaneHistory history;

    for (size_t i = 0; i <= LaneHistory::maximumEvents; ++i)
        history.add(0, happened(LaneEventKind::Started, qint64(i), qint64(i + 1)));

    QVERIFY(history.events(0).size() <= LaneHistory::maximumEvents);
    QCOMPARE(history.events(0).back().time, qint64(LaneHistory::maximumEvents));
    QCOMPARE(history.pidAt(0, qint64(LaneHistory::maximumEvents)),
             qint64(LaneHistory::maximumEvents + 1));
}

QTEST_GUILESS_MAIN(tst_LaneHistory)
#include "tst_lanehistory.moc"
