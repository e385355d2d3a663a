// SPDX-License-Identifier: MIT
#include "desktop/models/runarguments.h"

#include <QCborValue>

#include <algorithm>

namespace Fanfare {

static qint64 bytesOf(const Arguments &arguments)
{
    return QCborValue(arguments.positional).toCbor().size()
        + QCborValue(arguments.named).toCbor().size()
        + QCborValue(arguments.fields).toCbor().size();
}

void RunArguments::add(EmissionId first, const EmitCommand &command)
{
    Entry entry{number(first), command.count, command.arguments};
    for (const Arguments &arguments : command.arguments)
        entry.bytes += bytesOf(arguments);
    m_bytes += entry.bytes;
    m_entries.push_back(std::move(entry));
    while (m_entries.size() > maximumCommands || (m_bytes > maximumBytes && m_entries.size() > 1)) {
        m_bytes -= m_entries.front().bytes;
        m_entries.pop_front();
    }
}

std::optional<Arguments> RunArguments::find(EmissionId emission) const
{
    const auto isAfter = [](quint64 id, const Entry &entry) { return id < entry.first; };
    const auto next =
        std::upper_bound(m_entries.begin(), m_entries.end(), number(emission), isAfter);
    if (next == m_entries.begin())
        return {};
    const Entry &entry = *std::prev(next);
    const quint64 index = number(emission) - entry.first;
    if (index >= entry.count)
        return {};
    if (entry.arguments.isEmpty())
        return Arguments();
    return entry.arguments.at(qsizetype(index % quint64(entry.arguments.size())));
}

} // namespace Fanfare
