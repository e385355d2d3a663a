// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/engine/facts.h>
#include <fanfare/runs/summary.h>
#include <fanfare/trace/records.h>

#include <QString>

namespace Fanfare::Cli {

/// Whose task it is. Empty for what no handler of the catalog did.
struct HandlerLabel
{
    QString plugin;
    QString handler;
    QByteArray build; ///< SHA-256 of the plugin file it ran with; empty when that is not known
};

/// A finished task in words.
struct TaskReport
{
    SpanRecord span;
    HandlerLabel label;
    QString event;
    QString file;   ///< of --each-file, or empty
    QString worker; ///< empty when it never started
    qint64 pid = 0; ///< 0 when it never started
    QCborValue result;
    QString reason; ///< stable code: "timeout", "engine-crashed" ...
    QString error;  ///< a sentence
    QCborMap crash; ///< how its worker died; empty when it did not
};

/// A line that a task or the engine wrote.
struct LineReport
{
    LogLine line;
    HandlerLabel label;
};

/// What is said at the end.
struct SummaryReport
{
    const RunSummary &run;
    quint64 emissions = 0;    ///< accepted
    quint64 neverEmitted = 0; ///< asked for and not accepted
    quint64 droppedSpans = 0; ///< finished tasks whose record was lost
    quint64 droppedLines = 0;
    QueueFact queue;
};

/// Somebody who is told what happens in a run, in the order of time within each frame.
class RunReporter
{
public:
    virtual ~RunReporter() = default;
    virtual void addLane(const LaneInfo &) { }
    virtual void addTask(const TaskReport &task) = 0;
    virtual void addLine(const LineReport &line) = 0;
    virtual void sumUp(const SummaryReport &summary) = 0;
};

} // namespace Fanfare::Cli
