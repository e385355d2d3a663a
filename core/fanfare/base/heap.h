// SPDX-License-Identifier: MIT
#pragma once

namespace Fanfare {

/// For a program that passes large arguments and results on: blocks from 8 MiB come from the system
/// and go back to it when they are freed. Otherwise the C library, once it has seen one of 16 MiB,
/// keeps twice as much for later in every thread that frees one. Call it first in main().
///
/// Threads: [any].
void returnLargeBlocks();

} // namespace Fanfare
