// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/base/ids.h>

namespace Fanfare {

/// A task as the process counts it that emitted it, which may be another one than that whose
/// executor runs it: an app of a cluster.
struct TaskOrigin
{
    TaskId task;        ///< emission 0: no other process
    quint8 attempt = 1; ///< from 1

    bool isElsewhere() const { return number(task.emission) != 0; }
};

} // namespace Fanfare
