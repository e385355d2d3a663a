// SPDX-License-Identifier: MIT
#include "clusterground.h"

#include <fanfare/base/clock.h>

#include <QJsonObject>

using namespace Fanfare;
using namespace Fanfare::Test;
using namespace Qt::StringLiterals;

QString ClusterGround::start()
{
    if (m_broker.isRunning() || m_broker.start())
        return {};
    return m_broker.problem();
}

ClusterGround::Agent ClusterGround::agent(const QString &name, int workers, quint16 port)
{
    auto agent = std::make_unique<AgentProcess>(
        m_broker, AgentProcess::Settings{name, {ClusterRig::pluginFolder()}, workers, port});
    if (!agent->start())
        qFatal("A host does not start: %s", agent->said().constData());
    return agent;
}

ClusterGround::Rig ClusterGround::app(ClusterOptions options, quint16 port)
{
    options.address = *brokerAddress(m_broker.address(u"app"_s, port), {m_broker.passwordFile()});
    return std::make_unique<ClusterRig>(options, *makeBrokerTransport());
}

bool comesTrue(const std::function<bool()> &condition, int seconds)
{
    return QTest::qWaitFor(condition, seconds * 1000);
}

bool runTasks(const ClusterRig &rig, quint64 count)
{
    return comesTrue([&] { return rig.executor->counters().running == count; });
}

bool knowsHosts(const ClusterRig &rig, size_t count)
{
    return comesTrue([&] { return rig.executor->hosts().size() == count; });
}

double millisecondsSince(qint64 begin)
{
    return double(MonotonicClock::now() - begin) / 1e6;
}

int endedAs(const std::vector<Emission> &emissions, Outcome outcome)
{
    return int(std::count_if(emissions.begin(), emissions.end(), [=](const Emission &emission) {
        return emission.waitForFinished(std::chrono::nanoseconds(0))
            && emission.tasks().front().outcome == outcome;
    }));
}

QJsonObject accountOf(const ClusterRig &rig, const std::vector<Emission> &emissions)
{
    const ClusterCounters counters = rig.executor->clusterCounters();
    return {{u"tasks"_s, int(emissions.size())},
            {u"succeeded"_s, endedAs(emissions, Outcome::Succeeded)},
            {u"callbacks"_s, rig.callbacks().size()},
            {u"redelivered"_s, qint64(counters.redelivered)},
            {u"duplicatesDropped"_s, qint64(counters.duplicates)}};
}
