// SPDX-License-Identifier: MIT
#include "fanfare/executors/currenttask.h"

namespace Fanfare {

static constinit thread_local CurrentTask current;

CurrentTask &currentTask()
{
    return current;
}

} // namespace Fanfare
