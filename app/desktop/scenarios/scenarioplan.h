// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/engine/roundplayer.h>
#include <fanfare/runs/scenario.h>

namespace Fanfare {

/// The commands for the emissions of \a steps, checked against \a catalog: every event has a
/// handler, and its fields fit. Errors: NotFound, InvalidArgument, with the event named. [any]
Result<ScenarioPlan> planOf(const std::vector<ScenarioStep> &steps, const CatalogFact &catalog);

QString emissionsText(const Scenario &scenario); ///< "1 emission", "40 emissions"

} // namespace Fanfare
