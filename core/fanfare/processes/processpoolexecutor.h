// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/executors/executor.h>
#include <fanfare/executors/fullpolicy.h>
#include <fanfare/processes/crashreport.h>
#include <fanfare/trace/recorder.h>

#include <QString>

#include <memory>

namespace Fanfare {

/// When a worker process is replaced by a new one, between two tasks.
struct Recycling
{
    quint64 afterTasks = 0;                  ///< 0: never because of that
    quint64 afterGrowth = 300 * 1024 * 1024; ///< bytes above what it had after its first task
    std::chrono::seconds afterAge{3600};
};

struct ProcessPoolOptions
{
    int workers = 0;                            ///< 1..256; 0: one per core
    int minimumWorkers = 0;                     ///< that many are started ahead and stay when idle
    int startAhead = 0;                         ///< that many are started ahead; idle ones leave
    size_t queueBound = 1'000'000;              ///< queued tasks at most, at least 1
    qint64 payloadBound = 64 * 1024 * 1024;     ///< bytes of their encoded arguments at most
    FullPolicy fullPolicy = FullPolicy::Reject; ///< what happens to emissions beyond the bounds
    std::chrono::milliseconds blockTime{1000};  ///< how long FullPolicy::Block waits for room
    Recorder *recorder = nullptr;               ///< borrowed; null: nothing is recorded
    QString hostPath; ///< the helper executable; empty: see hostExecutable()
    Recycling recycling;
    std::chrono::nanoseconds idleTime = std::chrono::seconds(30);    ///< then a worker is stopped
    std::chrono::nanoseconds grace = std::chrono::milliseconds(250); ///< after a request to stop
    quint64 memoryLimit = 0; ///< bytes of address space of a worker; 0: none
    CrashListener crashed;   ///< may be null
    /// Called whenever tasks have ended and are recorded, once for many; may be null. On a thread
    /// of the executor, which it must not block.
    std::function<void()> ended;
    bool keepsEncoded = false; ///< results stay as they travel, see TaskEnd::encoded
};

/// Runs handlers of plugins in worker processes. A handler that crashes costs its own task; every
/// accepted task ends in exactly one outcome all the same. See core/decisions/0007.
///
/// Workers are started when tasks wait for them, or ahead, where the options say so. A task whose
/// worker dies ends as Crashed, or is started again, up to three times, when its handler is
/// idempotent; what the worker had not started goes to another one. Deadlines and cancellation ask
/// first and kill after the grace.
///
/// Callbacks run on one thread of this executor, in the process that emitted. Handlers that exist
/// only in this process are refused: NotTransferable. With one worker, tasks start strictly in the
/// order in which they were emitted.
///
/// What waits for a worker, or for its callback, is bounded by number and by bytes. A task that
/// FullPolicy::DropOldest ends calls nobody; an emission waits for up to 10 ms when nothing is left
/// to drop, since what has just ended is counted until the scheduler's turn is over. After that it
/// is refused: QueueFull. FullPolicy::Block never blocks a thread that runs an event loop: there it
/// is as Reject.
///
/// Threads: [any]. The threads start with the first emission.
class ProcessPoolExecutor final : public Executor
{
public:
    explicit ProcessPoolExecutor(const ProcessPoolOptions &options = {});
    ~ProcessPoolExecutor() override;

    Result<Emission> submit(Submission &submission) override;
    Result<void> shutdown(ShutdownMode mode = ShutdownMode::Wait,
                          PendingMode pending = PendingMode::Drain) override;
    void cancelAll() override;
    void cancel(const EmissionRange &range) override;
    void rejectWithdrawn() override;
    bool waitUntilIdle(std::chrono::nanoseconds timeout) override;
    bool isAccepting() const override;
    ExecutorCounters counters() const override;
    LiveSample sample(int queuedLimit) const override;

    /// Kills all workers at once. What is open ends as Canceled. Returns when no process is left;
    /// in a callback, at once. [any, blocks]
    void shutdownNow();

    int workerCount() const;

    /// How often a time that a worker noted was moved to between what this process knows: its task
    /// was sent before it started, and started before it ended. [any, locks]
    quint64 clockCorrections() const;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace Fanfare
