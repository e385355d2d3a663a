// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/engine/engineoptions.h>
#include <fanfare/engine/facts.h>
#include <fanfare/runs/runinfo.h>

namespace Fanfare {

/// What the facts of an engine mean in a run file. [any]

/// The handlers and events of active plugins: what spans of an engine with \a catalog mean.
RunNames namesOf(const CatalogFact &catalog);

/// The same back: a catalog that gives the spans of a finished run their names. Nothing in it can
/// be emitted to.
CatalogFact catalogOf(const RunNames &names);

/// The task that certainly ended the engine, or else all that may have.
std::vector<TaskId> culpritTasks(const EngineEndFact &end);

/// What is known of a run before it begins: a new id, where it runs, on which machine and with
/// which build. Reads some files below /proc.
RunInfo newRunInfo(const EngineOptions &engine);

/// "threads", "processes", "cluster" or "inline": RunInfo::executor.
QString executorName(ExecutorKind kind);

/// "20260314-150926-1a2b3c4d.ffrun": how the file of \a info is called in a folder of runs.
QString runFileName(const RunInfo &info);

} // namespace Fanfare
