// SPDX-License-Identifier: MIT
#include "desktop/models/runstory.h"
#include "desktop/timeline/spancolors.h"

#include <QTest>

using namespace Fanfare;

class tst_SpanColors final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void getsLighterWithTime();
    void holdsAnyTime();
    void followsTheMode();
    void colorsByName();
};

static int lightness(QRgb color)
{
    return qGray(color);
}

void tst_SpanColors::getsLighterWithTime()
{
    int last = -1;
    for (qint64 time = 1'000; time <= 10'000'000'000; time = time * 3 / 2) {
        const int now = lightness(SpanColors::heat(time));
        QVERIFY(now >= last);
        last = now;
    }
    QVERIFY(last > lightness(SpanColors::heat(0)) + 120);
}

void tst_SpanColors::holdsAnyTime()
{
    constexpr qint64 most = std::numeric_limits<qint64>::max();

    QCOMPARE(SpanColors::heat(-most), SpanColors::heat(1'000));
    QCOMPARE(SpanColors::heat(most), SpanColors::heat(10'000'000'000));
}

void tst_SpanColors::followsTheMode()
{
    SpanColumns columns;
    columns.append({.queued = 0, .started = 10'000'000, .finished = 10'002'000});
    columns.append({.queued = 11'000'000,
                    .started = 11'000'001,
                    .finished = 900'000'000,
                    .outcome = Outcome::Failed});
    const SpanRow row(columns);
    const RunModel model;
    const TimelineTheme theme = TimelineTheme::of(QPalette(Qt::white));
    SpanColors colors(theme);

    const QRgb first = colors.color(row, 0, 0, 0, model);
    const QRgb second = colors.color(row, 0, 1, 0, model);
    colors.setColoring(SpanColoring::Wait);
    const bool waitsLess =
        lightness(colors.color(row, 0, 1, 0, model)) < lightness(colors.color(row, 0, 0, 0, model));
    colors.setColoring(SpanColoring::Duration);
    const bool runsLonger =
        lightness(colors.color(row, 0, 1, 0, model)) > lightness(colors.color(row, 0, 0, 0, model));
    colors.setColoring(SpanColoring::Outcome);

    QCOMPARE(first, second); // the same handler
    QVERIFY(waitsLess);
    QVERIFY(runsLonger);
    QCOMPARE(colors.color(row, 0, 1, 0, model), theme.failure);
    QVERIFY(colors.color(row, 0, 0, 0, model) != theme.failure);
}

void tst_SpanColors::colorsByName()
{
    RunModel model;
    RunStory story(model);
    story.startEngine();
    story.span(1, RunStory::thread1, 10, 20);
    story.span(2, RunStory::thread2, 10, 20);
    story.span(3, RunStory::loop, 10, 20);
    story.apply(30);
    const TimelineTheme theme = TimelineTheme::of(QPalette(Qt::white));
    SpanColors colors(theme);
    const auto colorOf = [&](quint32 lane, SpanColoring coloring) {
        colors.setColoring(coloring);
        const SpanRow row(model.spans().lanes()[lane].rows[0]);
        return colors.color(row, lane, 0, row.handler(0), model);
    };

    QCOMPARE(colorOf(1, SpanColoring::Worker), theme.nameColor(QStringLiteral("thread 2")));
    QCOMPARE(colorOf(2, SpanColoring::Plugin), theme.nameColor(QStringLiteral("basics")));
    QCOMPARE(colorOf(0, SpanColoring::Plugin), colorOf(2, SpanColoring::Plugin));
    QCOMPARE(colorOf(0, SpanColoring::Event), theme.nameColor(QStringLiteral("StringEvent")));
    QVERIFY(colorOf(0, SpanColoring::Handler) != colorOf(2, SpanColoring::Handler));
}

QTEST_MAIN(tst_SpanColors)
#include "tst_spancolors.moc"
