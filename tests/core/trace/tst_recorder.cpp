// SPDX-License-Identifier: MIT
#include <fanfare/trace/recorder.h>

#include <QTest>

using namespace Fanfare;

class tst_Recorder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void numbersLanesAndTellsThemOnce();
    void drainsSpansDetailsAndLines();
    void asksTheSamplerForOpenTasks();
    void leavesOutOpenTasksThatHaveASpan();
    void asksNoSamplerThatWasRemoved();
};

static SpanRecord span(quint64 emission, const Lane &lane)
{
    SpanRecord record;
    record.task.emission = EmissionId(emission);
    record.lane = lane.info().id;
    return record;
}

static OpenTask open(quint64 emission)
{
    OpenTask task;
    task.task.emission = EmissionId(emission);
    return task;
}

void tst_Recorder::numbersLanesAndTellsThemOnce()
{
    Recorder recorder;
    recorder.addLane({{}, LaneKind::Thread, QStringLiteral("thread 1"), 1});
    Lane &second = recorder.addLane({{}, LaneKind::Loop, QStringLiteral("loop 1"), 1});

    const TraceBatch first = recorder.drain();
    const TraceBatch again = recorder.drain();

    QCOMPARE(first.lanes.size(), 2U);
    QCOMPARE(number(second.info().id), 1);
    QCOMPARE(first.lanes[1].name, QStringLiteral("loop 1"));
    QVERIFY(again.lanes.empty());
}

void tst_Recorder::drainsSpansDetailsAndLines()
{
    Recorder recorder;
    Lane &lane = recorder.addLane({{}, LaneKind::Thread, QStringLiteral("thread 1"), 1});

    lane.detail({{EmissionId(1), 0}, QCborValue(7), {}, {}});
    lane.span(span(1, lane));
    LogLine line;
    line.text = QStringLiteral("hello");
    recorder.log(line);
    const TraceBatch batch = recorder.drain();

    QCOMPARE(batch.spans.size(), 1U);
    QCOMPARE(batch.details.size(), 1U);
    QCOMPARE(batch.details[0].result.toInteger(), 7);
    QCOMPARE(batch.log.size(), 1U);
    QCOMPARE(batch.droppedSpans, 0U);
    QVERIFY(recorder.drain().isEmpty());
}

void tst_Recorder::asksTheSamplerForOpenTasks()
{
    Recorder recorder;
    recorder.setSampler([] {
        LiveSample sample;
        sample.running.push_back(open(3));
        sample.queuedCount = 9;
        return sample;
    });

    const TraceBatch batch = recorder.drain();

    QCOMPARE(batch.live.running.size(), 1U);
    QCOMPARE(batch.live.queuedCount, 9U);
}

void tst_Recorder::leavesOutOpenTasksThatHaveASpan()
{
    Recorder recorder;
    Lane &lane = recorder.addLane({{}, LaneKind::Thread, QStringLiteral("thread 1"), 1});
    recorder.setSampler([&] {
        LiveSample sample;
        sample.running = {open(1), open(2)};
        lane.span(span(1, lane)); // ends between the sample and the drain
        return sample;
    });

    const TraceBatch batch = recorder.drain();

    QCOMPARE(batch.spans.size(), 1U);
    QCOMPARE(batch.live.running.size(), 1U);
    QCOMPARE(number(batch.live.running[0].task.emission), 2U);
}

void tst_Recorder::asksNoSamplerThatWasRemoved()
{
    Recorder recorder;
    int calls = 0;
    recorder.setSampler([&] {
        ++calls;
        return LiveSample{};
    });
    (void)recorder.drain();

    recorder.setSampler(nullptr);
    (void)recorder.drain();

    QCOMPARE(calls, 1);
}

QTEST_GUILESS_MAIN(tst_Recorder)
#include "tst_recorder.moc"
