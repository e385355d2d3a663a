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
    QCOMPARE(found.run.count(), found.count);
    QCOMPARE(found.wait.count(), found.count);
    QCOMPARE(found.failures, failures);
    QCOMPARE(found.busy, busy);
    QCOMPARE(found.longest, lengths.back());
    const double median = double(lengths[lengths.size() / 2]);
    QVERIFY(std::abs(double(found.run.quantile(0.5)) - median) < median * 0.02);
}

void tst_AreaStatistics::goesInSteps()
{
    const std::deque<SpanColumns> rows = randomRows(2, 3, 1'000);
    AreaStatisticsPass pass(viewsOf(rows), 0, 1'000'000'000);

    const bool goesOn = pass.advance(10);
    const quint64 counted = pass.result().run.count();

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

    QCOMPARE(pass.result().run.count(), 64U + 360U);
}

void tst_AreaStatistics::knowsNothingOfNothing()
{
    AreaStatisticsPass empty({}, 10, 5);
    AreaStatisticsPass emptyRow({SpanRow()}, 0, 100);
    while (emptyRow.advance(10)) { }

    QVERIFY(!empty.advance(10));
    QCOMPARE(empty.result().from, 5);
    QCOMPARE(empty.result().busyFraction(), 0.0);
    QCOMPARE(emptyRow.result().run.quantile(0.5), 0);
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
