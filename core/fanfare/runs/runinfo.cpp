// SPDX-License-Identifier: MIT
#include "fanfare/runs/runinfo.h"

#include <fanfare/base/cborinteger.h>

#include <QCborArray>
#include <QCborValue>

#include <algorithm>
#include <numeric>

namespace Fanfare {

using namespace Qt::StringLiterals;

QCborMap RunInfo::toCbor() const
{
    return {{u"id"_s, id},
            {u"label"_s, label},
            {u"executor"_s, executor},
            {u"workers"_s, workers},
            {u"queueBound"_s, queueBound},
            {u"onFull"_s, onFull},
            {u"begin"_s, begin},
            {u"beginUtc"_s, beginUtc},
            {u"seed"_s, qint64(seed)},
            {u"speed"_s, speed},
            {u"scenario"_s, scenario},
            {u"series"_s, series},
            {u"round"_s, round},
            {u"tags"_s, QCborArray::fromStringList(tags)},
            {u"host"_s, environment.host},
            {u"system"_s, environment.system},
            {u"processor"_s, environment.processor},
            {u"cores"_s, environment.cores},
            {u"qt"_s, environment.qt},
            {u"fanfare"_s, environment.fanfare},
            {u"load"_s, environment.load}};
}

QCborMap RunNames::toCbor() const
{
    QCborArray handlerRows;
    for (const RunHandler &handler : handlers) {
        handlerRows.append(QCborArray{qint64(number(handler.subscriber)), handler.plugin,
                                      handler.pluginVersion, handler.pluginHash, handler.name});
    }
    QCborArray eventRows;
    for (const RunEvent &event : events)
        eventRows.append(QCborArray{qint64(event.number), event.name});
    return {{u"handlers"_s, handlerRows}, {u"events"_s, eventRows}};
}

quint64 RunIndex::tasks() const
{
    return std::accumulate(outcomes.begin(), outcomes.end(), quint64(0));
}

QCborMap RunIndex::toCbor() const
{
    QCborArray rows;
    for (const RunChunk &chunk : chunks)
        rows.append(QCborArray{chunk.offset, qint64(chunk.spans), chunk.first, chunk.last});
    QCborArray counts;
    for (const quint64 count : outcomes)
        counts.append(qint64(count));
    QCborArray processRows;
    for (const ProcessUsage &process : processes) {
        processRows.append(QCborArray{process.name, process.pid, process.isWorker, process.cpu,
                                      process.peakMemory, process.voluntary, process.involuntary,
                                      process.faults, process.count, process.ready});
    }
    return {{u"info"_s, info.toCbor()},
            {u"chunks"_s, rows},
            {u"outcomes"_s, counts},
            {u"emissions"_s, qint64(emissions)},
            {u"droppedSpans"_s, qint64(droppedSpans)},
            {u"first"_s, first},
            {u"last"_s, last},
            {u"processes"_s, processRows}};
}

static QStringList texts(const QCborArray &array)
{
    QStringList list;
    for (const QCborValue &value : array)
        list.append(value.toString());
    return list;
}

static RunInfo infoOf(const QCborMap &map)
{
    RunInfo info;
    info.id = map[u"id"_s].toString();
    info.label = map[u"label"_s].toString();
    info.executor = map[u"executor"_s].toString();
    info.workers = int(integerOf(map[u"workers"_s]));
    info.queueBound = std::max<qint64>(0, integerOf(map[u"queueBound"_s]));
    info.onFull = map[u"onFull"_s].toString();
    info.begin = integerOf(map[u"begin"_s]);
    info.beginUtc = integerOf(map[u"beginUtc"_s]);
    info.seed = quint64(integerOf(map[u"seed"_s]));
    info.speed = map[u"speed"_s].toDouble(1);
    info.scenario = map[u"scenario"_s].toByteArray();
    info.series = map[u"series"_s].toString();
    info.round = int(integerOf(map[u"round"_s]));
    info.tags = texts(map[u"tags"_s].toArray());
    info.environment = {.host = map[u"host"_s].toString(),
                        .system = map[u"system"_s].toString(),
                        .processor = map[u"processor"_s].toString(),
                        .cores = int(integerOf(map[u"cores"_s])),
                        .qt = map[u"qt"_s].toString(),
                        .fanfare = map[u"fanfare"_s].toString(),
                        .load = map[u"load"_s].toDouble(-1)};
    return info;
}

/// The map that \a cbor is, with text under \a key; an empty one when it is something else.
static QCborMap mapWith(const QByteArray &cbor, const QString &key, QCborValue::Type type)
{
    QCborParserError error;
    const QCborMap map = QCborValue::fromCbor(cbor, &error).toMap();
    const bool isGood = error.error == QCborError::NoError && map.value(key).type() == type;
    return isGood ? map : QCborMap();
}

static Error unreadable(const QString &what)
{
    return {ErrorCode::Protocol, u"The %1 of the run is not readable."_s.arg(what)};
}

Result<RunInfo> readRunInfo(const QByteArray &cbor)
{
    const QCborMap map = mapWith(cbor, u"id"_s, QCborValue::String);
    if (map.isEmpty())
        return unreadable(u"description"_s);
    return infoOf(map);
}

Result<RunNames> readRunNames(const QByteArray &cbor)
{
    const QCborMap map = mapWith(cbor, u"handlers"_s, QCborValue::Array);
    if (map.isEmpty())
        return unreadable(u"list of handlers"_s);
    RunNames names;
    for (const QCborValue &value : map[u"handlers"_s].toArray()) {
        const QCborArray row = value.toArray();
        names.handlers.push_back({SubscriberId(integerOf(row.at(0))), row.at(1).toString(),
                                  row.at(2).toString(), row.at(3).toByteArray(),
                                  row.at(4).toString()});
    }
    for (const QCborValue &value : map[u"events"_s].toArray()) {
        const QCborArray row = value.toArray();
        names.events.push_back({quint32(integerOf(row.at(0))), row.at(1).toString()});
    }
    return names;
}

/// What no process can have taken counts as nothing.
static qint64 amountOf(const QCborValue &value)
{
    constexpr qint64 most = qint64(1) << 54; // of nanoseconds 200 days; no sum overflows
    return std::clamp<qint64>(integerOf(value), 0, most);
}

static std::vector<ProcessUsage> processesOf(const QCborArray &rows)
{
    constexpr qsizetype most = mostProcesses + 8; // what is measured; a file may claim anything
    std::vector<ProcessUsage> processes;
    for (qsizetype i = 0; i < std::min(rows.size(), most); ++i) {
        const QCborArray row = rows.at(i).toArray();
        processes.push_back({row.at(0).toString(), amountOf(row.at(1)), row.at(2).toBool(),
                             amountOf(row.at(3)), amountOf(row.at(4)), amountOf(row.at(5)),
                             amountOf(row.at(6)), amountOf(row.at(7)),
                             row.size() > 8 ? amountOf(row.at(8)) : 1, amountOf(row.at(9))});
    }
    return processes;
}

Result<RunIndex> readRunIndex(const QByteArray &cbor)
{
    const QCborMap map = mapWith(cbor, u"info"_s, QCborValue::Map);
    const QCborArray counts = map[u"outcomes"_s].toArray();
    if (counts.size() != outcomeCount)
        return unreadable(u"index"_s);
    RunIndex index;
    index.info = infoOf(map[u"info"_s].toMap());
    for (const QCborValue &value : map[u"chunks"_s].toArray()) {
        const QCborArray row = value.toArray();
        index.chunks.push_back({integerOf(row.at(0)), quint32(integerOf(row.at(1))),
                                integerOf(row.at(2)), integerOf(row.at(3))});
    }
    for (size_t i = 0; i < index.outcomes.size(); ++i)
        index.outcomes[i] = quint64(integerOf(counts.at(qsizetype(i))));
    index.emissions = quint64(integerOf(map[u"emissions"_s]));
    index.droppedSpans = quint64(integerOf(map[u"droppedSpans"_s]));
    index.first = integerOf(map[u"first"_s]);
    index.last = integerOf(map[u"last"_s]);
    index.processes = processesOf(map[u"processes"_s].toArray());
    return index;
}

} // namespace Fanfare
