// SPDX-License-Identifier: MIT
#include "desktop/models/handlertallies.h"

#include "desktop/samplefacts.h"

#include <QTest>

#include <numeric>

using namespace Fanfare;
using namespace SampleFacts;

class tst_HandlerTallies : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void countsCallsAndFailuresByHandler();
    void theLastResultIsThatOfTheCallThatEndedLast();
    void theMedianIsOfTheTimeTheHandlerRan();
    void whatWasNeverStartedDidNotRun();
    void ratesCountTheEndsOfEachSecond();
    void ratesStandStillWithTheRunAndMoveWithIt();
    void ratesForgetWhatIsOlderThanAMinute();
    void ratesOfARunThatBeginsAtZero();
    void aTaskThatComesLateCountsInItsSecond();
    void startsAgainWithAClearedRun();

private:
    const HandlerTally &tally(quint32 subscriber)
    {
        return *m_tallies->find(m_run->handlerIndex(SubscriberId{subscriber}));
    }
    CallRates rates(quint32 subscriber)
    {
        return m_tallies->ratesOf(m_run->handlerIndex(SubscriberId{subscriber}));
    }
    void end(std::initializer_list<qint64> moments); ///< of calls of subscriber 1
    void apply(std::vector<SpanRecord> spans)
    {
        m_run->apply(batch(std::move(spans)));
        m_tallies->refresh();
    }

    std::unique_ptr<RunModel> m_run;
    std::unique_ptr<HandlerTallies> m_tallies;
    quint64 m_emission = 0;
};

static constexpr qint64 second = 1'000'000'000;
static constexpr qint64 base = 1000 * second;

static quint32 sumOf(const CallRates &rates)
{
    return std::accumulate(rates.begin(), rates.end(), 0U);
}

void tst_HandlerTallies::init()
{
    m_run = std::make_unique<RunModel>();
    m_run->setCatalog(catalog());
    m_tallies = std::make_unique<HandlerTallies>(*m_run);
    m_emission = 0;
}

/// A batch with tasks that ended so many seconds after the base.
void tst_HandlerTallies::end(std::initializer_list<qint64> moments)
{
    std::vector<SpanRecord> spans;
    for (const qint64 moment : moments)
        spans.push_back(span(task(++m_emission), 1, base + moment * second - 3'000'000));
    apply(std::move(spans));
}

void tst_HandlerTallies::countsCallsAndFailuresByHandler()
{
    apply({span(task(1), 1, base), span(task(2), 1, base, Outcome::Failed),
           span(task(3), 2, base, Outcome::Canceled)});

    QCOMPARE(tally(1).calls, quint64(2));
    QCOMPARE(tally(1).failures, quint64(1));
    QCOMPARE(tally(2).calls, quint64(1));
    QCOMPARE(tally(2).failures, quint64(0));
    QVERIFY(!m_tallies->find(m_run->handlerIndex(SubscriberId{3})));
    QVERIFY(!m_tallies->refresh()); // nothing new
}

void tst_HandlerTallies::theLastResultIsThatOfTheCallThatEndedLast()
{
    apply({span(task(1), 1, base + second, Outcome::Failed)});
    apply({span(task(2), 1, base)}); // comes late, as one of another worker may

    QVERIFY(tally(1).last == Outcome::Failed);
    QCOMPARE(tally(1).lastEnd, base + second + 3'000'000);
}

void tst_HandlerTallies::theMedianIsOfTheTimeTheHandlerRan()
{
    std::vector<SpanRecord> spans;
    for (quint64 i = 1; i <= 9; ++i) {
        SpanRecord record = span(task(i), 1, base);
        record.finished = record.started + qint64(i) * 1'000'000;
        spans.push_back(record);
    }

    apply(spans);

    const qint64 median = tally(1).ran.quantile(0.5);
    QVERIFY2(qAbs(median - 5'000'000) < 50'000, qPrintable(QString::number(median)));
}

void tst_HandlerTallies::whatWasNeverStartedDidNotRun()
{
    SpanRecord refused = span(task(1), 1, base, Outcome::Rejected);
    refused.started = refused.finished;

    apply({refused});

    QCOMPARE(tally(1).calls, quint64(1));
    QCOMPARE(tally(1).ran.count(), quint64(0));
}

void tst_HandlerTallies::ratesCountTheEndsOfEachSecond()
{
    end({0, 0, 0, 58, 59, 59});

    const CallRates counted = rates(1);
    QCOMPARE(counted[0], 3U);
    QCOMPARE(counted[58], 1U);
    QCOMPARE(counted[59], 2U);
    QCOMPARE(sumOf(counted), 6U);
    QCOMPARE(rates(2), CallRates{});
}

void tst_HandlerTallies::ratesStandStillWithTheRunAndMoveWithIt()
{
    end({10});
    QCOMPARE(rates(1)[59], 1U);

    BatchFact later = batch({});
    later.trace.live.time = base + 30 * second;
    m_run->apply(later);

    QCOMPARE(rates(1)[59], 0U);
    QCOMPARE(rates(1)[39], 1U);
}

void tst_HandlerTallies::ratesOfARunThatBeginsAtZero()
{
    end({-996, -995, -995}); // at 4 and 5 s

    const CallRates counted = rates(1);
    QCOMPARE(counted[58], 1U);
    QCOMPARE(counted[59], 2U);
    QCOMPARE(sumOf(counted), 3U);
}

void tst_HandlerTallies::ratesForgetWhatIsOlderThanAMinute()
{
    end({0, 1});
    end({61});

    const CallRates counted = rates(1);
    QCOMPARE(counted[0], 0U);
    QCOMPARE(counted[59], 1U);
    QCOMPARE(sumOf(counted), 1U);

    end({500});
    QCOMPARE(sumOf(rates(1)), 1U);
    QCOMPARE(tally(1).calls, quint64(4));
}

void tst_HandlerTallies::aTaskThatComesLateCountsInItsSecond()
{
    end({100});
    end({70, 30});

    const CallRates counted = rates(1);
    QCOMPARE(counted[59], 1U);
    QCOMPARE(counted[29], 1U);
    QCOMPARE(sumOf(counted), 2U);
}

void tst_HandlerTallies::startsAgainWithAClearedRun()
{
    end({0});

    m_run->clear();

    QVERIFY(m_tallies->refresh());
    QVERIFY(!m_tallies->find(m_run->handlerIndex(SubscriberId{1})));
}

QTEST_MAIN(tst_HandlerTallies)
#include "tst_handlertallies.moc"
