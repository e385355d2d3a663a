// SPDX-License-Identifier: MIT
#pragma once

#include <core/cluster/clusterrig.h>
#include <support/agentprocess.h>
#include <support/rabbitbroker.h>
#include <support/tcpproxy.h>

#include <functional>
#include <memory>
#include <vector>

/// What all bars stand on: one broker, and hosts and apps that each of them makes.
class ClusterGround
{
public:
    using Agent = std::unique_ptr<Fanfare::Test::AgentProcess>;
    using Rig = std::unique_ptr<ClusterRig>;

    Fanfare::Test::RabbitBroker &broker() { return m_broker; }
    QString start(); ///< empty, or why there is no broker

    /// A host with the plugin of ClusterRig, through the proxy at \a port if that is not 0.
    Agent agent(const QString &name, int workers = 1, quint16 port = 0);

    /// An app that is connected, or is going to be.
    Rig app(Fanfare::ClusterOptions options = {}, quint16 port = 0);

private:
    Fanfare::Test::RabbitBroker m_broker;
};

/// Whether \a condition came true within \a seconds; events are handled meanwhile.
bool comesTrue(const std::function<bool()> &condition, int seconds = 30);

bool runTasks(const ClusterRig &rig, quint64 count);  ///< so many run, soon
bool knowsHosts(const ClusterRig &rig, size_t count); ///< so many are there, soon

double millisecondsSince(qint64 begin); ///< a time of MonotonicClock

/// Figures that every row has: how the tasks of \a rig ended, and what was told of them.
QJsonObject accountOf(const ClusterRig &rig, const std::vector<Fanfare::Emission> &emissions);
int endedAs(const std::vector<Fanfare::Emission> &emissions, Fanfare::Outcome outcome);
