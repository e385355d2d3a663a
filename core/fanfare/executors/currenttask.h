// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/sdk/context.h>
#include <fanfare/trace/flightslot.h>

namespace Fanfare {

class Executor;

/// What the calling thread is running for an executor. All members are null outside of a task. A
/// coroutine counts only until its first suspension.
struct CurrentTask
{
    const Executor *executor = nullptr;
    Context *context = nullptr;
    FlightSlot *slot = nullptr;
};

/// The task of the calling thread. Safe in a signal handler. [any]
CurrentTask &currentTask();

/// The context of the task that the calling thread runs, or null. [any]
inline Context *currentContext()
{
    return currentTask().context;
}

/// The flight slot of the task that the calling thread runs, or null. [any]
inline FlightSlot *currentFlightSlot()
{
    return currentTask().slot;
}

/// Makes a task the current one of this thread for its lifetime, and restores the former one.
class CurrentTaskScope
{
public:
    explicit CurrentTaskScope(const CurrentTask &task)
        : m_former(currentTask())
    {
        currentTask() = task;
    }
    ~CurrentTaskScope() { currentTask() = m_former; }
    CurrentTaskScope(const CurrentTaskScope &) = delete;
    CurrentTaskScope &operator=(const CurrentTaskScope &) = delete;

private:
    const CurrentTask m_former;
};

} // namespace Fanfare
