// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/base/ids.h>
#include <fanfare/sdk/context.h>

#include <QJsonArray>
#include <QJsonObject>
#include <QStringList>

#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <set>
#include <tuple>
#include <vector>

namespace Fanfare::Conformance {

/// How the format names an emission: by what made it, "7" or "7/s1.success.0".
struct EmissionName
{
    QString name;
    int op = 0; ///< index of the top-level operation that caused it
};

/// Whose callback performs nested operations.
struct Performer
{
    EmissionName emission;
    QString subscriber;
    QString phase; ///< "event", "success", "failure"

    /// The name of an emission that the operation at \a index makes.
    EmissionName emissionMadeBy(int index) const;
};

/// The call of a handler, wherever it runs.
struct HandlerCall
{
    quint64 emission = 0; ///< id under which it was emitted
    int task = 0;         ///< index in the emission
    QString subscriber;
    QJsonArray arguments;
    QJsonObject named;
};

/// What happened in one scenario, in the words of the format. Breaches of what must always hold,
/// and limits that passed, are collected as problems.
///
/// Threads: [any, locks].
class Journal
{
public:
    /// The id under which the emission called \a name is to be emitted.
    EmissionId openEmission(const EmissionName &name);

    /// Records \a call. The performer, and which call of its subscriber it is, from 1.
    std::pair<Performer, int> addHandlerCall(const HandlerCall &call);

    /// Records the call of a success or failure callback.
    Performer addCallbackCall(const Context &context, const QString &phase, const QString &via,
                              const QJsonArray &arguments);

    void addNested(const Performer &performer, int index, const QJsonObject &result);
    void addProblem(const QString &text);

    /// Counts the executions of one position of nested operations; true for the first \a times.
    bool mayPerform(const Performer &performer, int index, int times);

    int callCount(const QString &subscriber, const QString &phase) const;

    /// False when \a subscriber was not called \a count times within \a limit. [blocks]
    bool awaitCalls(const QString &subscriber, int count, std::chrono::seconds limit);

    std::vector<QJsonObject> calls() const;
    std::vector<QJsonObject> nested() const;
    QStringList order() const; ///< emissions as they started

    /// The same for handlers in other processes: \a started are the times at which tasks started,
    /// by the clock of the machine, with the ids of their emissions.
    QStringList order(std::vector<std::pair<qint64, quint64>> started) const;
    QStringList problems() const;

private:
    using TaskKey = std::pair<quint64, int>; // emission id, index of the task
    struct Task
    {
        QString subscriber;
        bool hasEnded = false;
    };

    Performer performer(quint64 emission, const QString &subscriber, const QString &phase) const;
    void addCall(const Performer &performer, QJsonObject call);

    mutable std::mutex m_mutex;
    std::condition_variable m_called;
    std::vector<EmissionName> m_emissions; // guarded by m_mutex, as all below; of id index + 1
    std::map<TaskKey, Task> m_tasks;
    std::set<quint64> m_startedIds;
    std::map<std::pair<QString, QString>, int> m_counts;          // subscriber, phase
    std::map<std::tuple<QString, QString, int>, int> m_performed; // and index
    std::vector<QJsonObject> m_calls;
    std::vector<QJsonObject> m_nested;
    QStringList m_order;
    QStringList m_problems;
};

} // namespace Fanfare::Conformance
