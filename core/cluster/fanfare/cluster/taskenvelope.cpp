// SPDX-License-Identifier: MIT
#include "fanfare/cluster/taskenvelope.h"

#include "fanfare/cluster/envelopereader.h"

#include <QCborStreamWriter>

#include <algorithm>
#include <limits>

namespace Fanfare {

using namespace Qt::StringLiterals;

namespace {
enum Key : quint64 {
    Version,
    Task,
    Plugin,
    Hash,
    Handler,
    Event,
    AppTime,
    Deadline,
    Flags,
    Args,
    Emission,
    Index
};
constexpr quint64 idempotentFlag = 1;
constexpr qsizetype hashSize = 32;
constexpr int shownDigits = 16; // of the hash, in the name of a queue
} // namespace

QByteArray encode(const TaskEnvelope &task)
{
    QByteArray bytes;
    bytes.reserve(192 + task.arguments.size());
    QCborStreamWriter writer(&bytes);
    const auto key = [&](Key k) { writer.append(quint64(k)); };
    writer.startMap(12);
    key(Version), writer.append(quint64(envelopeVersion));
    key(Task), writer.append(toBytes(task.task));
    key(Plugin), writer.append(task.plugin);
    key(Hash), writer.append(task.hash);
    key(Handler), writer.append(task.handler);
    key(Event), writer.append(task.event);
    key(AppTime), writer.append(task.appTime);
    key(Deadline), writer.append(task.deadline);
    key(Flags), writer.append(task.isIdempotent ? idempotentFlag : quint64(0));
    key(Args), writer.append(task.arguments);
    key(Emission), writer.append(number(task.origin.emission));
    key(Index), writer.append(quint64(task.origin.index));
    writer.endMap();
    return bytes;
}

static void readField(EnvelopeReader &reader, quint64 &version, TaskEnvelope &task)
{
    switch (reader.key()) {
    case Version:
        version = reader.number();
        break;
    case Task:
        task.task = reader.task();
        break;
    case Plugin:
        task.plugin = reader.text();
        break;
    case Hash:
        task.hash = reader.bytes(hashSize);
        break;
    case Handler:
        task.handler = reader.text();
        break;
    case Event:
        task.event = reader.text(1 << 16);
        break;
    case AppTime:
        task.appTime = reader.integer();
        break;
    case Deadline:
        task.deadline = reader.integer();
        break;
    case Flags:
        task.isIdempotent = reader.number() & idempotentFlag;
        break;
    case Args:
        task.arguments = reader.bytes();
        break;
    case Emission:
        task.origin.emission = EmissionId(reader.number());
        break;
    case Index:
        task.origin.index = quint16(reader.number(std::numeric_limits<quint16>::max()));
        break;
    default:
        reader.skip();
    }
}

Result<TaskEnvelope> decodeTask(const QByteArray &bytes)
{
    TaskEnvelope task;
    quint64 version = 0;
    EnvelopeReader reader(bytes);
    for (reader.enter(); reader.nextKey();)
        readField(reader, version, task);
    const bool isWhole = !reader.isBroken() && reader.isAtEnd() && version == envelopeVersion;
    const bool isRight = task.task.number > 0 && isClusterName(task.plugin)
        && task.hash.size() == hashSize && !task.handler.isEmpty() && !task.event.isEmpty()
        && task.deadline >= 0 && isShallow(task.arguments);
    if (!isWhole || !isRight)
        return brokenEnvelope("task");
    return task;
}

bool isClusterName(const QString &plugin)
{
    static constexpr QStringView others = u".-_";
    return !plugin.isEmpty() && plugin.size() <= 100
        && std::all_of(plugin.begin(), plugin.end(), [](QChar c) {
               return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z')
                   || (c >= u'0' && c <= u'9') || others.contains(c);
           });
}

QString taskQueueName(const QString &plugin, const QByteArray &hash)
{
    return u"fanfare.v1.task.%1.%2"_s.arg(plugin,
                                          QLatin1StringView(hash.toHex().left(shownDigits)));
}

} // namespace Fanfare
