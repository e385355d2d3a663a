// SPDX-License-Identifier: MIT
// Queues that are deleted, or that a broker comes back without: what waited there is sent again.
#include "fanfare/cluster/clustersupervisor.h"

#include "fanfare/cluster/taskenvelope.h"

#include <fanfare/base/clock.h>

namespace Fanfare {

using namespace Qt::StringLiterals;

static constexpr qint64 restTime = 4'000'000'000; // ns that a task waits before its queue is asked

static constexpr qint64 stallTime = 1'000'000'000; // ns without a confirm

static QString queueOf(const ClusterTask &task)
{
    const HandlerIdentity &identity = task.handler().identity;
    return taskQueueName(identity.plugin, identity.hash);
}

/// Asks for the queues in which tasks have waited for long, or for all in which one waits when the
/// broker was gone. A broker that takes nothing answers nothing either, so it is not asked.
void ClusterSupervisor::inspectQueues()
{
    if (m_status.isBlocked || unconfirmedFor() >= stallTime)
        return;
    const qint64 now = MonotonicClock::now();
    const bool asksForAll = std::exchange(m_isInspectionDue, false);
    QHash<const Subscriber *, QString> queues;
    for (const auto &[number, task] : m_tasks) {
        const bool isOld = asksForAll || now - task.sent >= restTime;
        if (task.phase == Phase::AtBroker && isOld && !queues.contains(&task.subscriber()))
            queues.insert(&task.subscriber(), queueOf(task));
    }
    m_inspections = {queues.cbegin(), queues.cend()}; // handlers of a plugin share one
    for (const QString &queue : std::as_const(m_inspections))
        m_queues.noteInspection(queue, now);
}

void ClusterSupervisor::queueInspected(const QString &queue, const QueueState &state)
{
    const auto waiting = std::find_if(m_tasks.begin(), m_tasks.end(), [&](const auto &each) {
        return each.second.phase == Phase::AtBroker && queueOf(each.second) == queue;
    });
    if (waiting == m_tasks.end())
        return;
    const HandlerIdentity &identity = waiting->second.handler().identity;
    const bool hasHosts = !m_hosts.hostsWith(identity.plugin, identity.hash).isEmpty();
    if (state.wasMissing || (state.consumers == 0 && hasHosts))
        m_queues.announceAgain(queue);
    const int held = m_hosts.heldBy(identity.plugin, identity.hash);
    const qint64 before = m_queues.lostBefore(queue, state, held);
    const QString plugin = identity.plugin;
    if (const int count = publishLost(queue, before); count > 0) {
        warn(
            u"The broker has lost the queue of %1; the tasks that waited there are sent again: %2."_s
                .arg(plugin)
                .arg(count));
    }
}

/// The tasks that were put into \a queue before that time and have not started, in their order. A
/// host may have one of them all the same: it starts what starts once when asked() says so, and
/// drops what it has.
int ClusterSupervisor::publishLost(const QString &queue, qint64 before)
{
    QHash<const Subscriber *, bool> isInQueue;
    std::deque<quint64> again;
    for (auto &[number, task] : m_tasks) {
        if (task.phase != Phase::AtBroker || task.sent >= before)
            continue;
        const Subscriber *const subscriber = &task.subscriber();
        if (!isInQueue.contains(subscriber))
            isInQueue.insert(subscriber, queueOf(task) == queue);
        if (!isInQueue.value(subscriber))
            continue;
        setPhase(task, Phase::Waiting);
        again.push_back(number);
    }
    m_outbox.insert(m_outbox.begin(), again.begin(), again.end());
    return int(again.size());
}

} // namespace Fanfare
