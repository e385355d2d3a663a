// SPDX-License-Identifier: MIT
#include "desktop/enginesentence.h"
#include "desktop/samplefacts.h"

#include <QTest>

using namespace Fanfare;
using namespace Qt::StringLiterals;

class tst_EngineSentence : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void namesHandlerAndSignal();
    void listsWhatMayHaveBeenIt();
    void worksWithoutCulprit();
    void countsWhatWasLost();
    void namesWhatDoesNotStop();

private:
    RunModel m_run;
    EngineEndFact m_end;
};

void tst_EngineSentence::init()
{
    m_run.setCatalog(SampleFacts::catalog());
    m_end = {};
    m_end.reason = u"signal 11 (SIGSEGV)"_s;
}

void tst_EngineSentence::namesHandlerAndSignal()
{
    m_end.culprits = {{SampleFacts::task(1), SubscriberId{3}, 0, true},
                      {SampleFacts::task(2), SubscriberId{1}, 0, false}};

    QCOMPARE(endSentence(m_end, m_run),
             u"The engine stopped: signal 11 (SIGSEGV) in basics / sleep."_s);
}

void tst_EngineSentence::listsWhatMayHaveBeenIt()
{
    m_end.culprits = {{SampleFacts::task(1), SubscriberId{3}, 0, false},
                      {SampleFacts::task(2), SubscriberId{5}, 0, false}};

    QCOMPARE(endSentence(m_end, m_run),
             u"The engine stopped: signal 11 (SIGSEGV) while these ran: basics / sleep, "
             "checksum / sha256."_s);
}

void tst_EngineSentence::worksWithoutCulprit()
{
    m_end.reason = u"exit code 3"_s;

    QCOMPARE(endSentence(m_end, m_run), u"The engine stopped: exit code 3."_s);
}

void tst_EngineSentence::countsWhatWasLost()
{
    m_end.lost.resize(3);
    m_end.neverEmitted = 1;

    QVERIFY(endSentence(m_end, m_run)
                .endsWith(u"3 tasks were lost. 1 emission was not made any more."_s));
}

void tst_EngineSentence::namesWhatDoesNotStop()
{
    BatchFact batch;
    batch.trace.live.running = {{SampleFacts::task(1), SubscriberId{3}},
                                {SampleFacts::task(2), SubscriberId{3}}};
    batch.trace.live.queuedCount = 20;
    m_run.apply(batch);

    QCOMPARE(hangSentence(m_run, m_run.live().running),
             u"2 tasks do not react to Stop: basics / sleep. 20 canceled tasks wait for a worker. "
             "Restart the engine to end all of them."_s);
}

QTEST_GUILESS_MAIN(tst_EngineSentence)
#include "tst_enginesentence.moc"
