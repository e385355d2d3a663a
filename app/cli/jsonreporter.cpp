// SPDX-License-Identifier: MIT
#include "cli/jsonreporter.h"

#include "cli/output.h"

#include <fanfare/engine/engineoptions.h>
#include <fanfare/runs/jsontext.h>

namespace Fanfare::Cli {

void JsonReporter::addTask(const TaskReport &task)
{
    {
        const SpanRecord &span = task.span;
        JsonObjectWriter json(m_output.buffer());
        json.text("type", u"task").number("emission", qint64(number(span.task.emission)));
        json.text("event", task.event);
        json.text("plugin", task.label.plugin).text("handler", task.label.handler);
        json.text("build", QString::fromLatin1(task.label.build.toHex()));
        json.text("worker", task.worker).number("pid", task.pid);
        json.text("outcome", outcomeName(span.outcome));
        json.text("reason", task.reason).text("error", task.error).value("result", task.result);
        json.number("attempt", span.attempt).number("queuedNs", span.queued);
        json.number("startedNs", span.started).number("finishedNs", span.finished);
        json.number("cpuNs", span.cpu).number("peakMemoryKiB", span.peakMemory);
        if (!task.file.isEmpty())
            json.text("file", task.file);
        if (!task.crash.isEmpty())
            json.value("crash", task.crash);
    }
    m_output.endLine();
}

static QStringView levelName(LogLevel level)
{
    switch (level) {
    case LogLevel::Debug:
        return u"Debug";
    case LogLevel::Info:
        return u"Info";
    case LogLevel::Warning:
        return u"Warning";
    case LogLevel::Error:
        return u"Error";
    case LogLevel::Printed:
        break;
    }
    return u"Printed";
}

void JsonReporter::addLine(const LineReport &line)
{
    {
        JsonObjectWriter json(m_output.buffer());
        json.text("type", u"log").number("emission", qint64(number(line.line.task.emission)));
        json.text("plugin", line.label.plugin).text("handler", line.label.handler);
        json.text("level", levelName(line.line.level)).number("timeNs", line.line.time);
        json.text("text", line.line.text);
    }
    m_output.endLine();
}

static void writePercentiles(QByteArray &out, const Percentiles &values)
{
    JsonObjectWriter(out)
        .number("p50", values.p50)
        .number("p90", values.p90)
        .number("p99", values.p99);
}

static void writeOutcomes(QByteArray &out, const RunSummary &run)
{
    JsonObjectWriter json(out);
    for (int i = 0; i < outcomeCount; ++i) {
        const auto outcome = static_cast<Outcome>(i);
        json.number(outcomeName(outcome).toLatin1().constData(), qint64(run.count(outcome)));
    }
}

static void writeQueue(QByteArray &out, const QueueFact &queue)
{
    JsonObjectWriter json(out);
    json.number("bound", qint64(queue.bound)).text("policy", policyName(queue.policy));
    json.number("highWater", qint64(queue.highWater));
    json.number("rejected", qint64(queue.rejected));
    json.number("droppedOldest", qint64(queue.droppedOldest));
}

void JsonReporter::sumUp(const SummaryReport &summary)
{
    QByteArray &out = m_output.buffer();
    {
        const RunSummary &run = summary.run;
        JsonObjectWriter json(out);
        json.text("type", u"summary").number("emissions", qint64(summary.emissions));
        json.number("tasks", qint64(run.tasks())).key("outcomes");
        writeOutcomes(out, run);
        json.number("wallNs", run.wall()).real("throughput", run.throughput()).key("queueNs");
        writePercentiles(out, run.queueTimes());
        json.key("runNs");
        writePercentiles(out, run.runTimes());
        json.number("neverEmitted", qint64(summary.neverEmitted));
        json.number("droppedSpans", qint64(summary.droppedSpans));
        json.number("droppedLines", qint64(summary.droppedLines)).key("queue");
        writeQueue(out, summary.queue);
    }
    m_output.endLine();
}

} // namespace Fanfare::Cli
