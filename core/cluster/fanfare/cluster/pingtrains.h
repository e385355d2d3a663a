// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/cluster/clusterids.h>

#include <unordered_map>
#include <vector>

namespace Fanfare {

/// Which hosts are asked for their time, and when again. Everything on an idle way sleeps: a single
/// ping meets threads that have to be woken and memory that was put away, at each of three
/// programs. So pings go in trains of 8: the first one wakes the way, and each answer sends the
/// next.
///
/// Each host is asked once a second, which also shows that it is there. How many more pings there
/// are does not grow with the hosts: of more than 8 hosts, each has a train in its turn.
///
/// Threads: one at a time.
class PingTrains
{
public:
    /// A new host: it is asked now, with a train.
    void begin(ClusterSession agent) { m_left[number(agent)] = trainLength - 1; }

    /// A second has passed, and \a agents are asked now. The next of them get trains.
    void beginSome(std::vector<ClusterSession> agents);

    /// \a agent has answered: whether to ask it again at once. An answer that got lost ends its
    /// train.
    bool goesOn(ClusterSession agent);

    void forget(ClusterSession agent) { m_left.erase(number(agent)); }

private:
    static constexpr int trainLength = 8;
    static constexpr size_t trainCount = 8; // in a second

    std::unordered_map<quint64, int> m_left; // pings of a train that are not sent, by agent
    size_t m_turns = 0;                      // trains that were given so far
};

} // namespace Fanfare
