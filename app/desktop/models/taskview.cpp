// SPDX-License-Identifier: MIT
#include "taskview.h"

#include <algorithm>

namespace Fanfare {

static SiblingView siblingOf(const RunModel &run, TaskId task, qint64 now)
{
    SiblingView view{.task = task};
    if (const std::optional<SpanEntry> span = run.find(task)) {
        view.handler = run.handler(span->handler).handler;
        view.state = TaskState::Ended;
        view.outcome = span->record.outcome;
        view.running = span->record.finished - span->record.started;
        view.queued = span->record.queued;
        view.started = span->record.started;
        view.until = span->record.finished;
    } else if (const auto open = run.findOpen(task)) {
        view.handler = run.handler(run.handlerIndex(open->subscriber)).handler;
        view.state = open->started > 0 ? TaskState::Running : TaskState::Queued;
        view.running = open->started > 0 ? std::max<qint64>(0, now - open->started) : 0;
        view.queued = open->queued;
        view.started = open->started;
        view.until = std::max(now, open->queued);
    }
    return view;
}

static void fill(TaskView &view, const RunModel &run, const SpanEntry &span)
{
    const SpanRecord &record = span.record;
    view.handler = run.handler(span.handler);
    view.build = run.buildOfHandler(span.handler, record.started);
    view.state = TaskState::Ended;
    view.outcome = record.outcome;
    view.queuedAt = record.queued;
    view.waited = record.started - record.queued - record.sentBefore;
    view.sent = record.sentBefore;
    view.ran = record.finished - record.started;
    view.replied = record.repliedAfter;
    view.cpu = record.cpu;
    view.peakMemory = record.peakMemory;
    view.worker = run.lane(span.lane).name;
    view.pid = run.pidAt(span.lane, record.started);
    view.attempt = record.attempt;
    view.detail = run.detail(record.task).value_or(TaskDetail());
}

static void fill(TaskView &view, const RunModel &run, const OpenTask &open, qint64 now)
{
    view.handler = run.handler(run.handlerIndex(open.subscriber));
    view.build = run.buildOf(open.subscriber, now);
    view.progress = open.progress;
    view.queuedAt = open.queued;
    if (open.started == 0) {
        view.waited = std::max<qint64>(0, now - open.queued);
        return;
    }
    const quint32 lane = run.laneIndex(open.lane);
    view.state = TaskState::Running;
    view.waited = open.started - open.queued;
    view.ran = std::max<qint64>(0, now - open.started);
    view.worker = run.lane(lane).name;
    view.pid = run.pidAt(lane, open.started);
}

std::optional<TaskView> viewOf(const RunModel &run, TaskId task, qint64 now)
{
    TaskView view{.task = task};
    if (const std::optional<SpanEntry> span = run.find(task))
        fill(view, run, *span);
    else if (const auto open = run.findOpen(task))
        fill(view, run, *open, now);
    else
        return {};
    view.event = run.eventName(task.emission);
    view.arguments = run.arguments(task.emission);
    for (TaskId sibling : run.tasksOf(task.emission))
        view.siblings.push_back(siblingOf(run, sibling, now));
    return view;
}

EmissionExtent extentOf(const std::vector<SiblingView> &siblings)
{
    EmissionExtent extent;
    for (size_t i = 0; i < siblings.size(); ++i) {
        const SiblingView &sibling = siblings[i];
        if (i == 0 || sibling.queued < extent.from)
            extent.from = sibling.queued;
        if (i == 0 || sibling.until > extent.to) {
            extent.to = sibling.until;
            extent.last = i;
        }
    }
    return extent;
}

void TaskLines::setTask(std::optional<TaskId> task)
{
    m_task = task;
    m_lines.clear();
    m_seen = 0;
}

bool TaskLines::refresh(const RunModel &run)
{
    const quint64 first = run.forgottenLines();
    const quint64 end = first + run.lineCount();
    if (!m_task || m_seen >= end || size_t(m_lines.size()) >= maximumLines)
        return false;
    const qsizetype before = m_lines.size();
    for (quint64 line = std::max(m_seen, first); line < end; ++line) {
        const LogLine &candidate = run.line(size_t(line - first));
        if (candidate.task == *m_task && size_t(m_lines.size()) < maximumLines)
            m_lines.append(candidate.text);
    }
    m_seen = end;
    return m_lines.size() > before;
}

QString TaskLines::text() const
{
    return m_lines.join(u'\n');
}

} // namespace Fanfare
