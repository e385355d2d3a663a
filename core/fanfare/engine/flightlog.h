// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/trace/flightslot.h>

#include <array>
#include <atomic>
#include <deque>
#include <span>

namespace Fanfare {

/// How far a command has come.
struct FlightCommand
{
    std::atomic<quint64> command = 0;  ///< 0: free
    std::atomic<quint64> accepted = 0; ///< emissions, in the order of their numbers
};

/// The flight recorder of an engine: a file that the engine maps and that its client reads when
/// the engine has died. It holds what can be lost on the way through the pipe: how much of each
/// command was accepted, what runs, and what a signal hit. Plain stores, no locks; a file of zeros
/// is an empty flight log.
///
/// Threads: one thread of the engine writes the commands, every worker its slot, a signal handler
/// the rest. The client reads after the end.
struct FlightLog
{
    static constexpr size_t commandCount = 1024;
    static constexpr size_t slotCount = 257;      ///< 256 workers and the event loop
    static constexpr size_t lastWordsSize = 1024; ///< bytes

    std::atomic<qint32> signal = 0; ///< the one that ended the engine; 0: none was caught
    std::atomic<quint32> culpritIndex = 0;
    std::atomic<quint64> culpritEmission = 0; ///< the task on the thread that got it; 0: none
    std::atomic<quint64> faultAddress = 0;
    std::atomic<qint64> lastWordsTime = 0;       ///< of the last line written to standard error
    std::array<char, lastWordsSize> lastWords{}; ///< that line, UTF-8, ended by a zero byte
    std::array<FlightCommand, commandCount> commands;
    std::array<FlightSlot, slotCount> slots;
};

/// Gives the entries of a flight log to commands. An entry is used again only when the client is
/// sure to know how its command ended, that is when the report about it has left this process.
///
/// Threads: [owner].
class FlightCommands
{
public:
    explicit FlightCommands(std::span<FlightCommand> entries);

    /// A free entry, marked as that of \a command; null when there is none. \a written is the
    /// number of bytes that have left this process so far.
    FlightCommand *take(quint64 command, quint64 written);

    /// Gives \a entry back; it is free when \a sent bytes have left this process.
    void release(FlightCommand *entry, quint64 sent);

private:
    struct Free
    {
        FlightCommand *entry = nullptr;
        quint64 sent = 0;
    };
    std::deque<Free> m_free; // the first one is free first
};

} // namespace Fanfare
