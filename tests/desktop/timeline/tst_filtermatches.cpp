// SPDX-License-Identifier: MIT
#include "desktop/models/runstory.h"
#include "desktop/timeline/filtermatches.h"
#include "desktop/timeline/timelinescene.h"

#include <QTest>

#include <random>

using namespace Fanfare;

class tst_FilterMatches final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void countsAsALookAtEverySpanDoes_data();
    void countsAsALookAtEverySpanDoes();
    void findsNeighborsAsALookAtEverySpanDoes();
    void marksTheColumnsInWhichOneStarts();
    void takesWhatComesLater();
    void walksFromMatchToMatch();
    void filtersByTheSelectedHandler();
    void keepsTheFormerFilterWhileTheTextIsWrong();

private:
    void tell(int spans);
    FilterMatches matchesOf(const QString &text) const;

    std::unique_ptr<RunModel> m_model;
    std::unique_ptr<RunStory> m_story;
    TimelineTracks m_tracks;
    std::mt19937 m_random{11};
    double m_time[2] = {1, 1};
    quint64 m_emission = 0;
};

void tst_FilterMatches::init()
{
    m_tracks.clear();
    m_model = std::make_unique<RunModel>();
    m_story = std::make_unique<RunStory>(*m_model);
    m_story->startEngine();
    m_time[0] = m_time[1] = 1;
    m_emission = 0;
}

/// Spans of 0 to 5 ms on two threads, a tenth of them failed.
void tst_FilterMatches::tell(int spans)
{
    for (int i = 0; i < spans; ++i) {
        const size_t thread = m_random() % 2;
        const double length = double(m_random() % 5'000) / 1'000;
        const double start = m_time[thread] + double(m_random() % 3'000) / 1'000;
        m_time[thread] = start + length;
        m_story->span(++m_emission, thread == 0 ? RunStory::thread1 : RunStory::thread2, start,
                      start + length, m_random() % 10 == 0 ? Outcome::Failed : Outcome::Succeeded);
    }
    m_story->apply(std::max(m_time[0], m_time[1]) + 1);
    m_tracks.sync(*m_model);
}

FilterMatches tst_FilterMatches::matchesOf(const QString &text) const
{
    FilterMatches matches(*SpanFilter::parse(text), *m_model);
    while (matches.advance(m_tracks, 1'000'000)) { }
    return matches;
}

void tst_FilterMatches::countsAsALookAtEverySpanDoes_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("few") << QStringLiteral("outcome:failed run>4ms");
    QTest::newRow("many") << QStringLiteral("run<4ms");
    QTest::newRow("all") << QStringLiteral("handler:sync");
    QTest::newRow("none") << QStringLiteral("handler:nobody");
    QTest::newRow("one lane") << QStringLiteral("worker:thread/2");
}

void tst_FilterMatches::countsAsALookAtEverySpanDoes()
{
    QFETCH(QString, text);
    tell(2'000);
    FilterMatches matches = matchesOf(text);
    FilterMatcher matcher(*SpanFilter::parse(text), *m_model);

    quint64 all = 0;
    for (quint32 lane = 0; lane < 2; ++lane) {
        const SpanRow &row = m_tracks.row(lane, 0);
        quint64 before = 0;
        for (size_t at = 0; at < row.size(); ++at) {
            QCOMPARE(matches.countBefore(lane, 0, at), before);
            const bool isMatch = matcher.matches(row, lane, at);
            QCOMPARE(matches.matches(row, {lane, 0, at}), isMatch);
            before += isMatch ? 1 : 0;
        }
        QCOMPARE(matches.countBefore(lane, 0, row.size()), before);
        all += before;
    }
    QVERIFY(matches.isDone());
    QCOMPARE(matches.count(), all);
}

void tst_FilterMatches::findsNeighborsAsALookAtEverySpanDoes()
{
    tell(3'000);
    FilterMatches matches =
        matchesOf(QStringLiteral("outcome:failed run>4ms")); // with empty blocks
    const SpanRow &row = m_tracks.row(0, 0);

    std::optional<size_t> last;
    for (size_t at = 0; at < row.size(); ++at) {
        QCOMPARE(matches.lastBefore(0, 0, at), last);
        if (matches.matches(row, {0, 0, at}))
            last = at;
    }
    std::optional<size_t> next;
    for (size_t at = row.size(); at-- > 0;) {
        if (matches.matches(row, {0, 0, at}))
            next = at;
        QCOMPARE(matches.nextFrom(0, 0, at), next);
    }
    QVERIFY(last && next);
    QCOMPARE(matches.nextFrom(0, 0, row.size()), std::nullopt);
}

void tst_FilterMatches::marksTheColumnsInWhichOneStarts()
{
    tell(2'000);
    FilterMatches matches = matchesOf(QStringLiteral("outcome:failed"));
    const TimeAxis axis{at(0), 7e6, 0};
    std::vector<bool> expected(900);
    for (quint32 lane = 0; lane < 2; ++lane) {
        const SpanRow &row = m_tracks.row(lane, 0);
        for (size_t i = 0; i < row.size(); ++i) {
            const double x = axis.xOf(row.started(i));
            if (matches.matches(row, {lane, 0, i}) && x < 900)
                expected[size_t(x)] = true;
        }
    }

    QCOMPARE(matches.columns(m_tracks, axis, 900), expected);
}

void tst_FilterMatches::takesWhatComesLater()
{
    tell(100);
    FilterMatches matches = matchesOf(QStringLiteral("run>2ms"));
    tell(100);
    const SpanRow &row = m_tracks.row(0, 0);
    const size_t last = row.size() - 1;
    const bool isLong = row.length(last) > 2'000'000;

    QCOMPARE(matches.matches(row, {0, 0, last}), isLong); // known at once, counted when it is time
    while (matches.advance(m_tracks, 1'000'000)) { }

    quint64 expected = 0;
    for (quint32 lane = 0; lane < 2; ++lane) {
        for (size_t i = 0; i < m_tracks.row(lane, 0).size(); ++i)
            expected += m_tracks.row(lane, 0).length(i) > 2'000'000 ? 1 : 0;
    }
    QCOMPARE(matches.count(), expected);
}

void tst_FilterMatches::walksFromMatchToMatch()
{
    tell(500);
    TimelineScene scene(*m_model);
    scene.resize(QSize(1'000, 400), 1);
    scene.fitAll();
    scene.setFilter(QStringLiteral("outcome:failed"));
    while (scene.count()) { }
    const quint64 count = scene.filter().matches()->count();

    qint64 time = 0;
    for (quint64 i = 1; i <= count; ++i) {
        QVERIFY(scene.stepMatch(Direction::Forward));
        QCOMPARE(scene.matchPosition(), i);
        const qint64 started = m_model->find(*scene.selected())->record.started;
        QVERIFY(started >= time);
        QCOMPARE(m_model->find(*scene.selected())->record.outcome, Outcome::Failed);
        time = started;
    }
    QVERIFY(!scene.stepMatch(Direction::Forward));
    QVERIFY(scene.stepMatch(Direction::Backward));
    QCOMPARE(scene.matchPosition(), count - 1);
}

void tst_FilterMatches::filtersByTheSelectedHandler()
{
    m_story->span(1, RunStory::thread1, 1, 5);
    m_story->span(2, RunStory::loop, 1, 5);
    m_story->apply(6);
    TimelineScene scene(*m_model);
    scene.select(TaskId{EmissionId{2}, 0});

    scene.run(TimelineCommand::ExcludeHandler);
    while (scene.count()) { }
    const QString excluded = scene.filter().text();
    const quint64 others = scene.filter().matches()->count();
    scene.run(TimelineCommand::OnlyHandler);

    QCOMPARE(excluded, QStringLiteral("-handler:\"async\""));
    QCOMPARE(others, 1U);
    QCOMPARE(scene.filter().text(), QStringLiteral("handler:\"async\""));
    QVERIFY(scene.run(TimelineCommand::ClearFilter));
    QVERIFY(!scene.filter().isActive());
    QVERIFY(!scene.run(TimelineCommand::ClearFilter));
}

void tst_FilterMatches::keepsTheFormerFilterWhileTheTextIsWrong()
{
    tell(10);
    TimelineScene scene(*m_model);

    scene.setFilter(QStringLiteral("handler:sync"));
    scene.setFilter(QStringLiteral("handler:sync outcome:"));

    QVERIFY(!scene.filter().error().isEmpty());
    while (scene.count()) { }
    QCOMPARE(scene.filter().matches()->count(), 10U);
}

QTEST_MAIN(tst_FilterMatches)
#include "tst_filtermatches.moc"
