// SPDX-License-Identifier: MIT
// The executor alone: broker and hosts do what the tests say.
#include "scriptedrig.h"

#include <map>
#include <random>

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
    void saysWhichHostsHaveTheBuild();
    void endsWhatALostHostHeld();
    void takesARedeliveredTaskFromAnotherHost();
    void quarantinesWhatKilledItsHosts();
    void rejectsWhatExpired();
    void rejectsWhenThereIsNoBroker();
    void refusesMoreThanItsBound();
    void dropsTheOldest();
    void cancelsWhatIsQueuedAtItsShutdown();
    void refusesWhatCannotTravel();
    void skipsMessagesThatAreNone();
    void callsBackOnceWhateverHappens_data();
    void callsBackOnceWhateverHappens();
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

void tst_ClusterExecutor::saysWhichHostsHaveTheBuild()
{
    ScriptedRig scripted;
    scripted.script([](LoopbackTransport &world) {
        world.present(hostCalled(u"has-it"_s, hostB));
        world.onTask = [&world](quint64 number, const TaskEnvelope &task) {
            EventEnvelope refused = eventOf(task.task, hostA, EventKind::Refused);
            refused.reason = u"no-such-build"_s;
            refused.text = u"It has no such build."_s;
            world.accept(number);
            world.say({refused});
        };
    });

    const TaskStatus ended = endOf(scripted.rig->emitOne(u"once"_s));

    QCOMPARE(ended.outcome, Outcome::Rejected);
    QCOMPARE(ended.reason, u"no-such-build"_s);
    QVERIFY(ended.error.what.contains("Hosts that have this build: has-it."_L1));
}

static ClusterOptions impatient()
{
    ClusterOptions options;
    options.missingTime = 100ms;
    return options;
}

void tst_ClusterExecutor::endsWhatALostHostHeld()
{
    ScriptedRig scripted(impatient());
    scripted.script([](LoopbackTransport &world) {
        world.present(hostCalled(u"a"_s, hostA));
        obey(world, hostA);
        world.onOrder = [&world](ClusterSession to, const ControlOrder &order) {
            if (order.kind == ControlKind::Grant)
                world.missing(to); // it is gone before it says anything
        };
    });

    const TaskStatus ended = endOf(scripted.rig->emitOne(u"once"_s));

    QCOMPARE(ended.outcome, Outcome::Crashed);
    QCOMPARE(ended.reason, u"host-lost"_s);
    QVERIFY(scripted.rig->executor->hosts().empty());
}

void tst_ClusterExecutor::takesARedeliveredTaskFromAnotherHost()
{
    ScriptedRig scripted(impatient());
    scripted.script([](LoopbackTransport &world) {
        world.present(hostCalled(u"a"_s, hostA));
        world.onTask = [&world](quint64 number, const TaskEnvelope &task) {
            world.accept(number);
            world.say({eventOf(task.task, hostA, EventKind::Started)});
            world.missing(hostA);
            world.say({eventOf(task.task, hostB, EventKind::Started, 2),
                       eventOf(task.task, hostB, EventKind::Ended, 2)});
        };
    });

    const TaskStatus ended = endOf(scripted.rig->emitOne(u"again"_s));

    QCOMPARE(ended.outcome, Outcome::Succeeded);
    QCOMPARE(scripted.rig->executor->clusterCounters().redelivered, quint64(1));
}

void tst_ClusterExecutor::quarantinesWhatKilledItsHosts()
{
    ScriptedRig scripted;
    scripted.script([](LoopbackTransport &world) {
        world.onTask = [&world](quint64 number, const TaskEnvelope &task) {
            world.accept(number);
            world.die(task, u"delivery_limit"_s);
        };
    });

    const TaskStatus ended = endOf(scripted.rig->emitOne(u"again"_s));

    QCOMPARE(ended.outcome, Outcome::Quarantined);
    QCOMPARE(ended.reason, u"delivery-limit"_s);
    QCOMPARE(scripted.rig->callbacks(), (QStringList{u"again Quarantined"_s}));
}

void tst_ClusterExecutor::rejectsWhatExpired()
{
    ScriptedRig scripted;
    scripted.script([](LoopbackTransport &world) {
        world.onTask = [&world](quint64 number, const TaskEnvelope &task) {
            TaskEnvelope other = task;
            other.task.app = ClusterSession(77);
            world.accept(number);
            world.die(other, u"delivery_limit"_s); // of somebody else
            world.die(task, u"expired"_s);
        };
    });

    const TaskStatus ended = endOf(scripted.rig->emitOne(u"again"_s));

    QCOMPARE(ended.outcome, Outcome::Rejected);
    QCOMPARE(ended.reason, u"expired"_s);
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

/// A world in which much goes wrong, and nothing is lost for ever: what was accepted is delivered,
/// by any host and any number of times.
class FaultyWorld
{
public:
    FaultyWorld(LoopbackTransport &world, quint64 seed)
        : m_world(world)
        , m_random(seed)
    {
        m_world.onTask = [this](quint64 number, const TaskEnvelope &task) { take(number, task); };
        m_world.onOrder = [this](ClusterSession to, const ControlOrder &order) { hear(to, order); };
    }

    /// How often each task that starts once was started.
    std::map<quint64, int> starts;

private:
    bool chance(int percent) { return int(m_random() % 100) < percent; }
    ClusterSession anyHost() { return chance(50) ? hostA : hostB; }

    void take(quint64 number, const TaskEnvelope &task)
    {
        deliver(task);
        if (chance(10)) {
            m_world.loseConnection(); // and the confirm with it
            m_world.connectNow();
        } else {
            m_world.accept(number);
        }
    }

    void deliver(const TaskEnvelope &task)
    {
        const int copies = chance(20) ? 2 : 1;
        for (int i = 0; i < copies; ++i) {
            const ClusterSession host = anyHost();
            if (!task.isIdempotent) {
                m_world.say({eventOf(task.task, host, EventKind::Asked, quint8(i + 1))});
                continue;
            }
            if (chance(80))
                m_world.say({eventOf(task.task, host, EventKind::Started, quint8(i + 1))});
            end(task.task, host);
        }
    }

    void end(const ClusterTaskId &task, ClusterSession host)
    {
        EventEnvelope ended = eventOf(task, host, EventKind::Ended);
        ended.outcome = chance(30) ? Outcome::Failed : Outcome::Succeeded;
        for (int i = 0; i <= int(m_random() % 3); ++i)
            m_world.say({ended});
        if (chance(20))
            m_world.say({eventOf(task, host, EventKind::Started)});
    }

    void hear(ClusterSession to, const ControlOrder &order)
    {
        for (const ClusterTaskId &id : order.tasks) {
            if (order.kind != ControlKind::Grant)
                continue;
            if (chance(20)) { // the yes got lost
                m_world.say({eventOf(id, to, EventKind::Asked)});
                continue;
            }
            const bool isNew = m_granted.emplace(id.number, to).second;
            if (!isNew && m_granted.at(id.number) == to)
                continue; // a host knows what it has started
            ++starts[id.number];
            m_world.say({eventOf(id, to, EventKind::Started)});
            end(id, to);
        }
    }

    LoopbackTransport &m_world;
    std::mt19937_64 m_random;
    std::map<quint64, ClusterSession> m_granted;
};

void tst_ClusterExecutor::callsBackOnceWhateverHappens_data()
{
    QTest::addColumn<int>("seed");

    for (int seed = 1; seed <= 20; ++seed)
        QTest::addRow("seed %d", seed) << seed;
}

void tst_ClusterExecutor::callsBackOnceWhateverHappens()
{
    QFETCH(int, seed);
    std::unique_ptr<FaultyWorld> faults;
    ScriptedRig scripted;
    scripted.script([&](LoopbackTransport &world) {
        faults = std::make_unique<FaultyWorld>(world, quint64(seed));
    });

    for (int i = 0; i < 300; ++i) {
        Emission emission = scripted.rig->emitOne(i % 2 ? u"once"_s : u"again"_s, {i});
        if (i % 10 == 0)
            emission.cancel();
    }
    const bool isIdle = scripted.rig->executor->waitUntilIdle(30s);

    QVERIFY(isIdle);
    const ExecutorCounters counters = scripted.rig->executor->counters();
    QCOMPARE(counters.submitted, quint64(300));
    QCOMPARE(counters.ended, quint64(300));
    QCOMPARE(counters.queued + counters.running, quint64(0));
    scripted.script([&](LoopbackTransport &) {
        for (const auto &[number, count] : faults->starts)
            QCOMPARE(count, 1);
    });
    quint64 told = 0;
    quint64 canceled = 0;
    for (const SpanRecord &span : scripted.rig->recorder.drain().spans) {
        ++told;
        canceled += span.outcome == Outcome::Canceled;
    }
    QCOMPARE(told, quint64(300)); // one span each
    QCOMPARE(quint64(scripted.rig->callbacks().size()), 300 - canceled);
}

QTEST_GUILESS_MAIN(tst_ClusterExecutor)
#include "tst_clusterexecutor.moc"
