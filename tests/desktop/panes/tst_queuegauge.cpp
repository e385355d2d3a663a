// SPDX-License-Identifier: MIT
#include "desktop/panes/queuegauge.h"

#include <QTest>

using namespace Fanfare;
using namespace Qt::StringLiterals;

class tst_QueueGauge : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysWhatAFullQueueMeans_data();
    void saysWhatAFullQueueMeans();
    void growsWithTheQueue();
    void hidesWithoutABound();
};

void tst_QueueGauge::saysWhatAFullQueueMeans_data()
{
    QTest::addColumn<int>("queued");
    QTest::addColumn<FullPolicy>("policy");
    QTest::addColumn<bool>("isHoldingBack");
    QTest::addColumn<QString>("text");

    QTest::newRow("room") << 99 << FullPolicy::Reject << false << QString();
    QTest::newRow("reject") << 100 << FullPolicy::Reject << false << u"would refuse"_s;
    QTest::newRow("block") << 100 << FullPolicy::Block << false << u"held back"_s;
    QTest::newRow("block, just drained") << 90 << FullPolicy::Block << true << u"held back"_s;
    QTest::newRow("drop") << 100 << FullPolicy::DropOldest << false << u"drops the oldest"_s;
}

void tst_QueueGauge::saysWhatAFullQueueMeans()
{
    QFETCH(int, queued);
    QFETCH(FullPolicy, policy);
    QFETCH(bool, isHoldingBack);
    QueueFact queue{100, policy};
    queue.isHoldingBack = isHoldingBack;

    QTEST(queueStateText(quint64(queued), queue), "text");
}

/// Columns of the gauge that differ from an empty one.
static int filledColumns(QueueGauge &gauge, quint64 queued)
{
    const QueueFact queue{100, FullPolicy::Reject};
    gauge.setQueue(0, queue);
    const QImage empty = gauge.grab().toImage();
    gauge.setQueue(queued, queue);
    const QImage image = gauge.grab().toImage();
    int columns = 0;
    for (int x = 0; x < image.width(); ++x)
        columns += image.pixel(x, image.height() / 2) != empty.pixel(x, empty.height() / 2);
    return columns;
}

void tst_QueueGauge::growsWithTheQueue()
{
    QueueGauge gauge;
    gauge.resize(100, 10);

    const int one = filledColumns(gauge, 1);
    const int half = filledColumns(gauge, 50);
    const int full = filledColumns(gauge, 100);

    QVERIFY(one > 0);
    QVERIFY(half > 45 && half < 55);
    QVERIFY(full > 95);
}

void tst_QueueGauge::hidesWithoutABound()
{
    QueueGauge gauge;

    gauge.setQueue(5, QueueFact{});
    const bool wasHidden = gauge.isHidden();
    gauge.setQueue(5, QueueFact{100});

    QVERIFY(wasHidden);
    QVERIFY(!gauge.isHidden());
    QVERIFY(gauge.toolTip().contains(u"100"_s));
}

QTEST_MAIN(tst_QueueGauge)
#include "tst_queuegauge.moc"
