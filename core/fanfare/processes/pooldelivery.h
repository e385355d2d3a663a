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
    bool callsBack = true; ///< false: it was canceled, or had to go, before it started
    qint64 bytes = 0;      ///< of arguments that are not kept any longer
};

} // namespace Fanfare
