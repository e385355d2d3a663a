// SPDX-License-Identifier: MIT
#include "fanfare/engine/commandaccount.h"

#include <algorithm>
#include <utility>

namespace Fanfare {

static constexpr size_t maximumCheckpoints = 1024; ///< 17 s at 60 a second

CommandAccount::CommandAccount(quint64 number, quint64 first, quint64 count, Recipe recipe,
                               qint64 sent)
    : m_number(number)
    , m_first(first)
    , m_count(count)
    , m_recipe(std::move(recipe))
    , m_checkpoints{{0, sent}}
{
}

void CommandAccount::setAccepted(quint64 emissions, qint64 time)
{
    emissions = std::min(emissions, m_count);
    if (emissions <= m_accepted)
        return;
    m_accepted = emissions;
    m_checkpoints.push_back({emissions, time});
    if (m_checkpoints.size() > maximumCheckpoints)
        m_checkpoints.pop_front();
}

void CommandAccount::setEnded(const CommandFact &fact, qint64 time)
{
    setAccepted(fact.emissions, time);
    m_hasEnded = true;
}

bool CommandAccount::setFinished(const TaskId &task)
{
    return Fanfare::number(subscriberOf(task)) != 0 && m_finished.add(taskNumber(task));
}

void CommandAccount::setAllFinished()
{
    m_areAllFinished = true;
}

bool CommandAccount::contains(EmissionId emission) const
{
    const quint64 id = Fanfare::number(emission);
    return id >= m_first && id - m_first < m_count;
}

quint64 CommandAccount::taskNumber(const TaskId &task) const
{
    return (Fanfare::number(task.emission) - m_first) * m_recipe.subscribers.size() + task.index;
}

SubscriberId CommandAccount::subscriberOf(const TaskId &task) const
{
    if (!contains(task.emission) || task.index >= m_recipe.subscribers.size())
        return {};
    return m_recipe.subscribers[task.index];
}

bool CommandAccount::isSettled() const
{
    return m_hasEnded && (m_areAllFinished || m_finished.count() >= acceptedTasks());
}

/// The time of the first look at which \a emission had been accepted: at most a frame too late.
qint64 CommandAccount::queuedTime(quint64 emission) const
{
    const auto isBefore = [](const Checkpoint &point, quint64 index) {
        return point.accepted <= index;
    };
    const auto point =
        std::lower_bound(m_checkpoints.begin(), m_checkpoints.end(), emission, isBefore);
    return point == m_checkpoints.end() ? m_checkpoints.back().time : point->time;
}

void CommandAccount::appendOpen(QList<OpenTask> &open) const
{
    if (m_areAllFinished)
        return;
    const size_t width = m_recipe.subscribers.size();
    for (quint64 task = m_finished.completeEnd(); task < acceptedTasks(); ++task) {
        if (m_finished.contains(task))
            continue;
        OpenTask one;
        one.task = {EmissionId(m_first + task / width), quint16(task % width)};
        one.subscriber = m_recipe.subscribers[task % width];
        one.event = m_recipe.event;
        one.queued = queuedTime(task / width);
        open.append(one);
    }
}

} // namespace Fanfare
