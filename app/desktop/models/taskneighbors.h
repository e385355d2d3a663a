// SPDX-License-Identifier: MIT
#pragma once

#include "runmodel.h"

namespace Fanfare {

/// A task that ran before or after another one on the same worker.
struct TaskNeighbor
{
    TaskId task;
    QString handler;
    qint64 gap = 0; ///< nanoseconds in which the worker's row was idle between the two
};

struct TaskNeighbors
{
    std::optional<TaskNeighbor> previous;
    std::optional<TaskNeighbor> next;
};

/// Who ran before and after the finished task \a task in its row of the timeline. Both are nothing
/// when it has not finished, or is forgotten.
TaskNeighbors neighborsOf(const RunModel &run, TaskId task);

} // namespace Fanfare
