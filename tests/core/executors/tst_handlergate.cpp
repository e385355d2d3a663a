// SPDX-License-Identifier: MIT
#include <fanfare/executors/handlergate.h>

#include <QTest>

using namespace Fanfare;
using namespace Qt::StringLiterals;

class tst_HandlerGate : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysWhyItIsClosed();
    void notesTheFirstSuccessOfASuspect();
    void keepsASuccessThatNobodyTook();
};

void tst_HandlerGate::saysWhyItIsClosed()
{
    HandlerGate gate;
    QVERIFY(!gate.isClosed());

    gate.close(u"removed"_s, u"It is gone."_s);
    gate.close(u"quarantined"_s, u"It crashed."_s);

    QVERIFY(gate.isClosed());
    QCOMPARE(gate.refusal().type, u"quarantined"_s);
    QCOMPARE(gate.refusal().what, u"It crashed."_s);
    gate.open();
    QVERIFY(!gate.isClosed());
}

void tst_HandlerGate::notesTheFirstSuccessOfASuspect()
{
    HandlerGate gate;
    gate.noteSuccess();
    QVERIFY(!gate.takeSuccess()); // nobody asked

    gate.suspect();
    QVERIFY(!gate.takeSuccess());
    gate.noteSuccess();
    gate.noteSuccess();

    QVERIFY(gate.takeSuccess());
    QVERIFY(!gate.takeSuccess());
}

void tst_HandlerGate::keepsASuccessThatNobodyTook()
{
    HandlerGate gate;
    gate.suspect();
    gate.noteSuccess();

    gate.suspect();

    QVERIFY(gate.takeSuccess());
}

QTEST_GUILESS_MAIN(tst_HandlerGate)
#include "tst_handlergate.moc"
