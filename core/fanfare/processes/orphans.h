// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/processes/runmark.h>

#include <functional>

namespace Fanfare {

/// Kills every process of this user whose mark \a isWanted, and what these start meanwhile; never
/// the calling one. Returns how many. A look at all processes of the system costs some
/// milliseconds. [any, blocks]
int killMarked(const std::function<bool(const RunMark &)> &isWanted);

/// Kills what handlers of owners that are gone have left behind: what an owner and its guard could
/// not do any more, when somebody killed both. Returns how many there were. [any, blocks]
int killOrphans();

} // namespace Fanfare
