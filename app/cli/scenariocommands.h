// SPDX-License-Identifier: MIT
#pragma once

#include "cli/request.h"

#include <fanfare/engine/roundplayer.h>

namespace Fanfare::Cli {

/// The commands that make the emissions of \a steps, checked against \a catalog: every event
/// exists, and its fields fit. Errors: NotFound, InvalidArgument, with the event named.
Result<ScenarioPlan> planOf(const std::vector<ScenarioStep> &steps, const CatalogFact &catalog);

/// The same as all that `fanfare-cli emit --plan` emits.
Result<Request> planRequest(const std::vector<ScenarioStep> &steps, const CatalogFact &catalog);

} // namespace Fanfare::Cli
