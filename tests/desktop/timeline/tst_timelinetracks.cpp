// SPDX-License-Identifier: MIT
#include "desktop/models/runstory.h"
#include "desktop/timeline/timelinetracks.h"

#include <QTest>

#include <random>

using namespace Fanfare;

class tst_TimelineTracks final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsTheRowOfATaskWhenItFinishes();
    void putsTasksOfOneThreadIntoOneRow();
    void packsOverlappingTasksWithoutOverlap();
    void freesTheRowOfATaskThatVanished();
    void standsStillBetweenSyncs();
    void collectsEmissionsOfOpenAndFinishedTasks();
    void findsThePlaceOfASpan();
};

void tst_TimelineTracks::keepsTheRowOfATaskWhenItFinishes()
{
    RunModel model;
    RunStory story(model);
    TimelineTracks tracks;
    story.startEngine();
    story.running(1, RunStory::loop, 0);
    const TaskId second = story.running(2, RunStory::loop, 1);
    story.apply(2);
    tracks.sync(model);
    const int openRow = tracks.open()[1].row;

    story.span(1, RunStory::loop, 0, 3); // row 0 is free again, and taken anew at once
    story.running(2, RunStory::loop, 1);
    story.running(3, RunStory::loop, 4);
    story.apply(5);
    tracks.sync(model);
    const int rowOfThird = tracks.open()[1].row;
    story.span(2, RunStory::loop, 1, 6);
    story.running(3, RunStory::loop, 4);
    story.apply(7);
    tracks.sync(model);

    QCOMPARE(openRow, 1);
    QCOMPARE(rowOfThird, 0);
    QCOMPARE(tracks.placeOf(model, second)->row, openRow);
    QCOMPARE(tracks.open()[0].row, 0);
}

void tst_TimelineTracks::putsTasksOfOneThreadIntoOneRow()
{
    RunModel model;
    RunStory story(model);
    TimelineTracks tracks;
    story.startEngine();

    for (int i = 0; i < 50; ++i) {
        if (i > 0)
            story.span(quint64(2 * i), RunStory::thread1, 10 * i - 5, 10 * i); // was seen running
        story.span(quint64(2 * i + 1), RunStory::thread1, 10 * i, 10 * i + 5); // was never
        story.running(quint64(2 * i + 2), RunStory::thread1, 10 * i + 5);
        story.apply(10 * i + 6);
        tracks.sync(model);
    }

    const LaneTrack &lane = tracks.lanes()[model.laneIndex(RunStory::thread1)];
    QCOMPARE(lane.rowCount, 1);
    QCOMPARE(lane.rows[0].size(), 99U);
}

void tst_TimelineTracks::packsOverlappingTasksWithoutOverlap()
{
    RunModel model;
    RunStory story(model);
    TimelineTracks tracks;
    story.startEngine();
    std::mt19937 random(5);
    std::vector<std::pair<double, double>> tasks; // finish, start
    for (int i = 0; i < 400; ++i) {
        const double start = random() % 1000;
        tasks.emplace_back(start + random() % 100, start);
    }
    std::sort(tasks.begin(), tasks.end());

    quint64 emission = 1;
    for (const auto &[finish, start] : tasks)
        story.span(emission++, RunStory::loop, start, finish);
    story.apply(2000);
    tracks.sync(model);

    size_t count = 0;
    const LaneTrack &lane = tracks.lanes()[model.laneIndex(RunStory::loop)];
    for (const SpanRow &row : lane.rows) {
        for (size_t i = 1; i < row.size(); ++i)
            QVERIFY(row[i].started >= row[i - 1].finished);
        count += row.size();
    }
    QCOMPARE(count, tasks.size());
}

void tst_TimelineTracks::freesTheRowOfATaskThatVanished()
{
    RunModel model;
    RunStory story(model);
    TimelineTracks tracks;
    story.startEngine();
    story.running(1, RunStory::thread1, 0);
    story.apply(1);
    tracks.sync(model);

    story.apply(2); // its span was dropped
    tracks.sync(model);
    story.running(2, RunStory::thread1, 3);
    story.apply(4);
    tracks.sync(model);

    QCOMPARE(tracks.open().size(), 1U);
    QCOMPARE(tracks.open()[0].row, 0);
}

void tst_TimelineTracks::standsStillBetweenSyncs()
{
    RunModel model;
    RunStory story(model);
    TimelineTracks tracks;
    story.startEngine();
    story.running(1, RunStory::thread1, 0);
    story.queued(2, 0);
    story.apply(1);
    tracks.sync(model);

    story.span(1, RunStory::thread1, 0, 2);
    story.apply(3);

    QCOMPARE(tracks.open().size(), 1U);
    QCOMPARE(tracks.queuedCount(), 1U);
    QCOMPARE(tracks.spanCount(), 0U);
    QCOMPARE(tracks.lastTime(), at(0));
}

void tst_TimelineTracks::collectsEmissionsOfOpenAndFinishedTasks()
{
    RunModel model;
    RunStory story(model);
    TimelineTracks tracks;
    story.startEngine();

    story.running(3, RunStory::thread1, 30);
    story.queued(4, 35);
    story.span(1, RunStory::thread2, 10, 12);
    story.apply(40);
    tracks.sync(model);

    QCOMPARE(tracks.emissions().size(), 3U);
    QCOMPARE(tracks.emissions()[0].emission, EmissionId{1});
    QCOMPARE(tracks.emissions()[2].emission, EmissionId{4});
    QCOMPARE(tracks.firstTime(), at(9));
}

void tst_TimelineTracks::findsThePlaceOfASpan()
{
    RunModel model;
    RunStory story(model);
    TimelineTracks tracks;
    story.startEngine();

    story.span(1, RunStory::thread2, 10, 10);
    const TaskId same = story.span(2, RunStory::thread2, 10, 10);
    story.span(3, RunStory::thread2, 10, 12);
    story.apply(20);
    tracks.sync(model);

    const auto place = tracks.placeOf(model, same);
    QVERIFY(place);
    QCOMPARE(place->position, 1U);
    QCOMPARE(tracks.taskAt(*place), same);
    QVERIFY(!tracks.placeOf(model, {EmissionId{99}, 0}));
}

QTEST_GUILESS_MAIN(tst_TimelineTracks)
#include "tst_timelinetracks.moc"
