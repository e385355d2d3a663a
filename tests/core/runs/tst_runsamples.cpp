// SPDX-License-Identifier: MIT
#include <fanfare/runs/runsamples.h>

#include <QTest>

using namespace Fanfare;
using namespace Qt::StringLiterals;

class tst_RunSamples : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void splitsTasksIntoPhases();
    void sortsByHandler();
    void keepsEachBuildThatTasksRanIn();
    void countsWhatNeverStartedAsOutcomeOnly();
    void leavesTheWarmUpOut();
    void keepsRoundsApart();
    void keepsABoundedChoiceOfTimesAndCountsAll();
    void tellsHowMuchAHandlerWaited();
    void tellsWhatCrashedFromWhatWasLost();
};

static SpanRecord span(quint32 subscriber, qint64 queued)
{
    SpanRecord record;
    record.task.emission = EmissionId(1);
    record.subscriber = SubscriberId(subscriber);
    record.queued = queued;
    record.sentBefore = 10;
    record.started = queued + 100;
    record.finished = queued + 350;
    record.repliedAfter = 5;
    return record;
}

static RunNames names()
{
    return {.handlers = {{SubscriberId(1), u"org.b"_s, u"2.0"_s, {}, u"late"_s},
                         {SubscriberId(2), u"org.a"_s, u"1.0"_s, {}, u"early"_s}},
            .events = {}};
}

void tst_RunSamples::splitsTasksIntoPhases()
{
    RunSampler sampler({});
    TraceBatch batch;
    batch.spans = {span(1, 1'000)};
    sampler.add(batch, names());

    const RunSamples run = sampler.finish();

    const HandlerSamples &handler = run.handlers.at(0);
    QCOMPARE(handler.phase(Phase::Queued).maximum(), 90);
    QCOMPARE(handler.phase(Phase::Sent).maximum(), 10);
    QCOMPARE(handler.phase(Phase::Running).maximum(), 250);
    QCOMPARE(handler.phase(Phase::Reply).maximum(), 5);
    QCOMPARE(handler.total.maximum(), 355); // the sum of the four
    QCOMPARE(run.wall(), 355);
    QCOMPARE(run.throughput(), 1e9 / 355);
}

void tst_RunSamples::sortsByHandler()
{
    RunSampler sampler({});
    TraceBatch batch;
    batch.spans = {span(1, 1'000), span(2, 1'000), span(1, 1'100), span(9, 1'200)};
    sampler.add(batch, names());

    const RunSamples run = sampler.finish();

    QCOMPARE(run.handlers.size(), 3U); // 9 has no name
    QCOMPARE(run.handlers.at(0).key, HandlerKey());
    QCOMPARE(run.handlers.at(1).key, (HandlerKey{u"org.a"_s, u"early"_s}));
    QCOMPARE(run.find({u"org.b"_s, u"late"_s})->tasks(), 2U);
    QCOMPARE(run.find({u"org.b"_s, u"late"_s})->versions, QStringList{u"2.0"_s});
    QVERIFY(!run.find({u"org.b"_s, u"other"_s}));
}

/// A plugin that is replaced while a run goes on keeps its version, mostly.
void tst_RunSamples::keepsEachBuildThatTasksRanIn()
{
    RunSampler sampler({});
    RunNames before = names();
    before.handlers[0].pluginHash = QByteArray(32, 'a');
    RunNames after = before;
    after.handlers[0].pluginHash = QByteArray(32, 'b');
    TraceBatch batch;
    batch.spans = {span(1, 1'000), span(2, 1'000)};
    sampler.add(batch, before);
    sampler.add(batch, after);
    sampler.add(batch, before);

    const RunSamples run = sampler.finish();

    const HandlerSamples *late = run.find({u"org.b"_s, u"late"_s});
    QCOMPARE(late->builds, (QList<QByteArray>{QByteArray(32, 'a'), QByteArray(32, 'b')}));
    QCOMPARE(late->versions, QStringList{u"2.0"_s});
    QVERIFY(run.find({u"org.a"_s, u"early"_s})->builds.isEmpty());
}

void tst_RunSamples::countsWhatNeverStartedAsOutcomeOnly()
{
    RunSampler sampler({});
    SpanRecord rejected = span(1, 1'000);
    rejected.outcome = Outcome::Rejected;
    rejected.finished = rejected.started;
    TraceBatch batch;
    batch.spans = {rejected};
    sampler.add(batch, names());

    const RunSamples run = sampler.finish();

    QCOMPARE(run.count(Outcome::Rejected), 1U);
    QVERIFY(run.handlers.at(0).total.isEmpty());
}

void tst_RunSamples::leavesTheWarmUpOut()
{
    RunSampler sampler({.begin = 1'000}, 500);
    TraceBatch batch; // by the end of the tasks, not by their beginning
    batch.spans = {span(1, 1'600), span(1, 1'499), span(1, 1'500), span(1, 1'000)};
    sampler.add(batch, names());

    const RunSamples run = sampler.finish();

    QCOMPARE(run.tasks(), 2U);
    QCOMPARE(run.wall(), 455);
}

void tst_RunSamples::keepsRoundsApart()
{
    RunSampler sampler({});
    TraceBatch batch;
    batch.spans = {span(1, 1'000)};
    sampler.add(batch, names());
    sampler.beginRound(900'000);
    batch.spans = {span(1, 900'000), span(1, 900'100)};
    sampler.add(batch, names());

    const RunSamples run = sampler.finish();

    QCOMPARE(run.walls, (std::vector<qint64>{355, 455}));
    QCOMPARE(run.tasks(), 3U);
}

/// Run times grow, so that a choice that prefers early or late tasks shows in the quantiles.
void tst_RunSamples::keepsABoundedChoiceOfTimesAndCountsAll()
{
    constexpr quint64 count = 3 * RunSampler::mostTimes;
    RunSampler sampler({});
    TraceBatch batch;
    batch.spans = {span(1, 1'000)};
    for (quint64 i = 0; i < count; ++i) {
        batch.spans[0].finished = batch.spans[0].started + qint64(i);
        sampler.add(batch, names());
    }

    const RunSamples run = sampler.finish();

    const HandlerSamples &handler = run.handlers.at(0);
    QCOMPARE(handler.total.size(), RunSampler::mostTimes);
    QCOMPARE(handler.started, count);
    QCOMPARE(run.tasks(), count);
    for (const double p : {0.01, 0.5, 0.99}) {
        const double rank = double(handler.phase(Phase::Running).quantile(p)) / double(count);
        QVERIFY2(std::abs(rank - p) < 0.002, qPrintable(QString::number(rank)));
    }
}

void tst_RunSamples::tellsHowMuchAHandlerWaited()
{
    RunSampler sampler({});
    TraceBatch batch;
    batch.spans = {span(1, 1'000), span(1, 2'000), span(2, 3'000)};
    batch.spans[0].cpu = 50; // of 250
    sampler.add(batch, names());

    const RunSamples run = sampler.finish();

    QCOMPARE(run.find({u"org.b"_s, u"late"_s})->offCpu(), 0.8);
    QCOMPARE(run.find({u"org.a"_s, u"early"_s})->offCpu(), -1.0);
}

/// Two tasks died with their process, and one of them did it.
void tst_RunSamples::tellsWhatCrashedFromWhatWasLost()
{
    RunSampler sampler({});
    TraceBatch batch;
    batch.spans = {span(1, 1'000), span(2, 1'000)};
    batch.spans[0].outcome = Outcome::Crashed;
    batch.spans[1].outcome = Outcome::Crashed;
    batch.spans[1].task.index = 1;
    batch.details = {{.task = batch.spans[0].task, .reason = u"engine-crashed"_s},
                     {.task = batch.spans[1].task, .crash = {{u"cause"_s, u"signal 11"_s}}}};
    sampler.add(batch, names());

    const RunSamples run = sampler.finish();

    QCOMPARE(run.count(Outcome::Crashed), 2U);
    QCOMPARE(run.find({u"org.b"_s, u"late"_s})->crashes, 0U);
    QCOMPARE(run.find({u"org.a"_s, u"early"_s})->crashes, 1U);
}

QTEST_GUILESS_MAIN(tst_RunSamples)
#include "tst_runsamples.moc"
