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
    , m_parts{{0, 0, std::move(recipe)}}
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

void CommandAccount::setRecipe(Recipe recipe)
{
    Part &last = m_parts.back();
    if (m_hasEnded)
        return;
    if (recipe.subscribers == last.recipe.subscribers || last.emission == m_accepted)
        last.recipe = std::move(recipe);
    else
        m_parts.push_back({m_accepted, last.firstTaskOf(m_accepted), std::move(recipe)});
}

quint64 CommandAccount::acceptedTasks() const
{
    return m_parts.back().firstTaskOf(m_accepted);
}

const CommandAccount::Part &CommandAccount::partOf(quint64 emission) const
{
    const auto isBehind = [](quint64 index, const Part &part) { return index < part.emission; };
    return *std::prev(std::upper_bound(m_parts.begin(), m_parts.end(), emission, isBehind));
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
    const quint64 emission = Fanfare::number(task.emission) - m_first;
    return partOf(emission).firstTaskOf(emission) + task.index;
}

SubscriberId CommandAccount::subscriberOf(const TaskId &task) const
{
    if (!contains(task.emission))
        return {};
    const auto &subscribers = partOf(Fanfare::number(task.emission) - m_first).recipe.subscribers;
    return task.index < subscribers.size() ? subscribers[task.index] : SubscriberId();
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
    for (size_t i = 0; i < m_parts.size(); ++i)
        appendOpen(m_parts[i], i + 1 < m_parts.size() ? m_parts[i + 1].task : acceptedTasks(),
                   open);
}

/// Of the tasks of \a part, up to but without \a end.
void CommandAccount::appendOpen(const Part &part, quint64 end, QList<OpenTask> &open) const
{
    const size_t width = part.recipe.subscribers.size();
    for (quint64 task = std::max(part.task, m_finished.completeEnd()); task < end; ++task) {
        if (m_finished.contains(task))
            continue;
        const quint64 emission = part.emission + (task - part.task) / width;
        const quint64 index = (task - part.task) % width;
        OpenTask one;
        one.task = {EmissionId(m_first + emission), quint16(index)};
        one.subscriber = part.recipe.subscribers[index];
        one.event = part.recipe.event;
        one.queued = queuedTime(emission);
        open.append(one);
    }
}

} // namespace Fanfare
