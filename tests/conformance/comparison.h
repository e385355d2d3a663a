// SPDX-License-Identifier: MIT
#pragma once

#include "replay.h"

namespace Fanfare::Conformance {

/// What \a observation has other than \a scenario expects, one readable line each; empty when it
/// conforms.
QStringList differences(const QJsonObject &scenario, const Observation &observation);

} // namespace Fanfare::Conformance
