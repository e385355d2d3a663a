// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/base/result.h>
#include <fanfare/engine/facts.h>
#include <fanfare/runs/scenario.h>

#include <vector>

namespace Fanfare {

/// A scenario as commands for an engine.
struct ScenarioPlan
{
    std::vector<EmitCommand> commands;
    quint64 tasks = 0; ///< that they make
};

/// The commands for the emissions of \a steps, checked against \a catalog: every event has a
/// handler, and its fields fit. Errors: NotFound, InvalidArgument, with the event named. [any]
Result<ScenarioPlan> planOf(const std::vector<ScenarioStep> &steps, const CatalogFact &catalog);

} // namespace Fanfare
