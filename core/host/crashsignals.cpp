// SPDX-License-Identifier: MIT
#include "crashsignals.h"

#include <array>
#include <cstddef>

namespace Fanfare {

static constexpr int caughtSignals[] = {SIGSEGV, SIGBUS,  SIGILL, SIGFPE,
                                        SIGABRT, SIGTRAP, SIGSYS, SIGXFSZ};
static constexpr std::size_t stackSize = 64 * 1024;

static SignalNote chosenNote = nullptr; // a signal handler has no argument for it

static void noteSignal(int signal, siginfo_t *info, void *context)
{
    chosenNote(signal, info, context);
    struct sigaction standard
    {
    };
    standard.sa_handler = SIG_DFL;
    sigaction(signal, &standard, nullptr);
    raise(signal); // takes effect when this function returns, or at once when it is not blocked
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

void catchCrashes(SignalNote note)
{
    chosenNote = note;
    useSignalStack();
    struct sigaction action
    {
    };
    action.sa_sigaction = &noteSignal;
    action.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER; // a note may crash itself
    for (const int signal : caughtSignals)
        sigaction(signal, &action, nullptr);
}

} // namespace Fanfare
