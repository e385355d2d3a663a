// SPDX-License-Identifier: MIT
// The executor alone, when hosts, broker or messages are lost.
#include "scriptedrig.h"

#include <map>
#include <random>

using namespace Fanfare;
using namespace Fanfare::Test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class tst_ClusterLosses final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysWhichHostsHaveTheBuild();
    void endsWhatALostHostHeld();
    void takesARedeliveredTaskFromAnotherHost();
    void quarantinesWhatKilledItsHosts();
    void rejectsWhatExpired();
    void callsBackOnceWhateverHappens_data();
    void callsBackOnceWhateverHappens();
};

void tst_ClusterLosses::saysWhichHostsHaveTheBuild()
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

void tst_ClusterLosses::endsWhatALostHostHeld()
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

void tst_ClusterLosses::takesARedeliveredTaskFromAnotherHost()
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

void tst_ClusterLosses::quarantinesWhatKilledItsHosts()
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

void tst_ClusterLosses::rejectsWhatExpired()
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

void tst_ClusterLosses::callsBackOnceWhateverHappens_data()
{
    QTest::addColumn<int>("seed");

    for (int seed = 1; seed <= 20; ++seed)
        QTest::addRow("seed %d", seed) << seed;
}

void tst_ClusterLosses::callsBackOnceWhateverHappens()
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

QTEST_GUILESS_MAIN(tst_ClusterLosses)
#include "tst_clusterlosses.moc"
