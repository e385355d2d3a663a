// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/executors/concurrencylimits.h>
#include <fanfare/executors/deadlinewatch.h>

#include <QObject>
#include <QThread>

#include <memory>
#include <mutex>
#include <semaphore>
#include <unordered_map>
#include <vector>

namespace Fanfare {

/// The event loop on which an executor runs its coroutines: one thread, started with the first
/// task. A suspended coroutine costs its frame and an entry here, nothing else.
///
/// Threads: [any] unless said otherwise.
class AsyncLoop final : public TimedTaskOwner
{
public:
    AsyncLoop(const Executor &executor, TaskQueue &queue, DeadlineWatch &watch,
              ConcurrencyLimits &limits, Recorder *recorder);
    ~AsyncLoop(); ///< stop()

    /// Starts the coroutine of \a task soon, in the order of the calls.
    void start(TaskEntry task);

    /// The same for a task that TaskQueue counts as queued until it starts.
    void startQueued(TaskEntry task);

    /// As start(), and returns when the coroutine has reached its first suspension or its end.
    /// [worker, blocks]
    void startAndWait(TaskEntry task);

    /// Runs the rest of the callback of \a task, whose handler has returned and whose span is
    /// recorded, then settles \a end.
    void finish(TaskEntry task, TaskEnd &&end, CallbackCoroutine continuation);

    /// Ends the thread. No task may be open; coroutines that were given up and still wait are never
    /// resumed. Not by a coroutine of this loop. [blocks]
    void stop();

    void sample(std::vector<OpenTask> &running) const;
    void requestStopOfAll(); ///< requests the stop token of every open task

private:
    struct Pending
    {
        TaskEntry task;
        std::binary_semaphore *started = nullptr; ///< owned by the caller that waits
        bool isQueued = false;                    ///< see startQueued()
        bool hasEntered = false;                  ///< see ConcurrencyLimits
        TaskEnd end;                              ///< see finish()
        CallbackCoroutine continuation;           ///< see finish(); else empty
    };

    void post(Pending pending);
    void startPending();                 // [loop]
    void run(TaskEntry task);            // [loop]
    void leave(SubscriberId subscriber); // after a limited task [any]
    void runFinish(Pending &pending);    // [loop]
    QCoro::Task<void> drive(SharedContext shared, TaskTimes times);
    QCoro::Task<void> driveFinish(std::unique_ptr<TaskContext> context, TaskEnd end,
                                  CallbackCoroutine continuation);
    void giveUp(TimedTask &task, const TaskEnd &end, const TaskTimes &times) override;
    void record(TaskEntry task, const TaskEnd &end, const TaskTimes &times);
    void settle(TaskEntry task, TaskEnd &&end);
    void setOpen(TaskContext &context, qint64 started);
    void setEnded(TaskContext &context);

    const Executor &m_executor;
    TaskQueue &m_queue;
    DeadlineWatch &m_watch;
    ConcurrencyLimits &m_limits;
    Recorder *const m_recorder;
    Lane *m_lane = nullptr; // set before the thread starts
    std::mutex m_laneMutex; // held while writing to m_lane
    mutable std::mutex m_mutex;
    std::unique_ptr<QThread> m_thread;                // guarded by m_mutex
    std::unique_ptr<QObject> m_receiver;              // lives in m_thread
    std::vector<Pending> m_pending;                   // guarded by m_mutex
    std::unordered_map<TaskContext *, qint64> m_open; // guarded by m_mutex; value: start time
};

} // namespace Fanfare
