// SPDX-License-Identifier: MIT
// The agent alone: the broker and the app do what the tests say. Its worker processes are real.
#include <support/loopbacktransport.h>

#include <fanfare/cluster/clusteragent.h>
#include <fanfare/ipc/taskrecords.h>
#include <fanfare/plugins/filehash.h>

#include <QSignalSpy>
#include <QTest>

using namespace Fanfare;
using namespace Fanfare::Test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

static constexpr ClusterSession app{77};

class tst_ClusterAgent final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_agent.reset(); }
    void takesFromTheQueuesOfItsBuilds();
    void asksBeforeATaskThatStartsOnce();
    void startsNothingThatWasDenied();
    void settlesAnIdempotentTaskWhenItsResultIsKept();
    void showsHandlersTheTaskOfTheirApp();
    void letsNobodyWaitForSuspendedCoroutines();
    void neverHasMoreBusyWorkersThanItHas();
    void deadLettersWhatItCannotRead();
    void keepsWorkersFromArgumentsThatAreNone();
    void refusesBuildsThatItHasNot();
    void settlesCopiesOfWhatItHas();
    void keepsAQuestionOverALoss();
    void tellsAResultAgainAfterALoss();
    void stopsWhatIsCanceled();
    void startsNothingThatWasCanceledBefore();
    void givesUpAnAppThatSaysNothing();
    void givesUpAnAppThatHasEnded();
    void looksForQueuesThatAreNamed();
    void saysWhyItEndedWhatRanTooLong();
    void letsRunWhatIsSettled();
    void takesFewWhenTasksAreLong();
    void tellsHowFarTasksAre();
    void givesBackWhatHasNotStartedWhenItIsToEnd();

private:
    static QByteArray task(quint64 number, const QString &handler, bool isIdempotent,
                           const QCborArray &arguments = {});
    void order(ControlKind kind, quint64 number)
    {
        m_broker->order({kind, app, 1, {{app, number}}});
    }
    void makeAgent(Fanfare::AgentOptions options);
    bool has(const QString &line) const { return m_story.contains(line); }

    std::unique_ptr<ClusterAgent> m_agent;
    LoopbackTransport *m_broker = nullptr; // of the agent
    QStringList m_story;                   // "asked 1", "settled 5 done" ...
    bool m_keeps = true;                   // the broker confirms what it has to keep
};

static QString pluginPath()
{
    return QStringLiteral(FANFARE_TEST_FIXTURE_DIR "/paces/paces.so");
}

QByteArray tst_ClusterAgent::task(quint64 number, const QString &handler, bool isIdempotent,
                                  const QCborArray &arguments)
{
    TaskEnvelope task;
    task.task = {app, number};
    task.plugin = u"org.fanfare.test.paces"_s;
    task.hash = fileHash(pluginPath());
    task.handler = handler;
    task.event = u"event"_s;
    task.isIdempotent = isIdempotent;
    task.origin = {EmissionId(40 + number), 3};
    task.arguments = encodeArguments({arguments, {}, {}});
    return encode(task);
}

static QString wordFor(Settlement settlement)
{
    static const QStringList words{u"done"_s, u"dead"_s, u"requeued"_s};
    return words[int(settlement)];
}

static QString lineFor(const EventEnvelope &event)
{
    static const QStringList words{{},          u"asked"_s, u"started"_s, u"progress"_s,
                                   u"logged"_s, u"ended"_s, u"refused"_s};
    QString line = u"%1 %2"_s.arg(words[int(event.kind)]).arg(event.task.number);
    if (event.kind == EventKind::Ended)
        line += u' ' + outcomeName(event.outcome);
    return line;
}

void tst_ClusterAgent::init()
{
    makeAgent(AgentOptions());
}

void tst_ClusterAgent::makeAgent(AgentOptions options)
{
    m_agent.reset();
    m_story.clear();
    m_keeps = true;
    auto broker = std::make_unique<LoopbackTransport>();
    m_broker = broker.get();
    m_broker->onSettled = [this](quint64 delivery, Settlement settlement) {
        m_story.append(u"settled %1 %2"_s.arg(delivery).arg(wordFor(settlement)));
    };
    m_broker->onEvents = [this](quint64 number, const QList<EventEnvelope> &events) {
        for (const EventEnvelope &event : events)
            m_story.append(lineFor(event));
        if (number > 0 && m_keeps)
            m_broker->keep(number);
    };
    options.pluginFolders = {QStringLiteral(FANFARE_TEST_FIXTURE_DIR "/paces")};
    options.pool.workers = 1;
    options.pool.hostPath = QStringLiteral(FANFARE_TEST_BIN_DIR "/fanfare-host");
    m_agent = std::make_unique<ClusterAgent>(options, std::move(broker));
    QSignalSpy ready(m_agent.get(), &ClusterAgent::ready);
    m_agent->start();
    QVERIFY(ready.wait(20'000));
}

void tst_ClusterAgent::takesFromTheQueuesOfItsBuilds()
{
    QTRY_COMPARE(m_broker->taken,
                 (QStringList{taskQueueName(u"org.fanfare.test.paces"_s, fileHash(pluginPath()))}));
    QCOMPARE(m_agent->presence().plugins.size(), 1);
    QCOMPARE(m_agent->presence().slots, 1);
}

void tst_ClusterAgent::asksBeforeATaskThatStartsOnce()
{
    m_broker->deliver(5, task(1, u"nothing"_s, false));
    QTRY_COMPARE(m_story, (QStringList{u"asked 1"_s}));

    order(ControlKind::Grant, 1);
    order(ControlKind::Grant, 1); // lost and found

    QTRY_VERIFY(has(u"ended 1 Succeeded"_s));
    QCOMPARE(m_story.at(1), u"settled 5 done"_s); // before it started
    QCOMPARE(m_story.filter(u"ended"_s).size(), 1);
}

void tst_ClusterAgent::startsNothingThatWasDenied()
{
    m_broker->deliver(5, task(1, u"nothing"_s, false));
    QTRY_COMPARE(m_story, (QStringList{u"asked 1"_s}));

    order(ControlKind::Deny, 1);
    m_broker->deliver(6, task(2, u"nothing"_s, true));

    QTRY_VERIFY(has(u"ended 2 Succeeded"_s));
    QVERIFY(has(u"settled 5 done"_s));
    QVERIFY(m_story.filter(u"ended 1"_s).isEmpty());
}

void tst_ClusterAgent::settlesAnIdempotentTaskWhenItsResultIsKept()
{
    m_keeps = false;
    quint64 kept = 0;
    const auto tell = m_broker->onEvents;
    m_broker->onEvents = [&](quint64 number, const QList<EventEnvelope> &events) {
        kept = std::max(kept, number);
        tell(number, events);
    };
    m_broker->deliver(5, task(1, u"nothing"_s, true));
    QTRY_VERIFY(has(u"ended 1 Succeeded"_s));
    const bool wasSettledBefore = has(u"settled 5 done"_s);

    m_broker->keep(kept);

    QTRY_VERIFY(has(u"settled 5 done"_s));
    QVERIFY(!wasSettledBefore);
}

void tst_ClusterAgent::showsHandlersTheTaskOfTheirApp()
{
    QCborArray seen;
    m_broker->onEvents = [&](quint64, const QList<EventEnvelope> &events) {
        for (const EventEnvelope &event : events) {
            if (event.kind == EventKind::Ended)
                seen = decodeResult(event.payload)->toArray();
        }
    };

    m_broker->deliver(5, task(1, u"whoAmI"_s, true), 2);

    QTRY_COMPARE(seen, (QCborArray{41, 3, 2}));
}

/// There is one worker.
void tst_ClusterAgent::letsNobodyWaitForSuspendedCoroutines()
{
    for (quint64 number = 1; number <= 3; ++number)
        m_broker->deliver(number, task(number, u"napAsync"_s, number == 1, {60'000}));
    QTRY_VERIFY(has(u"asked 2"_s) && has(u"asked 3"_s));
    order(ControlKind::Grant, 2);
    QTRY_VERIFY(has(u"started 1"_s) && has(u"started 2"_s));
    QCOMPARE(m_agent->presence().busy, 0); // of its workers

    m_broker->deliver(4, task(4, u"nothing"_s, true));

    QTRY_VERIFY(has(u"ended 4 Succeeded"_s));
    QVERIFY(m_story.filter(u"ended"_s).size() == 1);
    QTRY_VERIFY(m_broker->prefetch > 2); // the coroutine that is not settled takes nobody's place
}

void tst_ClusterAgent::neverHasMoreBusyWorkersThanItHas()
{
    m_broker->deliver(1, task(1, u"napAsync"_s, true, {60'000}));
    m_broker->deliver(2, task(2, u"nap"_s, true, {60'000}));
    m_broker->deliver(3, task(3, u"nap"_s, true, {60'000}));

    QTRY_VERIFY(has(u"started 1"_s) && has(u"started 2"_s));

    QTRY_COMPARE(m_agent->presence().busy, 1);
    QCOMPARE(m_agent->presence().waiting, 1);
}

void tst_ClusterAgent::deadLettersWhatItCannotRead()
{
    m_broker->deliver(5, "\xff");
    m_broker->deliver(6, task(1, u"nothing"_s, true).chopped(1));

    QTRY_COMPARE(m_story, (QStringList{u"settled 5 dead"_s, u"settled 6 dead"_s}));
}

/// Arguments are passed on as they came, and a worker that cannot read them would end.
void tst_ClusterAgent::keepsWorkersFromArgumentsThatAreNone()
{
    const auto withArguments = [&](quint64 number, const QCborValue &arguments) {
        TaskEnvelope some = *decodeTask(task(number, u"processId"_s, true));
        some.arguments = arguments.toCbor();
        return encode(some);
    };
    QList<QByteArray> results;
    const auto tell = m_broker->onEvents;
    m_broker->onEvents = [&](quint64 number, const QList<EventEnvelope> &events) {
        for (const EventEnvelope &event : events) {
            if (event.kind == EventKind::Ended && event.outcome == Outcome::Succeeded)
                results.append(event.payload);
        }
        tell(number, events);
    };

    m_broker->deliver(5, task(1, u"processId"_s, true));
    QTRY_VERIFY(has(u"ended 1 Succeeded"_s));
    m_broker->deliver(6, withArguments(2, 4711));
    m_broker->deliver(7, withArguments(3, QCborArray{QCborMap(), u"\u00fc"_s, QCborMap()}));
    QTRY_VERIFY(has(u"ended 2 Rejected"_s) && has(u"ended 3 Rejected"_s));
    m_broker->deliver(8, task(4, u"processId"_s, true));
    QTRY_VERIFY(has(u"ended 4 Succeeded"_s));

    QCOMPARE(results.size(), 2);
    QCOMPARE(results[1], results[0]); // it is the same worker
}

void tst_ClusterAgent::refusesBuildsThatItHasNot()
{
    TaskEnvelope other = *decodeTask(task(1, u"nothing"_s, false));
    other.hash = QByteArray(32, 'x');
    m_broker->deliver(5, encode(other));
    m_broker->deliver(6, task(2, u"noSuchHandler"_s, true));

    QTRY_VERIFY(has(u"settled 6 done"_s));
    QVERIFY(has(u"refused 1"_s) && has(u"refused 2"_s) && has(u"settled 5 done"_s));
}

void tst_ClusterAgent::settlesCopiesOfWhatItHas()
{
    m_broker->deliver(5, task(1, u"nap"_s, true, {300}));
    m_broker->deliver(6, task(1, u"nap"_s, true, {300}));

    QTRY_VERIFY(has(u"settled 5 done"_s));
    QVERIFY(has(u"settled 6 done"_s));
    QCOMPARE(m_story.filter(u"ended"_s).size(), 1);
}

void tst_ClusterAgent::keepsAQuestionOverALoss()
{
    m_broker->deliver(5, task(1, u"nothing"_s, false));
    QTRY_COMPARE(m_story, (QStringList{u"asked 1"_s}));

    m_broker->loseConnection();
    m_broker->connectNow();
    QTRY_COMPARE(m_story.filter(u"asked 1"_s).size(), 2);
    order(ControlKind::Grant, 1);

    QTRY_VERIFY(has(u"ended 1 Succeeded"_s));
    QVERIFY(m_story.filter(u"settled"_s).isEmpty()); // that delivery is gone
}

void tst_ClusterAgent::tellsAResultAgainAfterALoss()
{
    m_keeps = false;
    m_broker->deliver(5, task(1, u"nothing"_s, true));
    QTRY_VERIFY(has(u"ended 1 Succeeded"_s));

    m_keeps = true;
    m_broker->loseConnection();
    m_broker->connectNow();
    m_broker->deliver(9, task(1, u"nothing"_s, true), 2); // which the broker does after a loss

    QTRY_COMPARE(m_story.filter(u"ended 1"_s).size(), 2);
    QTRY_VERIFY(has(u"settled 9 done"_s));
}

void tst_ClusterAgent::stopsWhatIsCanceled()
{
    m_broker->deliver(5, task(1, u"nap"_s, true, {60'000}));
    QTRY_VERIFY(has(u"started 1"_s));

    order(ControlKind::Cancel, 1);

    QTRY_VERIFY(has(u"ended 1 Canceled"_s));
}

void tst_ClusterAgent::startsNothingThatWasCanceledBefore()
{
    order(ControlKind::Cancel, 1);
    m_broker->deliver(5, task(1, u"nothing"_s, true));
    m_broker->deliver(6, task(2, u"nothing"_s, true));

    QTRY_VERIFY(has(u"ended 2 Succeeded"_s));
    QVERIFY(has(u"settled 5 done"_s));
    QVERIFY(m_story.filter(u"ended 1"_s).isEmpty());
}

/// There is one worker, for which all wait.
void tst_ClusterAgent::givesUpAnAppThatSaysNothing()
{
    AgentOptions options;
    options.silentTime = 200ms;
    makeAgent(options);
    QSignalSpy warned(m_agent.get(), &ClusterAgent::warned);
    TaskEnvelope other = *decodeTask(task(3, u"nothing"_s, true));
    other.task.app = ClusterSession(78);
    m_broker->deliver(5, task(1, u"nothing"_s, false));
    m_broker->deliver(6, task(2, u"nothing"_s, false));
    m_broker->deliver(7, encode(other));

    QTRY_VERIFY(has(u"ended 3 Succeeded"_s));
    m_broker->deliver(8, task(4, u"nothing"_s, false));
    QTRY_VERIFY(has(u"settled 8 dead"_s));
    order(ControlKind::Ping, 1);
    m_broker->deliver(9, task(5, u"nothing"_s, false));
    QTRY_VERIFY(has(u"asked 5"_s));

    order(ControlKind::Grant, 1); // too late
    QTRY_VERIFY(has(u"refused 1"_s));
    QCOMPARE(m_story.first(), u"asked 1"_s);
    QVERIFY(has(u"settled 5 dead"_s) && has(u"settled 6 dead"_s));
    QVERIFY(!has(u"asked 2"_s) && !has(u"asked 4"_s));
    QVERIFY(warned.first().first().toString().contains("the list of dead tasks: 2."_L1));
}

/// Its tasks may be left when it ends: those that it has withdrawn, which the broker does not know.
void tst_ClusterAgent::givesUpAnAppThatHasEnded()
{
    AgentOptions options;
    options.missingTime = 1ms;
    makeAgent(options);
    m_broker->deliver(5, task(1, u"nothing"_s, false));
    QTRY_VERIFY(has(u"asked 1"_s));

    m_broker->missApp(app);

    QTRY_VERIFY(has(u"settled 5 dead"_s));
}

void tst_ClusterAgent::looksForQueuesThatAreNamed()
{
    m_broker->order({ControlKind::Present, app, 1, {}, {}});
    m_broker->order({ControlKind::Present, app, 1, {}, {u"a"_s, u"b"_s}});

    QTRY_COMPARE(m_broker->lookedFor, (QStringList{u"a"_s, u"b"_s}));
}

static AgentOptions hasty()
{
    AgentOptions options;
    options.longestTask = 200ms;
    return options;
}

void tst_ClusterAgent::saysWhyItEndedWhatRanTooLong()
{
    makeAgent(hasty());
    QList<EventEnvelope> ends;
    m_broker->onEvents = [&](quint64, const QList<EventEnvelope> &events) {
        std::copy_if(events.begin(), events.end(), std::back_inserter(ends),
                     [](const EventEnvelope &event) { return event.kind == EventKind::Ended; });
    };
    TaskEnvelope patient = *decodeTask(task(1, u"nap"_s, true, {60'000}));
    patient.deadline = std::chrono::nanoseconds(1h).count();
    TaskEnvelope strict = *decodeTask(task(2, u"nap"_s, true, {60'000}));
    strict.deadline = std::chrono::nanoseconds(50ms).count();

    m_broker->deliver(5, encode(patient));
    m_broker->deliver(6, encode(strict));

    QTRY_COMPARE(ends.size(), 2);
    QCOMPARE(ends[0].outcome, Outcome::TimedOut);
    QCOMPARE(ends[0].reason, u"host-limit"_s);
    QVERIFY(decodeError(ends[0].payload)->what.contains("consumer_timeout"_L1));
    QCOMPARE(ends[1].outcome, Outcome::TimedOut);
    QVERIFY(ends[1].reason != "host-limit"_L1); // it was its own deadline
}

void tst_ClusterAgent::letsRunWhatIsSettled()
{
    makeAgent(hasty());
    m_broker->deliver(5, task(1, u"nap"_s, false, {600}));
    QTRY_VERIFY(has(u"asked 1"_s));

    order(ControlKind::Grant, 1);

    QTRY_VERIFY(has(u"ended 1 Succeeded"_s));
}

/// There is one worker: what it takes ahead would wait here while another host is idle.
void tst_ClusterAgent::takesFewWhenTasksAreLong()
{
    for (quint64 number = 1; number <= 20; ++number)
        m_broker->deliver(number, task(number, u"nothing"_s, true));
    QTRY_VERIFY(m_broker->prefetch > 10);

    for (quint64 number = 21; number <= 28; ++number)
        m_broker->deliver(number, task(number, u"nap"_s, true, {300}));

    QTRY_VERIFY_WITH_TIMEOUT(m_broker->prefetch <= 3, 20'000);
}

void tst_ClusterAgent::tellsHowFarTasksAre()
{
    QList<double> told;
    m_broker->onEvents = [&](quint64, const QList<EventEnvelope> &events) {
        for (const EventEnvelope &event : events) {
            if (event.kind == EventKind::Progress)
                told.append(event.progress);
        }
    };

    m_broker->deliver(5, task(1, u"halfDone"_s, true, {60'000}));

    QTRY_COMPARE(told, QList{0.5});
}

void tst_ClusterAgent::givesBackWhatHasNotStartedWhenItIsToEnd()
{
    QSignalSpy finished(m_agent.get(), &ClusterAgent::finished);
    m_broker->deliver(5, task(1, u"nap"_s, true, {300}));
    m_broker->deliver(6, task(2, u"nap"_s, true, {300}));
    QTRY_VERIFY(has(u"started 1"_s));

    m_agent->drain();

    QVERIFY(finished.wait(10'000));
    QVERIFY(has(u"settled 6 requeued"_s));
    QVERIFY(has(u"ended 1 Succeeded"_s) && has(u"settled 5 done"_s));
    QVERIFY(m_broker->taken.isEmpty());
}

QTEST_GUILESS_MAIN(tst_ClusterAgent)
#include "tst_clusteragent.moc"
