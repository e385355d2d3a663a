// SPDX-License-Identifier: MIT
#pragma once

namespace Fanfare {

/// The role "guard": cleans up behind the workers of one pool, see PoolGuard. Standard input
/// carries GuardMessages; its end is the end of the pool, or of the process it belonged to.
int runGuard(int argc, char **argv);

} // namespace Fanfare
