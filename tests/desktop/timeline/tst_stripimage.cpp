// SPDX-License-Identifier: MIT
#include "desktop/models/runstory.h"
#include "desktop/timeline/stripimage.h"

#include <QTest>

using namespace Fanfare;

class tst_StripImage final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsOutcomesApartWithoutColor_data();
    void tellsOutcomesApartWithoutColor();
    void showsOneFailureAmongAHundredThousandTasks();
    void showsAnythingOfTheShortestTask();
    void fadesOutRunningTasks();
    void hidesWhatIsNotAskedFor();
    void drawsTheSameOnTwoPixelsForOne();
    void drawsWholePixelsAtAnyRatio_data();
    void drawsWholePixelsAtAnyRatio();
    void composesIntoPixelsOfSomebodyElse();
    void takesNoTargetOfAnotherSize();
};

/// A picture of what a story told, on a thousand pixels from its start on.
class Picture
{
public:
    RunModel model;
    RunStory story{model};

    QImage taken(double milliseconds, double now, double ratio = 1)
    {
        story.apply(now);
        m_tracks.sync(model);
        m_lanes.update(model, m_tracks, 1'000);
        constexpr int width = 1'000;
        const int header = timelineAreas(QSize(width, 300)).plot.x();
        const FrameInput input{model,
                               m_tracks,
                               m_lanes,
                               QSize(width + header, 300),
                               ratio,
                               TimeAxis{at(0), milliseconds * 1e6 / width},
                               at(now),
                               0,
                               model.startTime()};
        layoutFrame(input, frame);
        return m_strips.compose(frame, m_tracks, model).copy();
    }

    QImage filtered(const FilterView &filter)
    {
        return m_strips.compose(frame, m_tracks, model, filter).copy();
    }

    const QImage &composedInto(const QImage &target)
    {
        return m_strips.compose(frame, m_tracks, model, {}, target);
    }

    const TimelineTracks &tracks() const { return m_tracks; }

    /// The bar of the first row of \a lane.
    QRect bar(LaneId lane, int left, int right) const
    {
        for (size_t i = 0; i < frame.rowCount; ++i) {
            if (frame.rows[i].lane == model.laneIndex(lane))
                return QRect(left, frame.rows[i].y - frame.areas.plot.y(), right - left,
                             frame.rows[i].height);
        }
        return QRect();
    }

    TimelineFrame frame;
    TimelineTheme theme = TimelineTheme::of(QPalette(Qt::white));

private:
    TimelineTracks m_tracks;
    LaneLayout m_lanes;
    StripImage m_strips{theme};
};

static QImage grayBar(Outcome outcome)
{
    Picture picture;
    picture.story.startEngine();
    picture.story.span(1, RunStory::thread1, 100, 120, outcome);
    const QImage image = picture.taken(1'000, 200);
    return image.copy(picture.bar(RunStory::thread1, 100, 120))
        .convertToFormat(QImage::Format_Grayscale8);
}

void tst_StripImage::tellsOutcomesApartWithoutColor_data()
{
    QTest::addColumn<int>("one");
    QTest::addColumn<int>("other");

    const std::vector<Outcome> outcomes{Outcome::Succeeded,  Outcome::Failed,  Outcome::Canceled,
                                        Outcome::TimedOut,   Outcome::Crashed, Outcome::Rejected,
                                        Outcome::Quarantined};
    for (const Outcome one : outcomes) {
        for (const Outcome other : outcomes) {
            if (one < other)
                QTest::addRow("%d and %d", int(one), int(other)) << int(one) << int(other);
        }
    }
}

void tst_StripImage::tellsOutcomesApartWithoutColor()
{
    QFETCH(int, one);
    QFETCH(int, other);

    const QImage a = grayBar(Outcome(one));
    const QImage b = grayBar(Outcome(other));

    int differing = 0;
    for (int y = 0; y < a.height(); ++y) {
        for (int x = 0; x < a.width(); ++x)
            differing += std::abs(qGray(a.pixel(x, y)) - qGray(b.pixel(x, y))) > 16 ? 1 : 0;
    }
    QVERIFY2(
        differing * 100 > 15 * a.width() * a.height(),
        qPrintable(QStringLiteral("%1 of %2 pixels").arg(differing).arg(a.width() * a.height())));
}

void tst_StripImage::showsOneFailureAmongAHundredThousandTasks()
{
    Picture picture;
    picture.story.startEngine();
    for (int i = 0; i < 100'000; ++i)
        picture.story.span(quint64(i + 1), RunStory::thread1, i * 0.01, i * 0.01 + 0.005,
                           i == 61'803 ? Outcome::Failed : Outcome::Succeeded);

    const QImage image = picture.taken(1'000, 1'000);

    const QRect bar = picture.bar(RunStory::thread1, 0, 1'000);
    std::vector<int> red;
    for (int x = 0; x < 1'000; ++x) {
        if (image.pixel(x, bar.y() + 1) == picture.theme.failure)
            red.push_back(x);
    }
    QCOMPARE(red, std::vector<int>{618});
}

void tst_StripImage::showsAnythingOfTheShortestTask()
{
    Picture picture;
    picture.story.startEngine();
    picture.story.span(1, RunStory::thread1, 500.5, 500.5001);

    const QImage image = picture.taken(1'000, 1'000);

    const QRect bar = picture.bar(RunStory::thread1, 500, 501);
    QVERIFY(image.pixel(500, bar.bottom()) != picture.theme.background.rgb());
    QCOMPARE(image.pixel(500, bar.center().y()), picture.theme.background.rgb()); // busy for 0.01 %
}

void tst_StripImage::fadesOutRunningTasks()
{
    Picture picture;
    picture.story.startEngine();
    picture.story.running(1, RunStory::thread1, 100);

    const QImage image = picture.taken(1'000, 600);

    const int y = picture.bar(RunStory::thread1, 0, 1).center().y();
    const int inside = qGray(image.pixel(350, y));
    const int edge = qGray(image.pixel(599, y));
    const int beyond = qGray(image.pixel(601, y));
    QVERIFY(inside < edge);
    QVERIFY(edge < beyond);
}

void tst_StripImage::hidesWhatIsNotAskedFor()
{
    Picture picture;
    picture.story.startEngine();
    picture.story.span(1, RunStory::thread1, 100, 200);
    picture.story.span(2, RunStory::loop, 300, 400);
    const QRgb plain =
        picture.taken(1'000, 1'000).pixel(150, picture.bar(RunStory::thread1, 0, 1).center().y());
    FilterMatches matches(*SpanFilter::parse(QStringLiteral("handler:async")), picture.model);
    while (matches.advance(picture.tracks(), 1'000'000)) { }

    const QImage dimmed = picture.filtered({&matches, false});
    const QImage hidden = picture.filtered({&matches, true});

    const QPoint other(150, picture.bar(RunStory::thread1, 0, 1).center().y());
    const QPoint asked(350, picture.bar(RunStory::loop, 0, 1).center().y());
    QCOMPARE(dimmed.pixel(asked), picture.theme.handlerColor(picture.model.handler(1)));
    QCOMPARE(hidden.pixel(asked), dimmed.pixel(asked));
    QCOMPARE(hidden.pixel(other), picture.theme.background.rgb());
    QVERIFY(dimmed.pixel(other) != plain);
    QVERIFY(dimmed.pixel(other) != picture.theme.background.rgb());
}

void tst_StripImage::drawsTheSameOnTwoPixelsForOne()
{
    Picture picture;
    picture.story.startEngine();
    picture.story.span(1, RunStory::thread1, 100, 300);

    const QImage image = picture.taken(1'000, 600, 2);

    const QRect bar = picture.bar(RunStory::thread1, 0, 1);
    const int y = 2 * bar.center().y();
    QCOMPARE(image.width(), 2'000);
    QCOMPARE(image.pixel(190, y), picture.theme.background.rgb());
    QCOMPARE(image.pixel(202, y), picture.theme.handlerColor(picture.model.handler(0)));
    QVERIFY(image.pixel(596, y) != picture.theme.background.rgb());
}

void tst_StripImage::drawsWholePixelsAtAnyRatio_data()
{
    QTest::addColumn<double>("ratio");
    for (const double ratio : {1.0, 1.25, 1.5, 2.0})
        QTest::addRow("%g", ratio) << ratio;
}

/// Nothing is blurred: where a bar begins and ends, one pixel of the device is the other color.
void tst_StripImage::drawsWholePixelsAtAnyRatio()
{
    QFETCH(double, ratio);
    Picture picture;
    picture.story.startEngine();
    picture.story.span(1, RunStory::thread1, 100, 300);

    const QImage image = picture.taken(1'000, 1'000, ratio);

    const QRect bar = picture.bar(RunStory::thread1, 0, 1);
    const int y = int((bar.y() + bar.height() / 2) * ratio);
    const QRgb background = picture.theme.background.rgb();
    const int left = int(100 * ratio);
    const int right = int(300 * ratio);
    QCOMPARE(image.width(), int(1'000 * ratio));
    QVERIFY(image.pixel(left + 1, y) != background);
    QCOMPARE(image.pixel(left + 1, y), image.pixel(right - 2, y));
    QCOMPARE(image.pixel(right, y), background);
    for (int x = left + 1; x < right - 1; ++x)
        QCOMPARE(image.pixel(x, y), image.pixel(left + 1, y));
}

void tst_StripImage::composesIntoPixelsOfSomebodyElse()
{
    Picture picture;
    picture.story.startEngine();
    picture.story.span(1, RunStory::thread1, 100, 300, Outcome::Failed);
    picture.story.span(2, RunStory::thread2, 200, 201);
    const QImage own = picture.taken(1'000, 500);
    QImage window(own.width() + 40, own.height() + 20, QImage::Format_RGB32);
    window.fill(Qt::magenta);
    uchar *corner = window.bits() + 9 * window.bytesPerLine() + 11 * 4;
    const QImage target(corner, own.width(), own.height(), window.bytesPerLine(),
                        QImage::Format_RGB32);

    picture.composedInto(target);

    QCOMPARE(window.copy(11, 9, own.width(), own.height()), own);
    int others = 0;
    for (int y = 0; y < window.height(); ++y) {
        for (int x = 0; x < window.width(); ++x)
            others += window.pixel(x, y) == QColor(Qt::magenta).rgb() ? 1 : 0;
    }
    QCOMPARE(others, window.width() * window.height() - own.width() * own.height());
    QCOMPARE(picture.composedInto({}), own); // and does not write there any more
    QVERIFY(picture.composedInto({}).constBits() != target.constBits());
}

void tst_StripImage::takesNoTargetOfAnotherSize()
{
    Picture picture;
    picture.story.startEngine();
    picture.story.span(1, RunStory::thread1, 100, 300);
    const QImage own = picture.taken(1'000, 500);
    QImage small(10, 10, QImage::Format_RGB32);
    small.fill(Qt::magenta);

    QCOMPARE(picture.composedInto(small), own);

    QCOMPARE(small.pixel(5, 5), QColor(Qt::magenta).rgb());
}

QTEST_MAIN(tst_StripImage)
#include "tst_stripimage.moc"
