// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/executors/callbackcoroutine.h>
#include <fanfare/executors/currenttask.h>
#include <fanfare/executors/taskqueue.h>
#include <fanfare/trace/recorder.h>

#include <atomic>
#include <optional>

namespace Fanfare {

/// The Context of a task that runs in this process.
///
/// Threads: made by the thread that runs the task; its functions are [any].
class TaskContext final : public Context
{
public:
    /// \a stop, when the task has one of its own, lives as long as this.
    TaskContext(TaskEntry task, Recorder *recorder, const std::stop_source *stop = nullptr)
        : m_task(task)
        , m_id(task.id())
        , m_subscriber(task.subscriber())
        , m_recorder(recorder)
        , m_stop(stop)
    {
    }
    virtual ~TaskContext() = default;

    QString eventName() const override { return m_task.emission->recipients().event; }
    const Arguments &arguments() const override { return m_task.emission->arguments(m_task.index); }
    std::stop_token stopToken() const override;
    void progress(double fraction, const QString &text) override;
    void log(LogLevel level, const QString &text) override;
    int attempt() const override { return 1; }
    int taskIndex() const override { return m_id.index; }
    quint64 emissionId() const override { return number(m_id.emission); }

    TaskId id() const { return m_id; }
    const Subscriber &subscriber() const { return m_subscriber; }
    TaskEntry task() const { return m_task; }

    bool isCanceled() const { return m_task.emission->isCanceled(); }
    /// Asked to stop because of its deadline.
    bool isLate() const { return m_stop && m_stop->stop_requested() && !isCanceled(); }

    void setContinuation(CallbackCoroutine coroutine);
    /// What the callback left to be done, or nothing.
    CallbackCoroutine takeContinuation();

    /// What progress() said last; -1: nothing.
    double fraction() const { return m_fraction.load(std::memory_order_relaxed); }

private:
    const TaskEntry m_task;
    const TaskId m_id;
    const Subscriber &m_subscriber;
    Recorder *const m_recorder;                        // may be null
    const std::stop_source *const m_stop;              // may be null: that of the emission
    std::unique_ptr<CallbackCoroutine> m_continuation; // touched by the thread that calls back
    std::atomic<double> m_fraction = -1;
};

/// How a task ended, before it is told to anybody.
struct TaskEnd
{
    Outcome outcome = Outcome::Succeeded;
    QCborValue result;
    TaskError error;
    QString reason;
    QByteArray encoded = {}; ///< instead of a result: see encodeResult(); bytes that nobody checked

    bool hasDetail() const
    {
        return !(result.isUndefined() || result.isNull()) || !error.isEmpty() || !reason.isEmpty()
            || !encoded.isEmpty();
    }
};

struct TaskTimes
{
    qint64 started = 0;
    qint64 finished = 0;
    qint64 cpu = -1;
};

/// What is being thrown. Call it inside a catch block. [any]
TaskError currentError();

/// What is being thrown, as an end of the task of \a context: Canceled or TimedOut when its stop
/// token was requested, else Failed. Call it inside a catch block.
TaskEnd endFromException(const TaskContext &context);

/// Whether \a task may be started; else unstartedEnd() ends it.
inline bool mayStart(TaskEntry task)
{
    return !task.emission->isCanceled() && !task.subscriber().handler.isWithdrawn();
}

/// The end of a task that may not start, after its failure callback when it has to be called.
TaskEnd unstartedEnd(TaskContext &context);

/// The end of a task that is not started any more.
TaskEnd canceledEnd();

/// For a task whose handler was withdrawn before it started, as its gate says.
TaskEnd withdrawnEnd(const HandlerEntryPoint &handler);

/// The end of a queued task that made room for newer ones.
TaskEnd droppedEnd();

/// Tells the callbacks of the subscriber how its task ended. What a callback throws is logged and
/// harms nothing. A task that was canceled before it started calls none. Returns what a callback
/// that is a coroutine has left to be done: see finishCallBack(). [worker]
[[nodiscard]] CallbackCoroutine beginCallBack(TaskContext &context, const TaskEnd &end);

/// The rest of a callback, which is not empty. Never throws.
QCoro::Task<void> finishCallBack(TaskContext &context, const TaskEnd &end,
                                 CallbackCoroutine continuation);

/// Both, where there is no event loop to leave the rest to: a coroutine gets one of its own.
/// [worker, blocks]
void callBack(TaskContext &context, const TaskEnd &end);

/// \a context as a task that runs on \a lane, which may be null, since \a started.
OpenTask openTask(const TaskContext &context, const Lane *lane, qint64 started);

/// Who may ask for single tasks while their emission runs.
enum class Onlookers : quint8 {
    Possible,
    None, ///< nobody has got the handle yet, nor will before the last task has ended
};

/// Writes the span of \a task, which may be all that anybody sees of it. \a lane may be null; only
/// the thread that owns it may call this.
void recordSpan(TaskEntry task, const TaskEnd &end, const TaskTimes &times, Lane *lane);

/// Keeps the end of \a task for those who hold a handle. The result is that of recordEnd().
bool settleEnd(TaskEntry task, TaskEnd &&end, Onlookers onlookers = Onlookers::Possible);

/// Records the end of \a task on \a lane and keeps it for those who hold a handle. \a lane may be
/// null; only the thread that owns it may call this. True when it was the last task of its
/// emission and the last reference: the caller gives the emission back to the queue.
bool recordEnd(TaskEntry task, TaskEnd &&end, const TaskTimes &times, Lane *lane,
               Onlookers onlookers = Onlookers::Possible);

/// Runs the sync handler of \a task from entering it to its callback.
TaskEnd runSync(TaskContext &context);

} // namespace Fanfare
