// SPDX-License-Identifier: MIT
#include "logfilter.h"

namespace Fanfare {

void LogFilter::setText(const QString &text)
{
    m_text = text;
    m_expression.reset();
    const bool isExpression = text.size() > 2 && text.startsWith(u'/') && text.endsWith(u'/');
    if (isExpression) {
        m_expression = QRegularExpression(text.mid(1, text.size() - 2),
                                          QRegularExpression::CaseInsensitiveOption);
    }
}

QString LogFilter::problem() const
{
    if (!m_expression || m_expression->isValid())
        return {};
    return tr("The expression is wrong at character %1: %2.")
        .arg(m_expression->patternErrorOffset() + 1)
        .arg(m_expression->errorString());
}

bool LogFilter::matches(const QString &text) const
{
    if (!m_expression || m_text.isEmpty())
        return text.contains(m_text, Qt::CaseInsensitive);
    return !m_expression->isValid() || m_expression->match(text).hasMatch();
}

bool LogFilter::accepts(const LogLine &line, quint64 number) const
{
    return number >= m_first && isShown(line.level) && (!m_task || line.task == *m_task)
        && (!m_times || (line.time >= m_times->from && line.time <= m_times->to));
}

bool LogFilter::operator==(const LogFilter &other) const
{
    return m_text == other.m_text && m_handler == other.m_handler && m_levels == other.m_levels
        && m_task == other.m_task && m_times == other.m_times && m_first == other.m_first;
}

} // namespace Fanfare
