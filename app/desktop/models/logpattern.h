// SPDX-License-Identifier: MIT
#pragma once

#include <QCoreApplication>
#include <QRegularExpression>
#include <QString>

#include <optional>

namespace Fanfare {

/// What a text is to contain: plain text, or a regular expression between slashes:
/// "/time(d)? out/". Case does not matter.
///
/// Threads: [gui].
class LogPattern
{
    Q_DECLARE_TR_FUNCTIONS(Fanfare::LogPattern)

public:
    LogPattern() = default;
    explicit LogPattern(const QString &text);

    const QString &text() const { return m_text; }
    bool isEmpty() const { return m_text.isEmpty(); }
    bool isValid() const { return !m_expression || m_expression->isValid(); }
    QString problem() const; ///< one sentence; empty when the text is understood

    /// Everything contains an empty text, nothing an expression that is not valid.
    bool matches(const QString &text) const;

private:
    QString m_text;
    std::optional<QRegularExpression> m_expression;
};

} // namespace Fanfare
