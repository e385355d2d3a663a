// SPDX-License-Identifier: MIT
#pragma once

#include <sched.h>

namespace Fanfare::Bench {

/// Moves the calling thread to single processors, and lets it go again when destroyed. Threads that
/// it starts meanwhile stay where it was.
class CpuPin
{
public:
    CpuPin() { sched_getaffinity(0, sizeof(m_former), &m_former); }
    ~CpuPin() { sched_setaffinity(0, sizeof(m_former), &m_former); }
    CpuPin(const CpuPin &) = delete;
    CpuPin &operator=(const CpuPin &) = delete;

    /// \a index counts the processors that this process may use, from 0.
    void pinTo(int index)
    {
        for (int cpu = 0; cpu < CPU_SETSIZE; ++cpu) {
            if (!CPU_ISSET(cpu, &m_former) || index-- > 0)
                continue;
            cpu_set_t only;
            CPU_ZERO(&only);
            CPU_SET(cpu, &only);
            sched_setaffinity(0, sizeof(only), &only);
            return;
        }
    }

    static bool isPossible()
    {
        const CpuPin pin;
        return CPU_COUNT(&pin.m_former) >= 2;
    }

private:
    cpu_set_t m_former{};
};

} // namespace Fanfare::Bench
