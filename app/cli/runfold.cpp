// SPDX-License-Identifier: MIT
#include "cli/runfold.h"

#include <fanfare/base/clock.h>

#include <algorithm>

namespace Fanfare::Cli {

RunFold::RunFold(std::vector<RunReporter *> reporters)
    : m_reporters(std::move(reporters))
{
}

void RunFold::begin(const CatalogFact &catalog, const Request &request)
{
    m_request = request;
    setCatalog(catalog);
}

/// What is known of former subscribers stays: their tasks may still end.
void RunFold::setCatalog(const CatalogFact &catalog)
{
    for (const PluginFact &plugin : catalog.plugins) {
        if (!plugin.isActive)
            continue;
        for (const HandlerFact &handler : plugin.handlers)
            m_labels[handler.subscriber] = {plugin.name, handler.name, plugin.hash};
    }
}

void RunFold::expire(qint64 time)
{
    m_expiry = time;
}

void RunFold::interrupt()
{
    m_isInterrupted = true;
}

void RunFold::apply(const BatchFact &batch)
{
    m_droppedSpans += batch.trace.droppedSpans;
    m_droppedLines += batch.trace.droppedLines;
    m_queue = batch.counters.queue;
    addLanes(batch.trace);
    addDetails(batch.trace.details);
    addInOrder(batch.trace);
}

void RunFold::addLanes(const TraceBatch &trace)
{
    for (const LaneEvent &event : trace.laneEvents)
        m_history.add(number(event.lane), event);
    for (const LaneInfo &lane : trace.lanes) {
        m_lanes[lane.id] = lane;
        for (RunReporter *reporter : m_reporters)
            reporter->addLane(lane);
    }
}

void RunFold::addDetails(const std::vector<TaskDetail> &details)
{
    for (const TaskDetail &detail : details)
        m_details[detail.task] = detail;
}

/// Lines and spans by time; a line that was written in the nanosecond in which its task ended
/// comes first.
void RunFold::addInOrder(const TraceBatch &batch)
{
    std::vector<const SpanRecord *> spans;
    spans.reserve(batch.spans.size());
    for (const SpanRecord &span : batch.spans)
        spans.push_back(&span);
    std::stable_sort(spans.begin(), spans.end(), [](const SpanRecord *a, const SpanRecord *b) {
        return a->finished < b->finished;
    });
    std::vector<const LogLine *> lines;
    lines.reserve(batch.log.size());
    for (const LogLine &line : batch.log)
        lines.push_back(&line);
    std::stable_sort(lines.begin(), lines.end(),
                     [](const LogLine *a, const LogLine *b) { return a->time < b->time; });

    auto line = lines.cbegin();
    for (const SpanRecord *span : spans) {
        for (; line != lines.cend() && (*line)->time <= span->finished; ++line)
            addLine(**line);
        addSpan(*span);
    }
    for (; line != lines.cend(); ++line)
        addLine(**line);
}

void RunFold::addLine(const LogLine &line)
{
    const LineReport report{line, labelOf(line.subscriber)};
    for (RunReporter *reporter : m_reporters)
        reporter->addLine(report);
}

static QString sentenceOf(const TaskError &error)
{
    if (!error.what.isEmpty())
        return error.what;
    return error.type.isEmpty() ? QString() : u"The handler threw %1."_qs.arg(error.type);
}

void RunFold::addSpan(const SpanRecord &span)
{
    TaskReport task{span, labelOf(span.subscriber), m_request.eventOf(span.task.emission),
                    m_request.fileOf(span.task.emission)};
    if (!m_details.empty()) {
        if (auto node = m_details.extract(span.task)) {
            const TaskDetail &detail = node.mapped();
            task.result = detail.result;
            task.reason = detail.reason;
            task.error = sentenceOf(detail.error);
            task.crash = detail.crash;
        }
    }
    if (m_expiry && span.outcome == Outcome::Canceled && span.finished >= *m_expiry) {
        task.span.outcome = Outcome::TimedOut;
        task.reason = u"timeout"_qs;
        task.error = u"Stopped because the time of --timeout was over."_qs;
    }
    report(task);
}

void RunFold::addLost(const OpenTask &open, qint64 time, const QString &sentence)
{
    SpanRecord span;
    span.task = open.task;
    span.subscriber = open.subscriber;
    span.event = open.event;
    span.lane = open.lane;
    span.queued = open.queued > 0 ? open.queued : time;
    span.started = open.started > 0 ? open.started : time;
    span.finished = time;
    span.outcome = m_expiry ? Outcome::TimedOut
        : m_isInterrupted   ? Outcome::Canceled
                            : Outcome::Crashed;
    TaskReport task{span, labelOf(open.subscriber), m_request.eventOf(open.task.emission),
                    m_request.fileOf(open.task.emission)};
    const QString how = open.started > 0 ? u"Killed"_qs : u"Never started"_qs;
    if (m_expiry) {
        task.reason = u"timeout"_qs;
        task.error = how + u" because the time of --timeout was over."_qs;
    } else if (m_isInterrupted) {
        task.reason = u"interrupted"_qs;
        task.error = how + u" because the run was interrupted."_qs;
    } else {
        task.reason = u"engine-crashed"_qs;
        task.error = sentence;
    }
    report(task);
}

void RunFold::report(TaskReport &task)
{
    const auto lane = m_lanes.find(task.span.lane);
    if (hasStarted(task.span) && lane != m_lanes.end()) {
        task.worker = lane->second.name;
        const qint64 ofProcess = m_history.pidAt(number(task.span.lane), task.span.started);
        task.pid = ofProcess != 0 ? ofProcess : lane->second.pid;
    }
    m_summary.add(task.span);
    for (RunReporter *reporter : m_reporters)
        reporter->addTask(task);
}

void RunFold::applyCommandEnd(const CommandFact &command)
{
    m_accepted += command.emissions;
}

quint64 RunFold::neverEmitted() const
{
    return m_request.emissions() - std::min(m_accepted, m_request.emissions());
}

QString RunFold::describe(const EngineEndFact &end) const
{
    QStringList places;
    for (const CulpritFact &culprit : end.culprits) {
        const HandlerLabel label = labelOf(culprit.subscriber);
        if (!label.handler.isEmpty())
            places.append(label.plugin + u'/' + label.handler);
        if (culprit.isCertain)
            break;
    }
    places.removeDuplicates();
    QString reason = end.reason;
    if (reason.endsWith(u'.'))
        reason.chop(1);
    if (places.isEmpty())
        return reason;
    const QString where = places.size() == 1 ? u" in "_qs : u" in one of "_qs;
    return reason + where + places.mid(0, 4).join(u", "_qs);
}

void RunFold::applyEnd(const EngineEndFact &end)
{
    const qint64 now = MonotonicClock::now();
    const QString why = describe(end);
    for (const OpenTask &task : end.lost)
        addLost(task, now,
                u"The engine died while this task %1: %2."_qs.arg(
                    task.started > 0 ? u"ran"_qs : u"was queued"_qs, why));
}

void RunFold::sumUp()
{
    const SummaryReport summary{m_summary,      m_accepted,     neverEmitted(),
                                m_droppedSpans, m_droppedLines, m_queue};
    for (RunReporter *reporter : m_reporters)
        reporter->sumUp(summary);
}

HandlerLabel RunFold::labelOf(SubscriberId subscriber) const
{
    const auto label = m_labels.find(subscriber);
    return label == m_labels.end() ? HandlerLabel() : label->second;
}

} // namespace Fanfare::Cli
