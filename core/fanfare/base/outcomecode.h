// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

namespace Fanfare {

/// How a task ended. Every accepted task ends in exactly one of these.
enum class Outcome : std::uint8_t {
    Succeeded,   ///< the handler returned
    Failed,      ///< the handler threw
    Crashed,     ///< the process it ran in died
    TimedOut,    ///< its deadline passed
    Canceled,    ///< canceled before or while it ran
    Rejected,    ///< never started: queue full, no worker, plugin gone
    Quarantined, ///< never started again: it crashed too often
    Interrupted, ///< found unfinished at the next start
};

inline constexpr int outcomeCount = 8;

} // namespace Fanfare
