// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/engine/commandaccount.h>
#include <fanfare/engine/flightlog.h>

#include <functional>
#include <map>

namespace Fanfare {

/// The books of a client about one engine: every command it sent, and every task of it that is not
/// yet reported. When the engine is gone, they say what was lost, to the last task.
///
/// Threads: [owner].
class TaskAccount
{
public:
    /// What an engine that died has left behind.
    struct Losses
    {
        QList<CommandFact> interrupted; ///< commands that were not reported as ended
        QList<OpenTask> lost;
        quint64 neverEmitted = 0;
    };

    /// Opens the account of a command with the emissions \a first and following.
    void add(quint64 command, EmissionId first, quint64 count, Recipe recipe, qint64 now);

    void setAccepted(quint64 command, quint64 emissions, qint64 time);
    void setEnded(const CommandFact &fact, qint64 time);
    void setFinished(const std::vector<SpanRecord> &spans, size_t from);

    /// The receivers of events are others from now on, for emissions that are not accepted yet.
    void setRecipes(const std::function<Recipe(const QString &event)> &recipeOf);
    void setAllFinished(); ///< the engine says that nothing is open

    /// Keeps \a live, which knows times that this object does not.
    void setLive(const LiveSample &live) { m_live = live; }

    void closeSettled(); ///< forgets commands of which everything was reported

    SubscriberId subscriberOf(const TaskId &task) const; ///< 0 when it is not known (any more)
    bool isEmpty() const { return m_commands.empty(); }

    /// Closes all accounts. \a flight is what the engine noted last; null when there is nothing.
    Losses closeAll(const FlightLog *flight, qint64 now);

private:
    CommandAccount *find(quint64 command);
    CommandAccount *accountOf(EmissionId emission);
    void readFlight(const FlightLog &flight, qint64 now);
    void setReached(EmissionId emission, qint64 now);
    void addTimes(QList<OpenTask> &lost, const FlightLog *flight) const;

    std::map<quint64, CommandAccount> m_commands; // by number of the first emission
    std::map<quint64, quint64> m_firsts;          // command -> number of its first emission
    LiveSample m_live;
};

} // namespace Fanfare
