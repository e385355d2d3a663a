// SPDX-License-Identifier: MIT
#include "siderunners.h"

#include <algorithm>

namespace Fanfare {

static size_t maximumThreads()
{
    return std::min<size_t>(32, std::thread::hardware_concurrency() + 4);
}

void SideRunners::wake()
{
    const size_t wanted = m_threads.size() + m_tasks.unattended(HandlerKind::Blocking);
    while (m_threads.size() < std::min(wanted, maximumThreads()))
        m_threads.emplace_back([this] { m_runner.run(); });
}

} // namespace Fanfare
