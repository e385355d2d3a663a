// SPDX-License-Identifier: MIT
#include "desktop/models/runstory.h"
#include "desktop/timeline/groupcolumns.h"

#include <QTest>

#include <cmath>
#include <random>

using namespace Fanfare;

class tst_GroupColumns final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void isTheMeanOfItsLanes_data();
    void isTheMeanOfItsLanes();
    void keepsEveryFailure();
    void countsWhatIsRunning();
    void followsNewSpans();

private:
    struct Span
    {
        quint32 lane = 0;
        double from = 0;
        double to = 0;
        bool isFailed = false;
    };

    void fill(int count);
    double busyOf(const TimeAxis &axis, int x) const;

    std::unique_ptr<RunModel> m_model;
    std::unique_ptr<RunStory> m_story;
    TimelineTracks m_tracks;
    std::vector<Span> m_spans;
    quint64 m_emission = 0;
};

static constexpr int width = 700;

void tst_GroupColumns::init()
{
    m_model = std::make_unique<RunModel>();
    m_story = std::make_unique<RunStory>(*m_model);
    m_story->startEngine();
    m_tracks.clear();
    m_spans.clear();
}

/// Random tasks on two threads, one in eleven of which fails.
void tst_GroupColumns::fill(int count)
{
    std::mt19937 random(7);
    std::exponential_distribution<double> length(1 / 3.0);
    for (const LaneId lane : {RunStory::thread1, RunStory::thread2}) {
        double time = 10;
        for (int i = 0; i < count; ++i) {
            const double from = std::round((time + length(random)) * 1e6) / 1e6;
            const double to = std::round((from + length(random)) * 1e6) / 1e6;
            time = to;
            const bool isFailed = random() % 11 == 0;
            m_story->span(++m_emission, lane, from, to,
                          isFailed ? Outcome::Failed : Outcome::Succeeded);
            m_spans.push_back({lane == RunStory::thread1 ? 0U : 1U, from, to, isFailed});
        }
    }
    m_story->apply(1e6);
    m_tracks.sync(*m_model);
}

/// Looks at every task.
double tst_GroupColumns::busyOf(const TimeAxis &axis, int x) const
{
    const double from = double(axis.timeAt(x) - storyStart) / 1e6;
    const double to = double(axis.timeAt(x + 1) - storyStart) / 1e6;
    double busy = 0;
    for (const Span &span : m_spans)
        busy += std::max(0.0, std::min(to, span.to) - std::max(from, span.from));
    return busy / (to - from) / 2;
}

void tst_GroupColumns::isTheMeanOfItsLanes_data()
{
    QTest::addColumn<double>("from");
    QTest::addColumn<double>("pixel"); // ms
    QTest::newRow("all") << 0.0 << 20.0;
    QTest::newRow("some in each column") << 900.0 << 4.0;
    QTest::newRow("columns in each one") << 2'000.0 << 0.05;
}

void tst_GroupColumns::isTheMeanOfItsLanes()
{
    QFETCH(double, from);
    QFETCH(double, pixel);
    fill(2'000);
    const TimeAxis axis{at(from), pixel * 1e6, 0};

    GroupColumns group;
    group.update(m_tracks, {0, 1}, axis, width, m_tracks.lastTime());

    QCOMPARE(group.columns().size(), size_t(width));
    for (int x = 0; x < width; ++x)
        QVERIFY(std::abs(group.columns()[size_t(x)].busy - busyOf(axis, x)) < 1 / 255.0);
}

void tst_GroupColumns::keepsEveryFailure()
{
    fill(2'000);
    const TimeAxis axis{at(0), 20e6, 0};

    GroupColumns group;
    group.update(m_tracks, {0, 1}, axis, width, m_tracks.lastTime());

    quint64 drawn = 0;
    for (const GroupColumn &column : group.columns())
        drawn += column.failures;
    QCOMPARE(drawn, quint64(std::ranges::count_if(m_spans, &Span::isFailed)));
    const auto failed = std::ranges::find_if(m_spans, &Span::isFailed);
    const auto inside = at((failed->from + failed->to) / 2); // it starts left of the view
    group.update(m_tracks, {0, 1}, TimeAxis{inside, 10, 0}, 10, m_tracks.lastTime());
    QCOMPARE(group.columns()[0].failures, 1U);
}

void tst_GroupColumns::countsWhatIsRunning()
{
    m_story->running(1, RunStory::thread2, 100);
    m_story->apply(160);
    m_tracks.sync(*m_model);

    GroupColumns group;
    const TimeAxis axis{at(100), 20e6, 0};
    group.update(m_tracks, {0, 1}, axis, 10, at(150));
    const float last = group.columns()[2].busy;
    group.update(m_tracks, {0, 1}, axis, 10, at(160)); // only "now" is another

    QCOMPARE(group.columns()[0].busy, 0.5F);
    QCOMPARE(last, 0.25F);
    QCOMPARE(group.columns()[2].busy, 0.5F);
    QCOMPARE(group.columns()[3].busy, 0.0F);
}

void tst_GroupColumns::followsNewSpans()
{
    GroupColumns group;
    const TimeAxis axis{at(100), 20e6, 0};
    group.update(m_tracks, {0, 1}, axis, 10, at(150));
    m_story->span(1, RunStory::thread1, 100, 140);
    m_story->apply(150);
    m_tracks.sync(*m_model);
    group.update(m_tracks, {0, 1}, axis, 10, at(150));
    const float both = group.columns()[1].busy;
    group.update(m_tracks, {0}, axis, 10, at(150));

    QCOMPARE(both, 0.5F);
    QCOMPARE(group.columns()[1].busy, 1.0F);
    QCOMPARE(group.columns()[2].busy, 0.0F);
}

QTEST_GUILESS_MAIN(tst_GroupColumns)
#include "tst_groupcolumns.moc"
