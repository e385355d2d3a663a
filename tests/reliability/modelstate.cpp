// SPDX-License-Identifier: MIT
// What the small model is checked for, and what makes two of its states the same.
#include "model.h"

#include <algorithm>

using namespace Fanfare;

std::string Model::problemOf(const Task &task) const
{
    const bool isIdempotent =
        &task == &m_tasks[std::min<std::size_t>(1, m_tasks.size() - 1)] && m_tasks.size() > 1;
    if (task.ends > 1)
        return "I2: a task ended twice";
    if (task.starts > (isIdempotent ? 3 : 1))
        return "I3: a task was started too often";
    if (task.ends == 0)
        return isFinished() ? "I2: a task never ended" : "";
    if (task.outcome == Outcome::Succeeded && task.completions == 0)
        return "a task is said to have run and did not";
    if (task.outcome == Outcome::Crashed && task.starts == 0)
        return "a task is said to have crashed and never ran";
    if (task.outcome == Outcome::Canceled && !task.wasCanceled)
        return "a task was canceled that nobody canceled";
    return {};
}

std::string Model::problem()
{
    m_relay.setTarget(this);
    if (!m_impossible.empty())
        return m_impossible;
    for (const Task &task : m_tasks) {
        const std::string found = problemOf(task);
        if (!found.empty())
            return found;
    }
    const bool isLeft = std::any_of(m_workers.begin(), m_workers.end(),
                                    [](const SimulatedWorker &each) { return each.isAlive; });
    if (isFinished() && isLeft)
        return "I7: a process is left after the end";
    return m_supervisor.brokenInvariant();
}

namespace {

/// Collects numbers into bytes, nearly all of them into one each: seven bits at a time, the sign in
/// the lowest one.
class StateBytes
{
public:
    template <typename... Numbers>
    void add(Numbers... numbers)
    {
        (addNumber(static_cast<std::int64_t>(numbers)), ...);
    }
    void end() { m_bytes += char(0xff); }
    std::string take() { return std::move(m_bytes); }

private:
    void addNumber(std::int64_t number)
    {
        auto rest = (std::uint64_t(number) << 1) ^ std::uint64_t(number >> 63);
        for (; rest >= 0x7f; rest >>= 7)
            m_bytes += char(0x80 | (rest & 0x7f));
        m_bytes += char(rest);
    }

    std::string m_bytes;
};

} // namespace

static PoolTime span(PoolTime time, PoolTime now)
{
    return time == never ? -1 : time == 0 ? -2 : time - now;
}

std::string Model::state()
{
    StateBytes text;
    const auto indexOf = [&](TaskNumber number) {
        return number ? &taskOf(number) - m_tasks.data() : -1;
    };
    text.add(m_deaths, m_cancels, m_earlyWaits);
    // Of a task that has ended nothing matters any more but that it neither ends nor starts again:
    // its outcome was compared with what it did when it ended, and it cannot be canceled.
    for (const Task &task : m_tasks) {
        if (task.ends > 0)
            text.add(task.starts, -task.ends);
        else
            text.add(task.starts, task.completions > 0, task.wasCanceled);
    }
    text.end();
    const auto addList = [&](const TaskList &list) {
        for (std::uint32_t place = list.first; place; place = m_supervisor.tasks().at(place).next) {
            const PoolTask &task = m_supervisor.tasks().at(place);
            text.add(indexOf(task.number), task.phase, task.attempt, task.requeued, task.stopCause,
                     span(task.due, m_time));
        }
        text.end();
    };
    for (const TaskList *list : m_supervisor.waiting())
        addList(*list);
    for (std::size_t i = 0; i < m_workers.size(); ++i) {
        const Slot &slot = m_supervisor.slots()[i];
        text.add(slot.state, slot.former, span(slot.until, m_time), slot.cause, slot.drain,
                 slot.hasEnded, slot.isClosed, slot.isReadToEnd, slot.isHurried, slot.bootFailures,
                 slot.hasLoaded(0), slot.load, slot.isRecalling, span(slot.syncStarted, m_time),
                 span(slot.lateDue, m_time));
        addList(slot.sent);
        const SimulatedWorker &worker = m_workers[i];
        text.add(worker.hasProcess, worker.isAlive, worker.isOpen, worker.isHanging,
                 worker.isDraining, worker.isGreeting, worker.loading, worker.isStopRequested,
                 indexOf(worker.running));
        for (const TaskNumber number : worker.queued)
            text.add(indexOf(number));
        text.end();
        for (const SimulatedReply &reply : worker.output) {
            const bool isOfTask = reply.kind >= SimulatedReply::Kind::Started;
            text.add(reply.kind, isOfTask ? indexOf(reply.number) : 0, reply.outcome);
        }
        text.end();
    }
    return text.take();
}
