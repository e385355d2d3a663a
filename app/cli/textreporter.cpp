// SPDX-License-Identifier: MIT
#include "cli/textreporter.h"

#include "cli/output.h"
#include "cli/wording.h"

#include <fanfare/runs/jsontext.h>

namespace Fanfare::Cli {

static constexpr char red[] = "31";
static constexpr char green[] = "32";
static constexpr char faint[] = "2";

TextReporter::TextReporter(Output &output)
    : m_output(output)
    , m_hasColor(output.wantsColor())
{
}

QString TextReporter::colored(const QString &text, const char *code) const
{
    return m_hasColor ? u"\x1b[%1m%2\x1b[0m"_qs.arg(QLatin1String(code), text) : text;
}

static QString nameOf(const TaskId &task, const HandlerLabel &label)
{
    if (number(task.emission) == 0)
        return u"engine"_qs;
    return u"#%1 %2"_qs.arg(number(task.emission)).arg(printable(label.handler));
}

void TextReporter::addLine(const LineReport &report)
{
    const QString prefix = colored(nameOf(report.line.task, report.label) + u" │ "_qs, faint);
    const bool isBad =
        report.line.level == LogLevel::Error || report.line.level == LogLevel::Warning;
    for (const QString &text : report.line.text.split(u'\n'))
        m_output.line(prefix + (isBad ? colored(printable(text), red) : printable(text)));
}

void TextReporter::addTask(const TaskReport &task)
{
    if (task.span.outcome != Outcome::Succeeded)
        addFailure(task);
    else if (!task.result.isUndefined() && !task.result.isNull())
        addResult(task);
}

static QString sentenceOf(const TaskReport &task)
{
    if (!task.error.isEmpty())
        return printable(task.error);
    return task.reason.isEmpty() ? u"no reason given"_qs : printable(task.reason);
}

void TextReporter::addFailure(const TaskReport &task)
{
    if (++m_failures > maximumFailures)
        return;
    const QString head =
        u"%1 %2: "_qs.arg(nameOf(task.span.task, task.label), outcomeName(task.span.outcome));
    const QString file = task.file.isEmpty() ? QString() : u"  [%1]"_qs.arg(printable(task.file));
    m_output.line(colored(head, red) + sentenceOf(task) + file);
}

void TextReporter::addResult(const TaskReport &task)
{
    if (++m_results > maximumResults && task.file.isEmpty())
        return;
    QByteArray json;
    appendJson(json, task.result);
    const QString result = QString::fromUtf8(json);
    if (task.file.isEmpty())
        m_output.line(colored(nameOf(task.span.task, task.label) + u" → "_qs, faint)
                      + (result.size() > 2000
                             ? result.left(2000) + u"... (all of it with --json)"_qs
                             : result));
    else
        m_output.line(result + u"  "_qs + printable(task.file));
}

static QString outcomeCounts(const RunSummary &run)
{
    QStringList parts;
    for (int i = 0; i < outcomeCount; ++i) {
        const auto outcome = static_cast<Outcome>(i);
        if (run.count(outcome) > 0)
            parts.append(u"%1 %2"_qs.arg(run.count(outcome)).arg(outcomeName(outcome)));
    }
    return parts.join(u", "_qs);
}

static QString percentileLine(const QString &title, const Percentiles &values)
{
    return u"  %1  p50 %2   p90 %3   p99 %4"_qs.arg(
        title, formatDuration(values.p50).leftJustified(8),
        formatDuration(values.p90).leftJustified(8), formatDuration(values.p99));
}

static QString rate(double throughput)
{
    return QString::number(throughput, 'f', throughput < 100 ? 2 : 0) + u" tasks/s"_qs;
}

void TextReporter::sumUp(const SummaryReport &summary)
{
    const RunSummary &run = summary.run;
    if (m_failures > maximumFailures)
        m_output.line(u"... and %1 without success; --json tells each"_qs.arg(
            counted(m_failures - maximumFailures, u"more task"_qs)));
    QString line = u"%1 of %2"_qs.arg(counted(run.tasks(), u"task"_qs),
                                      counted(summary.emissions, u"emission"_qs));
    if (run.tasks() > 0)
        line += u" in %1 (%2): "_qs.arg(formatDuration(run.wall()), rate(run.throughput()))
            + colored(outcomeCounts(run), run.allSucceeded() ? green : red);
    m_output.line(line);
    if (run.tasks() > 0) {
        m_output.line(percentileLine(u"queued"_qs, run.queueTimes()));
        m_output.line(percentileLine(u"ran   "_qs, run.runTimes()));
    }
    if (summary.queue.rejected > 0)
        m_output.line(u"  %1 refused, because the queue held %2 tasks (--queue-bound, --on-full)"_qs
                          .arg(counted(summary.queue.rejected, u"emission"_qs))
                          .arg(summary.queue.bound));
    if (summary.queue.droppedOldest > 0)
        m_output.line(u"  %1 dropped from the queue of %2 to make room"_qs
                          .arg(counted(summary.queue.droppedOldest, u"task"_qs))
                          .arg(summary.queue.bound));
    if (summary.neverEmitted > 0)
        m_output.line(u"  %1 never made"_qs.arg(counted(summary.neverEmitted, u"emission"_qs)));
    if (summary.droppedLines > 0)
        m_output.line(u"  %1 lost, because they came too fast"_qs.arg(
            counted(summary.droppedLines, u"log line"_qs)));
}

} // namespace Fanfare::Cli
