// SPDX-License-Identifier: MIT
#pragma once

#include "workerends.h"

#include <functional>

namespace Fanfare {

/// Tells the host what becomes of a task that runs in this worker, whatever kind of handler it has:
/// its start at once, its end with the next write.
///
/// Threads: [any].
class TaskReporter
{
public:
    /// What is passed is borrowed. \a closeOutput is called after each handler, so that what it
    /// printed goes before its end; \a taskEnded by who runs the handlers, see taskEnded().
    TaskReporter(WorkerChannel &channel, WorkerMemory &memory, std::function<void()> closeOutput,
                 std::function<void()> taskEnded);

    /// The handler of \a context is about to be entered. Returns that moment, MonotonicClock ns.
    qint64 started(const WorkerContext &context);

    /// The handler that was entered at \a started has ended; it took \a cpu ns of its thread's
    /// time, -1: not known.
    void ended(WorkerContext &context, const HandlerEnd &end, qint64 started, qint64 cpu = -1);

    void flush(); ///< writes the ends that wait

    void taskEnded() { m_taskEnded(); } ///< the end is reported, and the task forgotten

private:
    WorkerChannel &m_channel;
    WorkerMemory &m_memory;
    const std::function<void()> m_closeOutput;
    const std::function<void()> m_taskEnded;
};

} // namespace Fanfare
