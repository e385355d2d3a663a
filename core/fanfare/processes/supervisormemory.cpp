// SPDX-License-Identifier: MIT
// Tasks that may take only so much memory: looked at while they run, because a limit of the system
// would hold for everything that ever runs in the same worker.
#include "fanfare/processes/supervisor.h"

#include <algorithm>

namespace Fanfare {

/// What the worker has before it knows of \a task; the limit is on what it takes from then on.
void Supervisor::noteMemory(int index, PoolTask &task)
{
    if (task.spec.memoryLimit == 0)
        return;
    Slot &noted = slot(index);
    task.memoryBefore = m_ports.workers.memory(index);
    noted.memoryDue = std::min(noted.memoryDue, now() + m_options.memoryPause);
}

/// Kills a worker in which a task takes more than it may. It is not asked to stop first: until it
/// looks, the memory of the whole machine could be gone.
void Supervisor::watchMemory(int index, PoolTime time)
{
    Slot &watched = slot(index);
    if (watched.memoryDue > time)
        return;
    watched.memoryDue = never;
    if (watched.state == SlotState::Reaping || watched.cause != KillCause::None)
        return;
    const std::uint64_t memory = m_ports.workers.memory(index);
    bool isTooMuch = false;
    for (std::uint32_t place = watched.sent.first; place; place = m_tasks.at(place).next) {
        PoolTask &task = m_tasks.at(place);
        if (task.spec.memoryLimit == 0)
            continue;
        watched.memoryDue = time + m_options.memoryPause;
        if (task.phase != TaskPhase::Started
            || memory <= std::uint64_t(task.memoryBefore) + task.spec.memoryLimit)
            continue;
        watched.stoppingCount += task.stopCause == KillCause::None;
        task.stopCause = KillCause::Memory;
        isTooMuch = true;
    }
    if (isTooMuch)
        kill(index, KillCause::Memory);
}

} // namespace Fanfare
