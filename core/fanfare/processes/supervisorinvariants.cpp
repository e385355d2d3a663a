// SPDX-License-Identifier: MIT
// What must hold at any time, whatever workers do.
#include "fanfare/processes/supervisor.h"

namespace Fanfare {

/// The account of one worker: what it has is what was sent to it.
std::string Supervisor::brokenInvariant(const Slot &slot) const
{
    PoolTime load = 0;
    std::size_t count = 0;
    std::size_t stopping = 0;
    for (std::uint32_t place = slot.sent.first; place; place = m_tasks.at(place).next) {
        const PoolTask &task = m_tasks.at(place);
        if (task.phase != TaskPhase::Sent && task.phase != TaskPhase::Started)
            return "a task that a worker has is neither sent nor started";
        if (task.phase == TaskPhase::Started && task.started < task.sent)
            return "I4: a task started before it was sent";
        stopping += task.phase == TaskPhase::Started && task.stopCause != KillCause::None;
        load += task.estimate;
        ++count;
    }
    if (count != slot.sent.size || load != slot.load || stopping != slot.stoppingCount)
        return "I5: the account of a worker does not add up";
    if (count > 0 && !hasProcess(slot.state))
        return "a slot without a process has tasks";
    if (slot.syncCount() > m_options.maximumAhead || slot.asyncCount > m_options.maximumAsync)
        return "I5: a worker has more tasks than it may have";
    return {};
}

/// The limits of handlers: no more than allowed at workers, and nobody kept with nothing to wait
/// for.
std::string Supervisor::brokenLimit() const
{
    std::vector<std::uint32_t> active(m_handlers.size());
    std::vector<bool> isQueued(m_handlers.size());
    for (const Slot &slot : m_slots) {
        for (std::uint32_t place = slot.sent.first; place; place = m_tasks.at(place).next)
            ++active[m_tasks.at(place).spec.handler];
    }
    for (const TaskList *list : {&m_queue, &m_asyncQueue}) {
        for (std::uint32_t place = list->first; place; place = m_tasks.at(place).next) {
            const std::uint32_t handler = m_tasks.at(place).spec.handler;
            if (handler < isQueued.size())
                isQueued[handler] = true;
        }
    }
    std::size_t kept = 0;
    for (std::size_t i = 0; i < m_handlers.size(); ++i) {
        const HandlerRecord &known = m_handlers[i];
        kept += known.kept.size;
        if (known.active != active[i])
            return "the account of a handler does not add up";
        if (known.kept.first && known.active == 0 && !isQueued[i])
            return "a task is kept though no other of its handler is left";
    }
    return kept == m_keptCount ? std::string() : "the count of kept tasks does not add up";
}

std::string Supervisor::brokenInvariant() const
{
    const PoolCounters total = counters();
    if (total.submitted != total.queued + total.sent + total.started + total.ended)
        return "I1: submitted tasks are neither live nor ended";
    if (m_tasks.size() != total.queued + total.sent + total.started)
        return "I1: the table has other tasks than the counters";
    if (aliveCount() > int(m_slots.size()))
        return "I6: more workers than slots";
    for (const TaskList *list : waiting()) {
        for (std::uint32_t place = list->first; place; place = m_tasks.at(place).next) {
            const TaskPhase phase = m_tasks.at(place).phase;
            const bool isQueue = list == &m_queue || list == &m_asyncQueue;
            if (phase
                != (list == &m_delayed ? TaskPhase::Delayed
                        : isQueue      ? TaskPhase::Queued
                                       : TaskPhase::Kept))
                return "a task waits in the wrong list";
            if (m_tasks.at(place).attempt > m_options.maximumAttempts)
                return "I3: a task has too many attempts";
        }
    }
    for (const Slot &slot : m_slots) {
        std::string broken = brokenInvariant(slot);
        if (!broken.empty())
            return broken;
    }
    return brokenLimit();
}

} // namespace Fanfare
