// SPDX-License-Identifier: MIT
#include "fanfare/processes/poolaccount.h"

#include <fanfare/base/clock.h>

#include <algorithm>
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

/// Arguments that several tasks share are there once.
QueueLoad PoolAccount::loadOf(const Submission &submission, const QList<PackedArguments> &arguments)
{
    QueueLoad load{submission.taskCount(), 0};
    const qsizetype used = std::min(arguments.size(), qsizetype(submission.count));
    for (qsizetype i = 0; i < used; ++i)
        load.bytes += arguments[i].size;
    return load;
}

/// What has ended waits for its callback, and takes as much memory as before.
QueueLoad PoolAccount::waiting() const
{
    const quint64 open = m_submitted - m_ended;
    return {open - std::min(open, m_atWorkers.tasks),
            m_bytes - std::min(m_bytes, m_atWorkers.bytes)};
}

bool PoolAccount::couldFit(const QueueLoad &load) const
{
    return load.tasks <= m_bound.tasks && load.bytes <= m_bound.bytes;
}

QueueLoad PoolAccount::shortage(const QueueLoad &load) const
{
    std::lock_guard lock(m_mutex);
    const QueueLoad present = waiting();
    const quint64 tasks = present.tasks + load.tasks;
    return {tasks - std::min(tasks, m_bound.tasks),
            std::max<qint64>(0, present.bytes + load.bytes - m_bound.bytes)};
}

bool PoolAccount::hasRoom(const QueueLoad &load) const
{
    const QueueLoad present = waiting();
    return present.tasks + load.tasks <= m_bound.tasks
        && present.bytes + load.bytes <= m_bound.bytes;
}

bool PoolAccount::waitForRoom(const QueueLoad &load, std::chrono::steady_clock::time_point end)
{
    std::unique_lock lock(m_mutex);
    ++m_roomWaiters;
    const bool fits = m_room.wait_until(lock, end, [&] { return m_isClosed || hasRoom(load); });
    --m_roomWaiters;
    return fits;
}

void PoolAccount::countRejected()
{
    std::lock_guard lock(m_mutex);
    ++m_rejected;
}

void PoolAccount::countDroppedOldest(quint64 dropped)
{
    std::lock_guard lock(m_mutex);
    m_droppedOldest += dropped;
}

PoolAccount::Accepted PoolAccount::accept(Submission &submission,
                                          const QList<PackedArguments> &arguments,
                                          EmissionState *&emission)
{
    const QueueLoad load = loadOf(submission, arguments);
    const qint64 time = MonotonicClock::now();
    std::lock_guard lock(m_mutex);
    if (m_isClosed)
        return Accepted::Closed;
    if (!hasRoom(load))
        return Accepted::Full;
    emission = takeSlot();
    m_spare.pop_back();
    emission->begin(submission, time);
    m_emissions += submission.count;
    m_submitted += load.tasks;
    m_bytes += load.bytes;
    m_highWater = std::max(m_highWater, waiting().tasks);
    m_arrivals.push_back({emission, arguments, submission.deadline});
    return m_arrivals.size() == 1 ? Accepted::First : Accepted::More;
}

void PoolAccount::takeArrivals(std::vector<PoolArrival> &arrivals)
{
    arrivals.clear();
    std::lock_guard lock(m_mutex);
    arrivals.swap(m_arrivals);
}

/// Before anybody hears of an end, so that who does finds room.
void PoolAccount::releaseBytes(const std::vector<PoolDelivery> &deliveries)
{
    qint64 bytes = 0;
    for (const PoolDelivery &delivery : deliveries)
        bytes += delivery.bytes;
    if (bytes == 0)
        return;
    std::lock_guard lock(m_mutex);
    m_bytes -= bytes;
}

void PoolAccount::complete(std::vector<PoolDelivery> &deliveries)
{
    if (deliveries.empty())
        return;
    releaseBytes(deliveries);
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
    if (m_roomWaiters > 0)
        m_room.notify_all();
    if (m_ended == m_submitted)
        m_idle.notify_all();
}

void PoolAccount::setAtWorkers(quint64 running, const QueueLoad &taken)
{
    std::lock_guard lock(m_mutex);
    m_running = running;
    m_atWorkers = taken;
    if (m_roomWaiters > 0)
        m_room.notify_all();
}

void PoolAccount::close()
{
    std::lock_guard lock(m_mutex);
    m_isClosed = true;
    m_room.notify_all();
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
    return {m_emissions,   m_submitted, open - running, running,        m_ended,
            m_bound.tasks, m_highWater, m_rejected,     m_droppedOldest};
}

} // namespace Fanfare
