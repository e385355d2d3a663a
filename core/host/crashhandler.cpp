// SPDX-License-Identifier: MIT
#include "crashhandler.h"

#include <fanfare/executors/currenttask.h>

#include <array>
#include <csignal>
#include <cstdlib>
#include <unistd.h>

namespace Fanfare {

static constexpr int caughtSignals[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGSYS};
static constexpr size_t stackSize = 64 * 1024;

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
    struct sigaction standard
    {
    };
    standard.sa_handler = SIG_DFL;
    sigaction(signal, &standard, nullptr);
    raise(signal); // takes effect when this function returns
}

/// A handler that calls exit() would wait in the exit handlers of the process for its own end.
static void noteExit(int status, void *)
{
    if (!currentContext())
        return;
    noteCulprit(*flightLog.load(std::memory_order_acquire));
    _exit(status);
}

/// Without a stack of its own, a signal handler could not run after a stack overflow.
static void useSignalStack()
{
    static std::array<char, stackSize> stack;
    stack_t own{};
    own.ss_sp = stack.data();
    own.ss_size = stack.size();
    sigaltstack(&own, nullptr);
}

void installCrashHandler(FlightLog &log)
{
    flightLog.store(&log, std::memory_order_release);
    useSignalStack();
    struct sigaction action
    {
    };
    action.sa_sigaction = &noteSignal;
    action.sa_flags = SA_SIGINFO | SA_ONSTACK;
    for (const int signal : caughtSignals)
        sigaction(signal, &action, nullptr);
    on_exit(&noteExit, nullptr);
}

} // namespace Fanfare
