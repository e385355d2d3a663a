// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/base/result.h>

namespace Fanfare {

/// What an executor does with an emission whose tasks do not fit below the bound of its queue.
enum class FullPolicy : quint8 {
    Reject,     ///< refuses it: QueueFull
    Block,      ///< waits for room, at most a given time; refuses it then
    DropOldest, ///< ends the oldest queued tasks as Rejected to make room
};

/// True when the calling thread may wait for room: nobody's event loop runs on it. [any]
bool mayWaitForRoom();

/// The error of an emission that a queue of \a bound tasks has no room for: QueueFull.
Error queueFullError(size_t bound);

} // namespace Fanfare
