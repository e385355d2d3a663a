// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/base/result.h>
#include <fanfare/sdk/arguments.h>

#include <QByteArray>
#include <QJsonValue>
#include <QString>
#include <QStringList>

#include <chrono>
#include <vector>

namespace Fanfare {

/// One entry of "emissions": the same event, some times.
struct ScenarioPart
{
    QString event;
    quint64 count = 1;       ///< emissions, 1 to 1,000,000
    double rate = 0;         ///< emissions a second; 0: as fast as the queue takes them
    quint32 concurrency = 0; ///< of these emissions; 0: that of the scenario
    std::chrono::milliseconds taskDeadline{0}; ///< as of EmitCommand
    std::chrono::nanoseconds pause{}; ///< before the first one, up to a day; not in a mixed order
    QJsonValue arguments;             ///< positional ones, a list, or undefined
    QJsonValue named;                 ///< an object, or undefined
    QJsonValue fields;                ///< of a typed event, an object, or undefined
};

enum class ScenarioOrder : quint8 {
    Sequence, ///< one part after the other
    Mixed,    ///< all emissions of all parts in a random order that the seed decides
};

/// A list of emissions to be played, the same every time. Written as JSON:
///
/// ```json
/// {
///     "scenario": 1,
///     "name": "one lock",
///     "seed": 7,
///     "warmUpMs": 200,
///     "deadlineMs": 60000,
///     "concurrency": 8,
///     "order": "mixed",
///     "emissions": [
///         {"event": "Sleep", "count": 100, "rate": 50, "fields": {"ms": {"$range": [1, 20]}}},
///         {"event": "FileAdded", "count": 40, "fields": {"path": {"$files": "pictures"}}}
///     ]
/// }
/// ```
///
/// An entry may say "pauseMs", the time to wait before it: what is recorded keeps its timing so. It
/// may have a "concurrency" of its own, too, and "taskDeadlineMs", after which each of its tasks is
/// stopped, in place of the deadlines of event and handler.
/// Only "scenario" (the version, 1) and "emissions" with an "event" each must be there. A value
/// anywhere in "arguments", "named" or "fields" may be made anew for each emission:
///
/// | value | becomes |
/// |---|---|
/// | {"$range": [from, to]} | a random number, whole when both are; both ends are possible |
/// | {"$pick": [value, ...]} | one of the values at random |
/// | {"$cycle": [value, ...]} | the values in turn |
/// | {"$files": "folder"} | the files in the folder and below in turn, absolute, by name |
struct Scenario
{
    QString name;
    quint64 seed = 1;                  ///< up to 2^53
    std::chrono::nanoseconds warmUp{}; ///< tasks of that first time are not compared

    /// Of a round, from its first emission: what has not finished then is canceled. 0: none.
    std::chrono::nanoseconds deadline{};

    /// A closed loop: an emission waits until fewer than so many of the round are open, 1 to
    /// 100,000; 0: it does not wait for others.
    quint32 concurrency = 0;
    ScenarioOrder order = ScenarioOrder::Sequence;
    std::vector<ScenarioPart> parts;
    QByteArray source; ///< the JSON it was read from
    QString folder;    ///< what relative paths in it start from
    QString file = {}; ///< that it was read from, for what is said of it; may be empty

    quint64 emissions() const;
};

/// Reads a scenario. Errors, each with the path of what is wrong, such as "emissions[2].count":
/// InvalidArgument for no JSON, an unknown or missing key, a value of another type or outside its
/// limits; Unsupported for another version.
Result<Scenario> parseScenario(const QByteArray &json, const QString &folder);

/// parseScenario() of a file of at most 16 MiB. Further error: Unreadable. [any], blocks.
Result<Scenario> readScenario(const QString &path);

/// Some emissions of the same event, in their order: what a player asks for at once.
struct ScenarioStep
{
    QString event;
    QList<Arguments> arguments; ///< emission k carries arguments[k % size]; never empty
    quint64 count = 1;
    double rate = 0;
    quint32 concurrency = 0;                   ///< as of EmitCommand
    std::chrono::milliseconds taskDeadline{0}; ///< likewise
    std::chrono::nanoseconds pause{}; ///< before the first one, after the step before was accepted
    QString file = {};                ///< Scenario::file
    QList<quint32> entries = {};      ///< of "emissions", that each of \c arguments comes from

    /// "locks.json: emissions[2]": where arguments[\a index] are written.
    QString placeOf(qsizetype index) const;

    bool operator==(const ScenarioStep &other) const = default;
};

/// All emissions of \a scenario, in the order in which they are to be made: the same for the same
/// seed, on every machine. Error: NotFound for a value that cannot be made, such as the files of a
/// folder that is missing or has none, with the file and the path of the value: "locks.json:
/// emissions[2].fields.path: There are no files ...". O(emissions) for what is made anew.
Result<std::vector<ScenarioStep>> stepsOf(const Scenario &scenario);

} // namespace Fanfare
