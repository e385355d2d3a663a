// SPDX-License-Identifier: MIT
#include "desktop/models/runspans.h"

#include <QTest>

#include <random>

using namespace Fanfare;

class tst_RunSpans final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsEverySpan();
    void neverLetsSpansOfARowOverlap();
    void putsContradictingTimesRightAndMarksThem_data();
    void putsContradictingTimesRightAndMarksThem();
    void givesLateSpansARowOfTheirOwn();
    void goesOnAfterTheClockJumped();
    void forgetsTheOldestOfAllLanes();
};

static SpanEntry entry(quint64 emission, qint64 started, qint64 finished, quint32 lane = 0)
{
    SpanEntry span;
    span.record.task = {EmissionId{emission}, 0};
    span.record.queued = started;
    span.record.started = started;
    span.record.finished = finished;
    span.lane = lane;
    return span;
}

static void append(RunSpans &spans, std::vector<SpanEntry> batch)
{
    spans.append(batch);
}

/// Batches of random spans that overlap in every way, 20 lanes.
static std::vector<std::vector<SpanEntry>> randomBatches(quint32 seed)
{
    std::mt19937 random(seed);
    std::vector<std::vector<SpanEntry>> batches;
    quint64 emission = 1;
    for (int batch = 0; batch < 40; ++batch) {
        batches.emplace_back();
        for (quint32 i = random() % 200; i > 0; --i) {
            const qint64 started = batch * 1'000 + qint64(random() % 2'000);
            batches.back().push_back(
                entry(emission, started, started + qint64(random() % 300), random() % 20));
            emission += random() % 2;
            batches.back().back().record.task.index = quint16(random());
        }
    }
    return batches;
}

void tst_RunSpans::findsEverySpan()
{
    RunSpans spans;
    const auto batches = randomBatches(1);

    for (const auto &batch : batches)
        append(spans, batch);

    size_t count = 0;
    for (const auto &batch : batches) {
        for (const SpanEntry &span : batch) {
            const auto place = spans.placeOf(span.record.task);
            QVERIFY(place);
            QCOMPARE(spans.at(*place).record.started, span.record.started);
            QCOMPARE(spans.at(*place).lane, span.lane);
            const std::vector<TaskId> siblings = spans.tasksOf(span.record.task.emission);
            QVERIFY(std::count(siblings.begin(), siblings.end(), span.record.task) == 1);
            ++count;
        }
    }
    QCOMPARE(spans.size(), count);
    QVERIFY(!spans.placeOf({EmissionId{999'999}, 0}));
    for (size_t i = 0; i < count; ++i)
        QVERIFY(spans.placeAt(i));
    QVERIFY(!spans.placeAt(count));
}

void tst_RunSpans::neverLetsSpansOfARowOverlap()
{
    RunSpans spans;

    for (const auto &batch : randomBatches(2))
        append(spans, batch);

    size_t count = 0;
    for (const LaneRows &lane : spans.lanes()) {
        for (const SpanColumns &row : lane.rows) {
            for (size_t i = 1; i < row.size(); ++i)
                QVERIFY(row.started(i) >= row.started(i - 1) + row.length(i - 1));
            count += row.size();
        }
    }
    QCOMPARE(count, spans.size());
}

void tst_RunSpans::putsContradictingTimesRightAndMarksThem_data()
{
    QTest::addColumn<qint64>("queued");
    QTest::addColumn<qint64>("started");
    QTest::addColumn<qint64>("finished");
    QTest::addColumn<bool>("isOdd");

    QTest::newRow("right") << qint64(5) << qint64(10) << qint64(20) << false;
    QTest::newRow("all at once") << qint64(5) << qint64(5) << qint64(5) << false;
    QTest::newRow("ends before it starts") << qint64(5) << qint64(10) << qint64(7) << true;
    QTest::newRow("starts before it is queued") << qint64(15) << qint64(10) << qint64(20) << true;
    QTest::newRow("before the machine was started")
        << qint64(-30) << qint64(-20) << qint64(-10) << true;
    QTest::newRow("extremes") << std::numeric_limits<qint64>::min()
                              << std::numeric_limits<qint64>::max()
                              << std::numeric_limits<qint64>::min() << true;
}

void tst_RunSpans::putsContradictingTimesRightAndMarksThem()
{
    QFETCH(qint64, queued);
    QFETCH(qint64, started);
    QFETCH(qint64, finished);
    RunSpans spans;
    SpanEntry span = entry(1, started, finished);
    span.record.queued = queued;

    append(spans, {span});

    const SpanEntry kept = spans.at({0, 0, 0});
    QTEST(kept.isOdd, "isOdd");
    QCOMPARE(spans.odd(), kept.isOdd ? 1U : 0U);
    QVERIFY(kept.record.queued >= 0);
    QVERIFY(kept.record.started >= kept.record.queued);
    QVERIFY(kept.record.finished >= kept.record.started);
}

void tst_RunSpans::givesLateSpansARowOfTheirOwn()
{
    RunSpans spans;
    append(spans, {entry(1, 0, 10), entry(2, 20, 30)});

    append(spans, {entry(3, 5, 15)});
    append(spans, {entry(4, 30, 40)});

    QCOMPARE(spans.placeOf({EmissionId{3}, 0})->row, 1);
    QCOMPARE(spans.placeOf({EmissionId{4}, 0})->row, 0);
}

void tst_RunSpans::goesOnAfterTheClockJumped()
{
    RunSpans spans;
    for (quint64 i = 0; i < 1'000; ++i)
        append(spans, {entry(i, qint64(i) * 10 + 1'000'000, qint64(i) * 10 + 1'000'009)});

    for (quint64 i = 0; i < 1'000; ++i)
        append(spans, {entry(1'000 + i, qint64(i) * 10, qint64(i) * 10 + 9)});

    QCOMPARE(spans.lanes()[0].rows.size(), 2U);
    QCOMPARE(spans.lanes()[0].rows[1].size(), 1'000U);
}

void tst_RunSpans::forgetsTheOldestOfAllLanes()
{
    RunSpans spans;
    constexpr quint64 count = 300'000;
    constexpr size_t limit = 100'000 * 23;

    for (quint64 i = 0; i < count; i += 1'000) {
        std::vector<SpanEntry> batch;
        for (quint64 k = i; k < i + 1'000; ++k)
            batch.push_back(entry(k + 1, qint64(k) * 10, qint64(k) * 10 + 9, k % 4));
        spans.trim(limit);
        spans.append(batch);
    }
    spans.trim(limit);

    quint64 lost = 0;
    for (const LaneRows &lane : spans.lanes()) {
        const SpanColumns &row = lane.rows.front();
        lost += row.loss().count;
        QVERIFY(row.loss().from < 40);
        QVERIFY(row.started(row.first()) > qint64(count) * 10 / 2);
    }
    QCOMPARE(spans.size(), size_t(count));
    QCOMPARE(spans.forgotten(), lost);
    QVERIFY(lost > 190'000 && lost < 210'000);
    QVERIFY(spans.bytes() <= limit);
    QVERIFY(!spans.placeOf({EmissionId{1}, 0}));
    QVERIFY(spans.tasksOf(EmissionId{1}).empty());
    QVERIFY(spans.placeOf({EmissionId{count}, 0}));
    QVERIFY(!spans.placeAt(0));
}

QTEST_GUILESS_MAIN(tst_RunSpans)
#include "tst_runspans.moc"
