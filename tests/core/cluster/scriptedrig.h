// SPDX-License-Identifier: MIT
#pragma once

#include "clusterrig.h"

#include <support/loopbacktransport.h>

namespace Fanfare::Test {

inline constexpr ClusterSession hostA{0xa};
inline constexpr ClusterSession hostB{0xb};

/// A rig whose transport the test holds.
class ScriptedRig
{
public:
    explicit ScriptedRig(ClusterOptions options = {}, bool connectsAtOnce = true)
    {
        auto made = std::make_unique<LoopbackTransport>();
        made->connectsAtOnce = connectsAtOnce;
        transport = made.get();
        rig = std::make_unique<ClusterRig>(options, std::move(made));
        rig->on(QStringLiteral("once"));
        rig->on(QStringLiteral("again"), true);
    }
    ~ScriptedRig()
    {
        if (rig->executor->counters().ended != rig->executor->counters().submitted)
            rig->executor->cancelAll();
    }

    /// Says what happens from now on. Blocks until that holds.
    void script(std::function<void(LoopbackTransport &)> change)
    {
        QMetaObject::invokeMethod(
            transport, [this, change = std::move(change)] { change(*transport); },
            Qt::BlockingQueuedConnection);
    }

    LoopbackTransport *transport = nullptr; // of the executor
    std::unique_ptr<ClusterRig> rig;
};

inline EventEnvelope eventOf(const ClusterTaskId &task, ClusterSession agent, EventKind kind,
                             quint8 attempt = 1)
{
    EventEnvelope event;
    event.task = task;
    event.agent = agent;
    event.kind = kind;
    event.attempt = attempt;
    event.time = 2000;
    if (kind == EventKind::Ended)
        event.started = 1000;
    return event;
}

inline HostPresence hostCalled(const QString &name, ClusterSession session)
{
    HostPresence host{session, name, 1, 2, 0, 0, 3, QStringLiteral("0.1.0"), false, {}};
    host.plugins = {{QStringLiteral("org.fanfare.test.paces"), QStringLiteral("1"),
                     fileHash(ClusterRig::plugin())}};
    return host;
}

inline TaskStatus endOf(const Emission &emission)
{
    if (!emission.waitForFinished(std::chrono::seconds(20)))
        qFatal("A task has not ended in time");
    return emission.tasks().front();
}

/// The host of \a agent asks for every task, and does what it is told to.
inline void obey(LoopbackTransport &world, ClusterSession agent)
{
    world.onTask = [&world, agent](quint64 number, const TaskEnvelope &task) {
        world.accept(number);
        if (task.isIdempotent)
            world.say({eventOf(task.task, agent, EventKind::Started),
                       eventOf(task.task, agent, EventKind::Ended)});
        else
            world.say({eventOf(task.task, agent, EventKind::Asked)});
    };
    world.onOrder = [&world](ClusterSession to, const ControlOrder &order) {
        for (const ClusterTaskId &id : order.tasks) {
            if (order.kind == ControlKind::Grant)
                world.say({eventOf(id, to, EventKind::Started), eventOf(id, to, EventKind::Ended)});
        }
    };
}

} // namespace Fanfare::Test
