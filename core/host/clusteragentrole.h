// SPDX-License-Identifier: MIT
#pragma once

namespace Fanfare {

/// The role of a host of a cluster: "worker --broker URL ...", see `--help`. Runs until SIGTERM or
/// SIGINT, which let it finish what it runs; a second one ends it at once.
int runClusterAgent(int argc, char **argv);

} // namespace Fanfare
