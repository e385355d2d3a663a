// SPDX-License-Identifier: MIT
#include <fanfare/executors/rangefifo.h>

#include <QTest>

#include <thread>

using namespace Fanfare;

class tst_RangeFifo : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsTheOrderAcrossSegments();
    void keepsWhatIsLeftOfAShortenedRange();
    void visitsOldestFirstUntilTold();
    void handsOverBetweenTwoThreads();
};

static constexpr quint32 many = 5'000; // some segments

void tst_RangeFifo::keepsTheOrderAcrossSegments()
{
    RangeFifo fifo;
    quint32 expected = 0;

    // Filled and emptied in portions, so that segments are used again.
    for (quint32 portion = 1; portion <= many; portion *= 3) {
        for (quint32 i = 0; i < portion; ++i)
            fifo.append({nullptr, i, 1});
        for (expected = 0; const TaskRange *range = fifo.front(); ++expected) {
            QCOMPARE(range->first, expected);
            fifo.popFront();
        }
        QCOMPARE(expected, portion);
    }

    QVERIFY(fifo.isEmpty());
    QVERIFY(!fifo.front());
}

void tst_RangeFifo::keepsWhatIsLeftOfAShortenedRange()
{
    RangeFifo fifo;
    fifo.append({nullptr, 0, 10});

    fifo.front()->first += 4;
    fifo.front()->count -= 4;

    QCOMPARE(fifo.front()->first, 4U);
    QCOMPARE(fifo.front()->count, 6U);
}

void tst_RangeFifo::visitsOldestFirstUntilTold()
{
    RangeFifo fifo;
    for (quint32 i = 0; i < many; ++i)
        fifo.append({nullptr, i, 1});
    for (int i = 0; i < 1500; ++i) {
        fifo.front();
        fifo.popFront();
    }

    quint32 next = 1500;
    bool isInOrder = true;
    fifo.visit([&](const TaskRange &range) {
        isInOrder = isInOrder && range.first == next;
        return ++next < 4000;
    });

    QVERIFY(isInOrder);
    QCOMPARE(next, 4000U);
}

void tst_RangeFifo::handsOverBetweenTwoThreads()
{
    constexpr quint32 count = 300'000;
    RangeFifo fifo;
    std::thread producer([&] {
        for (quint32 i = 0; i < count; ++i)
            fifo.append({nullptr, i, 1});
    });

    quint32 received = 0;
    quint32 wrong = 0;
    while (received < count) {
        const TaskRange *range = fifo.front();
        if (!range) {
            std::this_thread::yield();
            continue;
        }
        wrong += range->first != received++;
        fifo.popFront();
    }

    producer.join();
    QCOMPARE(wrong, 0U);
    QVERIFY(fifo.isEmpty());
}

QTEST_GUILESS_MAIN(tst_RangeFifo)
#include "tst_rangefifo.moc"
