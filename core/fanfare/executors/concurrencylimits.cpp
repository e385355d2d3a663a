// SPDX-License-Identifier: MIT
#include "fanfare/executors/concurrencylimits.h"

#include <fanfare/executors/taskrun.h>

namespace Fanfare {

bool ConcurrencyLimits::enter(const TaskEntry &task)
{
    const Subscriber &subscriber = task.subscriber();
    std::lock_guard lock(m_mutex);
    Turnstile &turnstile = m_turnstiles[subscriber.id];
    if (turnstile.running < subscriber.handler.concurrency) {
        ++turnstile.running;
        return true;
    }
    turnstile.waiting.push_back(task);
    m_queue.countReturned(1); // under the lock: before leave() counts it as taken
    return false;
}

TaskEntry ConcurrencyLimits::leave(SubscriberId subscriber)
{
    std::lock_guard lock(m_mutex);
    const auto entry = m_turnstiles.find(subscriber);
    Turnstile &turnstile = entry->second;
    if (turnstile.waiting.empty()) {
        if (--turnstile.running == 0)
            m_turnstiles.erase(entry);
        return {};
    }
    const TaskEntry next = turnstile.waiting.front();
    turnstile.waiting.pop_front();
    m_queue.countTaken(1);
    return next;
}

template <typename Condition>
std::vector<TaskEntry> ConcurrencyLimits::takeIf(Condition condition)
{
    std::vector<TaskEntry> taken;
    std::lock_guard lock(m_mutex);
    for (auto &[subscriber, turnstile] : m_turnstiles) {
        std::erase_if(turnstile.waiting, [&](const TaskEntry &task) {
            if (!condition(task))
                return false;
            taken.push_back(task);
            return true;
        });
    }
    if (!taken.empty())
        m_queue.countTaken(taken.size());
    return taken;
}

std::vector<TaskEntry> ConcurrencyLimits::takeAll()
{
    return takeIf([](const TaskEntry &) { return true; });
}

std::vector<TaskEntry> ConcurrencyLimits::takeUnstarted()
{
    return takeIf([](const TaskEntry &task) { return task.emission->taskCount() == 1; });
}

std::vector<TaskEntry> ConcurrencyLimits::takeCanceled()
{
    return takeIf([](const TaskEntry &task) { return task.emission->isCanceled(); });
}

void ConcurrencyLimits::sample(size_t limit, std::vector<OpenTask> &queued) const
{
    std::lock_guard lock(m_mutex);
    for (const auto &[subscriber, turnstile] : m_turnstiles) {
        for (const TaskEntry &task : turnstile.waiting) {
            if (queued.size() >= limit)
                return;
            OpenTask open;
            open.task = task.id();
            open.subscriber = subscriber;
            open.event = task.emission->recipients().eventNumber;
            open.queued = task.emission->queued();
            queued.push_back(open);
        }
    }
}

} // namespace Fanfare
