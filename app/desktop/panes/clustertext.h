// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/engine/clusterfact.h>

#include <utility>
#include <vector>

namespace Fanfare {

/// How the broker is, in few words: "Broker: 2 hosts · 3 waiting", "Broker away".
QString brokerText(const ClusterFact &cluster);

/// The same in whole, one line for each host: its slots, and how exactly its clock is known.
QString clusterToolTip(const ClusterFact &cluster);

/// "1.2 ms ahead, ±0.3 ms": what the clock of a host says when ours says 0, by which its times are
/// moved, and how far they may be off after that; empty while nothing is known. Clocks begin when a
/// machine starts, so hours are usual.
QString clockText(const HostFact &host);

/// "clock ±0.3 ms": how far times of a host may be off; empty while nothing is known.
QString clockErrorText(const HostFact &host);

/// What is known about \a host besides its name, as names and values. Last seen is told as
/// of \a now, of the clock of HostFact::lastSeen.
std::vector<std::pair<QString, QString>> hostRows(const HostFact &host, qint64 now);

/// The host whose worker \a lane is, "north worker 2"; null when it is none.
const HostFact *hostOfLane(const ClusterFact &cluster, const QString &lane);

} // namespace Fanfare
