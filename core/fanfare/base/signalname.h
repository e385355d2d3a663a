// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace Fanfare {

/// The name of the signal \a number, such as "SIGSEGV"; "signal 77" for one without a name. [any]
QString signalName(int number);

} // namespace Fanfare
