// SPDX-License-Identifier: MIT
#include "fanfare/runs/chrometrace.h"

#include <fanfare/runs/jsontext.h>
#include <fanfare/runs/summary.h>

#include <QIODevice>
#include <QString>

namespace Fanfare {

/// Thread ids of the file. 0 would be the idle thread of the kernel to Perfetto.
static constexpr qint64 emissionTid = 1;
static qint64 tidOf(const LaneInfo &lane)
{
    return number(lane.id) + 2;
}

static constexpr qsizetype flushSize = 1 << 18;

static QString idOf(const TaskId &task)
{
    return QStringLiteral("%1.%2").arg(number(task.emission)).arg(task.index);
}

ChromeTraceWriter::ChromeTraceWriter(QIODevice &device, qint64 enginePid)
    : m_device(device)
    , m_enginePid(enginePid)
{
    m_buffer += "{\"displayTimeUnit\":\"ns\",\"traceEvents\":[";
    nameProcess(enginePid, "engine");
    nameThread(enginePid, emissionTid, u"emissions");
}

QByteArray &ChromeTraceWriter::nextEvent()
{
    if (m_buffer.size() >= flushSize)
        flush();
    m_buffer += m_isFirst ? "\n" : ",\n";
    m_isFirst = false;
    return m_buffer;
}

void ChromeTraceWriter::flush()
{
    if (m_device.write(m_buffer) != m_buffer.size())
        m_isBroken = true;
    m_buffer.resize(0); // keeps the memory, which clear() would not
}

bool ChromeTraceWriter::finish()
{
    m_buffer += "\n]}\n";
    flush();
    return !m_isBroken;
}

static void writeName(QByteArray &out, const char *what, qint64 pid, qint64 tid, QStringView name)
{
    JsonObjectWriter event(out);
    event.text("ph", u"M").number("pid", pid).number("tid", tid);
    event.text("name", QString::fromLatin1(what)).key("args");
    JsonObjectWriter(out).text("name", name);
}

void ChromeTraceWriter::nameProcess(qint64 pid, const char *name)
{
    if (m_namedProcesses.insert(pid).second)
        writeName(nextEvent(), "process_name", pid, 0, QString::fromLatin1(name));
}

void ChromeTraceWriter::nameThread(qint64 pid, qint64 tid, QStringView name)
{
    writeName(nextEvent(), "thread_name", pid, tid, name);
    QByteArray &out = nextEvent();
    JsonObjectWriter event(out);
    event.text("ph", u"M").number("pid", pid).number("tid", tid);
    event.text("name", u"thread_sort_index").key("args");
    JsonObjectWriter(out).number("sort_index", tid);
}

void ChromeTraceWriter::addLane(const LaneInfo &lane)
{
    m_lanes[lane.id] = lane;
    nameProcess(lane.pid, lane.kind == LaneKind::Process ? "worker" : "engine");
    nameThread(lane.pid, tidOf(lane), lane.name);
}

void ChromeTraceWriter::addSpan(const SpanRecord &span, const ChromeLabels &labels)
{
    if (span.task.index == 0) // every emission that has tasks has exactly one of these
        addEmission(span, labels);
    const auto lane = m_lanes.find(span.lane);
    const bool isOnLane = hasStarted(span) && lane != m_lanes.end();
    if (!isOnLane || lane->second.kind == LaneKind::Loop) {
        addAsync(span, labels, isOnLane ? lane->second.pid : m_enginePid);
        return;
    }
    addComplete(span, labels, lane->second);
    addFlow(span, lane->second);
}

void ChromeTraceWriter::addEmission(const SpanRecord &span, const ChromeLabels &labels)
{
    QByteArray &out = nextEvent();
    JsonObjectWriter event(out);
    event.text("ph", u"i").text("s", u"t").text("cat", u"emission").text("name", labels.event);
    event.number("pid", m_enginePid).number("tid", emissionTid).microseconds("ts", span.queued);
    event.key("args");
    JsonObjectWriter(out).number("emission", qint64(number(span.task.emission)));
}

static void writeArguments(QByteArray &out, const SpanRecord &span, const ChromeLabels &labels)
{
    JsonObjectWriter args(out);
    args.number("emission", qint64(number(span.task.emission))).text("event", labels.event);
    args.text("plugin", labels.plugin).text("outcome", outcomeName(span.outcome));
    args.number("attempt", span.attempt).number("waitedNs", span.started - span.queued);
    args.number("index", span.task.index);
    if (span.sentBefore > 0 || span.repliedAfter > 0)
        args.number("sentNs", span.sentBefore).number("replyNs", span.repliedAfter);
    if (span.cpu >= 0)
        args.number("cpuNs", span.cpu);
    if (!labels.reason.isEmpty())
        args.text("reason", labels.reason);
    if (!labels.error.isEmpty())
        args.text("error", labels.error);
}

void ChromeTraceWriter::addComplete(const SpanRecord &span, const ChromeLabels &labels,
                                    const LaneInfo &lane)
{
    QByteArray &out = nextEvent();
    JsonObjectWriter event(out);
    event.text("ph", u"X").text("cat", u"task").text("name", labels.handler);
    event.number("pid", lane.pid).number("tid", tidOf(lane)).microseconds("ts", span.started);
    event.microseconds("dur", span.finished - span.started);
    if (span.outcome != Outcome::Succeeded)
        event.text("cname", u"terrible"); // red in chrome://tracing
    event.key("args");
    writeArguments(out, span, labels);
}

void ChromeTraceWriter::addAsync(const SpanRecord &span, const ChromeLabels &labels, qint64 pid)
{
    const bool started = hasStarted(span);
    const auto lane = m_lanes.find(span.lane);
    const qint64 tid = started && lane != m_lanes.end() ? tidOf(lane->second) : emissionTid;
    const auto write = [&](QStringView phase, qint64 time) {
        QByteArray &out = nextEvent();
        JsonObjectWriter event(out);
        event.text("ph", phase).text("cat", started ? u"async" : u"never started");
        event.text("id", idOf(span.task)).text("name", labels.handler);
        event.number("pid", pid).number("tid", tid).microseconds("ts", time);
        event.key("args");
        if (phase == u"b")
            writeArguments(out, span, labels);
        else
            out += "{}";
    };
    write(u"b", started ? span.started : span.queued);
    write(u"e", span.finished);
}

void ChromeTraceWriter::addFlow(const SpanRecord &span, const LaneInfo &lane)
{
    const auto write = [&](QStringView phase, qint64 pid, qint64 tid, qint64 time) {
        JsonObjectWriter event(nextEvent());
        event.text("ph", phase).text("cat", u"emission").text("name", u"emission");
        event.text("id", idOf(span.task)).number("pid", pid).number("tid", tid);
        event.microseconds("ts", time);
        if (phase == u"f")
            event.text("bp", u"e"); // ends in the event that encloses it, not in the next one
    };
    write(u"s", m_enginePid, emissionTid, span.queued);
    write(u"f", lane.pid, tidOf(lane), span.started);
}

} // namespace Fanfare
