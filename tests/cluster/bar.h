// SPDX-License-Identifier: MIT
#pragma once

#include "clusterground.h"

#include <support/barprogram.h>

/// A row of the failure table of a cluster: what dies, and what becomes of tasks.
struct Bar
{
    QString name; ///< "worker-killed"
    QString summary;
    BarResult (*run)(ClusterGround &ground);
};

// What dies on a host, see hostbars.cpp.
BarResult runWorkerKilled(ClusterGround &ground);
BarResult runAgentKilled(ClusterGround &ground);
BarResult runAgentKilledOnce(ClusterGround &ground);
BarResult runAgentStopped(ClusterGround &ground);
BarResult runPoison(ClusterGround &ground);

// What happens to the way there, see linkbars.cpp.
BarResult runLinkCut(ClusterGround &ground);
BarResult runAppLinkCut(ClusterGround &ground);
BarResult runAppAway(ClusterGround &ground);
BarResult runTwoNetworks(ClusterGround &ground); // see networkbars.cpp
BarResult runClocks(ClusterGround &ground);

// What happens to the broker, see brokerbars.cpp.
BarResult runBrokerKilled(ClusterGround &ground);
BarResult runMemoryLimit(ClusterGround &ground);
BarResult runDiskLimit(ClusterGround &ground);
BarResult runQueueFull(ClusterGround &ground);
BarResult runQueueDeleted(ClusterGround &ground);
BarResult runConsumerTimeout(ClusterGround &ground);

// What is refused, see refusalbars.cpp.
BarResult runWrongPassword(ClusterGround &ground);
BarResult runWrongVirtualHost(ClusterGround &ground);
BarResult runOldProtocol(ClusterGround &ground);
BarResult runMissingPlugin(ClusterGround &ground);

std::vector<Bar> allBars();
