// SPDX-License-Identifier: MIT
#include "crashhandler.h"

#include "crashsignals.h"

#include <fanfare/executors/currenttask.h>

#include <cstdlib>
#include <unistd.h>

namespace Fanfare {

static std::atomic<FlightLog *> flightLog = nullptr; // a signal handler has no argument for it

static void noteCulprit(FlightLog &log)
{
    const Context *const context = currentContext();
    if (!context)
        return;
    log.culpritIndex.store(quint32(context->taskIndex()), std::memory_order_relaxed);
    log.culpritEmission.store(context->emissionId(), std::memory_order_release);
}

/// Only what is safe in a signal handler: stores into a mapped file.
static void noteSignal(int signal, siginfo_t *info, void *)
{
    FlightLog &log = *flightLog.load(std::memory_order_acquire);
    qint32 none = 0;
    if (log.signal.compare_exchange_strong(none, signal)) { // the first thread to crash counts
        log.faultAddress.store(quint64(info->si_addr), std::memory_order_relaxed);
        noteCulprit(log);
    }
}

/// A handler that calls exit() would wait in the exit handlers of the process for its own end.
static void noteExit(int status, void *)
{
    if (!currentContext())
        return;
    noteCulprit(*flightLog.load(std::memory_order_acquire));
    _exit(status);
}

void installCrashHandler(FlightLog &log)
{
    flightLog.store(&log, std::memory_order_release);
    catchCrashes(&noteSignal);
    on_exit(&noteExit, nullptr);
}

} // namespace Fanfare
