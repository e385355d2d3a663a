// SPDX-License-Identifier: MIT
#pragma once

#include <csignal>

namespace Fanfare {

/// Notes that \a signal hit this thread; only what is safe in a signal handler.
using SignalNote = void (*)(int signal, siginfo_t *info, void *context);

/// Calls \a note for every signal that a mistake in the code causes, then lets the signal do what
/// it always does. Works after a stack overflow, too. The stack for it is given to this thread
/// here and to the others by threadstacks.cpp. [owner, once]
void catchCrashes(SignalNote note);

} // namespace Fanfare
