// SPDX-License-Identifier: MIT
#include "fanfare/processes/poolaccount.h"

#include <fanfare/base/clock.h>

#include <utility>

namespace Fanfare {

static constexpr size_t spareCount = 256; // emissions fetched from their pool at once

PoolAccount::~PoolAccount()
{
    m_pool->giveBack(m_spare);
    m_pool->abandon();
}

EmissionState *PoolAccount::takeSlot()
{
    if (m_spare.empty())
        m_pool->take(spareCount, m_spare);
    return std::exchange(m_spare.back(), nullptr);
}

PoolAccount::Accepted PoolAccount::accept(Submission &submission, QList<QByteArray> arguments,
                                          EmissionState *&emission)
{
    const quint64 count = submission.taskCount();
    const qint64 time = MonotonicClock::now();
    std::lock_guard lock(m_mutex);
    if (m_isClosed)
        return Accepted::Closed;
    const quint64 open = m_submitted - m_ended;
    const quint64 queued = open - std::min(open, m_running);
    if (queued + count > m_bound)
        return Accepted::Full;
    emission = takeSlot();
    m_spare.pop_back();
    emission->begin(submission, time);
    m_emissions += submission.count;
    m_submitted += count;
    m_arrivals.push_back({emission, std::move(arguments), submission.deadline});
    return m_arrivals.size() == 1 ? Accepted::First : Accepted::More;
}

void PoolAccount::takeArrivals(std::vector<PoolArrival> &arrivals)
{
    arrivals.clear();
    std::lock_guard lock(m_mutex);
    arrivals.swap(m_arrivals);
}

void PoolAccount::complete(std::vector<PoolDelivery> &deliveries)
{
    if (deliveries.empty())
        return;
    std::vector<EmissionState *> over;
    for (PoolDelivery &delivery : deliveries) {
        if (recordEnd(delivery.task, std::move(delivery.end), {}, nullptr))
            over.push_back(delivery.task.emission);
    }
    for (EmissionState *emission : over)
        emission->trim();
    std::lock_guard lock(m_mutex);
    m_spare.insert(m_spare.end(), over.begin(), over.end());
    m_ended += deliveries.size();
    deliveries.clear();
    if (m_ended == m_submitted)
        m_idle.notify_all();
}

void PoolAccount::setRunning(quint64 running)
{
    std::lock_guard lock(m_mutex);
    m_running = running;
}

void PoolAccount::close()
{
    std::lock_guard lock(m_mutex);
    m_isClosed = true;
}

bool PoolAccount::isClosed() const
{
    std::lock_guard lock(m_mutex);
    return m_isClosed;
}

bool PoolAccount::waitUntilIdle(std::chrono::nanoseconds timeout) const
{
    std::unique_lock lock(m_mutex);
    const auto isIdle = [this] { return m_ended == m_submitted; };
    if (timeout < std::chrono::hours(24 * 365))
        return m_idle.wait_for(lock, timeout, isIdle);
    m_idle.wait(lock, isIdle);
    return true;
}

ExecutorCounters PoolAccount::counters() const
{
    std::lock_guard lock(m_mutex);
    const quint64 open = m_submitted - m_ended;
    const quint64 running = std::min(m_running, open);
    return {m_emissions, m_submitted, open - running, running, m_ended};
}

} // namespace Fanfare
