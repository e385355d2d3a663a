// SPDX-License-Identifier: MIT
#include "desktop/models/runstory.h"
#include "desktop/timeline/timelineframe.h"
#include "desktop/timeline/timelinehits.h"
#include "desktop/timeline/timelinetooltip.h"

#include <QTest>

using namespace Fanfare;
using namespace Qt::StringLiterals;

class tst_LaneMarks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void marksEveryMomentInView();
    void aDeathNeverDisappears();
    void marksStandAtTheirLane();
    void theMouseTellsWhatHappened();
};

static LaneEvent happened(LaneEventKind kind, double time, qint64 pid, const QString &text = {})
{
    return {RunStory::thread1, kind, at(time), pid, text};
}

/// A millisecond a pixel, from the beginning of the story.
static const TimeAxis axis{storyStart, 1e6};

void tst_LaneMarks::marksEveryMomentInView()
{
    const std::vector<LaneEvent> events{
        happened(LaneEventKind::Started, -50, 1), happened(LaneEventKind::Started, 10, 2),
        happened(LaneEventKind::Stopped, 60, 2), happened(LaneEventKind::Started, 500, 3)};

    const std::vector<LaneMark> marks = laneMarks(events, axis, 100);

    QCOMPARE(marks.size(), 2U);
    QCOMPARE(marks[0].x, 10.0);
    QCOMPARE(marks[0].first, 1U);
    QVERIFY(marks[1].kind == LaneEventKind::Stopped);
}

void tst_LaneMarks::aDeathNeverDisappears()
{
    std::vector<LaneEvent> events;
    for (int i = 0; i < 1000; ++i)
        events.push_back(happened(LaneEventKind::Started, 20 + i * 0.001, i));
    events[400].kind = LaneEventKind::Died;

    const std::vector<LaneMark> marks = laneMarks(events, axis, 100);

    QCOMPARE(marks.size(), 1U);
    QCOMPARE(marks[0].count, 1000U);
    QVERIFY(marks[0].kind == LaneEventKind::Died);
}

/// A timeline of 800 x 400 pixels in which process 41 of the first lane died at 100 ms.
struct Crash
{
    Crash()
    {
        RunStory story(model);
        story.startEngine(0);
        story.batch.trace.lanes[0].kind = LaneKind::Process;
        story.batch.trace.laneEvents = {
            happened(LaneEventKind::Started, 5, 41),
            happened(LaneEventKind::Died, 100, 41, u"signal 11 (SIGSEGV)"_s),
            happened(LaneEventKind::Started, 104, 42)};
        story.span(1, RunStory::thread1, 20, 100, Outcome::Crashed);
        story.apply(110);
        tracks.sync(model);
        lanes.update(model, tracks, 300);
        layoutFrame({model, tracks, lanes, QSize(800, 400), 1, axis, at(110), 0}, frame);
    }

    RunModel model;
    TimelineTracks tracks;
    LaneLayout lanes;
    TimelineFrame frame;
};

void tst_LaneMarks::marksStandAtTheirLane()
{
    const Crash crash;

    QCOMPARE(crash.frame.laneMarks.size(), 2U);
    const LaneMarkBox &death = crash.frame.laneMarks[1];
    const LanePlace *place = crash.lanes.placeOf(0);
    QVERIFY(place);
    QCOMPARE(death.y, crash.frame.areas.lanes.y() + place->y);
    QCOMPARE(death.height, place->height);
    QCOMPARE(death.mark.x, 100.0);
    QCOMPARE(death.mark.count, 2U);
}

void tst_LaneMarks::theMouseTellsWhatHappened()
{
    const Crash crash;
    const LaneMarkBox &death = crash.frame.laneMarks[1];
    const QPointF point(crash.frame.areas.plot.x() + death.mark.x + 5, death.y + 5);

    const TimelineHit hit = hitTest(crash.frame, crash.tracks, point);

    QVERIFY(hit.kind == HitKind::LaneEvents);
    QVERIFY(!taskAt(hit, crash.tracks, crash.model));
    const QString text = TimelineTooltip(crash.tracks, crash.model, crash.frame.now).textFor(hit);
    QVERIFY2(text.contains(u"process 41 died: signal 11 (SIGSEGV)"_s), qPrintable(text));
    QVERIFY2(text.contains(u"process 42 started"_s), qPrintable(text));
}

QTEST_GUILESS_MAIN(tst_LaneMarks)
#include "tst_lanemarks.moc"
