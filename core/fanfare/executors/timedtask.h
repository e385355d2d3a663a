// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/executors/taskrun.h>

#include <memory>
#include <stop_token>

namespace Fanfare {

/// A task that runs under a deadline: its context and a stop token of its own. Shared by the thread
/// that runs it and by the DeadlineWatch.
///
/// Threads: [any].
class TimedTask
{
public:
    /// \a task starts at \a started, in MonotonicClock nanoseconds, and may run for \a deadline.
    TimedTask(TaskEntry task, Recorder *recorder, qint64 started,
              std::chrono::nanoseconds deadline);

    TaskContext &context() { return m_context; }
    qint64 started() const { return m_started; }
    void requestStop() { m_stop.request_stop(); }

private:
    friend class DeadlineWatch;

    struct AskToStop
    {
        std::stop_source stop;
        void operator()() { stop.request_stop(); }
    };

    const qint64 m_started;
    qint64 m_due;             // guarded by the mutex of the watch; when it looks next
    bool m_isAsked = false;   // guarded by the mutex of the watch
    bool m_isGivenUp = false; // guarded by the mutex of the watch
    std::stop_source m_stop;
    const std::stop_callback<AskToStop> m_canceled; // a canceled emission stops all its tasks
    TaskContext m_context;
    Emission m_hold; // of a task that was given up: its handler still reads the arguments
};

/// The context of a task, and what watches it when it has a deadline.
struct SharedContext
{
    std::shared_ptr<TimedTask> timed; ///< null: no deadline
    std::shared_ptr<TaskContext> context;

    SharedContext(TaskEntry task, Recorder *recorder, qint64 started);
};

/// Who runs tasks that can be given up.
class TimedTaskOwner
{
public:
    /// The handler of \a task runs on past its deadline and the grace: records \a end, and finds
    /// another thread for what waits behind it. Until it has returned, DeadlineWatch::remove() does
    /// not. [deadline thread]
    virtual void giveUp(TimedTask &task, const TaskEnd &end, const TaskTimes &times) = 0;

protected:
    ~TimedTaskOwner() = default;
};

} // namespace Fanfare
