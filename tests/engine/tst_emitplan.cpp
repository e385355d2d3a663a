// SPDX-License-Identifier: MIT
#include <fanfare/engine/emitplan.h>

#include <QTest>

using namespace Fanfare;
using namespace Qt::StringLiterals;

class tst_EmitPlan : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void emitsEverythingAtOnceWithoutARate();
    void emitsTheFirstAtOnce();
    void keepsTheMeanRateHoweverLateItIs();
    void neverWantsMoreThanItsCount();
    void survivesTinyRates();
    void wantsNothingAfterItsEnd();
    void notesItsProgress();
    void cyclesThroughArguments();
    void givesFlightEntriesAgainOnlyWhenReported();
};

static constexpr qint64 second = 1'000'000'000;

static EmitPlan planOf(quint64 count, double rate)
{
    EmitMessage message;
    message.first = EmissionId(100);
    message.command.event = u"Event"_s;
    message.command.count = count;
    message.command.rate = rate;
    return EmitPlan(1, message, 10 * second);
}

void tst_EmitPlan::emitsEverythingAtOnceWithoutARate()
{
    EmitPlan plan = planOf(5, 0);

    QCOMPARE(plan.dueCount(10 * second), quint64(5));
    plan.addAccepted(2);

    QCOMPARE(plan.dueCount(10 * second), quint64(4));
    QVERIFY(plan.nextDue() <= 10 * second);
    QVERIFY(plan.nextId() == EmissionId(101));
}

void tst_EmitPlan::emitsTheFirstAtOnce()
{
    const EmitPlan plan = planOf(5, 0.1);

    QCOMPARE(plan.dueCount(10 * second), quint64(1));
}

void tst_EmitPlan::keepsTheMeanRateHoweverLateItIs()
{
    EmitPlan plan = planOf(1000, 100);
    quint64 accepted = 0;

    for (qint64 now = 10 * second; now <= 12 * second; now += 37'000'001) { // uneven looks
        for (quint64 due = plan.dueCount(now); due > 0; --due) {
            plan.addAccepted(1);
            ++accepted;
        }
        QVERIFY(plan.nextDue() > now);
    }

    QVERIFY(accepted >= 197 && accepted <= 201);
}

void tst_EmitPlan::neverWantsMoreThanItsCount()
{
    const EmitPlan plan = planOf(7, 1e300);

    QCOMPARE(plan.dueCount(11 * second), quint64(7));
}

void tst_EmitPlan::survivesTinyRates()
{
    EmitPlan plan = planOf(7, 1e-300);
    plan.addAccepted(1);

    QCOMPARE(plan.dueCount(11 * second), quint64(0));
    QVERIFY(plan.nextDue() > 11 * second);
}

void tst_EmitPlan::wantsNothingAfterItsEnd()
{
    EmitPlan plan = planOf(7, 0);
    plan.addAccepted(1);

    plan.end();

    QCOMPARE(plan.dueCount(20 * second), quint64(0));
    QVERIFY(!plan.isComplete());
    QCOMPARE(plan.fact(u"why"_s).emissions, quint64(1));
}

void tst_EmitPlan::notesItsProgress()
{
    EmitPlan plan = planOf(2, 0);
    FlightCommand entry;
    plan.flight = &entry;

    plan.addAccepted(3);
    plan.addAccepted(3);

    QCOMPARE(entry.accepted.load(), quint64(2));
    QVERIFY(plan.isComplete());
    QCOMPARE(plan.fact({}).tasks, quint64(6));
}

void tst_EmitPlan::cyclesThroughArguments()
{
    EmitMessage message;
    message.command.count = 3;
    Arguments one;
    one.positional = {1};
    message.command.arguments = {one, Arguments()};
    EmitPlan plan(1, message, 0);

    QVERIFY(plan.nextArguments() == one);
    plan.addAccepted(1);
    QVERIFY(plan.nextArguments().isEmpty());
    plan.addAccepted(1);

    QVERIFY(plan.nextArguments() == one);
}

void tst_EmitPlan::givesFlightEntriesAgainOnlyWhenReported()
{
    std::array<FlightCommand, 1> entries;
    FlightCommands commands(entries);
    FlightCommand *const first = commands.take(7, 0);
    QVERIFY(first);
    first->accepted = 3;
    QCOMPARE(first->command.load(), quint64(7));
    QVERIFY(!commands.take(8, 1000));

    commands.release(first, 500);

    QVERIFY(!commands.take(8, 499));
    QCOMPARE(first->accepted.load(), quint64(3)); // the client may still need it
    QVERIFY(commands.take(8, 500) == first);
    QCOMPARE(first->accepted.load(), quint64(0));
}

QTEST_APPLESS_MAIN(tst_EmitPlan)
#include "tst_emitplan.moc"
