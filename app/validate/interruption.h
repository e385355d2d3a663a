// SPDX-License-Identifier: MIT
#pragma once

namespace Fanfare::Validate {

/// From now on Ctrl+C and SIGTERM only set a mark, so that child processes and scratch folders can
/// be cleaned up. Child processes are not affected. [owner]
void noteInterruptions();

/// Whether the user wants to stop. [any]
bool isInterrupted();

} // namespace Fanfare::Validate
