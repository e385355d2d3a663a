// SPDX-License-Identifier: MIT
#include "desktop/timeline/areastatistics.h"

#include <QTest>

#include <deque>
#include <random>

using namespace Fanfare;

class tst_AreaStatistics final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void countsAsALookAtEverySpanDoes();
    void addsChunksAsItAddsSpans_data();
    void addsChunksAsItAddsSpans();
    void looksAtTheEdgesOfLongRowsOnly();
    void leavesChunksOutThatAreForgottenInPart();
    void goesInSteps();
    void countsWhatIsLeftWhenTheRestIsForgotten();
    void knowsNothingOfNothing();
    void findsQuantilesWithinOnePercent_data();
    void findsQuantilesWithinOnePercent();
};

static std::deque<SpanColumns> randomRows(quint32 seed, int rows, int spans)
{
    std::mt19937 random(seed);
    std::deque<SpanColumns> all;
    for (int row = 0; row < rows; ++row) {
        SpanColumns &columns = all.emplace_back();
        qint64 time = 1'000;
        for (int i = 0; i < spans; ++i) {
            RowSpan span;
            span.started = time += random() % 1'000;
            span.finished = time += random() % 3'000;
            span.queued = span.started - random() % 900;
            span.outcome = random() % 40 == 0 ? Outcome::Failed : Outcome::Succeeded;
            columns.append(span);
        }
    }
    return all;
}

static std::vector<SpanRow> viewsOf(const std::deque<SpanColumns> &rows)
{
    return {rows.begin(), rows.end()};
}

void tst_AreaStatistics::countsAsALookAtEverySpanDoes()
{
    const std::deque<SpanColumns> rows = randomRows(1, 5, 2'000);
    constexpr qint64 from = 500'000;
    constexpr qint64 to = 3'000'000;
    std::vector<qint64> lengths;
    quint64 failures = 0;
    qint64 busy = 0;
    for (const SpanColumns &row : rows) {
        for (size_t i = 0; i < row.size(); ++i) {
            const RowSpan span = row.at(i);
            if (span.finished <= from || span.started >= to)
                continue;
            lengths.push_back(span.finished - span.started);
            failures += isFailure(span.outcome) ? 1 : 0;
            busy += std::min(to, span.finished) - std::max(from, span.started);
        }
    }
    std::sort(lengths.begin(), lengths.end());

    AreaStatisticsPass pass(viewsOf(rows), from, to);
    while (pass.advance(100)) { }

    const AreaStatistics &found = pass.result();
    QCOMPARE(found.count, quint64(lengths.size()));
    QCOMPARE(found.spans.run.count(), found.count);
    QCOMPARE(found.spans.wait.count(), found.count);
    QCOMPARE(found.failures, failures);
    QCOMPARE(found.busy, busy);
    QCOMPARE(found.spans.longest, lengths.back());
    const double median = double(lengths[lengths.size() / 2]);
    QVERIFY(std::abs(double(found.spans.run.quantile(0.5)) - median) < median * 0.02);
}

void tst_AreaStatistics::addsChunksAsItAddsSpans_data()
{
    QTest::addColumn<qint64>("first");
    QTest::addColumn<qint64>("end");
    constexpr qint64 chunk = SpanSummary::chunkSize;

    QTest::newRow("all") << qint64(0) << 3 * chunk + 5'000;
    QTest::newRow("whole chunks") << chunk << 3 * chunk;
    QTest::newRow("edges beside whole ones") << qint64(100) << 2 * chunk + 33;
    QTest::newRow("less than one") << chunk + 1 << 2 * chunk - 1;
}

/// The histogram of everything in them is the same as that of one span after the other.
void tst_AreaStatistics::addsChunksAsItAddsSpans()
{
    QFETCH(qint64, first);
    QFETCH(qint64, end);
    const std::deque<SpanColumns> rows = randomRows(5, 1, 3 * int(SpanSummary::chunkSize) + 5'000);
    const SpanRow row(rows[0]);
    SpanSummary expected;
    for (size_t i = size_t(first); i < size_t(end); ++i) {
        expected.run.add(row.length(i));
        expected.wait.add(row.wait(i));
        expected.longest = std::max(expected.longest, row.length(i));
    }
    const size_t last = size_t(end) - 1;

    AreaStatisticsPass pass({row}, row.finished(size_t(first)) - 1, row.started(last) + 1);
    while (pass.advance(1'000)) { }

    const SpanSummary &found = pass.result().spans;
    QCOMPARE(pass.result().count, quint64(end - first));
    QCOMPARE(found.run.count(), expected.run.count());
    QCOMPARE(found.longest, expected.longest);
    for (int i = 0; i <= 1'000; ++i) {
        QCOMPARE(found.run.quantile(i / 1'000.0), expected.run.quantile(i / 1'000.0));
        QCOMPARE(found.wait.quantile(i / 1'000.0), expected.wait.quantile(i / 1'000.0));
    }
}

void tst_AreaStatistics::looksAtTheEdgesOfLongRowsOnly()
{
    const std::deque<SpanColumns> rows = randomRows(6, 1, 4 * int(SpanSummary::chunkSize) + 100);
    AreaStatisticsPass pass(viewsOf(rows), 0, 1'000'000'000'000);

    const bool goesOn = pass.advance(10'000);

    QVERIFY(!goesOn);
    QCOMPARE(pass.result().spans.run.count(), pass.result().count);
}

void tst_AreaStatistics::leavesChunksOutThatAreForgottenInPart()
{
    constexpr size_t chunk = SpanSummary::chunkSize;
    std::deque<SpanColumns> rows = randomRows(7, 1, 2 * int(chunk) + 20'000);
    const size_t before = rows[0].bytes();

    rows[0].forgetBlock();
    AreaStatisticsPass pass(viewsOf(rows), 0, 1'000'000'000'000);
    while (pass.advance(1'000)) { }

    QCOMPARE(pass.result().spans.run.count(), quint64(2 * chunk + 20'000 - spanBlockSize));
    QVERIFY(!rows[0].summaryAt(0));
    QVERIFY(rows[0].summaryAt(chunk));
    QVERIFY(!rows[0].summaryAt(2 * chunk)); // is not full yet
    QVERIFY(before - rows[0].bytes() > sizeof(SpanSummary));
}

void tst_AreaStatistics::goesInSteps()
{
    const std::deque<SpanColumns> rows = randomRows(2, 3, 1'000);
    AreaStatisticsPass pass(viewsOf(rows), 0, 1'000'000'000);

    const bool goesOn = pass.advance(10);
    const quint64 counted = pass.result().spans.run.count();

    QVERIFY(goesOn);
    QVERIFY(counted > 0 && counted < 200);
    QCOMPARE(pass.result().count, 3'000U); // is known before
}

void tst_AreaStatistics::countsWhatIsLeftWhenTheRestIsForgotten()
{
    std::deque<SpanColumns> rows = randomRows(3, 1, 1'000);
    AreaStatisticsPass pass(viewsOf(rows), 0, 1'000'000'000);
    pass.advance(64);

    while (rows[0].first() < 640)
        rows[0].forgetBlock();
    while (pass.advance(100)) { }

    QCOMPARE(pass.result().spans.run.count(), 64U + 360U);
}

void tst_AreaStatistics::knowsNothingOfNothing()
{
    AreaStatisticsPass empty({}, 10, 5);
    AreaStatisticsPass emptyRow({SpanRow()}, 0, 100);
    while (emptyRow.advance(10)) { }

    QVERIFY(!empty.advance(10));
    QCOMPARE(empty.result().from, 5);
    QCOMPARE(empty.result().busyFraction(), 0.0);
    QCOMPARE(emptyRow.result().spans.run.quantile(0.5), 0);
    QCOMPARE(emptyRow.result().perSecond(), 0.0);
}

void tst_AreaStatistics::findsQuantilesWithinOnePercent_data()
{
    QTest::addColumn<qint64>("duration");

    for (const qint64 duration : {qint64(-5), qint64(0), qint64(1), qint64(7), qint64(999),
                                  qint64(123'456), qint64(4'294'967'297), qint64(1) << 60})
        QTest::addRow("%lld", static_cast<long long>(duration)) << duration;
}

void tst_AreaStatistics::findsQuantilesWithinOnePercent()
{
    QFETCH(qint64, duration);
    DurationHistogram histogram;

    histogram.add(duration);

    const double expected = double(std::max<qint64>(1, duration));
    QVERIFY(std::abs(double(histogram.quantile(0.5)) - expected) <= expected * 0.01);
}

QTEST_GUILESS_MAIN(tst_AreaStatistics)
#include "tst_areastatistics.moc"
