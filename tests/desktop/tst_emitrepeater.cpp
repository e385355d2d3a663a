// SPDX-License-Identifier: MIT
#include "desktop/emitrepeater.h"
#include "desktop/session.h"
#include "desktop/testengine.h"

#include <QSignalSpy>
#include <QTest>

using namespace Fanfare;
using namespace Qt::StringLiterals;

class tst_EmitRepeater : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void emitsUntilItIsStopped();
    void stopsWhenItsEmissionIsCanceled();
    void stopsWhenTheEngineIsNotThere();
};

void tst_EmitRepeater::emitsUntilItIsStopped()
{
    Session session(testEngine());
    EmitRepeater repeater(session);
    QSignalSpy emitted(&session, &Session::emitted);
    QSignalSpy ready(&session, &Session::engineReady);
    session.startEngine();
    QTRY_COMPARE(ready.count(), 1);

    repeater.start({u"Echo"_s, {}, 1, 1000});
    QTRY_VERIFY(emitted.count() >= 2);
    const bool wasRepeating = repeater.isRepeating();
    session.cancelAll();

    QVERIFY(wasRepeating);
    QVERIFY(!repeater.isRepeating());
    QCOMPARE(emitted[0][0].value<EmissionId>(), EmissionId{1});
    QCOMPARE(emitted[1][0].value<EmissionId>(), EmissionId{1001}); // no gap
    QTRY_VERIFY(!session.isBusy());
    const qsizetype before = emitted.count();
    session.emitEvent({u"Echo"_s, {}, 1, 0});
    QTRY_VERIFY(!session.isBusy());
    QCOMPARE(emitted.count(), before + 1);
}

void tst_EmitRepeater::stopsWhenItsEmissionIsCanceled()
{
    Session session(testEngine());
    EmitRepeater repeater(session);
    QSignalSpy ready(&session, &Session::engineReady);
    session.startEngine();
    QTRY_COMPARE(ready.count(), 1);
    session.emitEvent({u"Echo"_s, {}, 10, 0});
    repeater.start({u"Echo"_s, {}, 1, 100});

    repeater.stopIfIn({EmissionId(1), 10}); // of another
    const bool wentOn = repeater.isRepeating();
    repeater.stopIfIn({EmissionId(11), 100});

    QVERIFY(wentOn);
    QVERIFY(!repeater.isRepeating());
}

void tst_EmitRepeater::stopsWhenTheEngineIsNotThere()
{
    Session session(testEngine());
    EmitRepeater repeater(session);
    QSignalSpy refused(&session, &Session::refused);

    repeater.start({u"Echo"_s, {}, 1, 0});

    QVERIFY(!repeater.isRepeating());
    QCOMPARE(refused.count(), 1);
}

QTEST_MAIN(tst_EmitRepeater)
#include "tst_emitrepeater.moc"
