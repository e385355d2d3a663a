// SPDX-License-Identifier: MIT
#include "desktop/models/runstory.h"
#include "desktop/timeline/rowlayout.h"
#include "desktop/timeline/timelineviewport.h"

#include <QTest>

#include <cmath>

using namespace Fanfare;

class tst_TimelineViewport final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void followsTheEndWithTenSeconds();
    void pausesWhenTheUserLooksAway();
    void zoomsAtTheEndWhileFollowing();
    void keepsTheTimeUnderTheCursor();
    void limitsTheZoom();
    void keepsTheRunInView();
    void fitsWithAMargin();
    void revealsWithTheSmallestPan();
    void foldsIdleTimeAndKeepsTheTimeUnderTheCursor();
    void pansThroughAFoldWithoutAJump();
    void fitsARunWithPauses();
    void followsWithFolds();
    void showsColumnsAsExactlyAsWithoutFolds();
};

static constexpr qint64 second = 1'000'000'000;
static constexpr qint64 first = 1'000 * second;

static TimelineViewport viewportAt(qint64 now)
{
    TimelineViewport viewport;
    viewport.setWidth(1'000);
    viewport.setBounds(first, now);
    return viewport;
}

void tst_TimelineViewport::followsTheEndWithTenSeconds()
{
    TimelineViewport viewport = viewportAt(first + 60 * second);

    viewport.setBounds(first, first + 61 * second);

    QVERIFY(viewport.isFollowing());
    QCOMPARE(viewport.end(), first + 61 * second);
    QCOMPARE(viewport.begin(), first + 51 * second);
}

void tst_TimelineViewport::pausesWhenTheUserLooksAway()
{
    TimelineViewport viewport = viewportAt(first + 60 * second);

    viewport.pan(-100);
    const qint64 begin = viewport.begin();
    viewport.setBounds(first, first + 90 * second); // the run goes on, the view does not

    QVERIFY(!viewport.isFollowing());
    QCOMPARE(begin, first + 49 * second);
    QCOMPARE(viewport.begin(), begin);
    viewport.setFollowing(true);
    QCOMPARE(viewport.end(), first + 90 * second);
    QCOMPARE(viewport.end() - viewport.begin(), 10 * second);
}

void tst_TimelineViewport::zoomsAtTheEndWhileFollowing()
{
    TimelineViewport viewport = viewportAt(first + 60 * second);

    viewport.zoom(2, 100);

    QVERIFY(viewport.isFollowing());
    QCOMPARE(viewport.end(), first + 60 * second);
    QCOMPARE(viewport.begin(), first + 55 * second);
}

void tst_TimelineViewport::keepsTheTimeUnderTheCursor()
{
    TimelineViewport viewport = viewportAt(first + 60 * second);
    viewport.setFollowing(false);
    constexpr double x = 333;
    const qint64 time = viewport.axis().timeAt(x);

    for (int i = 0; i < 80; ++i) {
        viewport.zoom(1.2, x);
        QVERIFY(std::abs(viewport.axis().xOf(time) - x) <= 0.5);
    }
    for (int i = 0; i < 80; ++i) {
        viewport.zoom(1 / 1.2, x);
        QVERIFY(std::abs(viewport.axis().xOf(time) - x) <= 0.5);
    }
}

void tst_TimelineViewport::limitsTheZoom()
{
    TimelineViewport viewport = viewportAt(first + 600 * second);

    viewport.zoom(1e12, 500);
    const double nearest = viewport.axis().nsPerPixel;
    viewport.zoom(1e-15, 500);

    QCOMPARE(nearest, TimelineViewport::minimumNsPerPixel);
    QCOMPARE(viewport.end() - viewport.begin(), 1'200 * second);
}

void tst_TimelineViewport::keepsTheRunInView()
{
    TimelineViewport viewport = viewportAt(first + 60 * second);

    viewport.pan(1e9);
    const qint64 latest = viewport.begin();
    viewport.pan(-1e9);

    QCOMPARE(latest, first + 59 * second);
    QCOMPARE(viewport.end(), first + second);
}

void tst_TimelineViewport::fitsWithAMargin()
{
    TimelineViewport viewport = viewportAt(first + 60 * second);

    viewport.fit(first, first + 47 * second);

    QVERIFY(!viewport.isFollowing());
    QVERIFY(std::abs(viewport.axis().xOf(first) - 30) < 0.5);
    QVERIFY(std::abs(viewport.axis().xOf(first + 47 * second) - 970) < 0.5);
}

void tst_TimelineViewport::revealsWithTheSmallestPan()
{
    TimelineViewport viewport = viewportAt(first + 60 * second);

    viewport.reveal(first + 53 * second, first + 54 * second);
    const qint64 unmoved = viewport.begin();
    viewport.reveal(first + 20 * second, first + 21 * second);

    QCOMPARE(unmoved, first + 50 * second);
    QCOMPARE(viewport.begin(), first + 19 * second);
    QVERIFY(!viewport.isFollowing());
}

/// Bursts of 100 tasks of 1 ms on two threads, an hour apart.
struct PausedRun
{
    PausedRun()
    {
        RunStory story(model);
        story.startEngine();
        for (int burst = 0; burst < bursts; ++burst) {
            for (int task = 0; task < 100; ++task) {
                const double start = burst * hour + 2 * task + 1;
                story.span(quint64(2 * (burst * 100 + task) + 1), RunStory::thread1, start,
                           start + 1);
                story.span(quint64(2 * (burst * 100 + task) + 2), RunStory::thread2, start + 0.5,
                           start + 1.25);
            }
        }
        story.apply((bursts - 1) * hour + 200);
        tracks.sync(model);
        viewport.setWidth(1'000);
        viewport.setBounds(tracks.firstTime(), tracks.lastTime());
    }

    static constexpr int bursts = 5;
    static constexpr double hour = 3'600'000; // ms

    RunModel model;
    TimelineTracks tracks;
    IdleGaps gaps{tracks};
    TimelineViewport viewport;
};

void tst_TimelineViewport::foldsIdleTimeAndKeepsTheTimeUnderTheCursor()
{
    PausedRun run;
    run.viewport.showRange(run.tracks.firstTime(), run.tracks.lastTime());

    for (const double x : {0.0, 333.3, 999.0}) {
        qint64 time = run.viewport.axis().timeAt(x);
        run.viewport.setGaps(&run.gaps, x);
        QVERIFY(std::abs(run.viewport.axis().xOf(time) - x) <= 0.5);
        for (const double factor : {1.2, 7.0, 40.0, 0.3, 100.0, 1 / 1.2, 0.001}) {
            time = run.viewport.axis().timeAt(x);
            run.viewport.zoom(factor, x);
            QVERIFY(std::abs(run.viewport.axis().xOf(time) - x) <= 0.5);
        }
        run.viewport.setGaps(nullptr, x);
    }
}

void tst_TimelineViewport::pansThroughAFoldWithoutAJump()
{
    PausedRun run;
    run.viewport.setGaps(&run.gaps, 0);
    run.viewport.show(at(150), 100e6); // 100 ms: the pause of an hour is in the middle

    const qint64 next = at(PausedRun::hour + 1);
    double before = run.viewport.axis().xOf(next);
    QVERIFY(before > 500 && before < 600);
    for (int i = 0; i < 590; ++i) {
        run.viewport.pan(1);
        const double now = run.viewport.axis().xOf(next);
        QVERIFY(std::abs(before - now - 1) < 0.02);
        before = now;
    }
    run.viewport.pan(-590);
    QVERIFY(std::abs(double(run.viewport.begin() - at(150))) < 2e6); // 20 pixels of an hour's fold
}

void tst_TimelineViewport::fitsARunWithPauses()
{
    PausedRun run;
    run.viewport.setGaps(&run.gaps, 0);

    run.viewport.fit(run.tracks.firstTime(), run.tracks.lastTime());

    const TimeAxis axis = run.viewport.axis();
    QVERIFY(axis.xOf(run.tracks.firstTime()) > 10 && axis.xOf(run.tracks.firstTime()) < 50);
    QVERIFY(axis.xOf(run.tracks.lastTime()) > 950 && axis.xOf(run.tracks.lastTime()) < 990);
    QCOMPARE(axis.folds->all().size(), size_t(PausedRun::bursts - 1));
    const double burst = axis.xOf(at(200)) - axis.xOf(at(0));
    QVERIFY(burst > 120 && burst < 190); // five of them and four folds fill the view
    run.viewport.showRange(at(100), at(PausedRun::hour + 100));
    QVERIFY(std::abs(run.viewport.axis().xOf(at(PausedRun::hour + 100)) - 1'000) < 2);
}

void tst_TimelineViewport::followsWithFolds()
{
    PausedRun run;
    run.viewport.setGaps(&run.gaps, 0);
    run.viewport.zoom(20, 0);

    QVERIFY(run.viewport.isFollowing());
    QVERIFY(std::abs(run.viewport.axis().xOf(run.tracks.lastTime()) - 1'000) < 0.5);
    run.viewport.pan(-1'100);
    run.viewport.setFollowing(true);
    QVERIFY(std::abs(run.viewport.axis().xOf(run.tracks.lastTime()) - 1'000) < 0.5);
    QCOMPARE(run.viewport.end(), run.tracks.lastTime());
}

/// Every task is drawn once, as wide as its time, and what lies around it is still.
void tst_TimelineViewport::showsColumnsAsExactlyAsWithoutFolds()
{
    PausedRun run;
    run.viewport.setGaps(&run.gaps, 0);
    run.viewport.fit(run.tracks.firstTime(), run.tracks.lastTime());
    const TimeAxis axis = run.viewport.axis();
    const SpanRow &row = run.tracks.row(0, 0);

    RowLayout layout;
    layoutRow(row, axis, 1'000, layout);

    double busy = 0;
    for (const TimeColumn &column : layout.columns)
        busy += double(column.busy) * double(axis.timeAt(column.x + 1) - axis.timeAt(column.x));
    for (const SpanBox &box : layout.boxes)
        busy += double(row.length(box.position));
    const double tasks = PausedRun::bursts * 100.0 * 1e6;
    QVERIFY(std::abs(busy - tasks) < 0.01 * tasks);
    for (const TimeFold &fold : axis.folds->all()) {
        for (const TimeColumn &column : layout.columns)
            QVERIFY(column.x + 1 <= axis.xOf(fold.from) || column.x >= axis.xOf(fold.to));
    }
}

QTEST_GUILESS_MAIN(tst_TimelineViewport)
#include "tst_timelineviewport.moc"
