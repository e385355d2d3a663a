// SPDX-License-Identifier: MIT
#include <fanfare/cluster/queuewatch.h>

#include <QTest>

using namespace Fanfare;
using namespace Qt::StringLiterals;

static constexpr qint64 second = 1'000'000'000;

class tst_QueueWatch final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void announcesAQueueOnce();
    void announcesAgainAfterALoss();
    void losesEverythingWithAMissingQueue();
    void doubtsAQueueThatStaysEmpty();
    void trustsAQueueWhoseTasksAreSomewhere_data();
    void trustsAQueueWhoseTasksAreSomewhere();
};

void tst_QueueWatch::announcesAQueueOnce()
{
    QueueWatch watch;

    watch.noteTask(u"a"_s);
    watch.noteTask(u"b"_s);
    watch.noteTask(u"a"_s);

    QCOMPARE(watch.takeAnnouncements(), (QStringList{u"a"_s, u"b"_s}));
    watch.noteTask(u"a"_s);
    QVERIFY(watch.takeAnnouncements().isEmpty());
}

void tst_QueueWatch::announcesAgainAfterALoss()
{
    QueueWatch watch;
    watch.noteTask(u"a"_s);
    (void)watch.takeAnnouncements();

    watch.forgetAll();
    watch.noteTask(u"a"_s);

    QCOMPARE(watch.takeAnnouncements(), (QStringList{u"a"_s}));
}

void tst_QueueWatch::losesEverythingWithAMissingQueue()
{
    QueueWatch watch;
    watch.noteInspection(u"a"_s, 8 * second);

    const qint64 before = watch.lostBefore(u"a"_s, {.wasMissing = true}, 5);

    QCOMPARE(before, 8 * second);
}

/// Somebody else may have made it again before this app looked.
void tst_QueueWatch::doubtsAQueueThatStaysEmpty()
{
    QueueWatch watch;

    watch.noteInspection(u"a"_s, 8 * second);
    const qint64 first = watch.lostBefore(u"a"_s, {}, 0);
    watch.noteInspection(u"a"_s, 13 * second);
    const qint64 again = watch.lostBefore(u"a"_s, {}, 0);
    watch.noteInspection(u"a"_s, 18 * second);
    const qint64 third = watch.lostBefore(u"a"_s, {}, 0); // what was sent again has its time

    QCOMPARE(first, 0);
    QCOMPARE(again, 8 * second); // not what came in between
    QCOMPARE(third, 0);
}

void tst_QueueWatch::trustsAQueueWhoseTasksAreSomewhere_data()
{
    QTest::addColumn<quint64>("waiting");
    QTest::addColumn<int>("held");

    QTest::newRow("they wait") << quint64(1) << 0;
    QTest::newRow("a host has taken them") << quint64(0) << 1;
}

void tst_QueueWatch::trustsAQueueWhoseTasksAreSomewhere()
{
    QFETCH(const quint64, waiting);
    QFETCH(const int, held);
    QueueWatch watch;
    watch.noteInspection(u"a"_s, 8 * second);
    (void)watch.lostBefore(u"a"_s, {}, 0);

    watch.noteInspection(u"a"_s, 13 * second);
    const qint64 then = watch.lostBefore(u"a"_s, {.waiting = waiting}, held);
    watch.noteInspection(u"a"_s, 18 * second);
    const qint64 later = watch.lostBefore(u"a"_s, {}, 0);

    QCOMPARE(then, 0);
    QCOMPARE(later, 0); // it counts from anew
}

QTEST_GUILESS_MAIN(tst_QueueWatch)
#include "tst_queuewatch.moc"
