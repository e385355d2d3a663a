// SPDX-License-Identifier: MIT
#include "fanfare/executors/timedtask.h"

#include <limits>

namespace Fanfare {

/// \a start + \a duration, without overflow.
static qint64 later(qint64 start, qint64 duration)
{
    constexpr qint64 never = std::numeric_limits<qint64>::max();
    return duration > never - start ? never : start + duration;
}

TimedTask::TimedTask(TaskEntry task, Recorder *recorder, qint64 started,
                     std::chrono::nanoseconds deadline)
    : m_started(started)
    , m_due(later(started, deadline.count()))
    , m_canceled(task.emission->detail().stopToken(), AskToStop{m_stop})
    , m_context(task, recorder, &m_stop)
{
}

SharedContext::SharedContext(TaskEntry task, Recorder *recorder, qint64 started)
{
    if (const auto deadline = task.deadline(); deadline.count() > 0) {
        timed = std::make_shared<TimedTask>(task, recorder, started, deadline);
        context = {timed, &timed->context()};
    } else {
        context = std::make_shared<TaskContext>(task, recorder);
    }
}

} // namespace Fanfare
