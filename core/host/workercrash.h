// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/processes/crashnote.h>

#include <pthread.h>

namespace Fanfare {

/// From now on, a signal that ends this process is noted in \a note: what it was, where the code
/// was and how it got there, and which task the thread ran. exit() ends the process without its
/// exit handlers, which would wait for the very threads that run handlers. \a note must stay until
/// the process ends. [owner, once]
void installWorkerCrashHandler(CrashNote &note);

/// Lets \a thread note where it is, as if it had crashed, and go on. [any]
void noteWhereItIs(pthread_t thread);

} // namespace Fanfare
