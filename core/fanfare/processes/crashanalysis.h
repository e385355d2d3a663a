// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/processes/crashnote.h>
#include <fanfare/processes/crashreport.h>
#include <fanfare/processes/workerspawn.h>

namespace Fanfare {

/// Puts together what is known about the end of a worker. \a note is what it left itself, null
/// when there is none; \a memoryLimit, in bytes, is what it was allowed, 0 for all of the machine's
/// memory. Reads the symbols of the libraries that appear in a backtrace: some milliseconds. [any]
CrashReport analyzeCrash(const WorkerEnd &end, const CrashNote *note, quint64 memoryLimit);

} // namespace Fanfare
