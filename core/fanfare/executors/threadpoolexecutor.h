// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/executors/executor.h>
#include <fanfare/executors/fullpolicy.h>
#include <fanfare/trace/flightslot.h>
#include <fanfare/trace/recorder.h>

#include <memory>
#include <span>

namespace Fanfare {

struct ThreadPoolOptions
{
    int workers = 0;                            ///< 1..256; 0: one per core
    size_t queueBound = 1'000'000;              ///< queued tasks at most, at least 1
    FullPolicy fullPolicy = FullPolicy::Reject; ///< what happens to emissions beyond it
    std::chrono::milliseconds blockTime{1000};  ///< how long FullPolicy::Block waits for room
    std::chrono::nanoseconds grace =
        std::chrono::milliseconds(250); ///< after a deadline, see below
    Recorder *recorder = nullptr;       ///< borrowed; null: nothing is recorded
    std::span<FlightSlot> flightSlots;  ///< borrowed; one per worker is used when there are enough
    bool measuresCpu = false;           ///< record the CPU time of sync handlers, 0.3 us a task
};

/// Runs handlers on the threads of a QThreadPool of its own.
///
/// Sync handlers occupy a worker. Blocking ones run on a second pool of min(32, cores + 4)
/// threads, so they may wait for one another even with one worker. Async ones run on one event
/// loop and never wait for a worker. With one worker, tasks start strictly in the order in which
/// they were emitted.
///
/// At its deadline a handler is asked to stop; when it leaves by throwing, its task is TimedOut.
/// One that is still running after the grace ends as TimedOut, "still-running", its callback is
/// called on another thread, and what it returns is dropped. A thread cannot be ended: a spare one
/// takes its place, at most 4 at a time, and waiting for shutdown() waits for it. Coroutines that
/// still wait then are never resumed.
///
/// FullPolicy::Block never blocks a thread that runs an event loop: there it is as Reject.
///
/// Threads: [any]. The threads start with the first emission.
class ThreadPoolExecutor final : public Executor
{
public:
    explicit ThreadPoolExecutor(const ThreadPoolOptions &options = {});
    ~ThreadPoolExecutor() override;

    Result<Emission> submit(Submission &submission) override;
    Result<void> shutdown(ShutdownMode mode = ShutdownMode::Wait,
                          PendingMode pending = PendingMode::Drain) override;
    void cancelAll() override;
    void cancel(const EmissionRange &range) override;
    bool waitUntilIdle(std::chrono::nanoseconds timeout) override;
    bool isAccepting() const override;
    ExecutorCounters counters() const override;
    LiveSample sample(int queuedLimit) const override;

    int workerCount() const;

private:
    class Private;
    std::unique_ptr<Private> d;
};

/// The number of workers that \a wanted means: itself, or one per core for 0.
int effectiveWorkerCount(int wanted);

} // namespace Fanfare
