// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/engine/facts.h>
#include <fanfare/engine/finishedset.h>

#include <deque>
#include <vector>

namespace Fanfare {

/// Who receives an event and how the event is called in records.
struct Recipe
{
    std::vector<SubscriberId> subscribers; ///< in order: the index of their tasks
    quint32 event = 0;                     ///< SpanRecord::event
    bool isKnown = false;  ///< some plugin describes it or some handler reacts to it
    QString name = {};     ///< of the event
    bool isEnabled = true; ///< false: the user wants nobody to emit it
};

/// What a client remembers of one command: how many of its emissions were accepted and which of
/// their tasks have ended. A task is (emission, index), with emissions numbered from \a first.
///
/// Threads: [owner].
class CommandAccount
{
public:
    CommandAccount(quint64 number, quint64 first, quint64 count, Recipe recipe, qint64 sent);

    void setAccepted(quint64 emissions, qint64 time); ///< never counts backwards
    void setEnded(const CommandFact &fact, qint64 time);
    void setRecipe(Recipe recipe);        ///< of the emissions that are not accepted yet
    bool setFinished(const TaskId &task); ///< false when it was known already
    void setAllFinished(); ///< the records of some were dropped; nothing is open any more

    quint64 number() const { return m_number; }
    bool contains(EmissionId emission) const;
    SubscriberId subscriberOf(const TaskId &task) const; ///< 0 when there is no such task
    quint64 acceptedCount() const { return m_accepted; }
    quint64 notAcceptedCount() const { return m_hasEnded ? 0 : m_count - m_accepted; }
    quint64 acceptedTasks() const;
    const QString &event() const { return m_parts.back().recipe.name; }
    bool hasEnded() const { return m_hasEnded; }
    bool isSettled() const; ///< ended, and so have all of its tasks

    /// The tasks that were accepted and have not ended, without the times that a sample knows.
    void appendOpen(QList<OpenTask> &open) const;

private:
    /// Emissions that have the same receivers: from \c emission on, to the next part.
    struct Part
    {
        quint64 emission = 0; // counted from 0, as the tasks
        quint64 task = 0;     // of that emission, the first
        Recipe recipe;

        quint64 firstTaskOf(quint64 index) const
        {
            return task + (index - emission) * recipe.subscribers.size();
        }
    };
    struct Checkpoint
    {
        quint64 accepted = 0;
        qint64 time = 0;
    };
    qint64 queuedTime(quint64 emission) const;
    quint64 taskNumber(const TaskId &task) const;
    const Part &partOf(quint64 emission) const;
    void appendOpen(const Part &part, quint64 end, QList<OpenTask> &open) const;

    const quint64 m_number;
    const quint64 m_first;
    const quint64 m_count;
    std::vector<Part> m_parts; // never empty
    quint64 m_accepted = 0;
    bool m_hasEnded = false;
    bool m_areAllFinished = false;
    FinishedSet m_finished;
    std::deque<Checkpoint> m_checkpoints; // to say about when an emission was queued
};

} // namespace Fanfare
