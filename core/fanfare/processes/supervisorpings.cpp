// SPDX-License-Identifier: MIT
// Whether workers still listen: a stopped process neither ends nor answers.
#include "fanfare/processes/supervisor.h"

namespace Fanfare {

/// Only workers that have something to do are asked, so that an idle pool sleeps.
bool Supervisor::isAskable(const Slot &slot)
{
    return slot.state == SlotState::Ready || slot.state == SlotState::Stopping;
}

/// Asks the worker when it is time to, and notices when the answer is overdue.
void Supervisor::askIfDue(int index, PoolTime time)
{
    Slot &asked = slot(index);
    if (!isAskable(asked) || asked.askDue > time)
        return;
    if (asked.isUnresponsive) {
        replaceIfUseless(index, time);
    } else if (asked.isAsked) {
        asked.isUnresponsive = true;
        asked.askDue = time + m_options.pingPause;
        m_ports.observer.slotChanged(index, SlotEvent::Unresponsive);
    } else if (asked.sent.size == 0) {
        asked.askDue = never;
    } else {
        asked.isAsked = true;
        asked.askDue = time + m_options.answerTime;
        m_ports.workers.sendPing(index);
    }
}

/// What runs in a worker that does not answer may have stopped for a debugger, and goes on until
/// its deadline or until somebody cancels it. With nothing to lose, whatever waits is better off
/// with another worker.
void Supervisor::replaceIfUseless(int index, PoolTime time)
{
    Slot &useless = slot(index);
    useless.askDue = time + m_options.pingPause;
    bool isRunning = false;
    for (std::uint32_t place = useless.sent.first; place; place = m_tasks.at(place).next)
        isRunning = isRunning || m_tasks.at(place).phase == TaskPhase::Started;
    if (!isRunning && (useless.sent.size > 0 || hasWaiting(time)))
        kill(index, KillCause::Unresponsive);
}

void Supervisor::workerAnswered(int index)
{
    Slot &answering = slot(index);
    if (!answering.isAsked || !hasProcess(answering.state))
        return;
    const bool wasUnresponsive = answering.isUnresponsive;
    answering.isAsked = answering.isUnresponsive = false;
    answering.askDue = answering.sent.size > 0 ? now() + m_options.pingPause : never;
    if (wasUnresponsive && isAskable(answering))
        m_ports.observer.slotChanged(index, SlotEvent::Responsive);
}

} // namespace Fanfare
