// SPDX-License-Identifier: MIT
#include "desktop/models/runstory.h"
#include "desktop/timeline/lanelayout.h"

#include <QTest>

using namespace Fanfare;

class tst_LaneLayout final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void standsByKindAndNumber();
    void followsASequence();
    void putsPinnedLanesOnTop();
    void leavesOutHiddenLanes();
    void givesLanesTheirHeight();
    void movesALaneToThePlaceOfAnother();

private:
    std::vector<quint32> order() const;

    std::unique_ptr<RunModel> m_model;
    TimelineTracks m_tracks;
    LaneLayout m_lanes;
    LaneArrangement m_arrangement;
};

// thread 1, thread 2, loop 1 are the lanes 0, 1, 2.
void tst_LaneLayout::init()
{
    m_model = std::make_unique<RunModel>();
    RunStory story(*m_model);
    story.startEngine();
    story.apply(1);
    m_tracks.sync(*m_model);
    m_arrangement = LaneArrangement();
    m_lanes = LaneLayout();
    m_lanes.update(*m_model, m_tracks, 1'000, m_arrangement);
}

std::vector<quint32> tst_LaneLayout::order() const
{
    std::vector<quint32> lanes;
    for (const LanePlace &place : m_lanes.places())
        lanes.push_back(place.lane);
    return lanes;
}

void tst_LaneLayout::standsByKindAndNumber()
{
    QCOMPARE(order(), (std::vector<quint32>{0, 1, 2}));
    QCOMPARE(m_lanes.pinnedHeight(), 0);
}

void tst_LaneLayout::followsASequence()
{
    m_arrangement.setSequence({2, 0}); // the one that is not in it comes last

    m_lanes.update(*m_model, m_tracks, 1'000, m_arrangement);

    QCOMPARE(order(), (std::vector<quint32>{2, 0, 1}));
}

void tst_LaneLayout::putsPinnedLanesOnTop()
{
    m_arrangement.setPinned(2, true);

    m_lanes.update(*m_model, m_tracks, 1'000, m_arrangement);

    QCOMPARE(order(), (std::vector<quint32>{2, 0, 1}));
    QCOMPARE(m_lanes.pinnedHeight(), m_lanes.places()[0].height);
    const int below = m_lanes.pinnedHeight();
    QCOMPARE(m_lanes.placeInView(below - 1, 20)->lane, 2U);
    QCOMPARE(m_lanes.placeInView(below, 0)->lane, 0U);
    QCOMPARE(m_lanes.placeInView(below, m_lanes.places()[1].height)->lane, 1U);
}

void tst_LaneLayout::leavesOutHiddenLanes()
{
    m_arrangement.setHidden(1, true);

    m_lanes.update(*m_model, m_tracks, 1'000, m_arrangement);
    const std::vector<quint32> hidden = order();
    m_arrangement.showAll();
    m_lanes.update(*m_model, m_tracks, 1'000, m_arrangement);

    QCOMPARE(hidden, (std::vector<quint32>{0, 2}));
    QCOMPARE(m_lanes.placeOf(1)->lane, 1U);
    QCOMPARE(order().size(), 3U);
}

void tst_LaneLayout::givesLanesTheirHeight()
{
    m_arrangement.setHeight(0, LaneHeight::Small);
    m_arrangement.setHeight(2, LaneHeight::Large);

    m_lanes.update(*m_model, m_tracks, 1'000, m_arrangement);

    const auto &places = m_lanes.places();
    QVERIFY(places[0].height < places[1].height && places[1].height < places[2].height);
    QVERIFY(places[0].bar < places[1].bar && places[1].bar < places[2].bar);
    QCOMPARE(places[2].y, places[0].height + places[1].height);
}

void tst_LaneLayout::movesALaneToThePlaceOfAnother()
{
    m_arrangement.move(2, 0, {0, 1, 2});
    m_lanes.update(*m_model, m_tracks, 1'000, m_arrangement);
    const std::vector<quint32> up = order();
    m_arrangement.move(2, 1, up);
    m_lanes.update(*m_model, m_tracks, 1'000, m_arrangement);

    QCOMPARE(up, (std::vector<quint32>{2, 0, 1}));
    QCOMPARE(order(), (std::vector<quint32>{0, 1, 2}));
}

QTEST_MAIN(tst_LaneLayout)
#include "tst_lanelayout.moc"
