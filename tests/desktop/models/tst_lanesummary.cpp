// SPDX-License-Identifier: MIT
#include "desktop/models/lanesummary.h"

#include "desktop/panes/summarytexts.h"
#include "desktop/samplefacts.h"

#include <QTest>

using namespace Fanfare;
using namespace SampleFacts;
using namespace Qt::StringLiterals;

class tst_LaneSummary : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sumsUpAWorker();
    void tasksThatOverlapCountOnce();
    void countsReplacementsOfTheProcess();
    void sumsUpAPartOfTheTime();
    void whatRunsNowMakesItBusy();
    void tellsWhichTasksAreMeant();
    void aWorkerWithoutTasksHasNothingToTell();
    void theTextHasWhatThereIs();
    void tellsHowAnEmissionWent();
};

static constexpr qint64 ms = 1'000'000;

/// A task of the lane of SampleFacts that ran between two moments, in milliseconds.
static SpanRecord ran(quint64 emission, qint64 from, qint64 to,
                      Outcome outcome = Outcome::Succeeded)
{
    SpanRecord record = span(task(emission), 1, from * ms, outcome);
    record.started = from * ms;
    record.finished = to * ms;
    return record;
}

static LaneSummary summaryAfter(std::vector<SpanRecord> spans)
{
    RunModel run;
    run.setCatalog(catalog());
    run.apply(batch(std::move(spans)));
    return summaryOf(run, 0);
}

void tst_LaneSummary::sumsUpAWorker()
{
    const LaneSummary summary =
        summaryAfter({ran(1, 100, 110), ran(2, 120, 150, Outcome::Failed), ran(3, 190, 200)});

    QCOMPARE(summary.tasks, quint64(3));
    QCOMPARE(summary.failures, quint64(1));
    QCOMPARE(summary.busy, 0.5);
    QCOMPARE(summary.longest, 30 * ms);
    QCOMPARE(summary.longestGap, 40 * ms);
    QCOMPARE(summary.replacements, quint64(0));
}

/// As on an event loop: 100 to 200 and 150 to 240, a gap, 260 to 300.
void tst_LaneSummary::tasksThatOverlapCountOnce()
{
    const LaneSummary summary =
        summaryAfter({ran(1, 100, 200), ran(2, 150, 240), ran(3, 260, 300)});

    QCOMPARE(summary.busy, 0.9);
    QCOMPARE(summary.longestGap, 20 * ms);
}

void tst_LaneSummary::countsReplacementsOfTheProcess()
{
    RunModel run;
    run.setCatalog(catalog());
    BatchFact fact = batch({ran(1, 100, 110)});
    for (const auto kind : {LaneEventKind::Started, LaneEventKind::Died, LaneEventKind::Started,
                            LaneEventKind::Recycled, LaneEventKind::Stopped})
        fact.trace.laneEvents.push_back({LaneId{0}, kind, 100 * ms, 1, {}});
    run.apply(fact);

    QCOMPARE(summaryOf(run, 0).replacements, quint64(2));
}

/// 100 to 110 lies outside; of 120 to 150 ten milliseconds lie inside, of 190 to 200 five.
void tst_LaneSummary::sumsUpAPartOfTheTime()
{
    RunModel run;
    run.setCatalog(catalog());
    BatchFact fact = batch({ran(1, 100, 110), ran(2, 120, 150, Outcome::Failed), ran(3, 190, 200),
                            ran(4, 400, 410, Outcome::Failed)});
    fact.trace.laneEvents.push_back({LaneId{0}, LaneEventKind::Died, 130 * ms, 1, {}});
    fact.trace.laneEvents.push_back({LaneId{0}, LaneEventKind::Died, 150 * ms, 1, {}});
    run.apply(fact);

    const LaneSummary summary = summaryOf(run, 0, {140 * ms, 195 * ms});

    QCOMPARE(summary.tasks, quint64(2));
    QCOMPARE(summary.failures, quint64(1));
    QCOMPARE(summary.busy, 15.0 / 55.0);
    QCOMPARE(summary.longest, 30 * ms);
    QCOMPARE(summary.gaps, quint64(1));
    QCOMPARE(summary.longestGap, 40 * ms);
    QCOMPARE(summary.replacements, quint64(1));
}

void tst_LaneSummary::whatRunsNowMakesItBusy()
{
    RunModel run;
    run.setCatalog(catalog());
    BatchFact fact = batch({ran(1, 100, 150)});
    fact.trace.live.time = 200 * ms;
    fact.trace.live.running = {{task(2), SubscriberId{1}, 1, LaneId{0}, 150 * ms, 175 * ms}};
    run.apply(fact);

    const LaneSummary summary = summaryOf(run, 0, {100 * ms, 200 * ms});

    QCOMPARE(summary.busy, 0.75);
    QCOMPARE(summary.tasks, quint64(1));
    QCOMPARE(summaryOf(run, 1, {100 * ms, 200 * ms}).busy, 0.0);
}

void tst_LaneSummary::tellsWhichTasksAreMeant()
{
    const LaneSummary summary = summaryAfter(
        {ran(1, 100, 110), ran(2, 115, 150), ran(3, 120, 130), ran(4, 190, 200), ran(5, 210, 220)});

    QCOMPARE(summary.longestTask, std::optional(task(2)));
    QCOMPARE(summary.taskBeforeGap, std::optional(task(2)));
    QCOMPARE(summary.gaps, quint64(3));
    QVERIFY(qFuzzyCompare(summary.atOnce, 75.0 / 120.0));
    QVERIFY(!summary.isPartial);
}

void tst_LaneSummary::aWorkerWithoutTasksHasNothingToTell()
{
    const RunModel run;

    QCOMPARE(summaryOf(run, 7).tasks, quint64(0));
    QVERIFY(workerText(u"thread 1"_s, summaryOf(run, 7)).isEmpty());
}

void tst_LaneSummary::theTextHasWhatThereIs()
{
    QCOMPARE(workerText(u"thread 1"_s, {12, 0, 1, 20 * ms, 0, 0}),
             u"thread 1 so far: 12 calls · busy 100 % · longest 20.0 ms"_s);
    QCOMPARE(workerText(u"process 2"_s, {12, 3, 0.826, 20 * ms, 40 * ms, 1}),
             u"process 2 so far: 12 calls · busy 83 % · longest 20.0 ms · longest gap 40.0 ms · "
             "3 failed · process replaced 1 ×"_s);
}

void tst_LaneSummary::tellsHowAnEmissionWent()
{
    std::vector<SiblingView> siblings(2);
    siblings[0] = {task(1, 0), u"quick"_s, TaskState::Ended, {}, 10 * ms, 0, 1, 10 * ms};
    siblings[1] = {task(1, 1), u"slow"_s, TaskState::Ended, {}, 30 * ms, 0, 1, 30 * ms};
    QCOMPARE(emissionText(siblings, extentOf(siblings)),
             u"2 handlers · the first ended after 10.0 ms · the last, slow, after 30.0 ms"_s);

    siblings[1].state = TaskState::Running;
    QCOMPARE(emissionText(siblings, extentOf(siblings)), u"2 handlers · not all have ended"_s);
}

QTEST_MAIN(tst_LaneSummary)
#include "tst_lanesummary.moc"
