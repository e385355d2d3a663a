// SPDX-License-Identifier: MIT
#include <fanfare/trace/tracebuffer.h>

#include <QTest>

#include <atomic>
#include <thread>

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
