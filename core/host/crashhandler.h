// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/engine/flightlog.h>

namespace Fanfare {

/// From now on, a signal that ends this process is noted in \a log together with the task of the
/// thread that got it, and so is exit() called by a handler. \a log must stay until the process
/// ends. Then the signal does what it always does. [owner, once]
void installCrashHandler(FlightLog &log);

} // namespace Fanfare
