// SPDX-License-Identifier: MIT
#include "desktop/models/runstory.h"
#include "desktop/timeline/timelinescene.h"
#include "desktop/timeline/timelinewidget.h"

#include <QTest>

using namespace Fanfare;

class tst_TextScale final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsSizesUpToThePlannedText();
    void holdsTwoLinesInEachLane();
    void holdsALineInEachStrip();
    void leavesRowsWithoutLabelsAsTheyAre();
    void followsTheFontOfTheWidget();

private:
    LaneLayout lanes(int rows, TextScale scale);
};

static constexpr int twice = 2 * TextScale::plannedHeight;

/// One worker thread with a task, and a loop with \a rows of them at once.
LaneLayout tst_TextScale::lanes(int rows, TextScale scale)
{
    RunModel model;
    RunStory story(model);
    story.startEngine();
    story.span(1, RunStory::thread1, 100, 300);
    for (int i = 0; i < rows; ++i)
        story.span(quint64(2 + i), RunStory::loop, 100, 300);
    story.apply(1'000);
    TimelineTracks tracks;
    tracks.sync(model);
    LaneLayout layout;
    layout.update(model, tracks, 100'000, {}, GroupHeaders::Shown, scale);
    return layout;
}

void tst_TextScale::keepsSizesUpToThePlannedText()
{
    const QSize size(1'000, 600);

    QCOMPARE(TextScale(9).of(32), 32);
    QCOMPARE(TextScale(TextScale::plannedHeight).of(32), 32);
    QCOMPARE(timelineAreas(size, TextScale(9)).lanes, timelineAreas(size).lanes);
}

void tst_TextScale::holdsTwoLinesInEachLane()
{
    const LaneLayout large = lanes(1, TextScale(twice));

    QCOMPARE(lanes(1, {}).places().front().height, 32);
    for (const LanePlace &place : large.places()) {
        QVERIFY(place.height >= 2 * twice);
        QVERIFY(place.bar >= twice);
    }
    for (const GroupPlace &group : large.groups())
        QVERIFY(group.height >= twice);
}

void tst_TextScale::holdsALineInEachStrip()
{
    const TimelineAreas areas = timelineAreas({2'000, 1'000}, TextScale(twice));

    for (const QRect &area : {areas.ruler, areas.emissions, areas.workers, areas.queue})
        QVERIFY(area.height() >= twice);
    QCOMPARE(areas.headers.width(), 2 * timelineAreas({2'000, 1'000}).headers.width());
    QCOMPARE(areas.plot.right(), 1'999);
}

void tst_TextScale::leavesRowsWithoutLabelsAsTheyAre()
{
    const auto barOf = [this](TextScale scale) { return lanes(200, scale).places().back().bar; };

    QCOMPARE(barOf(TextScale(twice)), barOf({}));
}

void tst_TextScale::followsTheFontOfTheWidget()
{
    RunModel model;
    TimelineWidget widget(model);
    widget.resize(1'000, 600);
    const int before = widget.scene().areas().ruler.height();
    QFont large = widget.font();
    large.setPointSizeF(3 * large.pointSizeF());

    widget.setFont(large);

    QVERIFY(before < widget.fontMetrics().height());
    QVERIFY(widget.scene().areas().ruler.height() >= widget.fontMetrics().height());
}

QTEST_MAIN(tst_TextScale)
#include "tst_textscale.moc"
