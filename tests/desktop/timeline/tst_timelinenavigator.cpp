// SPDX-License-Identifier: MIT
#include "desktop/models/runstory.h"
#include "desktop/timeline/timelinenavigator.h"

#include <QTest>

using namespace Fanfare;

class tst_TimelineNavigator final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void stepsAlongARow();
    void stepsToTheNearestSpanOfTheNextRow();
    void stepsFromLaneToLane();
    void walksAllFailuresForthAndBack();
    void findsAFailureFromATime();

private:
    SpanPlace place(quint64 emission) const;
    quint64 emission(const std::optional<SpanPlace> &place) const;

    std::unique_ptr<RunModel> m_model;
    TimelineTracks m_tracks;
    LaneLayout m_lanes;
};

void tst_TimelineNavigator::init()
{
    m_model = std::make_unique<RunModel>();
    m_tracks.clear();
    RunStory story(*m_model);
    story.startEngine();
    story.span(1, RunStory::thread1, 0, 10);
    story.span(2, RunStory::thread1, 20, 30, Outcome::Failed);
    story.span(3, RunStory::thread1, 40, 50, Outcome::Crashed);
    story.span(4, RunStory::thread2, 5, 8, Outcome::TimedOut);
    story.span(5, RunStory::thread2, 40, 42, Outcome::Crashed); // the same moment as 3
    story.span(6, RunStory::loop, 0, 30);
    story.span(7, RunStory::loop, 10, 30, Outcome::Canceled);
    story.apply(100);
    m_tracks.sync(*m_model);
    m_lanes.update(*m_model, m_tracks, 1'000);
}

SpanPlace tst_TimelineNavigator::place(quint64 emission) const
{
    return *m_tracks.placeOf(*m_model, {EmissionId{emission}, 0});
}

quint64 tst_TimelineNavigator::emission(const std::optional<SpanPlace> &place) const
{
    return place ? number(m_tracks.taskAt(*place).emission) : 0;
}

void tst_TimelineNavigator::stepsAlongARow()
{
    const TimelineNavigator navigator(m_tracks, m_lanes);

    QCOMPARE(emission(navigator.neighbor(place(1), Direction::Forward)), 2U);
    QCOMPARE(emission(navigator.neighbor(place(2), Direction::Backward)), 1U);
    QCOMPARE(emission(navigator.neighbor(place(1), Direction::Backward)), 0U);
    QCOMPARE(emission(navigator.neighbor(place(3), Direction::Forward)), 0U);
}

void tst_TimelineNavigator::stepsToTheNearestSpanOfTheNextRow()
{
    const TimelineNavigator navigator(m_tracks, m_lanes);

    QCOMPARE(emission(navigator.rowNeighbor(place(1), Direction::Forward)), 4U);
    QCOMPARE(emission(navigator.rowNeighbor(place(3), Direction::Forward)), 5U);
    QCOMPARE(emission(navigator.rowNeighbor(place(6), Direction::Forward)), 7U);
    QCOMPARE(emission(navigator.rowNeighbor(place(7), Direction::Forward)), 0U);
    QCOMPARE(emission(navigator.rowNeighbor(place(1), Direction::Backward)), 0U);
}

void tst_TimelineNavigator::stepsFromLaneToLane()
{
    const TimelineNavigator navigator(m_tracks, m_lanes);

    QCOMPARE(emission(navigator.laneNeighbor(place(4), Direction::Forward)), 6U);
    QCOMPARE(emission(navigator.laneNeighbor(place(7), Direction::Forward)), 0U);
    QCOMPARE(emission(navigator.laneNeighbor(place(7), Direction::Backward)), 4U);
}

void tst_TimelineNavigator::walksAllFailuresForthAndBack()
{
    const TimelineNavigator navigator(m_tracks, m_lanes);
    std::vector<quint64> story;

    std::optional<SpanPlace> at = place(1);
    while ((at = navigator.failure(*at, Direction::Forward)))
        story.push_back(emission(at));
    at = place(5);
    while ((at = navigator.failure(*at, Direction::Backward)))
        story.push_back(emission(at));

    QCOMPARE(story, (std::vector<quint64>{4, 2, 3, 5, 3, 2, 4}));
}

void tst_TimelineNavigator::findsAFailureFromATime()
{
    const TimelineNavigator navigator(m_tracks, m_lanes);

    QCOMPARE(emission(navigator.failure(at(0), Direction::Forward)), 4U);
    QCOMPARE(emission(navigator.failure(at(15), Direction::Forward)), 2U);
    QCOMPARE(emission(navigator.failure(at(35), Direction::Backward)), 2U);
    QCOMPARE(emission(navigator.failure(at(90), Direction::Forward)), 0U);
    QCOMPARE(emission(navigator.nearest(at(38))), 3U);
}

QTEST_GUILESS_MAIN(tst_TimelineNavigator)
#include "tst_timelinenavigator.moc"
