// SPDX-License-Identifier: MIT
#include "fanfare/ipc/tracecodec.h"

#include <fanfare/base/cborinteger.h>
#include <fanfare/ipc/tracekeys.h>

#include <QCborArray>
#include <QCborMap>

#include <algorithm>
#include <cstring>
#include <span>

namespace Fanfare {

using namespace Qt::StringLiterals;
using namespace TraceKeys;

namespace {

/// False when \a bytes is no whole number of records.
template <typename T>
bool unpack(const QByteArray &bytes, std::vector<T> &records)
{
    static_assert(std::is_trivially_copyable_v<T>);
    if (size_t(bytes.size()) % sizeof(T) != 0)
        return false;
    const size_t before = records.size();
    records.resize(before + size_t(bytes.size()) / sizeof(T));
    if (!bytes.isEmpty())
        std::memcpy(static_cast<void *>(&records[before]), bytes.constData(), size_t(bytes.size()));
    return true;
}

TaskId taskId(const QCborArray &row, qsizetype first)
{
    return {EmissionId(integerOf(row.at(first))), quint16(integerOf(row.at(first + 1)))};
}

bool readLanes(const QCborArray &lanes, TraceBatch &batch)
{
    for (const QCborValue &value : lanes) {
        const QCborArray row = value.toArray();
        const qint64 kind = integerOf(row.at(1), -1);
        if (row.size() != 4 || kind < 0 || kind > qint64(LaneKind::Inline))
            return false;
        batch.lanes.push_back({LaneId(integerOf(row.at(0))), LaneKind(kind), row.at(2).toString(),
                               integerOf(row.at(3))});
    }
    return true;
}

bool readLaneEvents(const QCborArray &events, TraceBatch &batch)
{
    for (const QCborValue &value : events) {
        const QCborArray row = value.toArray();
        const qint64 kind = integerOf(row.at(1), -1);
        if (row.size() != 5 || kind < 0 || kind > qint64(LaneEventKind::Responsive))
            return false;
        batch.laneEvents.push_back({LaneId(integerOf(row.at(0))), LaneEventKind(kind),
                                    integerOf(row.at(2)), integerOf(row.at(3)),
                                    row.at(4).toString()});
    }
    return true;
}

/// A result that QCborValue does not parse, for instance nested 5,000 deep, is shown as text.
QCborValue readResult(const QByteArray &bytes)
{
    if (bytes.isEmpty())
        return QCborValue(QCborValue::Undefined);
    QCborParserError error;
    const QCborValue result = QCborValue::fromCbor(bytes, &error);
    if (error.error == QCborError::NoError)
        return result;
    return QCborValue(u"The result cannot be shown: %1"_s.arg(error.errorString()));
}

bool readDetails(const QCborArray &details, TraceBatch &batch, TraceWords words)
{
    for (const QCborValue &value : details) {
        const QCborArray row = value.toArray();
        if (row.size() != 7)
            return false;
        const QByteArray crash = row.at(6).toByteArray();
        if (crash.isEmpty() && words == TraceWords::Crashes)
            continue;
        batch.details.push_back(
            {taskId(row, 0),
             readResult(row.at(2).toByteArray()),
             {row.at(3).toString(), row.at(4).toString()},
             row.at(5).toString(),
             crash.isEmpty() ? QCborMap() : QCborValue::fromCbor(crash).toMap()});
    }
    return true;
}

bool readLog(const QCborArray &log, TraceBatch &batch)
{
    for (const QCborValue &value : log) {
        const QCborArray row = value.toArray();
        const qint64 level = integerOf(row.at(4), -1);
        if (row.size() != 6 || level < 0 || level > qint64(LogLevel::Printed))
            return false;
        batch.log.push_back({integerOf(row.at(0)), taskId(row, 1),
                             SubscriberId(integerOf(row.at(3))), LogLevel(level),
                             row.at(5).toString()});
    }
    return true;
}

bool areValid(std::span<const SpanRecord> spans)
{
    return std::all_of(spans.begin(), spans.end(), [](const SpanRecord &span) {
        return number(span.task.emission) > 0 && int(span.outcome) < outcomeCount;
    });
}

bool readSpans(const QByteArray &bytes, TraceBatch &batch)
{
    const size_t before = batch.spans.size();
    return unpack(bytes, batch.spans) && areValid(std::span(batch.spans).subspan(before));
}

bool readAll(const QCborMap &map, TraceBatch &batch, TraceWords words)
{
    const QCborArray log = words == TraceWords::All ? map.value(Log).toArray() : QCborArray();
    LiveSample live;
    if (!readLanes(map.value(Lanes).toArray(), batch)
        || !readLaneEvents(map.value(LaneEvents).toArray(), batch)
        || !readSpans(map.value(Spans).toByteArray(), batch)
        || !readDetails(map.value(Details).toArray(), batch, words) || !readLog(log, batch)
        || !unpack(map.value(Running).toByteArray(), live.running)
        || !unpack(map.value(Queued).toByteArray(), live.queued)) {
        return false;
    }
    batch.droppedSpans += quint64(integerOf(map.value(DroppedSpans)));
    batch.droppedLines += quint64(integerOf(map.value(DroppedLines)));
    if (!map.contains(qint64(LiveTime)))
        return true;
    live.time = integerOf(map.value(LiveTime));
    live.queuedCount = quint64(integerOf(map.value(QueuedCount)));
    batch.live = std::move(live);
    return true;
}

} // namespace

Result<void> decodeTrace(const QByteArray &payload, TraceBatch &batch, TraceWords words)
{
    QCborParserError error;
    const QCborValue value = QCborValue::fromCbor(payload, &error);
    if (error.error != QCborError::NoError)
        return Error{ErrorCode::Protocol, u"a batch is no CBOR: "_s + error.errorString()};
    if (!value.isMap() || !readAll(value.toMap(), batch, words))
        return Error{ErrorCode::Protocol, u"a batch has an unknown shape"_s};
    return {};
}

} // namespace Fanfare
