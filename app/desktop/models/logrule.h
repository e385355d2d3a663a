// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/tints.h"
#include "logpattern.h"

#include <fanfare/base/result.h>
#include <fanfare/trace/records.h>

#include <QByteArray>
#include <QJsonArray>
#include <QList>

#include <optional>
#include <vector>

namespace Fanfare {

/// Gives the lines of a log that are alike a background, so that they stand out.
struct LogRule
{
    QString text;                  ///< as LogPattern has it; empty: any
    std::optional<LogLevel> level; ///< nothing: any
    QString source;                ///< what emission, handler or worker contain; empty: any
    Tint tint = Tint::Yellow;

    /// It asks for nothing and so applies to no line: the user is not through with it.
    bool isEmpty() const { return text.isEmpty() && !level && source.isEmpty(); }
    bool operator==(const LogRule &other) const = default;
};

/// The rules of a log, ready to be asked for many lines. Of those that apply to a line the first
/// one counts.
///
/// Threads: [gui].
class LogRules
{
public:
    static constexpr qsizetype maximumCount = 32; ///< further ones are left out

    LogRules() = default;
    explicit LogRules(const QList<LogRule> &rules);

    const QList<LogRule> &list() const { return m_list; }
    bool isEmpty() const { return m_list.isEmpty(); }

    /// Nothing when no rule applies. \a source: what LogModel shows as the task of the line.
    std::optional<Tint> tintOf(LogLevel level, const QString &source, const QString &text) const;

private:
    QList<LogRule> m_list;
    std::vector<LogPattern> m_patterns; ///< of the rules
};

/// As settings have them: a JSON list of objects {"text", "level", "source", "tint"}. What cannot
/// be read is left out.
QByteArray toJson(const QList<LogRule> &rules);
QList<LogRule> logRulesFrom(const QByteArray &json);

/// The same for a file of preferences, in which nothing is left out: InvalidArgument with the place
/// of the first that cannot be read.
QJsonArray toJsonArray(const QList<LogRule> &rules);
Result<QList<LogRule>> readLogRules(const QJsonValue &value);

} // namespace Fanfare
