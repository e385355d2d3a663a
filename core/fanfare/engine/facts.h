// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/executors/fullpolicy.h>
#include <fanfare/plugins/catalogfact.h>
#include <fanfare/sdk/arguments.h>
#include <fanfare/trace/records.h>

#include <QList>
#include <QString>

#include <chrono>

namespace Fanfare {

/// The values that go up the engine link, together with those of catalogfact.h. They say what is;
/// what to draw is decided elsewhere.

/// How a command of the client ended.
struct CommandFact
{
    quint64 command = 0;   ///< as returned by EngineLink::emitEvent()
    quint64 emissions = 0; ///< accepted ones
    quint64 tasks = 0;     ///< accepted ones
    QString error;         ///< empty, or why the rest was refused
};

/// How full the queue of the executor is and what that has cost. The queued tasks are counted in
/// LiveSample.
struct QueueFact
{
    quint64 bound = 0; ///< queued tasks at most; 0: no bound
    FullPolicy policy = FullPolicy::Block;
    quint64 highWater = 0;      ///< most tasks that were ever queued at once
    quint64 rejected = 0;       ///< emissions whose tasks ended as Rejected, for want of room
    quint64 droppedOldest = 0;  ///< accepted tasks that made room for newer ones
    bool isHoldingBack = false; ///< emissions that are due wait for room

    bool operator==(const QueueFact &other) const = default;
};

/// Running totals of the engine, sent with every batch.
struct CounterFact
{
    quint64 emissions = 0; ///< accepted
    quint64 tasks = 0;     ///< accepted
    quint64 finished = 0;  ///< ended tasks
    QueueFact queue;
};

/// What one frame of recording brings.
struct BatchFact
{
    TraceBatch trace;
    CounterFact counters;
};

/// Which task an engine was running when it died, as its flight recorder tells.
struct CulpritFact
{
    TaskId task;
    SubscriberId subscriber{};
    qint64 started = 0;     ///< MonotonicClock nanoseconds
    bool isCertain = false; ///< it ran on the very thread that received the signal
};

/// The end of an engine process.
struct EngineEndFact
{
    bool wasExpected = false; ///< shut down by the client
    int exitCode = 0;
    int signal = 0;              ///< 0 when it ended by itself
    QString reason;              ///< "signal 11 (SIGSEGV)", "exit code 3"
    QList<CulpritFact> culprits; ///< what ran at the time; the certain one first
    QList<OpenTask> lost;        ///< every accepted task that was not reported as finished
    quint64 neverEmitted = 0;    ///< emissions that were asked for and not accepted any more
};

/// What a client asks the engine to emit.
struct EmitCommand
{
    QString event;
    QList<Arguments> arguments; ///< emission k carries arguments[k % size]; empty: no arguments
    quint64 count = 1;          ///< emissions
    double rate = 0;            ///< emissions a second; 0: as fast as the queue takes them

    /// No emission of this command is made while so many of all commands with a bound are open; 0:
    /// no bound. At most maximumConcurrency.
    quint32 concurrency = 0;

    /// Of each task, from its start, in place of that of its event and handler; 0: theirs. At most
    /// maximumDeadline.
    std::chrono::milliseconds deadline{0};

    static constexpr quint32 maximumConcurrency = 100'000;
    static constexpr std::chrono::milliseconds maximumDeadline = std::chrono::hours(24);
};

} // namespace Fanfare
