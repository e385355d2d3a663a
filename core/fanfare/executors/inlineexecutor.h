// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/executors/executor.h>
#include <fanfare/trace/flightslot.h>
#include <fanfare/trace/recorder.h>

#include <memory>

namespace Fanfare {

struct InlineOptions
{
    Recorder *recorder = nullptr;     ///< borrowed; null: nothing is recorded
    FlightSlot *flightSlot = nullptr; ///< borrowed; null: one of its own
    bool measuresCpu = false;
};

/// Runs every task on the thread that emits, before submit() returns: for tests, and to see what
/// a workload costs without any parallelism. What a handler emits runs after it, in order. When
/// two threads emit at once, one of them runs the tasks of both. An async handler or callback gets
/// a nested event loop until it ends. A handler is asked to stop at its deadline and then waited
/// for.
///
/// Threads: [any].
class InlineExecutor final : public Executor
{
public:
    explicit InlineExecutor(const InlineOptions &options = {});
    ~InlineExecutor() override;

    Result<Emission> submit(Submission &submission) override;
    Result<void> shutdown(ShutdownMode mode = ShutdownMode::Wait,
                          PendingMode pending = PendingMode::Drain) override;
    void cancelAll() override;
    void cancel(const EmissionRange &range) override;
    bool waitUntilIdle(std::chrono::nanoseconds timeout) override;
    bool isAccepting() const override;
    ExecutorCounters counters() const override;
    LiveSample sample(int queuedLimit) const override;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace Fanfare
