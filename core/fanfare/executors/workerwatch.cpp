// SPDX-License-Identifier: MIT
#include "fanfare/executors/workerwatch.h"

#include <fanfare/base/fastclock.h>

namespace Fanfare {

bool WorkerWatch::isWatchedNow() const
{
    const qint64 lease = m_lease.load();
    return lease == endlessLease || (lease > 0 && FastClock::now() < lease);
}

void WorkerWatch::wakeOne(qint64 now)
{
    {
        std::lock_guard lock(m_mutex);
        if (m_sleeping.load() <= m_woken)
            return;
        ++m_woken;
        if (m_lease.load() < now + wakeUpTime)
            m_lease.store(now + wakeUpTime);
    }
    m_condition.notify_one();
}

void WorkerWatch::addGuarded(int difference)
{
    m_guarded.fetch_add(difference);
    if (difference <= 0 || m_sleeping.load() == 0 || m_hasSentinel.load())
        return;
    std::lock_guard lock(m_mutex); // else a sleeper could miss the call between look and wait
    m_condition.notify_one();
}

/// Waits for a while with an eye on the guarded workers.
WorkerWatch::Rest WorkerWatch::standSentinel(std::unique_lock<std::mutex> &lock)
{
    m_hasSentinel.store(true);
    const bool isCalled =
        m_condition.wait_for(lock, sentinelPeriod, [this] { return m_woken > 0 || m_isClosed; });
    m_hasSentinel.store(false);
    return isCalled ? Rest::Called : Rest::Sentinel;
}

void WorkerWatch::close()
{
    std::lock_guard lock(m_mutex);
    m_isClosed = true;
    m_condition.notify_all();
}

} // namespace Fanfare
