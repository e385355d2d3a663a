// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace Fanfare {

/// The helper executable of this installation: FANFARE_HOST if that is set, else the one next to
/// the application or where it is installed. It is never looked up in $PATH. [any]
QString hostExecutable();

} // namespace Fanfare
