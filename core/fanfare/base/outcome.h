// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/base/outcomecode.h>

#include <QString>

#include <optional>

namespace Fanfare {

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
