// SPDX-License-Identifier: MIT
#include "validate/interruption.h"

#include <csignal>

namespace Fanfare::Validate {

static volatile std::sig_atomic_t interrupted = 0;

void noteInterruptions()
{
    struct sigaction action
    {
    };
    action.sa_handler = [](int) { interrupted = 1; };
    action.sa_flags = int(SA_RESETHAND); // a second one ends at once
    sigaction(SIGINT, &action, nullptr);
    sigaction(SIGTERM, &action, nullptr);
}

bool isInterrupted()
{
    return interrupted != 0;
}

} // namespace Fanfare::Validate
