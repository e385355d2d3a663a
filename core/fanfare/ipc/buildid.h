// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace Fanfare {

/// Identifies what records look like in memory: two processes with the same text understand each
/// other. [any]
QString buildId();

} // namespace Fanfare
