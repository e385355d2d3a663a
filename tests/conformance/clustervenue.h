// SPDX-License-Identifier: MIT
#pragma once

#include "venue.h"

#include <fanfare/base/result.h>

namespace Fanfare::Conformance {

/// A cluster of this machine's own: one real broker, and for every scenario a new app and a new
/// host with as many workers as it asks for, which knows nothing of former tasks. Errors:
/// Unsupported when there is no broker to start, with what is missing; Unreadable when it does not
/// start. [owner, blocks]
Result<std::unique_ptr<Venue>> clusterVenue();

} // namespace Fanfare::Conformance
