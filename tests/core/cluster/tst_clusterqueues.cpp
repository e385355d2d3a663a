// SPDX-License-Identifier: MIT
// The executor and the queues of its tasks: broker and hosts do what the tests say.
#include "scriptedrig.h"

using namespace Fanfare;
using namespace Fanfare::Test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class tst_ClusterQueues final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void namesAQueueAfterItsFirstTask();
    void namesAQueueAgainThatNoHostTakesFrom();
    void publishesAgainWhatADeletedQueueHad();
    void leavesWhatIsStillInItsQueue();
    void leavesWhatAHostHas();
    void publishesAgainWhatComesBack();
    void rejectsWhatAlwaysComesBack();
    void publishesAgainWhatAHostGivesBack();
    void leavesWhatIsHeldWhenACopyDies();
    void publishesAgainWhatItsHostHasNotAnyMore();
    void saysThatNothingIsConfirmed();
};

static QString queueName()
{
    return taskQueueName(u"org.fanfare.test.paces"_s, fileHash(ClusterRig::plugin()));
}

/// Tasks are accepted and lie at the broker. Blocks until \a count do.
static bool fillQueue(ScriptedRig &scripted, quint64 count)
{
    return QTest::qWaitFor(
        [&] { return scripted.rig->executor->clusterCounters().atBroker == count; }, 20'000);
}

static void acceptAll(LoopbackTransport &world)
{
    world.onTask = [&world](quint64 number, const TaskEnvelope &) { world.accept(number); };
}

/// Back after a loss, an app looks at its queues at once, and not only every five seconds.
static void comeBack(LoopbackTransport &world)
{
    world.loseConnection();
    world.connectNow();
}

void tst_ClusterQueues::namesAQueueAfterItsFirstTask()
{
    ScriptedRig scripted;
    QStringList story;
    scripted.script([&](LoopbackTransport &world) {
        obey(world, hostA);
        const auto take = world.onTask;
        world.onTask = [&story, take](quint64 number, const TaskEnvelope &task) {
            story.append(u"task"_s);
            take(number, task);
        };
        world.onOrder = [&story](ClusterSession to, const ControlOrder &order) {
            if (order.kind == ControlKind::Present && to == ClusterSession())
                story += order.queues;
        };
    });

    endOf(scripted.rig->emitOne(u"again"_s));
    endOf(scripted.rig->emitOne(u"again"_s));

    QStringList told;
    scripted.script([&](LoopbackTransport &) { told = story; });
    QCOMPARE(told, (QStringList{u"task"_s, queueName(), u"task"_s}));
}

/// The order that named it may be lost, or have come before a host knew that the queue was deleted.
void tst_ClusterQueues::namesAQueueAgainThatNoHostTakesFrom()
{
    ScriptedRig scripted;
    std::atomic<int> named = 0;
    scripted.script([&](LoopbackTransport &world) {
        acceptAll(world);
        world.present(hostCalled(u"a"_s, hostA));
        world.onOrder = [&](ClusterSession, const ControlOrder &order) {
            named += int(order.queues.count(queueName()));
        };
    });
    (void)scripted.rig->emitOne(u"again"_s);
    QVERIFY(fillQueue(scripted, 1));
    QTRY_COMPARE(named.load(), 1);

    scripted.script([](LoopbackTransport &world) {
        world.show(queueName(), {.waiting = 1, .consumers = 1});
        world.show(queueName(), {.waiting = 1, .consumers = 0});
    });

    QTRY_COMPARE(named.load(), 2);
}

void tst_ClusterQueues::publishesAgainWhatADeletedQueueHad()
{
    ScriptedRig scripted;
    scripted.script([](LoopbackTransport &world) {
        acceptAll(world);
        world.onInspection = [&world](const QString &queue) {
            obey(world, hostA);
            world.show(queue, {.wasMissing = true});
        };
    });
    const Emission once = scripted.rig->emitOne(u"once"_s);
    const Emission again = scripted.rig->emitOne(u"again"_s);
    QVERIFY(fillQueue(scripted, 2));

    scripted.script(comeBack);

    QCOMPARE(endOf(once).outcome, Outcome::Succeeded);
    QCOMPARE(endOf(again).outcome, Outcome::Succeeded);
    QCOMPARE(scripted.rig->executor->clusterCounters().published, quint64(4));
}

void tst_ClusterQueues::leavesWhatIsStillInItsQueue()
{
    ScriptedRig scripted;
    std::atomic<int> inspections = 0;
    scripted.script([&](LoopbackTransport &world) {
        acceptAll(world);
        world.onInspection = [&](const QString &queue) {
            world.show(queue, {.waiting = 1, .consumers = 1});
            ++inspections;
        };
    });
    (void)scripted.rig->emitOne(u"again"_s);
    QVERIFY(fillQueue(scripted, 1));

    scripted.script(comeBack);
    QTRY_COMPARE(inspections.load(), 1);
    scripted.script([](LoopbackTransport &) {}); // what was shown has been seen

    QCOMPARE(scripted.rig->executor->clusterCounters().published, quint64(1));
}

void tst_ClusterQueues::leavesWhatAHostHas()
{
    ScriptedRig scripted;
    ClusterTaskId held;
    std::atomic<bool> isGranted = false;
    scripted.script([&](LoopbackTransport &world) {
        world.onTask = [&](quint64 number, const TaskEnvelope &task) {
            world.accept(number);
            if (!task.isIdempotent) {
                held = task.task;
                world.say({eventOf(task.task, hostA, EventKind::Asked)});
            }
        };
        world.onOrder = [&](ClusterSession, const ControlOrder &order) {
            isGranted = isGranted || order.kind == ControlKind::Grant;
        };
    });
    const Emission once = scripted.rig->emitOne(u"once"_s);
    QTRY_VERIFY(isGranted.load());
    const Emission again = scripted.rig->emitOne(u"again"_s);
    QVERIFY(fillQueue(scripted, 1));

    scripted.script([](LoopbackTransport &world) {
        obey(world, hostB);
        world.onInspection = [&](const QString &queue) { world.show(queue, {.wasMissing = true}); };
        comeBack(world);
    });
    QCOMPARE(endOf(again).outcome, Outcome::Succeeded);
    scripted.script(
        [&](LoopbackTransport &world) { world.say({eventOf(held, hostA, EventKind::Ended)}); });

    QCOMPARE(endOf(once).outcome, Outcome::Succeeded);
    QCOMPARE(scripted.rig->executor->clusterCounters().published, quint64(3)); // once only once
}

void tst_ClusterQueues::publishesAgainWhatComesBack()
{
    ScriptedRig scripted;
    scripted.script([](LoopbackTransport &world) {
        world.onTask = [&world](quint64 number, const TaskEnvelope &) {
            obey(world, hostA); // from the second time on
            world.bounce(number);
        };
    });

    const TaskStatus ended = endOf(scripted.rig->emitOne(u"once"_s));

    QCOMPARE(ended.outcome, Outcome::Succeeded);
    QCOMPARE(scripted.rig->executor->clusterCounters().published, quint64(2));
}

void tst_ClusterQueues::rejectsWhatAlwaysComesBack()
{
    ScriptedRig scripted;
    scripted.script([](LoopbackTransport &world) {
        world.onTask = [&world](quint64 number, const TaskEnvelope &) { world.bounce(number); };
    });

    const TaskStatus ended = endOf(scripted.rig->emitOne(u"once"_s));

    QCOMPARE(ended.outcome, Outcome::Rejected);
    QCOMPARE(ended.reason, u"undeliverable"_s);
    QCOMPARE(scripted.rig->executor->clusterCounters().published, quint64(4));
}

/// As one does that has not heard of this app for long, because that was cut off.
void tst_ClusterQueues::publishesAgainWhatAHostGivesBack()
{
    ScriptedRig scripted;
    scripted.script([](LoopbackTransport &world) {
        world.onTask = [&world](quint64 number, const TaskEnvelope &task) {
            obey(world, hostA); // from the second time on
            world.accept(number);
            world.die(task, u"rejected"_s);
        };
    });

    const TaskStatus ended = endOf(scripted.rig->emitOne(u"once"_s));

    QCOMPARE(ended.outcome, Outcome::Succeeded);
    QCOMPARE(scripted.rig->executor->clusterCounters().published, quint64(2));
}

void tst_ClusterQueues::leavesWhatIsHeldWhenACopyDies()
{
    ScriptedRig scripted;
    scripted.script([](LoopbackTransport &world) {
        world.onTask = [&world](quint64 number, const TaskEnvelope &task) {
            world.accept(number);
            world.say({eventOf(task.task, hostA, EventKind::Asked)});
            world.die(task, u"rejected"_s);
            world.say({eventOf(task.task, hostA, EventKind::Ended)});
        };
    });

    const TaskStatus ended = endOf(scripted.rig->emitOne(u"once"_s));

    QCOMPARE(ended.outcome, Outcome::Succeeded);
    QCOMPARE(scripted.rig->executor->clusterCounters().published, quint64(1));
}

/// It asked while this app was cut off, and gave the task up before it heard the answer.
void tst_ClusterQueues::publishesAgainWhatItsHostHasNotAnyMore()
{
    ScriptedRig scripted;
    scripted.script([](LoopbackTransport &world) {
        world.onTask = [&world](quint64 number, const TaskEnvelope &task) {
            world.accept(number);
            world.say({eventOf(task.task, hostA, EventKind::Asked)});
            world.die(task, u"rejected"_s);
        };
        world.onOrder = [&world](ClusterSession to, const ControlOrder &order) {
            if (order.kind != ControlKind::Grant)
                return;
            obey(world, hostB); // from the second time on
            EventEnvelope elsewhere = eventOf(order.tasks.first(), hostB, EventKind::Refused);
            elsewhere.reason = notHere; // of a host that does not hold it
            EventEnvelope missing = eventOf(order.tasks.first(), to, EventKind::Refused);
            missing.reason = notHere;
            world.say({elsewhere, missing, missing});
        };
    });

    const TaskStatus ended = endOf(scripted.rig->emitOne(u"once"_s));

    QCOMPARE(ended.outcome, Outcome::Succeeded);
    QCOMPARE(scripted.rig->executor->clusterCounters().published, quint64(2));
}

/// Brokers do not always tell that they take nothing.
void tst_ClusterQueues::saysThatNothingIsConfirmed()
{
    ClusterOptions options;
    options.confirmTime = 50ms;
    ScriptedRig scripted(options);
    quint64 published = 0;
    scripted.script([&](LoopbackTransport &world) {
        world.onTask = [&](quint64 number, const TaskEnvelope &) { published = number; };
    });
    const ClusterExecutor &executor = *scripted.rig->executor;
    QTRY_COMPARE(executor.status().state, BrokerState::Connected);
    const QString before = executor.status().code;

    (void)scripted.rig->emitOne(u"again"_s);
    QTRY_COMPARE(executor.status().code, u"unconfirmed"_s);
    const QString said = executor.status().sentence;
    QStringList lines;
    QTRY_VERIFY([&] {
        for (const LogLine &line : scripted.rig->recorder.drain().log)
            lines.append(line.text);
        return !lines.isEmpty();
    }());
    scripted.script([&](LoopbackTransport &world) { world.accept(published); });

    QTRY_VERIFY(executor.status().code.isEmpty());
    QVERIFY(before.isEmpty());
    QVERIFY(said.contains("wait for that: 1."_L1));
    QVERIFY(lines.first().startsWith("The broker has confirmed nothing"_L1));
}

QTEST_GUILESS_MAIN(tst_ClusterQueues)
#include "tst_clusterqueues.moc"
