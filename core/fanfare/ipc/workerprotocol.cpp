// SPDX-License-Identifier: MIT
#include "fanfare/ipc/workerprotocol.h"

#include <fanfare/base/cborinteger.h>

#include <QCborMap>

#include <algorithm>
#include <optional>

namespace Fanfare {

using namespace Qt::StringLiterals;

static QByteArray toBytes(const QCborMap &map)
{
    return map.toCborValue().toCbor();
}

static Error wrongShape(const char *what)
{
    return {ErrorCode::Protocol,
            u"the message \"%1\" has an unknown shape"_s.arg(QLatin1StringView(what))};
}

/// The map that \a payload consists of, or nothing.
static std::optional<QCborMap> mapFrom(const QByteArray &payload)
{
    QCborParserError error;
    const QCborValue value = QCborValue::fromCbor(payload, &error);
    if (error.error != QCborError::NoError || error.offset != payload.size() || !value.isMap())
        return {};
    return value.toMap();
}

QByteArray encode(const WorkerHello &message)
{
    return toBytes({{u"protocol"_s, message.protocol},
                    {u"nonce"_s, message.nonce},
                    {u"build"_s, message.build}});
}

template <>
Result<WorkerHello> decodeWorkerMessage(const QByteArray &payload)
{
    const auto map = mapFrom(payload);
    if (!map)
        return wrongShape("hello");
    return WorkerHello{int(integerOf(map->value("protocol"_L1))),
                       map->value("nonce"_L1).toByteArray(), map->value("build"_L1).toString()};
}

QByteArray encode(const WorkerWelcome &message)
{
    return toBytes({{u"protocol"_s, message.protocol},
                    {u"nonce"_s, message.nonce},
                    {u"build"_s, message.build},
                    {u"pid"_s, message.pid}});
}

template <>
Result<WorkerWelcome> decodeWorkerMessage(const QByteArray &payload)
{
    const auto map = mapFrom(payload);
    if (!map)
        return wrongShape("welcome");
    return WorkerWelcome{int(integerOf(map->value("protocol"_L1))),
                         map->value("nonce"_L1).toByteArray(), map->value("build"_L1).toString(),
                         integerOf(map->value("pid"_L1))};
}

QByteArray encode(const LoadRequest &message)
{
    return toBytes({{u"plugin"_s, message.plugin},
                    {u"handler"_s, message.handler},
                    {u"path"_s, message.path},
                    {u"hash"_s, message.hash}});
}

template <>
Result<LoadRequest> decodeWorkerMessage(const QByteArray &payload)
{
    const auto map = mapFrom(payload);
    if (!map || map->value("path"_L1).toString().isEmpty())
        return wrongShape("load");
    return LoadRequest{map->value("plugin"_L1).toString(), map->value("handler"_L1).toString(),
                       map->value("path"_L1).toString(), map->value("hash"_L1).toByteArray()};
}

QByteArray encode(const LoadProblem &message)
{
    return toBytes({{u"code"_s, message.code}, {u"text"_s, message.text}});
}

template <>
Result<LoadProblem> decodeWorkerMessage(const QByteArray &payload)
{
    const auto map = mapFrom(payload);
    if (!map || map->value("code"_L1).toString().isEmpty())
        return wrongShape("load failed");
    return LoadProblem{map->value("code"_L1).toString(), map->value("text"_L1).toString()};
}

QByteArray encode(const WorkerLine &message)
{
    return toBytes({{u"time"_s, message.time},
                    {u"level"_s, int(message.level)},
                    {u"text"_s, message.text},
                    {u"dropped"_s, qint64(message.dropped)}});
}

template <>
Result<WorkerLine> decodeWorkerMessage(const QByteArray &payload)
{
    const auto map = mapFrom(payload);
    const qint64 level = map ? integerOf(map->value("level"_L1), -1) : -1;
    if (level < 0 || level > qint64(LogLevel::Printed))
        return wrongShape("log");
    return WorkerLine{integerOf(map->value("time"_L1)), LogLevel(level),
                      map->value("text"_L1).toString(),
                      quint64(integerOf(map->value("dropped"_L1)))};
}

QByteArray encode(const WorkerProgress &message)
{
    return toBytes({{u"fraction"_s, message.fraction}, {u"text"_s, message.text}});
}

template <>
Result<WorkerProgress> decodeWorkerMessage(const QByteArray &payload)
{
    const auto map = mapFrom(payload);
    if (!map)
        return wrongShape("progress");
    const double fraction = map->value("fraction"_L1).toDouble();
    return WorkerProgress{std::clamp(fraction, 0.0, 1.0), map->value("text"_L1).toString()};
}

} // namespace Fanfare
