// SPDX-License-Identifier: MIT
#include "desktop/models/rundetails.h"

#include <QCborArray>
#include <QCborMap>

namespace Fanfare {

static qint64 bytesOf(const QCborValue &value)
{
    constexpr qint64 element = 16; // what QtCbor keeps for each element
    if (value.isByteArray())
        return element + value.toByteArray().size();
    if (value.isString())
        return element + value.toString().size() * 2;
    qint64 bytes = element;
    if (value.isArray()) {
        for (const QCborValue item : value.toArray())
            bytes += bytesOf(item);
    } else if (value.isMap()) {
        for (const auto item : value.toMap())
            bytes += bytesOf(item.first) + bytesOf(item.second);
    }
    return bytes;
}

static qint64 bytesOf(const TaskDetail &detail)
{
    return bytesOf(detail.result)
        + (detail.error.type.size() + detail.error.what.size() + detail.reason.size()) * 2;
}

void RunDetails::add(const TaskDetail &detail)
{
    if (!m_details.insert_or_assign(detail.task, detail).second)
        return; // counted when it came first; a task has one detail
    m_order.emplace_back(detail.task, bytesOf(detail));
    m_bytes += m_order.back().second;
    while (m_order.size() > maximumCount || (m_bytes > maximumBytes && m_order.size() > 1))
        forgetOldest();
}

void RunDetails::append(const RunDetails &newer)
{
    m_forgotten += newer.m_forgotten;
    for (const auto &[task, bytes] : newer.m_order) {
        if (const std::optional<TaskDetail> detail = newer.find(task))
            add(*detail);
    }
}

void RunDetails::forgetOldest()
{
    m_details.erase(m_order.front().first);
    m_bytes -= m_order.front().second;
    m_order.pop_front();
    ++m_forgotten;
}

void RunDetails::clear()
{
    *this = RunDetails();
}

std::optional<TaskDetail> RunDetails::find(TaskId task) const
{
    const auto found = m_details.find(task);
    if (found == m_details.end())
        return std::nullopt;
    return found->second;
}

static qint64 bytesOf(const LogLine &line)
{
    constexpr qint64 header = 24; // what QtCore keeps before a text
    return qint64(sizeof(LogLine)) + header + line.text.capacity() * 2;
}

void RunLog::add(const LogLine &line)
{
    m_lines.push_back(line);
    m_bytes += bytesOf(line);
    while (m_lines.size() > maximumLines || (m_bytes > maximumBytes && m_lines.size() > 1)) {
        m_bytes -= bytesOf(m_lines.front());
        m_lines.pop_front();
        ++m_forgotten;
    }
}

/// What \a newer has forgotten counts as forgotten here, too, though it was not the oldest.
void RunLog::append(const RunLog &newer)
{
    m_forgotten += newer.m_forgotten;
    for (const LogLine &line : newer.m_lines)
        add(line);
}

void RunLog::clear()
{
    *this = RunLog();
}

} // namespace Fanfare
