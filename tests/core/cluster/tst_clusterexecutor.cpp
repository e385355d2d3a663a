// SPDX-License-Identifier: MIT
// The executor alone: broker and hosts do what the tests say.
#include "scriptedrig.h"

using namespace Fanfare;
using namespace Fanfare::Test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class tst_ClusterExecutor final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void asksBeforeATaskThatStartsOnce();
    void publishesAgainWhatWasNotConfirmed();
    void grantsCopiesToOneHostOnly();
    void dropsASecondEnd();
    void takesAnEndBeforeItsStart();
    void dropsAResultAfterItsCancellation();
    void cancelsTheEmissionsOfARange();
    void rejectsWhatTheBrokerRefuses();
    void rejectsWhenThereIsNoBroker();
    void refusesMoreThanItsBound();
    void dropsTheOldest();
    void cancelsWhatIsQueuedAtItsShutdown();
    void refusesWhatCannotTravel();
    void skipsMessagesThatAreNone();
};

void tst_ClusterExecutor::asksBeforeATaskThatStartsOnce()
{
    ScriptedRig scripted;
    scripted.script([](LoopbackTransport &world) { obey(world, hostA); });

    const TaskStatus once = endOf(scripted.rig->emitOne(u"once"_s));
    const TaskStatus again = endOf(scripted.rig->emitOne(u"again"_s));

    QCOMPARE(once.outcome, Outcome::Succeeded);
    QCOMPARE(again.outcome, Outcome::Succeeded);
    QCOMPARE(scripted.rig->callbacks(), (QStringList{u"once Succeeded"_s, u"again Succeeded"_s}));
}

void tst_ClusterExecutor::publishesAgainWhatWasNotConfirmed()
{
    ScriptedRig scripted;
    scripted.script([](LoopbackTransport &world) {
        world.onTask = [&world](quint64, const TaskEnvelope &) {
            obey(world, hostA); // from the second time on
            world.loseConnection();
            world.connectNow();
        };
    });

    const TaskStatus ended = endOf(scripted.rig->emitOne(u"again"_s));

    QCOMPARE(ended.outcome, Outcome::Succeeded);
    QCOMPARE(scripted.rig->executor->clusterCounters().published, quint64(2));
}

void tst_ClusterExecutor::grantsCopiesToOneHostOnly()
{
    ScriptedRig scripted;
    QStringList answers; // written by the script until the end of the last task
    scripted.script([&answers](LoopbackTransport &world) {
        world.onTask = [&world](quint64 number, const TaskEnvelope &task) {
            world.accept(number);
            world.say({eventOf(task.task, hostA, EventKind::Asked)});
            world.say({eventOf(task.task, hostB, EventKind::Asked, 2)});
            world.say({eventOf(task.task, hostA, EventKind::Asked)}); // its answer got lost
        };
        world.onOrder = [&](ClusterSession to, const ControlOrder &order) {
            if (order.tasks.isEmpty())
                return;
            answers.append(u"%1 %2"_s.arg(to == hostA ? u"a"_s : u"b"_s)
                               .arg(order.kind == ControlKind::Grant ? u"yes"_s : u"no"_s));
            if (answers.size() == 3)
                world.say({eventOf(order.tasks.first(), hostB, EventKind::Ended),
                           eventOf(order.tasks.first(), hostA, EventKind::Ended)});
        };
    });

    const TaskStatus ended = endOf(scripted.rig->emitOne(u"once"_s));

    QCOMPARE(ended.outcome, Outcome::Succeeded);
    QCOMPARE(answers, (QStringList{u"a yes"_s, u"b no"_s, u"a yes"_s}));
    QCOMPARE(scripted.rig->executor->clusterCounters().duplicates, quint64(1)); // that of b
}

void tst_ClusterExecutor::dropsASecondEnd()
{
    ScriptedRig scripted;
    scripted.script([](LoopbackTransport &world) {
        world.onTask = [&world](quint64 number, const TaskEnvelope &task) {
            world.accept(number);
            EventEnvelope failed = eventOf(task.task, hostB, EventKind::Ended, 2);
            failed.outcome = Outcome::Failed;
            world.say({eventOf(task.task, hostA, EventKind::Ended)});
            world.say({eventOf(task.task, hostA, EventKind::Ended), failed});
        };
    });

    const TaskStatus ended = endOf(scripted.rig->emitOne(u"again"_s));

    QCOMPARE(ended.outcome, Outcome::Succeeded);
    QTRY_COMPARE(scripted.rig->executor->clusterCounters().duplicates, quint64(2));
    QCOMPARE(scripted.rig->callbacks(), (QStringList{u"again Succeeded"_s}));
}

void tst_ClusterExecutor::takesAnEndBeforeItsStart()
{
    ScriptedRig scripted;
    scripted.script([](LoopbackTransport &world) {
        world.onTask = [&world](quint64 number, const TaskEnvelope &task) {
            world.say({eventOf(task.task, hostA, EventKind::Ended),
                       eventOf(task.task, hostA, EventKind::Started)});
            world.accept(number);
        };
    });

    const TaskStatus ended = endOf(scripted.rig->emitOne(u"again"_s));

    QCOMPARE(ended.outcome, Outcome::Succeeded);
    QCOMPARE(scripted.rig->executor->counters().running, quint64(0));
    QCOMPARE(scripted.rig->executor->clusterCounters().atBroker, quint64(0));
}

void tst_ClusterExecutor::dropsAResultAfterItsCancellation()
{
    ScriptedRig scripted;
    ClusterTaskId published;
    scripted.script([&published](LoopbackTransport &world) {
        world.onTask = [&](quint64 number, const TaskEnvelope &task) {
            published = task.task;
            world.accept(number);
        };
    });
    Emission emission = scripted.rig->emitOne(u"again"_s);
    QTRY_COMPARE(scripted.rig->executor->clusterCounters().atBroker, quint64(1));

    emission.cancel();
    const TaskStatus ended = endOf(emission);
    scripted.script([&](LoopbackTransport &world) {
        world.say({eventOf(published, hostA, EventKind::Ended)});
    });

    QCOMPARE(ended.outcome, Outcome::Canceled);
    QTRY_COMPARE(scripted.rig->executor->clusterCounters().duplicates, quint64(1));
    QVERIFY(scripted.rig->callbacks().isEmpty());
}

void tst_ClusterExecutor::cancelsTheEmissionsOfARange()
{
    ScriptedRig scripted;
    scripted.script([](LoopbackTransport &world) {
        world.onTask = [&world](quint64 number, const TaskEnvelope &) { world.accept(number); };
    });
    const Emission canceled = scripted.rig->emitOne(u"again"_s);
    const Emission other = scripted.rig->emitOne(u"again"_s);
    QTRY_COMPARE(scripted.rig->executor->clusterCounters().atBroker, quint64(2));

    scripted.rig->executor->cancel({canceled.id(), 1});

    QCOMPARE(endOf(canceled).outcome, Outcome::Canceled);
    QVERIFY(!other.isFinished());
    scripted.rig->executor->cancel({other.id(), 1});
    QCOMPARE(endOf(other).outcome, Outcome::Canceled);
}

void tst_ClusterExecutor::rejectsWhatTheBrokerRefuses()
{
    ScriptedRig scripted;
    scripted.script([](LoopbackTransport &world) {
        world.onTask = [&world](quint64 number, const TaskEnvelope &) { world.refuse(number); };
    });

    const TaskStatus ended = endOf(scripted.rig->emitOne(u"once"_s));

    QCOMPARE(ended.outcome, Outcome::Rejected);
    QCOMPARE(ended.reason, u"broker-full"_s);
    QCOMPARE(scripted.rig->callbacks(), (QStringList{u"once Rejected"_s}));
}

void tst_ClusterExecutor::rejectsWhenThereIsNoBroker()
{
    ClusterOptions options;
    options.connectTime = 1ms;
    ScriptedRig scripted(options, false);

    const TaskStatus ended = endOf(scripted.rig->emitOne(u"once"_s));

    QCOMPARE(ended.outcome, Outcome::Rejected);
    QCOMPARE(ended.reason, u"no-broker"_s);
}

void tst_ClusterExecutor::refusesMoreThanItsBound()
{
    ClusterOptions options;
    options.queueBound = 2;
    ScriptedRig scripted(options);
    (void)scripted.rig->emitOne(u"once"_s);
    (void)scripted.rig->emitOne(u"once"_s);

    const auto third = scripted.rig->emitter->emit(Event(u"once"_s), {});

    QVERIFY(!third);
    QCOMPARE(third.error().code, ErrorCode::QueueFull);
    QCOMPARE(scripted.rig->executor->counters().rejected, quint64(1));
}

void tst_ClusterExecutor::dropsTheOldest()
{
    ClusterOptions options;
    options.queueBound = 2;
    options.fullPolicy = FullPolicy::DropOldest;
    ScriptedRig scripted(options);
    const Emission first = scripted.rig->emitOne(u"once"_s);
    (void)scripted.rig->emitOne(u"once"_s);

    (void)scripted.rig->emitOne(u"once"_s);

    QCOMPARE(endOf(first).outcome, Outcome::Rejected);
    const ExecutorCounters counters = scripted.rig->executor->counters();
    QCOMPARE(counters.droppedOldest, quint64(1));
    QCOMPARE(counters.queued, quint64(2));
    QVERIFY(scripted.rig->callbacks().isEmpty());
}

void tst_ClusterExecutor::cancelsWhatIsQueuedAtItsShutdown()
{
    ScriptedRig scripted;
    scripted.script([](LoopbackTransport &world) {
        world.onTask = [&world](quint64 number, const TaskEnvelope &) { world.accept(number); };
    });
    const Emission queued = scripted.rig->emitOne(u"once"_s);

    const auto shut =
        scripted.rig->executor->shutdown(ShutdownMode::Wait, PendingMode::CancelQueued);
    const auto later = scripted.rig->emitter->emit(Event(u"once"_s), {});

    QVERIFY(shut);
    QCOMPARE(queued.tasks().front().outcome, Outcome::Canceled);
    QVERIFY(!later);
    QCOMPARE(later.error().code, ErrorCode::ExecutorShutdown);
    QVERIFY(scripted.rig->executor->shutdown());
}

void tst_ClusterExecutor::refusesWhatCannotTravel()
{
    ScriptedRig scripted;
    QCborValue deep = 1;
    for (int i = 0; i < 32; ++i)
        deep = QCborArray{deep};

    const auto nested = scripted.rig->emitter->emit(Event(u"once"_s), {{deep}, {}, {}});
    const auto large =
        scripted.rig->emitter->emit(Event(u"once"_s), {{QByteArray(1 << 20, 'x')}, {}, {}});

    QVERIFY(!nested);
    QCOMPARE(nested.error().code, ErrorCode::NotTransferable);
    QVERIFY(!large);
    QCOMPARE(large.error().code, ErrorCode::NotTransferable);
}

void tst_ClusterExecutor::skipsMessagesThatAreNone()
{
    ScriptedRig scripted;
    scripted.script([](LoopbackTransport &world) {
        obey(world, hostA);
        world.sayBytes("\xff");
        world.sayBytes(QByteArray(100, '\x9f'));
    });

    const TaskStatus ended = endOf(scripted.rig->emitOne(u"once"_s));

    QCOMPARE(ended.outcome, Outcome::Succeeded);
    QCOMPARE(scripted.rig->executor->clusterCounters().brokenMessages, quint64(2));
}

QTEST_GUILESS_MAIN(tst_ClusterExecutor)
#include "tst_clusterexecutor.moc"
