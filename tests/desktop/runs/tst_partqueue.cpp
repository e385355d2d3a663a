// SPDX-License-Identifier: MIT
#include "desktop/runs/partqueue.h"

#include <QTest>

#include <thread>

using namespace Fanfare;

class tst_PartQueue : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void givesAllInTheirOrder();
};

static RunPart part(quint64 number)
{
    RunPart part;
    part.trace.droppedSpans = number;
    return part;
}

/// Many more than there is room for.
void tst_PartQueue::givesAllInTheirOrder()
{
    PartQueue queue;
    const std::jthread reader([&queue] {
        for (quint64 i = 1; i <= 1'000; ++i)
            queue.push(part(i));
        queue.finish();
    });
    quint64 expected = 0;

    while (const std::optional<RunPart> taken = queue.take())
        QCOMPARE(taken->trace.droppedSpans, ++expected);

    QCOMPARE(expected, 1'000U);
    QVERIFY(!queue.take()); // and again
}

QTEST_GUILESS_MAIN(tst_PartQueue)
#include "tst_partqueue.moc"
