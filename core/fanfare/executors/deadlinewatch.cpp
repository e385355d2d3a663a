// SPDX-License-Identifier: MIT
#include "fanfare/executors/deadlinewatch.h"

#include <fanfare/base/clock.h>

#include <utility>

namespace Fanfare {

DeadlineWatch::DeadlineWatch(std::chrono::nanoseconds grace, Settle settle)
    : m_grace(grace)
    , m_settle(std::move(settle))
{
}

DeadlineWatch::~DeadlineWatch()
{
    {
        std::lock_guard lock(m_mutex);
        m_isEnding = true;
    }
    m_changed.notify_one();
    if (m_thread.joinable())
        m_thread.join();
}

void DeadlineWatch::add(const std::shared_ptr<TimedTask> &task, TimedTaskOwner *owner)
{
    bool isNext = false;
    {
        std::lock_guard lock(m_mutex);
        const auto place = m_watched.try_emplace({task->m_due, task.get()}, Watched{task, owner});
        isNext = place.first == m_watched.begin();
        if (!m_thread.joinable())
            m_thread = std::thread([this] { run(); });
    }
    if (isNext)
        m_changed.notify_one();
}

bool DeadlineWatch::remove(TimedTask &task)
{
    decltype(m_watched)::node_type removed; // dies after the lock
    std::lock_guard lock(m_mutex);
    removed = m_watched.extract({task.m_due, &task});
    return !task.m_isGivenUp;
}

void DeadlineWatch::run()
{
    std::unique_lock lock(m_mutex);
    while (!m_isEnding) {
        if (m_watched.empty()) {
            m_changed.wait(lock);
            continue;
        }
        const qint64 next = m_watched.begin()->first.first;
        if (MonotonicClock::now() < next) {
            const std::chrono::nanoseconds time(next);
            m_changed.wait_until(lock, std::chrono::steady_clock::time_point(time));
        } else {
            expire(lock);
        }
    }
}

/// The time of the first task has come.
void DeadlineWatch::expire(std::unique_lock<std::mutex> &lock)
{
    {
        const Watched watched = m_watched.extract(m_watched.begin()).mapped();
        TimedTask &task = *watched.task;
        if (task.m_isAsked) {
            TaskEnd end = giveUp(watched);
            lock.unlock();
            m_settle(watched.task, std::move(end));
        } else {
            task.m_isAsked = true;
            task.m_due = MonotonicClock::now() + m_grace.count();
            if (watched.owner)
                m_watched.try_emplace({task.m_due, &task}, watched);
            lock.unlock();
            task.requestStop(); // calls what handlers have registered
        }
    }
    lock.lock();
}

/// Needs m_mutex: until it is done the owner cannot go on.
TaskEnd DeadlineWatch::giveUp(const Watched &watched)
{
    TimedTask &task = *watched.task;
    task.m_isGivenUp = true;
    EmissionState *emission = task.m_context.task().emission;
    emission->addReference();
    task.m_hold = Emission(emission);
    TaskEnd end;
    end.outcome = Outcome::TimedOut;
    end.reason = QStringLiteral("still-running");
    end.error.what =
        QStringLiteral("The handler did not stop within %1 ms after its deadline. It runs on, and "
                       "what it returns is dropped; let it look at Context::stopToken().")
            .arg(std::chrono::duration_cast<std::chrono::milliseconds>(m_grace).count());
    TaskTimes times;
    times.started = task.m_started;
    times.finished = MonotonicClock::now();
    watched.owner->giveUp(task, end, times);
    return end;
}

} // namespace Fanfare
