// SPDX-License-Identifier: MIT
#include "fanfare/engine/taskaccount.h"

#include <unordered_map>
#include <utility>

namespace Fanfare {

void TaskAccount::add(quint64 command, EmissionId first, quint64 count, Recipe recipe, qint64 now)
{
    const quint64 start = number(first);
    m_commands.try_emplace(start, command, start, count, std::move(recipe), now);
    m_firsts.emplace(command, start);
}

CommandAccount *TaskAccount::find(quint64 command)
{
    const auto first = m_firsts.find(command);
    return first == m_firsts.end() ? nullptr : &m_commands.at(first->second);
}

CommandAccount *TaskAccount::accountOf(EmissionId emission)
{
    auto next = m_commands.upper_bound(number(emission));
    if (next == m_commands.begin())
        return nullptr;
    CommandAccount &account = std::prev(next)->second;
    return account.contains(emission) ? &account : nullptr;
}

void TaskAccount::setAccepted(quint64 command, quint64 emissions, qint64 time)
{
    if (CommandAccount *account = find(command))
        account->setAccepted(emissions, time);
}

void TaskAccount::setEnded(const CommandFact &fact, qint64 time)
{
    if (CommandAccount *account = find(fact.command))
        account->setEnded(fact, time);
}

void TaskAccount::setFinished(const std::vector<SpanRecord> &spans, size_t from)
{
    CommandAccount *account = nullptr; // most spans belong to the command of the one before
    for (size_t i = from; i < spans.size(); ++i) {
        if (!account || !account->contains(spans[i].task.emission))
            account = accountOf(spans[i].task.emission);
        if (account)
            account->setFinished(spans[i].task);
    }
}

void TaskAccount::setRecipes(const std::function<Recipe(const QString &)> &recipeOf)
{
    for (auto &[first, account] : m_commands) {
        if (!account.hasEnded())
            account.setRecipe(recipeOf(account.event()));
    }
}

void TaskAccount::setAllFinished()
{
    for (auto &[first, account] : m_commands)
        account.setAllFinished();
}

void TaskAccount::closeSettled()
{
    std::erase_if(m_commands, [this](const auto &entry) {
        if (!entry.second.isSettled())
            return false;
        m_firsts.erase(entry.second.number());
        return true;
    });
}

SubscriberId TaskAccount::subscriberOf(const TaskId &task) const
{
    const auto next = m_commands.upper_bound(number(task.emission));
    return next == m_commands.begin() ? SubscriberId() : std::prev(next)->second.subscriberOf(task);
}

/// A task of \a emission was seen, so the emission was accepted, and so were those before it.
void TaskAccount::setReached(EmissionId emission, qint64 now)
{
    auto next = m_commands.upper_bound(number(emission));
    if (next == m_commands.begin())
        return;
    const auto entry = std::prev(next);
    if (entry->second.contains(emission))
        entry->second.setAccepted(number(emission) - entry->first + 1, now);
}

void TaskAccount::readFlight(const FlightLog &flight, qint64 now)
{
    for (const FlightCommand &entry : flight.commands) {
        if (CommandAccount *account = find(entry.command.load()))
            account->setAccepted(entry.accepted.load(), now);
    }
    // The engine dies between accepting an emission and noting it: then its tasks tell.
    setReached(EmissionId(flight.culpritEmission.load()), now);
    for (const FlightSlot &slot : flight.slots) {
        if (const auto open = slot.read())
            setReached(open->task.emission, now);
    }
}

/// Replaces guessed times by those that the engine noted or sampled.
void TaskAccount::addTimes(QList<OpenTask> &lost, const FlightLog *flight) const
{
    std::unordered_map<TaskId, OpenTask> known;
    for (const OpenTask &open : m_live.queued)
        known[open.task] = open;
    for (const OpenTask &open : m_live.running)
        known[open.task] = open;
    for (size_t i = 0; flight && i < FlightLog::slotCount; ++i) {
        if (const auto open = flight->slots[i].read())
            known[open->task] = *open;
    }
    for (OpenTask &open : lost) {
        const auto entry = known.find(open.task);
        if (entry != known.end())
            open = entry->second;
    }
}

TaskAccount::Losses TaskAccount::closeAll(const FlightLog *flight, qint64 now)
{
    if (flight)
        readFlight(*flight, now);
    Losses losses;
    for (auto &[first, account] : m_commands) {
        if (!account.hasEnded())
            losses.interrupted.append(
                {account.number(), account.acceptedCount(), account.acceptedTasks(), {}});
        losses.neverEmitted += account.notAcceptedCount();
        account.appendOpen(losses.lost);
    }
    addTimes(losses.lost, flight);
    m_commands.clear();
    m_firsts.clear();
    m_live = {};
    return losses;
}

} // namespace Fanfare
