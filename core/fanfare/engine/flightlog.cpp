// SPDX-License-Identifier: MIT
#include "fanfare/engine/flightlog.h"

namespace Fanfare {

FlightCommands::FlightCommands(std::span<FlightCommand> entries)
{
    for (FlightCommand &entry : entries)
        m_free.push_back({&entry, 0});
}

FlightCommand *FlightCommands::take(quint64 command, quint64 written)
{
    if (m_free.empty() || m_free.front().sent > written)
        return nullptr;
    FlightCommand *const entry = m_free.front().entry;
    m_free.pop_front();
    entry->command.store(0, std::memory_order_relaxed); // never the old number with the new count
    entry->accepted.store(0, std::memory_order_release);
    entry->command.store(command, std::memory_order_release);
    return entry;
}

void FlightCommands::release(FlightCommand *entry, quint64 sent)
{
    m_free.push_back({entry, sent});
}

} // namespace Fanfare
