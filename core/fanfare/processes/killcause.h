// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

namespace Fanfare {

/// Why the supervisor killed a worker; None when it did not.
enum class KillCause : std::uint8_t {
    None,
    Deadline,     ///< the task ran longer than it may
    Cancel,       ///< the task was canceled and did not stop
    Memory,       ///< the task took more memory than it may
    Protocol,     ///< what the worker said could not be understood
    Flooding,     ///< the worker wrote more than anybody could read
    Start,        ///< it did not get ready in time
    Load,         ///< it did not load a plugin in time
    Silence,      ///< it closed its pipe and went on running
    Unresponsive, ///< it did not answer, and had nothing to lose
    Drain,        ///< it was asked to leave and did not
    Shutdown,     ///< nobody waits for it any more
};

} // namespace Fanfare
