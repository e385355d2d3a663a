// SPDX-License-Identifier: MIT
#include "desktop/models/handlerrank.h"
#include "desktop/models/taskneighbors.h"
#include "desktop/samplefacts.h"

#include <QTest>

using namespace Fanfare;
using namespace Qt::StringLiterals;

class tst_HandlerRank : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void countsTasksOfItsHandlerThatSucceeded();
    void rankOfAFailureCountsItself();
    void twoTasksSayNothing();
    void binsHoldEveryTaskOnce();
    void neighborsAreOnTheSameWorker();

private:
    void add(quint64 emission, qint64 milliseconds, quint32 subscriber = 3,
             Outcome outcome = Outcome::Succeeded);
    std::optional<HandlerRank> rank(quint64 emission)
    {
        return rankOf(*m_run, *m_run->find(SampleFacts::task(emission)));
    }

    std::unique_ptr<RunModel> m_run;
    qint64 m_now = 0;
};

void tst_HandlerRank::init()
{
    m_run = std::make_unique<RunModel>();
    m_run->setCatalog(SampleFacts::catalog());
    m_now = 0;
}

void tst_HandlerRank::add(quint64 emission, qint64 milliseconds, quint32 subscriber,
                          Outcome outcome)
{
    SpanRecord span = SampleFacts::span(SampleFacts::task(emission), subscriber, m_now, outcome);
    span.finished = span.started + milliseconds * 1'000'000;
    m_now = span.finished;
    m_run->apply(SampleFacts::batch({span}));
}

void tst_HandlerRank::countsTasksOfItsHandlerThatSucceeded()
{
    add(1, 1);
    add(2, 2);
    add(3, 3);
    add(4, 100, 4);
    add(5, 200, 3, Outcome::Failed);

    const auto third = rank(3);

    QVERIFY(third);
    QCOMPARE(third->count, qint64(3));
    QCOMPARE(third->faster, qint64(2));
    QCOMPARE(third->longest, qint64(3'000'000));
}

void tst_HandlerRank::rankOfAFailureCountsItself()
{
    add(1, 1);
    add(2, 2);
    add(3, 9, 3, Outcome::Failed);

    const auto failed = rank(3);

    QVERIFY(failed);
    QCOMPARE(failed->count, qint64(3));
    QCOMPARE(failed->bin, HandlerRank::binCount - 1);
}

void tst_HandlerRank::twoTasksSayNothing()
{
    add(1, 1);
    add(2, 2);

    QVERIFY(!rank(1));
}

void tst_HandlerRank::binsHoldEveryTaskOnce()
{
    for (quint64 i = 1; i <= 100; ++i)
        add(i, qint64(i));

    const auto hundredth = rank(100);

    quint64 inBins = 0;
    for (const quint32 count : hundredth->bins)
        inBins += count;
    QCOMPARE(inBins, quint64(100));
}

void tst_HandlerRank::neighborsAreOnTheSameWorker()
{
    add(1, 5);
    add(2, 5, 4);
    add(3, 5);

    const TaskNeighbors middle = neighborsOf(*m_run, SampleFacts::task(2));
    const TaskNeighbors last = neighborsOf(*m_run, SampleFacts::task(3));

    QCOMPARE(middle.previous->task, SampleFacts::task(1));
    QCOMPARE(middle.next->handler, u"sleep"_s);
    QCOMPARE(middle.next->gap, qint64(1'000'000));
    QVERIFY(!last.next);
    QVERIFY(!neighborsOf(*m_run, SampleFacts::task(9)).previous);
}

QTEST_MAIN(tst_HandlerRank)
#include "tst_handlerrank.moc"
