// SPDX-License-Identifier: MIT
#include "desktop/timeline/emissiontrack.h"

#include <QTest>

#include <numeric>

using namespace Fanfare;

class tst_EmissionTrack final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void ordersWhatComesInAnyOrder();
    void ignoresKnownEmissions();
    void mergesWhatIsCloserThanEightPixels();
    void countsEveryEmissionInViewOnce();
    void keepsGroupsWhilePanning();
};

static EmissionTrack trackOf(const std::vector<qint64> &times)
{
    EmissionTrack track;
    quint64 emission = 1;
    for (const qint64 time : times)
        track.add(EmissionId{emission++}, time);
    track.sort();
    return track;
}

void tst_EmissionTrack::ordersWhatComesInAnyOrder()
{
    EmissionTrack track = trackOf({50, 10, 30});

    track.add(EmissionId{10}, 20);
    track.add(EmissionId{11}, 60);
    track.sort();

    std::vector<qint64> times;
    for (size_t i = 0; i < track.size(); ++i)
        times.push_back(track[i].time);
    QCOMPARE(times, (std::vector<qint64>{10, 20, 30, 50, 60}));
}

void tst_EmissionTrack::ignoresKnownEmissions()
{
    EmissionTrack track = trackOf({50});

    track.add(EmissionId{1}, 70);
    track.sort();

    QCOMPARE(track.size(), 1U);
    QCOMPARE(track[0].time, 50);
}

void tst_EmissionTrack::mergesWhatIsCloserThanEightPixels()
{
    const EmissionTrack track = trackOf({2, 12, 22, 82, 85, 200});

    const std::vector<EmissionMark> marks = track.marks({0, 1}, 300);

    QCOMPARE(marks.size(), 5U);
    QCOMPARE(marks[0].count, 1U);
    QCOMPARE(marks[2].x, 22.0);
    QCOMPARE(marks[3].count, 2U);
    QCOMPARE(marks[3].x, 82.0);
    QCOMPARE(marks[4].first, 5U);
}

void tst_EmissionTrack::countsEveryEmissionInViewOnce()
{
    std::vector<qint64> times(10'000);
    std::iota(times.begin(), times.end(), 0);
    const EmissionTrack track = trackOf(times);

    const std::vector<EmissionMark> marks = track.marks({0, 10}, 1'000);

    size_t count = 0;
    for (const EmissionMark &mark : marks)
        count += mark.count;
    QCOMPARE(count, 10'000U);
    QVERIFY(marks.size() <= 26);
}

void tst_EmissionTrack::keepsGroupsWhilePanning()
{
    std::vector<qint64> times(1'000);
    std::iota(times.begin(), times.end(), 0);
    const EmissionTrack track = trackOf(times);

    const std::vector<EmissionMark> before = track.marks({0, 1}, 800);
    const std::vector<EmissionMark> after = track.marks({5, 1}, 800);

    for (size_t i = 0; i < 15; ++i) {
        QCOMPARE(after[i].first, before[i].first);
        QCOMPARE(after[i].x, before[i].x - 5);
    }
}

QTEST_GUILESS_MAIN(tst_EmissionTrack)
#include "tst_emissiontrack.moc"
