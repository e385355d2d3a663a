// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/sdk/arguments.h>

#include <QString>

#include <stop_token>

namespace Fanfare {

enum class LogLevel : quint8 { Debug, Info, Warning, Error, Printed };

/// What one running task may know and say. A handler receives it by reference; for a sync handler
/// it is valid until the handler returns, for an async one until its coroutine has ended.
///
/// Threads: every function is [any] and may be called by several threads at once.
class Context
{
public:
    /// The name of the event that was emitted; the global event is "*". [any]
    virtual QString eventName() const = 0;

    /// The arguments of the emission; the reference is valid as long as this context.
    /// [any]
    virtual const Arguments &arguments() const = 0;

    /// Asked to stop when the task is canceled, its deadline passed or its executor goes away.
    /// A handler that runs longer than some milliseconds should look at it, and leave by throwing:
    /// then its task ends as Canceled, or as TimedOut. A handler that returns has succeeded, stop
    /// or not, unless it did so too late after its deadline. [any]
    virtual std::stop_token stopToken() const = 0;

    /// Says how far the work is. \a fraction is clamped into 0..1; \a text may be empty. [any]
    virtual void progress(double fraction, const QString &text) = 0;

    /// Writes one line to the log of this task. Lines above 8 KiB are cut, with a mark. [any]
    virtual void log(LogLevel level, const QString &text) = 0;

    /// The number of this attempt, from 1. Above 1 only for handlers marked idempotent. [any]
    virtual int attempt() const = 0;

    /// Unique among all tasks of its emission: the position of the handler, from 0. [any]
    virtual int taskIndex() const = 0;

    /// Unique among all emissions of the run. [any]
    virtual quint64 emissionId() const = 0;

    /// Writes one line as the output of this task: the counterpart of a print statement that is
    /// never attributed to another task. [any]
    void print(const QString &text) { log(LogLevel::Printed, text); }

protected:
    ~Context() = default;
};

} // namespace Fanfare
