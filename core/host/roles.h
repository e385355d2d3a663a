// SPDX-License-Identifier: MIT
#pragma once

namespace Fanfare {

/// What fanfare-host can be. Each gets the command line of the process and returns its exit code.
/// The second argument is the process id of the one that started it.
int runEngine(int argc, char **argv);
int runProbe(int argc, char **argv); ///< the third argument is the plugin file
/// The third and fourth argument are the descriptors of the crash note and of the memory for
/// payloads, -1 for none. With options instead it is a host of a cluster, see clusteragentrole.h.
int runWorker(int argc, char **argv);

} // namespace Fanfare
