// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/engine/roundplayer.h>

namespace Fanfare {

/// The commands for the emissions of \a steps, checked against \a catalog: every event has a
/// handler, and its fields fit. Errors: NotFound, InvalidArgument, with the event named. [any]
Result<ScenarioPlan> planOf(const std::vector<ScenarioStep> &steps, const CatalogFact &catalog);

} // namespace Fanfare
