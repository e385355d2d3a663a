// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/base/result.h>

#include <QHash>
#include <QStringList>

#include <optional>

namespace Fanfare::Cli {

/// A command line cut into words and options, none of them understood yet.
struct CommandLine
{
    QString verb;                       ///< the first word; empty without one
    QStringList words;                  ///< those after the verb
    QHash<QString, QStringList> values; ///< option ("--count") -> its values, in order
    bool wantsHelp = false;
    bool wantsVersion = false;

    bool has(const QString &option) const { return values.contains(option); }
    QString value(const QString &option) const { return values.value(option).value(0); }

    /// The value of \a option, or nothing when it is no whole number from 1 to \a most.
    std::optional<quint64> whole(const QString &option, quint64 most) const;

    /// The value of \a option, or nothing when it is no finite number above 0.
    std::optional<double> positive(const QString &option) const;
};

/// Cuts \a arguments, which are without the name of the program. `--option value` and
/// `--option=value` are the same; after `--` everything is a word. Refuses options that do not
/// exist or do not belong to the verb, missing and repeated values.
Result<CommandLine> splitCommandLine(const QStringList &arguments);

} // namespace Fanfare::Cli
