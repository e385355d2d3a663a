// SPDX-License-Identifier: MIT
#include "fanfare/runs/runexport.h"

#include "fanfare/runs/chrometrace.h"
#include "fanfare/runs/runreader.h"

#include <unordered_map>

namespace Fanfare {

using namespace Qt::StringLiterals;

namespace {

/// What the numbers of spans mean, ready to be looked up.
class Labels
{
public:
    void set(const RunNames &names)
    {
        if (names == m_names)
            return;
        m_names = names;
        m_handlers.clear();
        m_events.clear();
        for (const RunHandler &handler : m_names.handlers)
            m_handlers.emplace(number(handler.subscriber), &handler);
        for (const RunEvent &event : m_names.events)
            m_events.emplace(event.number, &event);
    }

    ChromeLabels of(const SpanRecord &span) const
    {
        ChromeLabels labels;
        if (const auto found = m_handlers.find(number(span.subscriber));
            found != m_handlers.end()) {
            labels.plugin = found->second->plugin;
            labels.handler = found->second->name;
        }
        if (const auto found = m_events.find(span.event); found != m_events.end())
            labels.event = found->second->name;
        return labels;
    }

private:
    RunNames m_names;
    std::unordered_map<quint32, const RunHandler *> m_handlers;
    std::unordered_map<quint32, const RunEvent *> m_events;
};

/// The details of tasks whose span has not come yet.
using Details = std::unordered_map<TaskId, TaskDetail>;

} // namespace

static Error notWritten(const QIODevice &target)
{
    return {ErrorCode::Unreadable,
            u"The export cannot be written: %1."_s.arg(target.errorString())};
}

/// Reads the whole run and calls \a addLane and \a addSpan for what it holds.
template <typename AddLane, typename AddSpan>
static Result<RunExport> forEachSpan(const QString &source, AddLane addLane, AddSpan addSpan,
                                     const std::function<void(double)> &progress)
{
    Result<RunReader> reader = RunReader::open(source);
    if (!reader)
        return reader.error();
    Labels labels;
    Details details;
    RunExport done;
    TraceBatch batch;
    while (reader->read(batch)) {
        labels.set(reader->names());
        for (const LaneInfo &lane : batch.lanes)
            addLane(lane);
        for (TaskDetail &detail : batch.details)
            details[detail.task] = std::move(detail);
        for (const SpanRecord &span : batch.spans) {
            ChromeLabels label = labels.of(span);
            const auto detail = details.extract(span.task);
            if (!detail.empty()) {
                label.reason = detail.mapped().reason;
                label.error = detail.mapped().error.what;
            }
            addSpan(span, label);
            ++done.tasks;
        }
        batch = {};
        if (progress)
            progress(reader->progress());
    }
    done.damage = reader->damage();
    return done;
}

Result<RunExport> exportChrome(const QString &source, QIODevice &target,
                               const std::function<void(double)> &progress)
{
    ChromeTraceWriter writer(target, 0);
    Result<RunExport> done = forEachSpan(
        source, [&writer](const LaneInfo &lane) { writer.addLane(lane); },
        [&writer](const SpanRecord &span, const ChromeLabels &labels) {
            writer.addSpan(span, labels);
        },
        progress);
    if (!writer.finish() && done)
        return notWritten(target);
    return done;
}

/// A cell: quoted when it has to be, and never a formula.
static QByteArray csvText(QStringView text)
{
    QByteArray bytes = text.toUtf8();
    if (!bytes.isEmpty() && QByteArrayView("=+-@\t\r").contains(bytes.front()))
        bytes.prepend('\'');
    if (!bytes.contains('"') && !bytes.contains(',') && !bytes.contains('\n')
        && !bytes.contains('\r')) {
        return bytes;
    }
    return '"' + bytes.replace("\"", "\"\"") + '"';
}

static QByteArray csvLine(const SpanRecord &span, const ChromeLabels &labels, const QString &lane)
{
    const auto whole = [](auto value) { return QByteArray::number(value); };
    const QByteArrayList cells{whole(number(span.task.emission)),
                               whole(span.task.index),
                               csvText(labels.event),
                               csvText(labels.plugin),
                               csvText(labels.handler),
                               csvText(lane),
                               csvText(outcomeName(span.outcome)),
                               whole(span.attempt),
                               whole(span.queued),
                               whole(span.started),
                               whole(span.finished),
                               whole(span.sentBefore),
                               whole(span.repliedAfter),
                               whole(span.cpu),
                               whole(span.peakMemory),
                               csvText(labels.reason),
                               csvText(labels.error)};
    return cells.join(',') + "\r\n";
}

Result<RunExport> exportCsv(const QString &source, QIODevice &target,
                            const std::function<void(double)> &progress)
{
    bool isWritten =
        target.write(
            "emission,index,event,plugin,handler,worker,outcome,attempt,queuedNs,startedNs,"
            "finishedNs,sentNs,replyNs,cpuNs,peakMemoryKiB,reason,error\r\n")
        > 0;
    std::unordered_map<quint16, QString> lanes;
    Result<RunExport> done = forEachSpan(
        source, [&lanes](const LaneInfo &lane) { lanes[number(lane.id)] = lane.name; },
        [&](const SpanRecord &span, const ChromeLabels &labels) {
            const QByteArray line = csvLine(span, labels, lanes[number(span.lane)]);
            isWritten = target.write(line) == line.size() && isWritten;
        },
        progress);
    if (!isWritten && done)
        return notWritten(target);
    return done;
}

} // namespace Fanfare
