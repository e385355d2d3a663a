// SPDX-License-Identifier: MIT
#include "desktop/models/spanrow.h"

#include <QTest>

#include <random>

using namespace Fanfare;
using namespace Qt::StringLiterals;

class tst_SpanColumns final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void givesBackWhatItTook_data();
    void givesBackWhatItTook();
    void sumsAsACountDoes_data();
    void sumsAsACountDoes();
    void findsManyEdgesAsOneByOne_data();
    void findsManyEdgesAsOneByOne();
    void forgetsFromTheFrontAndCounts();
    void takesNoMoreMemoryOnceItForgets_data();
    void takesNoMoreMemoryOnceItForgets();
    void standsStillAsARow();
    void takesFewBytes();
};

namespace {

/// How far apart the random spans lie, and what else they have.
struct Kind
{
    double gap = 50'000;    ///< ns, mean
    double length = 75'000; ///< ns, mean
    quint32 handlers = 7;
    quint64 firstEmission = 1;
    bool crosses = false;
    bool measuresCpu = false;
};

std::vector<RowSpan> randomSpans(const Kind &kind, size_t count, quint32 seed)
{
    std::mt19937_64 random(seed);
    const auto time = [&](double mean) {
        return random() % 20 == 0 ? 0 : qint64(std::exponential_distribution<>(1 / mean)(random));
    };
    std::vector<RowSpan> spans;
    qint64 now = 1'000'000'000;
    for (size_t i = 0; i < count; ++i) {
        RowSpan span;
        now += time(kind.gap);
        span.started = now;
        now += time(kind.length);
        span.finished = now;
        span.queued = span.started - time(kind.gap * 3);
        span.task = {EmissionId{kind.firstEmission + i / 3 + random() % 5}, quint16(random() % 9)};
        span.handler = quint32(random() % kind.handlers);
        span.outcome = random() % 10 == 0 ? Outcome(random() % 8) : Outcome::Succeeded;
        span.attempt = quint8(1 + random() % 3);
        span.isOdd = random() % 50 == 0;
        if (kind.measuresCpu && random() % 2 == 0)
            span.cpu = (span.finished - span.started) / 2;
        if (kind.crosses) {
            span.sentBefore = quint32(random());
            span.repliedAfter = quint32(random());
            span.peakMemory = quint32(random());
        }
        spans.push_back(span);
    }
    return spans;
}

void addKinds()
{
    QTest::addColumn<Kind>("kind");

    QTest::newRow("plain") << Kind{};
    QTest::newRow("processes") << Kind{.crosses = true, .measuresCpu = true};
    QTest::newRow("long gaps") << Kind{.gap = 3e9, .length = 1e9, .measuresCpu = true};
    QTest::newRow("very long tasks") << Kind{.length = 4e10};
    QTest::newRow("many handlers") << Kind{.handlers = 1'000'000};
    QTest::newRow("large emission numbers")
        << Kind{.firstEmission = std::numeric_limits<quint64>::max() / 3};
}

SpanColumns columnsOf(const std::vector<RowSpan> &spans)
{
    SpanColumns columns;
    for (const RowSpan &span : spans)
        columns.append(span);
    return columns;
}

auto tied(const RowSpan &span)
{
    return std::tuple(span.queued, span.started, span.finished, span.task, span.handler,
                      span.outcome, span.attempt, span.isOdd, span.sentBefore, span.repliedAfter,
                      span.cpu, span.peakMemory);
}

} // namespace

Q_DECLARE_METATYPE(Kind)

void tst_SpanColumns::givesBackWhatItTook_data()
{
    addKinds();
}

void tst_SpanColumns::givesBackWhatItTook()
{
    QFETCH(Kind, kind);
    const std::vector<RowSpan> spans = randomSpans(kind, 3'000, 1);

    const SpanColumns columns = columnsOf(spans);

    QCOMPARE(columns.size(), spans.size());
    for (size_t i = 0; i < spans.size(); ++i) {
        QVERIFY2(tied(columns.at(i)) == tied(spans[i]), qPrintable(QString::number(i)));
        QCOMPARE(columns.task(i), spans[i].task);
        QCOMPARE(columns.handler(i), spans[i].handler);
        QCOMPARE(columns.outcome(i), spans[i].outcome);
    }
}

void tst_SpanColumns::sumsAsACountDoes_data()
{
    addKinds();
}

void tst_SpanColumns::sumsAsACountDoes()
{
    QFETCH(Kind, kind);
    const std::vector<RowSpan> spans = randomSpans(kind, 2'000, 2);
    const SpanColumns columns = columnsOf(spans);
    const SpanRow row(columns);
    std::mt19937_64 random(3);
    const qint64 begin = spans.front().started - 10;
    const qint64 end = spans.back().finished + 10;
    std::vector<qint64> times{begin, end, spans[64].started, spans[64].started + 1};
    for (int i = 0; i < 300; ++i)
        times.push_back(begin + qint64(random() % quint64(end - begin)));
    std::sort(times.begin(), times.end());

    size_t hint = 0;
    for (const qint64 time : times) {
        size_t started = 0;
        quint32 failures = 0;
        qint64 busy = 0;
        for (const RowSpan &span : spans) {
            if (span.started >= time)
                break;
            ++started;
            failures += isFailure(span.outcome) ? 1 : 0;
            busy += std::min(time, span.finished) - span.started;
        }
        hint = row.startedBefore(time, hint);
        QCOMPARE(hint, started);
        QCOMPARE(row.startedBefore(time), started);
        QCOMPARE(row.failuresAmong(started), failures);
        QCOMPARE(row.busyBefore(time, started), busy);
    }
}

void tst_SpanColumns::findsManyEdgesAsOneByOne_data()
{
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<int>("count");

    const std::pair<const char *, Kind> kinds[]{
        {"plain", {}},
        {"long gaps", {.gap = 3e9, .length = 1e9}},
        {"very long tasks", {.length = 4e10}},
        {"nearly none", {.gap = 4, .length = 2}},
    };
    for (const auto &[name, kind] : kinds) {
        for (const int count : {10, 60, 300, 10'000}) // searched, both, walked, many a span
            QTest::addRow("%s, %d", name, count) << kind << count;
    }
}

void tst_SpanColumns::findsManyEdgesAsOneByOne()
{
    QFETCH(Kind, kind);
    const std::vector<RowSpan> spans = randomSpans(kind, 2'000, 5);
    SpanColumns columns = columnsOf({spans.begin(), spans.begin() + 1'700});
    columns.forgetBlock();
    const SpanRow row(columns);
    for (size_t i = 1'700; i < spans.size(); ++i) // of which the row knows nothing
        columns.append(spans[i]);
    QFETCH(int, count);
    std::mt19937_64 random(6);
    const qint64 begin = spans[30].started;
    const qint64 end = spans[1'800].finished;
    std::vector<SpanEdge> edges{{.time = -1'000}, {.time = spans[500].started + 1}};
    for (int i = 0; i < count; ++i)
        edges.push_back({.time = begin + qint64(random() % quint64(end - begin))});
    std::ranges::sort(edges, {}, &SpanEdge::time);
    const size_t third = edges.size() / 3; // a second call goes on where the first one ended

    row.complete(edges.data(), third, 0);
    row.complete(edges.data() + third, edges.size() - third, edges[third - 1].started);

    for (const SpanEdge &edge : edges) {
        const size_t started = row.startedBefore(edge.time);
        const bool hasLast = started > row.first();
        QCOMPARE(edge.started, started);
        QCOMPARE(edge.busy, row.busyBefore(edge.time, started));
        QCOMPARE(edge.failures, row.failuresAmong(started));
        QCOMPARE(edge.isOpen(), row.firstOpenAt(edge.time, started) < started);
        QCOMPARE(edge.isLastFailure, hasLast && isFailure(row.outcome(started - 1)));
        if (hasLast) {
            QCOMPARE(edge.lastFinish, row.finished(started - 1));
            QCOMPARE(edge.lastLength, row.length(started - 1));
        }
        QCOMPARE(row.edgeAt(edge.time).busy, edge.busy);
        const qint64 next = started < row.size() ? row.started(started) : end;
        SpanEdge moved = edge;
        moved.moveTo(next);
        QCOMPARE(moved.busy, row.edgeAt(next).busy);
        QCOMPARE(moved.time, next);
    }
}

void tst_SpanColumns::forgetsFromTheFrontAndCounts()
{
    const std::vector<RowSpan> spans = randomSpans({}, 10'000, 4);
    SpanColumns columns;
    size_t highest = 0;

    for (const RowSpan &span : spans) {
        columns.append(span);
        highest = std::max(highest, columns.bytes());
        while (columns.size() - columns.first() > 1'000)
            columns.forgetBlock();
    }

    const SpanRow row(columns);
    QCOMPARE(columns.loss().count, columns.first());
    QCOMPARE(columns.loss().from, spans.front().started);
    QCOMPARE(columns.loss().to, spans[columns.first() - 1].finished);
    QVERIFY(highest < 1'200 * 30);
    QVERIFY(tied(row[columns.first()]) == tied(spans[columns.first()]));
    QVERIFY(tied(row[9'999]) == tied(spans[9'999]));
    QCOMPARE(row.startedBefore(0), columns.first());
    qint64 busy = 0;
    for (size_t i = columns.first(); i < spans.size(); ++i)
        busy += spans[i].finished - spans[i].started;
    QCOMPARE(row.busyBetween(0, spans.back().finished + 1), busy);
}

void tst_SpanColumns::takesNoMoreMemoryOnceItForgets_data()
{
    addKinds();
}

void tst_SpanColumns::takesNoMoreMemoryOnceItForgets()
{
    QFETCH(Kind, kind);
    const std::vector<RowSpan> spans = randomSpans(kind, 40'000, 7);
    const auto arena = std::make_shared<SpanArena>();
    SpanColumns columns(arena);
    size_t early = 0; // bytes at most in the first quarter, and later
    size_t late = 0;

    for (size_t i = 0; i < spans.size(); ++i) {
        columns.append(spans[i]);
        while (columns.size() - columns.first() > 3'000)
            columns.forgetBlock();
        size_t &highest = i < spans.size() / 4 ? early : late;
        highest = std::max(highest, arena->bytes());
    }

    QVERIFY2(late <= early * 11 / 10, qPrintable(u"%1, %2"_s.arg(early).arg(late)));
}

void tst_SpanColumns::standsStillAsARow()
{
    const std::vector<RowSpan> spans = randomSpans({}, 1'000, 5);
    SpanColumns columns;
    for (size_t i = 0; i < 300; ++i)
        columns.append(spans[i]);
    const SpanRow row(columns);

    for (size_t i = 300; i < spans.size(); ++i)
        columns.append(spans[i]);
    const size_t before = row.startedBefore(spans.back().finished);
    while (columns.first() < 512)
        columns.forgetBlock();

    QCOMPARE(before, 300U);
    QVERIFY(row.isEmpty()); // the part that it showed is gone
    QCOMPARE(row.startedBefore(spans.back().finished), 300U);
    QCOMPARE(row.busyBetween(0, spans.back().finished), 0);
    QCOMPARE(row.failuresAmong(300), 0U);
}

void tst_SpanColumns::takesFewBytes()
{
    constexpr size_t count = 100'000;

    const SpanColumns plain = columnsOf(randomSpans({}, count, 6));
    const SpanColumns crossing =
        columnsOf(randomSpans({.crosses = true, .measuresCpu = true}, count, 6));

    QVERIFY(plain.bytes() < count * 24);
    QVERIFY(crossing.bytes() < count * 40);
}

QTEST_GUILESS_MAIN(tst_SpanColumns)
#include "tst_spancolumns.moc"
