// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/engine/facts.h>
#include <fanfare/engine/flightlog.h>
#include <fanfare/engine/taskaccount.h>

namespace Fanfare {

/// "signal 11 (SIGSEGV)" or "exit code 3".
QString endReason(int exitCode, int signal);

/// The tasks that \a flight says were running, first the one on the thread that ended the engine.
/// \a account knows who ran a coroutine, which has no slot of its own.
QList<CulpritFact> culpritsOf(const FlightLog &flight, const TaskAccount &account);

} // namespace Fanfare
