// SPDX-License-Identifier: MIT
#include "desktop/models/runstory.h"
#include "desktop/timeline/lanelayout.h"

#include <QTest>

using namespace Fanfare;
using namespace Qt::StringLiterals;

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
    void groupsWorkersByTheirPool();
    void groupsTheWorkersOfAHost();
    void foldsAGroupToOneLane();
    void hasNoHeaderForOneLane();
    void keepsGroupsTogetherInAnyOrder();
    void keepsPinnedLanesOutOfTheirGroup();

private:
    std::vector<quint32> order() const;
    void addWorkers(const QStringList &processes);
    void update() { m_lanes.update(*m_model, m_tracks, 1'000, m_arrangement, GroupHeaders::Shown); }

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

/// Processes as the lanes from 3 on, after thread 1, thread 2 and loop 1.
void tst_LaneLayout::addWorkers(const QStringList &processes)
{
    BatchFact batch;
    for (qsizetype i = 0; i < processes.size(); ++i)
        batch.trace.lanes.push_back({LaneId(3 + i), LaneKind::Process, processes[i], 100 + i});
    m_model->apply(batch);
    m_tracks.sync(*m_model);
}

void tst_LaneLayout::groupsWorkersByTheirPool()
{
    BatchFact batch;
    for (int i = 0; i < 4; ++i) {
        batch.trace.lanes.push_back({LaneId(10 + i), LaneKind::Process, u"process %1"_s.arg(i), 7});
        batch.trace.lanes.push_back({LaneId(20 + i), LaneKind::Thread, u"thread %1"_s.arg(i), 7});
    }
    RunModel model;
    model.apply(batch);
    m_tracks.clear();
    m_tracks.sync(model);

    m_lanes.update(model, m_tracks, 1'000, {}, GroupHeaders::Shown);

    const std::vector<GroupPlace> &groups = m_lanes.groups();
    QCOMPARE(groups.size(), 2U);
    QCOMPARE(m_lanes.places().size(), 8U);
    QCOMPARE(groupTitle(groups[0].group), u"Threads"_s);
    QCOMPARE(groupTitle(groups[1].group), u"Processes"_s);
    QCOMPARE(groups[0].lanes.size(), 4U);
    QCOMPARE(groups[0].y, 0);
    QCOMPARE(m_lanes.places()[0].y, groups[0].height);
    QCOMPARE(groups[1].y, m_lanes.places()[3].y + m_lanes.places()[3].height);
    QCOMPARE(m_lanes.places()[4].y, groups[1].y + groups[1].height);
    QCOMPARE(m_lanes.groupInView(groups[1].y - 20 + 1, 20)->group, groups[1].group);
    QVERIFY(!m_lanes.groupInView(groups[1].y + groups[1].height, 0));
    QVERIFY(!m_lanes.placeInView(groups[1].y, 0));
}

void tst_LaneLayout::groupsTheWorkersOfAHost()
{
    addWorkers({u"beta worker 1"_s, u"alpha worker 1"_s, u"alpha worker 2"_s, u"not started"_s});

    update();

    const std::vector<GroupPlace> &groups = m_lanes.groups();
    QCOMPARE(groups.size(), 3U);
    QCOMPARE(groupTitle(groups[1].group), u"alpha"_s);
    QCOMPARE(groups[1].lanes, (std::vector<quint32>{4, 5}));
    QCOMPARE(groupTitle(groups[2].group), u"beta"_s);
    QCOMPARE(order(), (std::vector<quint32>{0, 1, 2, 4, 5, 3, 6}));
    QVERIFY(!m_lanes.places().back().isInGroup);
    QCOMPARE(titleInGroup(m_model->lane(4)), u"worker 1"_s); // its host is above it
    QCOMPARE(titleInGroup(m_model->lane(0)), u"thread 1"_s);
}

void tst_LaneLayout::foldsAGroupToOneLane()
{
    addWorkers({u"process 1"_s, u"process 2"_s});
    m_arrangement.setFolded({LaneKind::Thread, {}}, true);

    update();

    QCOMPARE(order(), (std::vector<quint32>{2, 3, 4}));
    QCOMPARE(m_lanes.order(), (std::vector<quint32>{0, 1, 2, 3, 4}));
    QCOMPARE(m_lanes.hiddenCount(), 0);
    const GroupPlace *folded = m_lanes.foldedGroupOf(1);
    QVERIFY(folded && folded->isFolded);
    QCOMPARE(folded->lanes, (std::vector<quint32>{0, 1}));
    QVERIFY(folded->barY >= folded->y && folded->bar >= 20);
    QVERIFY(!m_lanes.foldedGroupOf(3));
    QCOMPARE(m_lanes.places()[0].y, folded->height);
}

void tst_LaneLayout::hasNoHeaderForOneLane()
{
    m_arrangement.setHidden(1, true);
    update();
    const size_t ofOne = m_lanes.groups().size();
    m_arrangement.setFolded({LaneKind::Thread, {}}, true);
    m_lanes.update(*m_model, m_tracks, 1'000, m_arrangement, GroupHeaders::Hidden);

    QCOMPARE(ofOne, 0U);
    QCOMPARE(m_lanes.groups().size(), 1U); // what is folded can be unfolded where room is scarce
}

void tst_LaneLayout::keepsGroupsTogetherInAnyOrder()
{
    addWorkers({u"process 1"_s, u"process 2"_s});
    m_arrangement.setSequence({4, 1, 2, 0, 3});

    update();

    QCOMPARE(order(), (std::vector<quint32>{4, 3, 1, 0, 2}));
}

void tst_LaneLayout::keepsPinnedLanesOutOfTheirGroup()
{
    m_arrangement.setPinned(1, true);
    m_arrangement.setFolded({LaneKind::Thread, {}}, true);

    update();

    QCOMPARE(order(), (std::vector<quint32>{1, 2}));
    QVERIFY(!m_lanes.places()[0].isInGroup);
    QCOMPARE(m_lanes.groups()[0].lanes, (std::vector<quint32>{1, 0})); // it counts all the same
    QVERIFY(!m_lanes.groupInView(m_lanes.pinnedHeight() - 1, 0));
    QVERIFY(m_lanes.groupInView(m_lanes.pinnedHeight(), 0));
}

QTEST_MAIN(tst_LaneLayout)
#include "tst_lanelayout.moc"
