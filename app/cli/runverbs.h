// SPDX-License-Identifier: MIT
#pragma once

#include "cli/options.h"
#include "cli/output.h"

namespace Fanfare::Cli {

/// Where runs are kept: --runs, or the user's own folder.
QString runFolderOf(const Options &options);

/// The exit code of a comparison that found a slowdown beyond the threshold.
constexpr int regression = 3;

/// `fanfare-cli run`: plays a scenario, keeps the runs, compares the configurations in pairs with
/// the first. Needs a QCoreApplication and runs its event loop. Returns the exit code.
int runScenario(const Options &options, const EngineOptions &engine, Output &output);

/// `fanfare-cli compare`: two runs side by side. Returns the exit code.
int compareRunFiles(const Options &options, Output &output);

/// `fanfare-cli runs`: what is kept, the newest first. Returns the exit code.
int listRuns(const Options &options, Output &output);

/// `fanfare-cli export`: a run as a Chrome trace or a table. Returns the exit code.
int exportRun(const Options &options, Output &output);

/// `fanfare-cli import`: a Chrome trace becomes a run. Returns the exit code.
int importTrace(const Options &options, Output &output);

} // namespace Fanfare::Cli
