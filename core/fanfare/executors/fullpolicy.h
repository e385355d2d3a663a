// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

namespace Fanfare {

/// What an executor does with an emission whose tasks do not fit below the bound of its queue.
enum class FullPolicy : quint8 {
    Reject,     ///< refuses it: QueueFull
    Block,      ///< waits for room, at most a given time; refuses it then
    DropOldest, ///< ends the oldest queued tasks as Rejected to make room
};

} // namespace Fanfare
