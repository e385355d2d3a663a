// SPDX-License-Identifier: MIT
#include "desktop/models/runstory.h"
#include "desktop/timeline/loadlayout.h"
#include "desktop/timeline/loadpicture.h"

#include <QTest>

#include <numeric>

using namespace Fanfare;

class tst_LoadLayout final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsTasksOnWorkersFromCoroutines();
    void countsOpenTasksUpToNow();
    void countsTheUnknownRestOfALongQueue();
    void marksThePartInView();
    void drawsAFailureAndWhatIsBusy();

private:
    LoadColumns columns(const RunModel &model, double from, double to, double now);
};

/// One column for each millisecond.
LoadColumns tst_LoadLayout::columns(const RunModel &model, double from, double to, double now)
{
    TimelineTracks tracks;
    tracks.sync(model);
    LoadColumns columns;
    layoutLoad(tracks, TimeAxis{at(from), 1e6, 0}, int(to - from), at(now), columns);
    return columns;
}

void tst_LoadLayout::tellsTasksOnWorkersFromCoroutines()
{
    RunModel model;
    RunStory story(model);
    story.startEngine();
    story.span(1, RunStory::thread1, 10, 30);
    story.span(2, RunStory::thread2, 20, 40, Outcome::Failed);
    story.span(3, RunStory::loop, 20, 50);
    story.apply(60);

    const LoadColumns load = columns(model, 0, 60, 60);

    QVERIFY(std::abs(load.running[15] - 1) < 0.01);
    QVERIFY(std::abs(load.running[25] - 2) < 0.01);
    QVERIFY(std::abs(load.looping[25] - 1) < 0.01);
    QVERIFY(std::abs(load.running[45]) < 0.01);
    QVERIFY(std::abs(load.waiting[9] - 1) < 0.01); // each waited for a millisecond
    QVERIFY(std::abs(load.waiting[19] - 2) < 0.01);
    QVERIFY(std::abs(load.mostTasks - 3) < 0.01);
    QCOMPARE(std::accumulate(load.failures.begin(), load.failures.end(), 0U), 1U);
    QVERIFY(load.failures[19] + load.failures[20] == 1);
}

void tst_LoadLayout::countsOpenTasksUpToNow()
{
    RunModel model;
    RunStory story(model);
    story.startEngine();
    story.running(1, RunStory::thread1, 10);
    story.queued(2, 20);
    story.apply(30);

    const LoadColumns load = columns(model, 0, 60, 40.5);

    QCOMPARE(load.running[30], 1.0F);
    QCOMPARE(load.running[40], 0.5F);
    QCOMPARE(load.running[41], 0.0F);
    QCOMPARE(load.waiting[9], 1.0F); // what runs has waited before
    QCOMPARE(load.waiting[30], 1.0F);
}

void tst_LoadLayout::countsTheUnknownRestOfALongQueue()
{
    RunModel model;
    RunStory story(model);
    story.startEngine();
    for (quint64 i = 0; i < 10; ++i)
        story.queued(i + 1, 20);
    story.batch.trace.live.queuedCount = 1'000;
    story.apply(30);

    QCOMPARE(columns(model, 0, 60, 40).waiting[35], 1'000.0F);
}

void tst_LoadLayout::marksThePartInView()
{
    RunModel model;
    RunStory story(model);
    story.startEngine();
    story.span(1, RunStory::thread1, 1, 1'000);
    story.apply(1'000);
    TimelineTracks tracks;
    tracks.sync(model);
    Minimap minimap;

    layoutMinimap(tracks, TimeAxis{at(250), 1e6, 0}, 500, 2, at(1'000), minimap);

    QVERIFY(std::abs(minimap.left - 125) < 0.01);
    QVERIFY(std::abs(minimap.right - 375) < 0.01);
    QCOMPARE(minimap.columns.size(), 1'000U);
    QVERIFY(std::abs(minimap.columns.running[500] - 1) < 0.01);
}

void tst_LoadLayout::drawsAFailureAndWhatIsBusy()
{
    LoadColumns load;
    load.running = {0, 1, 2, 0.001F};
    load.looping = load.waiting = {0, 0, 0, 0};
    load.failures = {0, 0, 1, 0};
    load.mostTasks = 2;
    const TimelineTheme theme = TimelineTheme::of(QPalette());
    MinimapPicture picture;

    const QImage image = picture.compose(load, 40, 1, theme);

    QCOMPARE(image.size(), QSize(4, 40));
    QCOMPARE(image.pixel(0, 39), theme.background.rgb());
    QCOMPARE(image.pixel(1, 39), theme.loadFill.rgb());
    QCOMPARE(image.pixel(1, 10), theme.background.rgb());
    QCOMPARE(image.pixel(2, 10), theme.loadFill.rgb());
    QCOMPARE(image.pixel(3, 39), theme.loadFill.rgb()); // never nothing
    QCOMPARE(image.pixel(2, 0), theme.failure);
}

QTEST_MAIN(tst_LoadLayout)
#include "tst_loadlayout.moc"
