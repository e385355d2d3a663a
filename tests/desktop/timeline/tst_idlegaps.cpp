// SPDX-License-Identifier: MIT
#include "desktop/models/runstory.h"
#include "desktop/timeline/idlegaps.h"
#include "desktop/timeline/timeaxis.h"

#include <QTest>

#include <cmath>
#include <random>

using namespace Fanfare;

class tst_IdleGaps final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void mapsTimesBothWays();
    void findsWhatALookAtAllTasksFinds_data();
    void findsWhatALookAtAllTasksFinds();
    void takesWaitsForActivity();
    void takesOpenTasksForActivity();
    void leavesWhatLiesAroundTheRun();
    void foldsWholePixels();
    void hasNoFoldThatIsNotNeeded();

private:
    void fill(quint32 seed);
    std::vector<IdleGap> allGaps(qint64 shortest) const;

    std::unique_ptr<RunModel> m_model;
    std::unique_ptr<RunStory> m_story;
    TimelineTracks m_tracks;
    std::vector<std::pair<qint64, qint64>> m_busy; ///< from queued to finished
};

void tst_IdleGaps::init()
{
    m_model = std::make_unique<RunModel>();
    m_story = std::make_unique<RunStory>(*m_model);
    m_story->startEngine();
    m_tracks.clear();
    m_busy.clear();
}

/// Bursts of tasks on three lanes, with pauses of a millisecond to minutes between them.
void tst_IdleGaps::fill(quint32 seed)
{
    std::mt19937 random(seed);
    const auto uniform = [&random](double least, double most) {
        return std::round(std::uniform_real_distribution(least, most)(random) * 1e3) / 1e3;
    };
    quint64 emission = 0;
    double burst = 100;
    for (int i = 0; i < 60; ++i) {
        double end = burst;
        for (const LaneId lane : {RunStory::thread1, RunStory::thread2, RunStory::loop}) {
            double time = burst + uniform(1, 5);
            for (int task = 0; task < 12; ++task) {
                const double from = time + uniform(0, 4);
                const double to = from + uniform(0.001, 6);
                m_story->span(++emission, lane, from, to);
                m_busy.emplace_back(at(from - 1), at(to)); // a story's tasks wait for 1 ms
                time = to;
            }
            end = std::max(end, time);
        }
        burst = end + std::pow(10.0, uniform(0, 5));
    }
    m_story->apply(burst);
    m_tracks.sync(*m_model);
    std::ranges::sort(m_busy);
}

std::vector<IdleGap> tst_IdleGaps::allGaps(qint64 shortest) const
{
    std::vector<IdleGap> gaps;
    qint64 end = m_busy.front().second;
    for (const auto &[from, to] : m_busy) {
        if (from - end >= shortest)
            gaps.push_back({end, from});
        end = std::max(end, to);
    }
    return gaps;
}

void tst_IdleGaps::mapsTimesBothWays()
{
    const qint64 base = qint64(1) << 60; // a double has no nanoseconds there
    const TimeAxis axis{base, 10, 0,
                        std::make_shared<TimeFolds>(
                            std::vector<TimeFold>{{base - 9'000, base - 5'000, 100, 4'400},
                                                  {base + 1'000, base + 9'000'000'000, 300, 1},
                                                  {base + 9'000'000'500, base + 9'000'001'000, 50}},
                            base)};

    QCOMPARE(axis.xOf(base), 0.0);
    QCOMPARE(axis.xOf(base + 1'000), 100.0);
    QCOMPARE(axis.xOf(base + 9'000'000'000), 130.0);
    QCOMPARE(axis.xOf(base + 9'000'000'500), 180.0);
    QCOMPARE(axis.xOf(base + 9'000'001'000), 185.0);
    QCOMPARE(axis.xOf(base + 9'000'001'010), 186.0);
    QCOMPARE(axis.xOf(base - 5'000), -500.0);
    QCOMPARE(axis.xOf(base - 9'000), -510.0);
    QCOMPARE(axis.xOf(base - 9'010), -511.0);
    qint64 before = axis.timeAt(-600);
    for (double x = -600; x < 300; x += 0.25) {
        QVERIFY(axis.timeAt(x) >= before);
        before = axis.timeAt(x);
        QVERIFY(std::abs(axis.xOf(before) - x) <= 0.051); // half a nanosecond
    }
}

void tst_IdleGaps::findsWhatALookAtAllTasksFinds_data()
{
    QTest::addColumn<quint32>("seed");
    QTest::addColumn<double>("shortest"); // ms
    for (const quint32 seed : {1U, 2U, 3U}) {
        for (const double shortest : {0.5, 5.0, 300.0, 20'000.0})
            QTest::addRow("%u, %g ms", seed, shortest) << seed << shortest;
    }
}

void tst_IdleGaps::findsWhatALookAtAllTasksFinds()
{
    QFETCH(quint32, seed);
    QFETCH(double, shortest);
    fill(seed);
    const auto length = static_cast<qint64>(shortest * 1e6);
    const std::vector<IdleGap> expected = allGaps(length);
    const qint64 begin = m_busy.front().first - 5'000'000;
    const qint64 end = m_tracks.lastTime() + 5'000'000;

    const IdleGaps idle(m_tracks);
    std::vector<IdleGap> forward;
    auto gap = idle.next(begin, length, end);
    for (; gap; gap = idle.next(forward.back().to, length, end))
        forward.push_back(*gap);
    std::vector<IdleGap> backward;
    gap = idle.previous(end, length, begin);
    for (; gap; gap = idle.previous(backward.front().from, length, begin))
        backward.insert(backward.begin(), *gap);

    QVERIFY(!expected.empty());
    QVERIFY(forward == expected);
    QVERIFY(backward == expected);
    const IdleGap some = expected[expected.size() / 2];
    QVERIFY(idle.next(some.from + length / 3, length, end) == some); // from its middle
    QVERIFY(idle.previous(some.to - length / 3, length, begin) == some);
}

void tst_IdleGaps::takesWaitsForActivity()
{
    m_story->span(1, RunStory::thread1, 100, 200);
    m_story->span(2, RunStory::thread2, 900, 950);
    m_story->batch.trace.spans.back().queued = at(400);
    m_story->apply(1'000);
    m_tracks.sync(*m_model);

    const std::optional<IdleGap> gap =
        IdleGaps(m_tracks).next(at(0), 1'000'000, m_tracks.lastTime());

    QVERIFY(gap == (IdleGap{at(200), at(400)}));
    QVERIFY(!IdleGaps(m_tracks).next(at(401), 1'000'000, m_tracks.lastTime()));
}

void tst_IdleGaps::takesOpenTasksForActivity()
{
    m_story->span(1, RunStory::thread1, 100, 200);
    m_story->running(2, RunStory::thread2, 701);
    m_story->apply(9'000);
    m_tracks.sync(*m_model);

    const IdleGaps idle(m_tracks);

    QVERIFY(idle.next(at(0), 1'000'000, at(9'000)) == (IdleGap{at(200), at(700)}));
    QVERIFY(!idle.next(at(701), 1'000'000, at(9'000)));
    QVERIFY(idle.previous(at(9'000), 1'000'000, at(0)) == (IdleGap{at(200), at(700)}));
}

void tst_IdleGaps::leavesWhatLiesAroundTheRun()
{
    m_story->span(1, RunStory::thread1, 100'000, 100'010);
    m_story->apply(100'010);
    m_tracks.sync(*m_model);

    const IdleGaps idle(m_tracks);

    QVERIFY(!idle.next(at(0), 1'000'000, at(300'000)));
    QVERIFY(!idle.previous(at(300'000), 1'000'000, at(0)));
    QVERIFY(!IdleGaps(TimelineTracks()).next(0, 1, 1'000));
}

void tst_IdleGaps::foldsWholePixels()
{
    fill(4);
    const double nsPerPixel = 1e6;
    const qint64 anchor = m_busy[m_busy.size() / 2].first;

    const auto folds = IdleGaps(m_tracks).foldsAround(anchor, {nsPerPixel, 60, 2'000, 2'000});

    QVERIFY(folds);
    const std::vector<IdleGap> gaps = allGaps(60'000'000);
    for (const TimeFold &fold : folds->all()) {
        const auto gap = std::ranges::find_if(
            gaps, [&](const IdleGap &g) { return g.from < fold.from && fold.to < g.to; });
        QVERIFY(gap != gaps.end());
        QCOMPARE(fold.idle, gap->to - gap->from);
        QVERIFY(fold.shown >= 24'000'000 && fold.shown < 25'000'001);
        const qint64 removed = fold.to - fold.from - fold.shown;
        QCOMPARE(removed % qint64(nsPerPixel), 0);
    }
    const TimeAxis axis{anchor, nsPerPixel, 0, folds};
    for (const IdleGap &gap : gaps) { // all that are in reach are folded
        const double middle = axis.xOf(gap.from + (gap.to - gap.from) / 2);
        if (std::abs(middle) < 1'900)
            QVERIFY(axis.xOf(gap.to) - axis.xOf(gap.from) < 42);
    }
}

void tst_IdleGaps::hasNoFoldThatIsNotNeeded()
{
    fill(5);

    QVERIFY(!IdleGaps(m_tracks).foldsAround(m_busy.front().first, {1e9, 400, 2'000, 2'000}));
}

QTEST_GUILESS_MAIN(tst_IdleGaps)
#include "tst_idlegaps.moc"
