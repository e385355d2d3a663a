// SPDX-License-Identifier: MIT
#include "logpattern.h"

namespace Fanfare {

LogPattern::LogPattern(const QString &text)
    : m_text(text)
{
    const bool isExpression = text.size() > 2 && text.startsWith(u'/') && text.endsWith(u'/');
    if (isExpression) {
        m_expression = QRegularExpression(text.mid(1, text.size() - 2),
                                          QRegularExpression::CaseInsensitiveOption);
    }
}

QString LogPattern::problem() const
{
    if (isValid())
        return {};
    return tr("The expression is wrong at character %1: %2.")
        .arg(m_expression->patternErrorOffset() + 1)
        .arg(m_expression->errorString());
}

bool LogPattern::matches(const QString &text) const
{
    if (!m_expression)
        return text.contains(m_text, Qt::CaseInsensitive);
    return m_expression->isValid() && m_expression->match(text).hasMatch();
}

} // namespace Fanfare
