// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/base/result.h>
#include <fanfare/executors/emission.h>
#include <fanfare/executors/emissionrange.h>
#include <fanfare/executors/taskorigin.h>
#include <fanfare/trace/records.h>

#include <vector>

namespace Fanfare {

/// What an event emitter hands to an executor: an act of emitting, not yet accepted. Usually one
/// emission; a batch has several of one event, with consecutive ids.
struct Submission
{
    EmissionId id{};                  ///< of the first emission
    RecipientsPointer recipients;     ///< never null, never empty
    quint32 count = 1;                ///< emissions, at least 1
    quint32 firstOnly = 0;            ///< so many last recipients get the first emission only
    std::vector<Arguments> arguments; ///< emission k carries arguments[k % size]; may be empty
    QByteArray encoded; ///< of its only emission, as encodeArguments() makes them, instead of
                        ///< `arguments`; for an executor of processes only
    std::chrono::nanoseconds deadline{0}; ///< of each task, from its start; 0: that of its handler
    TaskOrigin origin; ///< of its only task: what a worker process shows to the handler instead

    size_t taskCount() const
    {
        const size_t first = recipients->subscribers.size();
        return first + (count - 1) * (first - firstOnly);
    }
};

enum class ShutdownMode : quint8 {
    Wait,   ///< return when everything has ended
    Return, ///< return at once, the rest ends in the background
};

enum class PendingMode : quint8 {
    Drain,        ///< queued tasks still run
    CancelQueued, ///< emissions that have not started end as Canceled; the others finish
};

/// Totals since the executor was made. They add up: submitted == queued + running + ended.
struct ExecutorCounters
{
    quint64 emissions = 0;
    quint64 submitted = 0; ///< accepted tasks
    quint64 queued = 0;
    quint64 running = 0;
    quint64 ended = 0;
    quint64 queueBound = 0;    ///< queued tasks at most; 0: no bound
    quint64 highWater = 0;     ///< most tasks that were ever queued at once
    quint64 rejected = 0;      ///< emissions refused because the queue was full
    quint64 droppedOldest = 0; ///< accepted tasks that made room for newer ones; part of ended
};

/// Where tasks run. Implementations differ in what a crash costs and in what can be handed over,
/// not in what a caller sees: every accepted task ends in exactly one outcome, and every task that
/// started calls exactly one of its callbacks.
///
/// Threads: all functions [any]. The destructor of every implementation is
/// shutdown(Wait, Drain), and may not be run by one of its own handlers.
class Executor
{
public:
    virtual ~Executor() = default;

    /// Takes over \a submission and returns its handle. Never waits for a handler. Errors:
    /// ExecutorShutdown; QueueFull when the tasks do not fit below the bound of the queue;
    /// NotTransferable when a handler or argument cannot go where the tasks run. On an error
    /// \a submission is untouched.
    virtual Result<Emission> submit(Submission &submission) = 0;

    /// Accepts nothing more. May be called any number of times and in any variant; a later call
    /// can only make it stricter. Error: ShutdownFromHandler when a handler of this executor asks
    /// to wait for itself; the executor is shut down all the same.
    virtual Result<void> shutdown(ShutdownMode mode = ShutdownMode::Wait,
                                  PendingMode pending = PendingMode::Drain) = 0;

    /// Cancels every task that is queued now and requests the stop token of the running ones.
    virtual void cancelAll() = 0;

    /// The same for the open tasks of the emissions \a range, of a whole batch when one of them is
    /// in it. The cost grows with all that is open. [any, locks]
    virtual void cancel(const EmissionRange &range) = 0;

    /// Waits until no task is queued or running, at most \a timeout. False when it was not
    /// reached, and when called by a handler of this executor. [any, blocks]
    virtual bool waitUntilIdle(std::chrono::nanoseconds timeout) = 0;

    /// Ends the queued tasks whose handlers were withdrawn, as Rejected. An executor that looks at
    /// that before it starts a task has nothing to do here.
    virtual void rejectWithdrawn() { }

    virtual bool isAccepting() const = 0;
    virtual ExecutorCounters counters() const = 0;

    /// What is open now; at most \a queuedLimit queued tasks are listed. [any, locks]
    virtual LiveSample sample(int queuedLimit) const = 0;
};

} // namespace Fanfare
