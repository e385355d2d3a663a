// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/runs/comparison.h>

namespace Fanfare {

/// What was not alike about the runs of \a comparison: the machine, the build, what was played, the
/// queue, and the plugins of the handlers that ran on both sides, each plugin once. What files of
/// older versions do not say is told as not known. [any]
std::vector<EnvironmentDifference> compareEnvironments(const Comparison &comparison);

/// How a run queues, in words: "1000000"; "not recorded" by versions that did not. [any]
QString queueBoundWords(const RunInfo &info);
QString fullPolicyWords(const RunInfo &info); ///< "block", or "not recorded"

} // namespace Fanfare
