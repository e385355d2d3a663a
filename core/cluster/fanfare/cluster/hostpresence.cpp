// SPDX-License-Identifier: MIT
#include "fanfare/cluster/hostpresence.h"

#include "fanfare/cluster/envelopereader.h"

#include <QCborStreamWriter>

namespace Fanfare {

namespace {
enum Key : quint64 {
    Version,
    Session,
    Host,
    Pid,
    Slots,
    Busy,
    Waiting,
    Prefetch,
    Program,
    Leaving,
    Plugins
};
enum PluginKey : quint64 { Id, PluginVersion, Hash };
enum ClockKey : quint64 { ClockVersion, Agent, Sent, Arrived, Answered };
constexpr quint64 maximumCount = 1'000'000;
} // namespace

static void writePlugin(QCborStreamWriter &writer, const PresentPlugin &plugin)
{
    writer.startMap(3);
    writer.append(quint64(Id)), writer.append(plugin.id);
    writer.append(quint64(PluginVersion)), writer.append(plugin.version);
    writer.append(quint64(Hash)), writer.append(plugin.hash);
    writer.endMap();
}

QByteArray encode(const HostPresence &presence)
{
    QByteArray bytes;
    QCborStreamWriter writer(&bytes);
    const auto key = [&](Key k) { writer.append(quint64(k)); };
    writer.startMap(11);
    key(Version), writer.append(quint64(envelopeVersion));
    key(Session), writer.append(number(presence.session));
    key(Host), writer.append(presence.host);
    key(Pid), writer.append(presence.pid);
    key(Slots), writer.append(quint64(presence.slots));
    key(Busy), writer.append(quint64(presence.busy));
    key(Waiting), writer.append(quint64(presence.waiting));
    key(Prefetch), writer.append(quint64(presence.prefetch));
    key(Program), writer.append(presence.version);
    key(Leaving), writer.append(presence.isLeaving);
    key(Plugins), writer.startArray(quint64(presence.plugins.size()));
    for (const PresentPlugin &plugin : presence.plugins)
        writePlugin(writer, plugin);
    writer.endArray();
    writer.endMap();
    return bytes;
}

static PresentPlugin readPlugin(EnvelopeReader &reader)
{
    PresentPlugin plugin;
    for (reader.enter(); reader.nextKey();) {
        switch (reader.key()) {
        case Id:
            plugin.id = reader.text();
            break;
        case PluginVersion:
            plugin.version = reader.text();
            break;
        case Hash:
            plugin.hash = reader.bytes(32);
            break;
        default:
            reader.skip();
        }
    }
    return plugin;
}

static int readCount(EnvelopeReader &reader)
{
    return int(reader.number(maximumCount));
}

static void readField(EnvelopeReader &reader, quint64 &version, HostPresence &presence)
{
    switch (reader.key()) {
    case Version:
        version = reader.number();
        break;
    case Session:
        presence.session = ClusterSession(reader.number());
        break;
    case Host:
        presence.host = reader.text();
        break;
    case Pid:
        presence.pid = reader.integer();
        break;
    case Slots:
        presence.slots = readCount(reader);
        break;
    case Busy:
        presence.busy = readCount(reader);
        break;
    case Waiting:
        presence.waiting = readCount(reader);
        break;
    case Prefetch:
        presence.prefetch = readCount(reader);
        break;
    case Program:
        presence.version = reader.text();
        break;
    case Leaving:
        presence.isLeaving = reader.boolean();
        break;
    case Plugins:
        for (reader.enterList(); reader.nextItem();)
            presence.plugins.append(readPlugin(reader));
        break;
    default:
        reader.skip();
    }
}

Result<HostPresence> decodePresence(const QByteArray &bytes)
{
    HostPresence presence;
    quint64 version = 0;
    EnvelopeReader reader(bytes);
    for (reader.enter(); reader.nextKey();)
        readField(reader, version, presence);
    if (reader.isBroken() || !reader.isAtEnd() || version != envelopeVersion
        || number(presence.session) == 0 || presence.host.isEmpty())
        return brokenEnvelope("presence");
    return presence;
}

QByteArray encode(const ClockAnswer &answer)
{
    QByteArray bytes;
    QCborStreamWriter writer(&bytes);
    writer.startMap(5);
    writer.append(quint64(ClockVersion)), writer.append(quint64(envelopeVersion));
    writer.append(quint64(Agent)), writer.append(number(answer.agent));
    writer.append(quint64(Sent)), writer.append(answer.sent);
    writer.append(quint64(Arrived)), writer.append(answer.arrived);
    writer.append(quint64(Answered)), writer.append(answer.answered);
    writer.endMap();
    return bytes;
}

Result<ClockAnswer> decodeClockAnswer(const QByteArray &bytes)
{
    ClockAnswer answer;
    quint64 version = 0;
    EnvelopeReader reader(bytes);
    for (reader.enter(); reader.nextKey();) {
        switch (reader.key()) {
        case ClockVersion:
            version = reader.number();
            break;
        case Agent:
            answer.agent = ClusterSession(reader.number());
            break;
        case Sent:
            answer.sent = reader.integer();
            break;
        case Arrived:
            answer.arrived = reader.integer();
            break;
        case Answered:
            answer.answered = reader.integer();
            break;
        default:
            reader.skip();
        }
    }
    if (reader.isBroken() || !reader.isAtEnd() || version != envelopeVersion
        || number(answer.agent) == 0)
        return brokenEnvelope("clock");
    return answer;
}

} // namespace Fanfare
