// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/executors/taskrun.h>

#include <vector>

namespace Fanfare {

/// A task that has ended and whose end has to be told.
struct PoolDelivery
{
    TaskEntry task;
    TaskEnd end;
    bool callsBack = true; ///< false: it was canceled before it started
};

} // namespace Fanfare
