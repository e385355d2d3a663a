// SPDX-License-Identifier: MIT
#include "desktop/timeline/rowlayout.h"

#include <QTest>

#include <random>

using namespace Fanfare;

class tst_RowLayout final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sumsExactlyAtEveryZoom_data();
    void sumsExactlyAtEveryZoom();
    void neverHidesAFailure_data();
    void neverHidesAFailure();
    void boxesWideSpans();
    void clipsBoxesAtTheView();
    void showsTheWaitAsFarAsTheRowWasFree();
    void tellsSentFromQueued();
    void showsTheReplyUpToTheNextSpan();
    void marksSpansWithoutLength();
    void layoutsAnEmptyRow();
    void remembersWhatALayoutShows_data();
    void remembersWhatALayoutShows();
    void remembersWhatALayoutShowsWhileTheRowGrows();
};

static constexpr int width = 700;
static constexpr qint64 length = 1'000'000'000;

/// 8,000 random spans in one second, a few with a length of 0.
static SpanColumns randomRow(std::mt19937 &random, int failureEvery)
{
    SpanColumns row;
    qint64 time = 0;
    for (quint32 i = 0; time < length; ++i) {
        RowSpan span;
        time += static_cast<qint64>(std::exponential_distribution<>(1 / 50'000.0)(random));
        span.started = time;
        const bool isLong = random() % 500 == 0;
        time += random() % 50 == 0 ? 0
                                   : static_cast<qint64>(std::exponential_distribution<>(
                                       isLong ? 1e-6 : 1 / 75'000.0)(random));
        span.finished = time;
        span.queued = span.started - 5'000;
        span.task = {EmissionId{i}, 0};
        span.outcome = static_cast<int>(random() % static_cast<quint32>(failureEvery)) == 0
            ? Outcome::Failed
            : Outcome::Succeeded;
        row.append(span);
    }
    return row;
}

/// What column \a x shows, also inside of boxes and where there is nothing.
static TimeColumn columnAt(const RowLayout &layout, int x)
{
    for (const SpanBox &box : layout.boxes) {
        if (x >= box.left && x < box.right)
            return {x, 1};
    }
    for (const TimeColumn &column : layout.columns) {
        if (column.x == x)
            return column;
    }
    return {x};
}

static void addZooms()
{
    QTest::addColumn<qint64>("begin");
    QTest::addColumn<double>("nsPerPixel");

    QTest::newRow("all") << qint64(0) << double(length) / width;
    QTest::newRow("more than all") << qint64(-length) << 4.0 * length / width;
    QTest::newRow("a tenth") << length / 3 << double(length) / width / 10;
    QTest::newRow("a hundredth") << length / 3 + 7 << double(length) / width / 100.7;
    QTest::newRow("near") << length / 2 + 13 << 997.3;
    QTest::newRow("nearest") << length / 2 + 13 << 2.0;
    QTest::newRow("before") << qint64(-2 * length) << 1'000.0;
    QTest::newRow("after") << 5 * length << 1'000.0;
}

void tst_RowLayout::sumsExactlyAtEveryZoom_data()
{
    addZooms();
}

void tst_RowLayout::sumsExactlyAtEveryZoom()
{
    QFETCH(qint64, begin);
    QFETCH(double, nsPerPixel);
    std::mt19937 random(1);
    const SpanColumns spans = randomRow(random, 1'000);
    const SpanRow row(spans);
    const TimeAxis axis{begin, nsPerPixel};
    std::vector<double> expected(width, 0.0);
    for (int x = 0; x < width; ++x) {
        const qint64 from = axis.timeAt(x);
        const qint64 to = axis.timeAt(x + 1);
        for (size_t i = 0; i < row.size(); ++i) {
            const qint64 busy = std::min(to, row[i].finished) - std::max(from, row[i].started);
            expected[size_t(x)] += double(std::max<qint64>(0, busy)) / double(to - from);
        }
    }

    RowLayout layout;
    layoutRow(row, axis, width, layout);

    for (int x = 0; x < width; ++x)
        QVERIFY2(std::abs(double(columnAt(layout, x).busy) - expected[size_t(x)]) <= 1.0 / 255,
                 qPrintable(QStringLiteral("column %1: %2, expected %3")
                                .arg(x)
                                .arg(double(columnAt(layout, x).busy))
                                .arg(expected[size_t(x)])));
}

void tst_RowLayout::neverHidesAFailure_data()
{
    addZooms();
}

void tst_RowLayout::neverHidesAFailure()
{
    QFETCH(qint64, begin);
    QFETCH(double, nsPerPixel);
    std::mt19937 random(2);
    const SpanColumns spans = randomRow(random, 300);
    const SpanRow row(spans);
    const TimeAxis axis{begin, nsPerPixel};

    RowLayout layout;
    layoutRow(row, axis, width, layout);

    for (size_t i = 0; i < row.size(); ++i) {
        if (!isFailure(row[i].outcome))
            continue;
        const double left = axis.xOf(row[i].started);
        const double right = axis.xOf(row[i].finished);
        if (right <= 0 || left >= width)
            continue;
        const int first = std::clamp(int(std::floor(left)), 0, width - 1);
        const int last = std::clamp(int(std::ceil(right)) - 1, first, width - 1);
        bool isShown = std::any_of(layout.boxes.begin(), layout.boxes.end(),
                                   [i](const SpanBox &box) { return box.position == i; });
        for (int x = first; x <= last; ++x)
            isShown = isShown || columnAt(layout, x).failures > 0;
        QVERIFY2(
            isShown,
            qPrintable(QStringLiteral("span %1 at columns %2 to %3").arg(i).arg(left).arg(right)));
    }
}

static SpanColumns rowOf(std::initializer_list<RowSpan> spans)
{
    SpanColumns row;
    for (const RowSpan &span : spans)
        row.append(span);
    return row;
}

void tst_RowLayout::boxesWideSpans()
{
    const SpanColumns spans = rowOf({{0, 105, 155}, {0, 160, 162}, {0, 162, 200}});

    RowLayout layout;
    layoutRow(SpanRow(spans), {0, 10}, 30, layout);

    QCOMPARE(layout.boxes.size(), 2U);
    QCOMPARE(layout.boxes[0].position, 0U);
    QCOMPARE(layout.boxes[0].left, 11); // column 10 is covered by half
    QCOMPARE(layout.boxes[0].right, 15);
    QCOMPARE(columnAt(layout, 10).busy, 0.5F);
    QCOMPARE(columnAt(layout, 15).busy, 0.5F);
    QCOMPARE(columnAt(layout, 16).narrow, 1U);
    QCOMPARE(layout.boxes[1].position, 2U);
    QCOMPARE(layout.boxes[1].left, 17);
    QCOMPARE(layout.boxes[1].right, 20);
    QVERIFY(layout.boxes[1].showsEnd);
}

void tst_RowLayout::clipsBoxesAtTheView()
{
    const SpanColumns spans = rowOf({{0, 0, 1'000}});

    RowLayout layout;
    layoutRow(SpanRow(spans), {500, 1}, 100, layout);

    QCOMPARE(layout.boxes.size(), 1U);
    QCOMPARE(layout.boxes[0].left, 0);
    QCOMPARE(layout.boxes[0].right, 100);
    QVERIFY(!layout.boxes[0].showsEnd);
}

void tst_RowLayout::showsTheWaitAsFarAsTheRowWasFree()
{
    const SpanColumns spans = rowOf({{20, 100, 200}, {120, 260, 300}, {299, 300, 400}});

    RowLayout layout;
    layoutRow(SpanRow(spans), {0, 1}, 500, layout);

    QCOMPARE(layout.waits.size(), 2U);
    QCOMPARE(layout.waits[0].left, 20);
    QCOMPARE(layout.waits[0].right, 100);
    QCOMPARE(layout.waits[1].left, 200); // the row was taken before
    QCOMPARE(layout.waits[1].right, 260);
}

static RowSpan crossingSpan(qint64 queued, qint64 started, qint64 finished, quint32 sent,
                            quint32 replied)
{
    RowSpan span{queued, started, finished};
    span.sentBefore = sent;
    span.repliedAfter = replied;
    return span;
}

void tst_RowLayout::tellsSentFromQueued()
{
    const SpanColumns spans =
        rowOf({crossingSpan(20, 100, 200, 30, 0), crossingSpan(210, 260, 300, 90, 0)});

    RowLayout layout;
    layoutRow(SpanRow(spans), {0, 1}, 500, layout);

    QCOMPARE(layout.waits[0].left, 20);
    QCOMPARE(layout.waits[0].sent, 70);
    QCOMPARE(layout.waits[1].left, 210);
    QCOMPARE(layout.waits[1].sent, 210); // sent before it was free: all of it
}

void tst_RowLayout::showsTheReplyUpToTheNextSpan()
{
    const SpanColumns spans =
        rowOf({crossingSpan(0, 100, 200, 0, 50), crossingSpan(0, 220, 221, 0, 40)});

    RowLayout layout;
    layoutRow(SpanRow(spans), {0, 1}, 500, layout);
    RowLayout later;
    layoutRow(SpanRow(spans), {230, 1}, 500, later);

    QCOMPARE(layout.replies.size(), 2U);
    QCOMPARE(layout.replies[0].left, 200);
    QCOMPARE(layout.replies[0].right, 220);
    QCOMPARE(layout.replies[1].left, 221); // of a span that is too narrow for a box
    QCOMPARE(layout.replies[1].right, 261);
    QCOMPARE(later.replies.size(), 1U); // of a span left of the view
    QCOMPARE(later.replies[0].right, 31);
}

void tst_RowLayout::marksSpansWithoutLength()
{
    const SpanColumns spans =
        rowOf({{.queued = 0, .started = 55, .finished = 55, .outcome = Outcome::Crashed}});

    RowLayout layout;
    layoutRow(SpanRow(spans), {0, 10}, 10, layout);

    QCOMPARE(columnAt(layout, 5).busy, 0.0F);
    QCOMPARE(columnAt(layout, 5).narrow, 1U);
    QCOMPARE(columnAt(layout, 5).failures, 1U);
}

void tst_RowLayout::layoutsAnEmptyRow()
{
    RowLayout layout;
    layoutRow(SpanRow(), {0, 10}, 10, layout);

    QVERIFY(layout.columns.empty());
    QVERIFY(layout.boxes.empty());
}

/// What is drawn of a layout, as words, to tell differences.
static QStringList story(const RowLayout &layout)
{
    QStringList lines;
    for (const TimeColumn &c : layout.columns)
        lines +=
            QStringLiteral("column %1 %2 %3 %4").arg(c.x).arg(c.busy).arg(c.narrow).arg(c.failures);
    for (const SpanBox &b : layout.boxes)
        lines += QStringLiteral("box %1 %2 %3 %4")
                     .arg(b.position)
                     .arg(b.left)
                     .arg(b.right)
                     .arg(b.showsEnd);
    for (const WaitBox &w : layout.waits)
        lines +=
            QStringLiteral("wait %1 %2 %3 %4").arg(w.position).arg(w.left).arg(w.sent).arg(w.right);
    for (const ReplyBox &r : layout.replies)
        lines += QStringLiteral("reply %1 %2 %3").arg(r.position).arg(r.left).arg(r.right);
    return lines;
}

static void compareLayouts(const RowLayout &cached, const SpanRow &row, const TimeAxis &axis)
{
    RowLayout fresh;
    layoutRow(row, axis, width, fresh);
    const QStringList expected = story(fresh);
    const QStringList actual = story(cached);
    for (qsizetype i = 0; i < std::min(actual.size(), expected.size()); ++i)
        QCOMPARE(actual[i], expected[i]);
    QCOMPARE(actual.size(), expected.size());
}

/// Random spans with gaps, waits, replies, and some that are much longer than a view.
static std::vector<RowSpan> mixedSpans(quint32 seed, int count)
{
    std::mt19937 random(seed);
    std::vector<RowSpan> spans;
    qint64 time = 0;
    for (int i = 0; i < count; ++i) {
        RowSpan span;
        time += qint64(random() % 10 == 0 ? random() % 50'000'000 : random() % 60'000);
        span.started = time;
        span.queued = std::max<qint64>(0, time - qint64(random() % 3'000'000));
        span.sentBefore = quint32(random() % 200'000);
        time += qint64(random() % 60 == 0      ? random() % 20'000'000
                           : random() % 7 == 0 ? random() % 2'000'000
                                               : random() % 40'000);
        span.finished = time;
        span.repliedAfter = random() % 3 == 0 ? quint32(random() % 1'000'000) : 0;
        span.outcome = random() % 9 == 0 ? Outcome::Failed : Outcome::Succeeded;
        spans.push_back(span);
    }
    return spans;
}

void tst_RowLayout::remembersWhatALayoutShows_data()
{
    QTest::addColumn<double>("nsPerPixel");

    QTest::newRow("far") << 1e6;
    QTest::newRow("middle") << 50'000.5;
    QTest::newRow("near") << 3'000.25;
    QTest::newRow("nearest") << 2.0;
}

void tst_RowLayout::remembersWhatALayoutShows()
{
    QFETCH(double, nsPerPixel);
    SpanColumns spans;
    for (const RowSpan &span : mixedSpans(11, 5'000))
        spans.append(span);
    const SpanRow row(spans);
    std::mt19937 random(12);
    TimeAxis axis{0, nsPerPixel, std::floor(double(spans.lastFinish()) / 2 / nsPerPixel)};
    RowCache cache;
    RowLayout layout;

    for (int i = 0; i < 600; ++i) {
        const int reach = i % 3 == 0 ? 600 : 30;
        axis.column += double(int(random() % quint32(2 * reach)) - reach);
        cache.update(row, axis, width, layout);
        compareLayouts(layout, row, axis);
        if (QTest::currentTestFailed())
            return;
    }
}

void tst_RowLayout::remembersWhatALayoutShowsWhileTheRowGrows()
{
    SpanColumns spans;
    RowCache cache;
    RowLayout layout;
    std::mt19937 random(13);
    TimeAxis axis{0, 100'000, 0};

    for (const RowSpan &span : mixedSpans(14, 3'000)) {
        spans.append(span);
        if (random() % 5 != 0)
            continue;
        axis.column =
            std::floor(double(span.finished) / axis.nsPerPixel) - width + double(random() % 20);
        cache.update(SpanRow(spans), axis, width, layout);
        compareLayouts(layout, SpanRow(spans), axis);
        if (QTest::currentTestFailed())
            return;
    }
}

QTEST_GUILESS_MAIN(tst_RowLayout)
#include "tst_rowlayout.moc"
