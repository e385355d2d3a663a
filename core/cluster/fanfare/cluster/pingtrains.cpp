// SPDX-License-Identifier: MIT
#include "fanfare/cluster/pingtrains.h"

#include <algorithm>

namespace Fanfare {

void PingTrains::beginSome(std::vector<ClusterSession> agents)
{
    std::ranges::sort(agents); // so that each has its turn
    for (size_t i = 0; i < std::min(trainCount, agents.size()); ++i)
        begin(agents[m_turns++ % agents.size()]);
}

bool PingTrains::goesOn(ClusterSession agent)
{
    const auto found = m_left.find(number(agent));
    if (found == m_left.end() || found->second == 0)
        return false;
    --found->second;
    return true;
}

} // namespace Fanfare
