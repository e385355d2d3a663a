// SPDX-License-Identifier: MIT
#include "desktop/session.h"
#include "desktop/testengine.h"

#include <QSignalSpy>
#include <QTest>

using namespace Fanfare;
using namespace Qt::StringLiterals;

static EmitCommand once(const QString &event)
{
    return {event, {}, 1, 0};
}

class tst_Session : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsWhatIsEmittedWhileTheEngineStarts();
    void namesTheEventsOfEmissions();
    void changingWorkersRestartsAnIdleEngine();
    void changingWorkersWaitsForABusyEngine();
    void aRestartKillsAHandlerThatHangs();
    void saysSoWhenHandlersIgnoreStop();
    void cancelsOneEmissionAndLeavesTheOther();
    void saysSoWhenAChangeHasToWait();
    void remembersTheArgumentsOfEmissions();
    void anUnknownEventIsRefusedWithASentence();
    void anEndedEngineRefusesEmissions();
    void missingFoldersAreProblems();
};

static int threadLanes(const RunModel &run)
{
    int count = 0;
    for (int i = 0; i < run.laneCount(); ++i)
        count += run.lane(quint32(i)).kind == LaneKind::Thread;
    return count;
}

void tst_Session::keepsWhatIsEmittedWhileTheEngineStarts()
{
    Session session(testEngine());
    session.startEngine();

    session.emitEvent(once(u"Echo"_s));

    QCOMPARE(session.engineState(), EngineState::Starting);
    QTRY_COMPARE(session.model().spanCount(), size_t(1));
    QCOMPARE(session.engineState(), EngineState::Ready);
}

void tst_Session::namesTheEventsOfEmissions()
{
    Session session(testEngine());
    session.startEngine();

    session.emitEvent(once(u"Echo"_s));
    session.emitEvent(once(u"Spin"_s));

    QTRY_COMPARE(session.model().spanCount(), size_t(2));
    QCOMPARE(session.model().eventName(EmissionId{1}), u"Echo"_s);
    QCOMPARE(session.model().eventName(EmissionId{2}), u"Spin"_s);
}

void tst_Session::changingWorkersRestartsAnIdleEngine()
{
    Session session(testEngine(1));
    QSignalSpy ready(&session, &Session::engineReady);
    QSignalSpy died(&session, &Session::engineDied);
    session.startEngine();
    QTRY_COMPARE(ready.count(), 1);

    session.setWorkers(3);

    QTRY_COMPARE(ready.count(), 2);
    session.emitEvent({u"Sleep"_s, {}, 30, 0});
    QTRY_COMPARE(session.model().spanCount(), size_t(30));
    QCOMPARE(threadLanes(session.model()), 3);
    QCOMPARE(died.count(), 0);
}

void tst_Session::changingWorkersWaitsForABusyEngine()
{
    Session session(testEngine(1));
    QSignalSpy ready(&session, &Session::engineReady);
    session.startEngine();
    QTRY_COMPARE(ready.count(), 1);
    session.emitEvent({u"Sleep"_s, {}, 4, 0});

    session.setWorkers(2);

    QCOMPARE(session.engineState(), EngineState::Ready);
    QTRY_COMPARE(ready.count(), 2);
    QCOMPARE(session.model().totals().outcomes[size_t(Outcome::Succeeded)], quint64(4));
}

void tst_Session::aRestartKillsAHandlerThatHangs()
{
    Session session(testEngine(1));
    QSignalSpy ready(&session, &Session::engineReady);
    session.startEngine();
    QTRY_COMPARE(ready.count(), 1);
    session.emitEvent(once(u"ChaosHang"_s));
    QTRY_COMPARE(session.model().totals().running, quint64(1));

    session.restartEngine();

    QTRY_COMPARE(ready.count(), 2);
    QCOMPARE(session.model().totals().running, quint64(0));
    QCOMPARE(session.model().totals().outcomes[size_t(Outcome::Crashed)], quint64(1));
}

void tst_Session::saysSoWhenHandlersIgnoreStop()
{
    Session session(testEngine(1));
    QSignalSpy ignored(&session, &Session::stopIgnored);
    session.startEngine();
    session.emitEvent(once(u"ChaosHang"_s));
    QTRY_COMPARE(session.model().totals().running, quint64(1));

    session.cancelAll();

    QTRY_COMPARE(ignored.count(), 1);
    const QString sentence = ignored[0][0].toString();
    QVERIFY2(sentence.startsWith(u"1 task does not react to Stop: chaos / "_s),
             qPrintable(sentence));
}

static EmitCommand sleep(int milliseconds, quint64 count)
{
    Arguments arguments;
    arguments.fields = {{u"ms"_s, milliseconds}};
    return {u"Sleep"_s, {arguments}, count, 0};
}

void tst_Session::cancelsOneEmissionAndLeavesTheOther()
{
    Session session(testEngine());
    QSignalSpy refused(&session, &Session::refused);
    session.startEngine();
    session.emitEvent(sleep(60'000, 3));
    session.emitEvent(sleep(1, 2));
    QTRY_COMPARE(session.model().live().running.size(), size_t(2));
    QVERIFY(session.isOpen({EmissionId(1), 3}));
    QVERIFY(session.isOpen({EmissionId(4), 2}));

    session.cancel({EmissionId(1), 3});

    QTRY_VERIFY(!session.isBusy());
    QCOMPARE(session.model().totals().outcomes[size_t(Outcome::Canceled)], quint64(3));
    QCOMPARE(session.model().totals().outcomes[size_t(Outcome::Succeeded)], quint64(2));
    QVERIFY(!session.isOpen({EmissionId(1), 5}));
    QVERIFY(refused.isEmpty());
}

void tst_Session::saysSoWhenAChangeHasToWait()
{
    Session session(testEngine(1));
    QSignalSpy delayed(&session, &Session::changeDelayed);
    QSignalSpy idle(&session, &Session::becameIdle);
    QSignalSpy ready(&session, &Session::engineReady);
    session.startEngine();
    QTRY_COMPARE(ready.count(), 1);
    session.emitEvent({u"Sleep"_s, {}, 4, 0});

    session.setExecutor(ExecutorKind::Inline);

    QCOMPARE(delayed.count(), 1);
    QTRY_COMPARE(ready.count(), 2);
    QVERIFY(idle.count() >= 1);
    QVERIFY(session.options().executor == ExecutorKind::Inline);
}

void tst_Session::remembersTheArgumentsOfEmissions()
{
    Session session(testEngine());
    session.startEngine();
    Arguments arguments;
    arguments.positional = {u"x"_s};

    session.emitEvent(once(u"NoSuchEvent"_s)); // refused ones have no number
    session.emitEvent({u"Echo"_s, {}, 3, 0});
    session.emitEvent({u"Echo"_s, {arguments}, 1, 0});

    QTRY_COMPARE(session.model().spanCount(), size_t(4));
    QVERIFY(session.model().arguments(EmissionId{3})->isEmpty());
    QVERIFY(*session.model().arguments(EmissionId{4}) == arguments);
    QCOMPARE(session.model().detail({EmissionId{4}, 0})->result.toMap()[u"args"_s].toArray(),
             arguments.positional);
}

void tst_Session::anUnknownEventIsRefusedWithASentence()
{
    Session session(testEngine());
    QSignalSpy ready(&session, &Session::engineReady);
    QSignalSpy refused(&session, &Session::refused);
    session.startEngine();
    QTRY_COMPARE(ready.count(), 1);

    session.emitEvent(once(u"NoSuchEvent"_s));

    QTRY_COMPARE(refused.count(), 1);
    QVERIFY(refused[0][0].toString().contains(u"NoSuchEvent"_s));
}

void tst_Session::anEndedEngineRefusesEmissions()
{
    Session session(testEngine());
    QSignalSpy refused(&session, &Session::refused);

    session.emitEvent(once(u"Echo"_s));

    QCOMPARE(refused.count(), 1);
    QVERIFY(refused[0][0].toString().contains(u"not running"_s));
}

void tst_Session::missingFoldersAreProblems()
{
    EngineOptions options = testEngine();
    options.pluginFolders.append(u"/no/such/folder"_s);
    Session session(options);
    QSignalSpy problems(&session, &Session::problemsFound);

    session.startEngine();

    QTRY_COMPARE(problems.count(), 1);
    QVERIFY(problems[0][0].toStringList().value(0).contains(u"/no/such/folder"_s));
}

QTEST_GUILESS_MAIN(tst_Session)
#include "tst_session.moc"
