// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/runs/comparison.h>

namespace Fanfare {

/// What was not alike about the runs of \a comparison: the machine, the build, what was played, the
/// queue, and the plugins of the handlers that ran on both sides, each plugin once. What files of
/// older versions do not say is told as not known. [any]
std::vector<EnvironmentDifference> compareEnvironments(const Comparison &comparison);

/// In which versions and builds of a plugin the handlers of both sides ran.
struct PluginListing
{
    QString id;
    QString a; ///< "1.0 (build 1a2b3c4d5e6f)"; empty: none of its handlers ran there
    QString b;
};

/// The plugins of \a comparison, by id. [any]
std::vector<PluginListing> pluginsOf(const Comparison &comparison);

/// How a run queues, in words: "1000000"; "not recorded" by versions that did not. [any]
QString queueBoundWords(const RunInfo &info);
QString fullPolicyWords(const RunInfo &info); ///< "block", or "not recorded"

} // namespace Fanfare
