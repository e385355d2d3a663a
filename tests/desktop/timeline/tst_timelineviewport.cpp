// SPDX-License-Identifier: MIT
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

QTEST_GUILESS_MAIN(tst_TimelineViewport)
#include "tst_timelineviewport.moc"
