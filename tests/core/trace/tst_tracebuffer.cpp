// SPDX-License-Identifier: MIT
#include <fanfare/trace/tracebuffer.h>

#include <QTest>

#include <atomic>
#include <thread>
#include <tuple>

using namespace Fanfare;

static SpanRecord span(quint64 emission)
{
    SpanRecord record;
    record.task.emission = EmissionId(emission);
    record.finished = qint64(emission) * 2;
    return record;
}

class tst_TraceBuffer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void drainsWhatWasAppendedInOrder();
    void drainsNothingTwice();
    void keepsEveryMemberOfARecord_data();
    void keepsEveryMemberOfARecord();
    void keepsRecordsOfAllWidthsInOrder();
    void countsWhatNobodyDrained();
    void losesNothingWhileOneWritesAndOneReads();
};

void tst_TraceBuffer::drainsWhatWasAppendedInOrder()
{
    TraceBuffer buffer;
    for (quint64 i = 1; i <= 10'000; ++i) // more than two chunks
        buffer.append(span(i));

    std::vector<SpanRecord> spans;
    const quint64 dropped = buffer.drain(spans);

    QCOMPARE(dropped, 0U);
    QCOMPARE(spans.size(), 10'000U);
    for (quint64 i = 1; i <= spans.size(); ++i)
        QCOMPARE(number(spans[i - 1].task.emission), i);
}

void tst_TraceBuffer::drainsNothingTwice()
{
    TraceBuffer buffer;
    std::vector<SpanRecord> spans;
    buffer.append(span(1));
    buffer.drain(spans);

    buffer.append(span(2));
    buffer.drain(spans);
    buffer.drain(spans);

    QCOMPARE(spans.size(), 2U);
    QCOMPARE(number(spans[1].task.emission), 2U);
}

/// A record in which every member says something.
static SpanRecord usual()
{
    SpanRecord record;
    record.task = {EmissionId(5'000'000'000), 65'535};
    record.queued = 1'000'000'000'000;
    record.started = record.queued + 100;
    record.finished = record.started + 200;
    record.cpu = 150;
    record.subscriber = SubscriberId(7);
    record.event = 3;
    record.outcome = Outcome::Failed;
    record.attempt = 2;
    return record;
}

Q_DECLARE_METATYPE(SpanRecord)

void tst_TraceBuffer::keepsEveryMemberOfARecord_data()
{
    QTest::addColumn<SpanRecord>("other");
    const auto add = [](const char *name, auto change) {
        SpanRecord record = usual();
        change(record);
        QTest::newRow(name) << record;
    };
    add("usual", [](SpanRecord &) {});
    add("no CPU time", [](SpanRecord &record) { record.cpu = -1; });
    add("no CPU used", [](SpanRecord &record) { record.cpu = 0; });
    add("long", [](SpanRecord &record) { record.finished += 5'000'000'000; });
    add("waited long", [](SpanRecord &record) { record.queued -= 5'000'000'000; });
    add("much CPU", [](SpanRecord &record) { record.cpu = 0xffff'ffff; });
    add("finished before", [](SpanRecord &record) { record.finished -= 150; });
    add("much later", [](SpanRecord &record) {
        record.queued += 3'600'000'000'000;
        record.started += 3'600'000'000'000;
        record.finished += 3'600'000'000'000;
    });
    add("emission before", [](SpanRecord &record) { record.task.emission = EmissionId(1); });
    add("sent", [](SpanRecord &record) { record.sentBefore = 1; });
    add("replied", [](SpanRecord &record) { record.repliedAfter = 1; });
    add("memory", [](SpanRecord &record) { record.peakMemory = 1; });
    add("another lane", [](SpanRecord &record) { record.lane = LaneId(1); });
}

static auto membersOf(const SpanRecord &record)
{
    return std::tuple(record.task, record.queued, record.started, record.finished, record.cpu,
                      record.sentBefore, record.repliedAfter, record.subscriber, record.event,
                      record.lane, record.outcome, record.attempt, record.peakMemory);
}

void tst_TraceBuffer::keepsEveryMemberOfARecord()
{
    QFETCH(const SpanRecord, other);
    TraceBuffer buffer;

    buffer.append(usual());
    buffer.append(other);
    buffer.append(usual());
    std::vector<SpanRecord> spans;
    buffer.drain(spans);
    buffer.drain(spans); // what follows the first chunk may come later

    QCOMPARE(spans.size(), 3U);
    QVERIFY(membersOf(spans[0]) == membersOf(usual()));
    QVERIFY(membersOf(spans[1]) == membersOf(other));
    QVERIFY(membersOf(spans[2]) == membersOf(usual()));
}

void tst_TraceBuffer::keepsRecordsOfAllWidthsInOrder()
{
    TraceBuffer buffer;
    std::vector<SpanRecord> spans;
    for (quint64 i = 1; i <= 20'000; ++i) {
        SpanRecord record = span(i);
        record.sentBefore = i % 5000 == 0;
        buffer.append(record);
        if (i % 7000 == 0)
            buffer.drain(spans);
    }
    const quint64 dropped = buffer.drain(spans);

    QCOMPARE(dropped, 0U);
    QCOMPARE(spans.size(), 20'000U);
    for (quint64 i = 1; i <= spans.size(); ++i) {
        QCOMPARE(number(spans[i - 1].task.emission), i);
        QCOMPARE(spans[i - 1].sentBefore, quint32(i % 5000 == 0));
    }
}

void tst_TraceBuffer::countsWhatNobodyDrained()
{
    TraceBuffer buffer;
    const quint64 all = quint64(TraceBuffer::chunkSize) * (TraceBuffer::maximumChunks + 3);

    for (quint64 i = 1; i <= all; ++i)
        buffer.append(span(i));
    std::vector<SpanRecord> spans;
    const quint64 dropped = buffer.drain(spans);

    QVERIFY(dropped > 0);
    QCOMPARE(dropped + spans.size(), all);
}

void tst_TraceBuffer::losesNothingWhileOneWritesAndOneReads()
{
    TraceBuffer buffer;
    const quint64 all = 300'000;
    std::atomic<bool> isDone = false;
    std::thread writer([&] {
        for (quint64 i = 1; i <= all; ++i)
            buffer.append(span(i));
        isDone = true;
    });

    std::vector<SpanRecord> spans;
    quint64 dropped = 0;
    while (!isDone)
        dropped += buffer.drain(spans);
    writer.join();
    dropped += buffer.drain(spans);

    QCOMPARE(dropped + spans.size(), all);
    for (size_t i = 0; i < spans.size(); ++i) // never half a record
        QCOMPARE(spans[i].finished, qint64(number(spans[i].task.emission)) * 2);
}

QTEST_GUILESS_MAIN(tst_TraceBuffer)
#include "tst_tracebuffer.moc"
