// SPDX-License-Identifier: MIT
#include <fanfare/runs/summary.h>

#include <QTest>

using namespace Fanfare;

class tst_Summary : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void ofNoTasksIsAllZero();
    void countsOutcomes();
    void percentilesAreNearestRanks();
    void oneTaskIsEveryPercentile();
    void wallGoesFromFirstQueuedToLastFinished();
    void tasksThatNeverStartedHaveNoTimes();
};

static SpanRecord span(qint64 queued, qint64 started, qint64 finished,
                       Outcome outcome = Outcome::Succeeded)
{
    SpanRecord record;
    record.queued = queued;
    record.started = started;
    record.finished = finished;
    record.outcome = outcome;
    return record;
}

void tst_Summary::ofNoTasksIsAllZero()
{
    const RunSummary summary;

    QCOMPARE(summary.tasks(), 0u);
    QCOMPARE(summary.wall(), 0);
    QCOMPARE(summary.throughput(), 0.0);
    QCOMPARE(summary.runTimes().p99, 0);
    QVERIFY(summary.allSucceeded());
}

void tst_Summary::countsOutcomes()
{
    RunSummary summary;

    summary.add(span(0, 1, 2));
    summary.add(span(0, 1, 2, Outcome::Failed));
    summary.add(span(0, 1, 2, Outcome::Failed));

    QCOMPARE(summary.tasks(), 3u);
    QCOMPARE(summary.count(Outcome::Succeeded), 1u);
    QCOMPARE(summary.count(Outcome::Failed), 2u);
    QCOMPARE(summary.count(Outcome::Crashed), 0u);
    QVERIFY(!summary.allSucceeded());
}

void tst_Summary::percentilesAreNearestRanks()
{
    RunSummary summary;

    for (qint64 i = 200; i >= 1; --i) // waits 1..200 ns, runs 10..2000 ns
        summary.add(span(1000, 1000 + i, 1000 + i + 10 * i));

    QCOMPARE(summary.queueTimes().p50, 100);
    QCOMPARE(summary.queueTimes().p90, 180);
    QCOMPARE(summary.queueTimes().p99, 198);
    QCOMPARE(summary.runTimes().p50, 1000);
    QCOMPARE(summary.runTimes().p99, 1980);
}

void tst_Summary::oneTaskIsEveryPercentile()
{
    RunSummary summary;

    summary.add(span(5, 7, 10));

    QCOMPARE(summary.queueTimes().p50, 2);
    QCOMPARE(summary.queueTimes().p99, 2);
    QCOMPARE(summary.runTimes().p90, 3);
}

void tst_Summary::wallGoesFromFirstQueuedToLastFinished()
{
    RunSummary summary;

    summary.add(span(2'000'000'000, 2'100'000'000, 3'000'000'000));
    summary.add(span(1'000'000'000, 1'100'000'000, 1'200'000'000));

    QCOMPARE(summary.wall(), 2'000'000'000);
    QCOMPARE(summary.throughput(), 1.0);
}

void tst_Summary::tasksThatNeverStartedHaveNoTimes()
{
    RunSummary summary;

    summary.add(span(10, 50, 50, Outcome::Canceled));
    summary.add(span(10, 50, 50)); // a handler that took less than the clock can see

    QVERIFY(!hasStarted(span(10, 50, 50, Outcome::Crashed)));
    QVERIFY(hasStarted(span(10, 50, 60, Outcome::Crashed)));
    QCOMPARE(summary.queueTimes().p50, 40);
    QCOMPARE(summary.runTimes().p50, 0);
}

QTEST_APPLESS_MAIN(tst_Summary)
#include "tst_summary.moc"
