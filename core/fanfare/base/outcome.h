// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

#include <optional>

namespace Fanfare {

/// How a task ended. Every accepted task ends in exactly one of these.
enum class Outcome : quint8 {
    Succeeded,   ///< the handler returned
    Failed,      ///< the handler threw
    Crashed,     ///< the process it ran in died
    TimedOut,    ///< its deadline passed
    Canceled,    ///< canceled before or while it ran
    Rejected,    ///< never started: queue full, no worker, plugin gone
    Quarantined, ///< never started again: it crashed too often
    Interrupted, ///< found unfinished at the next start
};

inline constexpr int outcomeCount = 8;

/// The stable name of \a outcome, as written to files and JSON: "Succeeded", "Failed" ...
QString outcomeName(Outcome outcome);

/// The outcome called \a name, or nothing.
std::optional<Outcome> outcomeFromName(const QString &name);

/// What a handler that failed said: the type of what it threw and its text.
struct TaskError
{
    QString type; ///< for instance "std::runtime_error"; "unknown" when it was no std::exception
    QString what;

    bool isEmpty() const { return type.isEmpty() && what.isEmpty(); }
};

} // namespace Fanfare
