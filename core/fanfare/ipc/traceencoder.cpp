// SPDX-License-Identifier: MIT
#include "fanfare/ipc/tracecodec.h"

#include <fanfare/ipc/tracekeys.h>

#include <QCborMap>
#include <QCborStreamWriter>

#include <algorithm>
#include <span>
#include <utility>

namespace Fanfare {

using namespace Qt::StringLiterals;
using namespace TraceKeys;

namespace {

/// Details and lines of one payload end behind this many bytes.
constexpr qsizetype portion = 1024 * 1024;

/// Characters of one text: a handler may throw an exception with all it knows in it.
constexpr qsizetype maximumText = 65'536;

template <typename T>
QByteArray pack(std::span<const T> records)
{
    static_assert(std::is_trivially_copyable_v<T>);
    return {reinterpret_cast<const char *>(records.data()), qsizetype(records.size_bytes())};
}

void writeLanes(QCborStreamWriter &writer, const std::vector<LaneInfo> &lanes)
{
    writer.append(int(Lanes));
    writer.startArray(lanes.size());
    for (const LaneInfo &lane : lanes) {
        writer.startArray(4);
        writer.append(quint64(number(lane.id)));
        writer.append(quint64(lane.kind));
        writer.append(lane.name);
        writer.append(lane.pid);
        writer.endArray();
    }
    writer.endArray();
}

void writeLaneEvents(QCborStreamWriter &writer, const std::vector<LaneEvent> &events)
{
    writer.append(int(LaneEvents));
    writer.startArray(events.size());
    for (const LaneEvent &event : events) {
        writer.startArray(5);
        writer.append(quint64(number(event.lane)));
        writer.append(quint64(event.kind));
        writer.append(event.time);
        writer.append(event.pid);
        writer.append(event.text.left(maximumText));
        writer.endArray();
    }
    writer.endArray();
}

/// The result is a byte string of its own, so that one strange value spoils only itself.
void writeDetail(QCborStreamWriter &writer, const TaskDetail &detail)
{
    QByteArray result;
    QString reason = detail.reason;
    if (!detail.result.isUndefined())
        result = detail.result.toCbor();
    if (result.size() > TraceEncoder::maximumResult) {
        reason = u"result-too-big"_s;
        result = QCborValue(u"The result had %1 bytes, more than the %2 that can be shown. Let the "
                            "handler write it to a file and return the path."_s.arg(result.size())
                                .arg(TraceEncoder::maximumResult))
                     .toCbor();
    }
    writer.startArray(7);
    writer.append(number(detail.task.emission));
    writer.append(quint64(detail.task.index));
    writer.append(result);
    writer.append(detail.error.type.left(maximumText));
    writer.append(detail.error.what.left(maximumText));
    writer.append(reason);
    writer.append(detail.crash.isEmpty() ? QByteArray() : QCborValue(detail.crash).toCbor());
    writer.endArray();
}

void writeLine(QCborStreamWriter &writer, const LogLine &line)
{
    writer.startArray(6);
    writer.append(line.time);
    writer.append(number(line.task.emission));
    writer.append(quint64(line.task.index));
    writer.append(quint64(number(line.subscriber)));
    writer.append(quint64(line.level));
    writer.append(line.text.left(maximumText));
    writer.endArray();
}

void writeLive(QCborStreamWriter &writer, const LiveSample &live)
{
    writer.append(int(LiveTime));
    writer.append(live.time);
    writer.append(int(Running));
    writer.append(pack(std::span(live.running)));
    writer.append(int(Queued));
    writer.append(pack(std::span(live.queued)));
    writer.append(int(QueuedCount));
    writer.append(live.queuedCount);
}

/// Writes items from \a next on until \a bytes has grown by a portion.
template <typename T, typename Write>
void writePortion(QCborStreamWriter &writer, const QByteArray &bytes, Key key,
                  const std::vector<T> &items, size_t &next, Write write)
{
    if (next == items.size())
        return;
    writer.append(int(key));
    writer.startArray();
    const qsizetype end = bytes.size() + portion;
    while (next < items.size() && bytes.size() < end)
        write(writer, items[next++]);
    writer.endArray();
}

} // namespace

bool TraceEncoder::hasMore() const
{
    return m_spans < m_batch.spans.size() || m_details < m_batch.details.size()
        || m_lines < m_batch.log.size();
}

QByteArray TraceEncoder::encode()
{
    QByteArray bytes;
    QCborStreamWriter writer(&bytes);
    writer.startMap();
    if (std::exchange(m_isFirst, false)) {
        writeLanes(writer, m_batch.lanes);
        if (!m_batch.laneEvents.empty())
            writeLaneEvents(writer, m_batch.laneEvents);
        writer.append(int(DroppedSpans));
        writer.append(m_batch.droppedSpans);
        writer.append(int(DroppedLines));
        writer.append(m_batch.droppedLines);
    }
    writePortion(writer, bytes, Details, m_batch.details, m_details, &writeDetail);
    writePortion(writer, bytes, Log, m_batch.log, m_lines, &writeLine);
    const size_t count = std::min(maximumSpans, m_batch.spans.size() - m_spans);
    writer.append(int(Spans));
    writer.append(pack(std::span(m_batch.spans).subspan(m_spans, count)));
    m_spans += count;
    if (!hasMore()) {
        writeLive(writer, m_batch.live);
        m_isFinished = true;
    }
    writer.endMap();
    return bytes;
}

} // namespace Fanfare
