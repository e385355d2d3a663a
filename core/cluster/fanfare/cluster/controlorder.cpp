// SPDX-License-Identifier: MIT
#include "fanfare/cluster/controlorder.h"

#include "fanfare/cluster/envelopereader.h"

#include <QCborStreamWriter>

namespace Fanfare {

namespace {
enum Key : quint64 { Version, Kind, App, Time, Tasks, Queues };
}

QByteArray encode(const ControlOrder &order)
{
    QByteArray bytes;
    QCborStreamWriter writer(&bytes);
    writer.startMap(order.queues.isEmpty() ? 5 : 6);
    writer.append(quint64(Version)), writer.append(quint64(envelopeVersion));
    writer.append(quint64(Kind)), writer.append(quint64(order.kind));
    writer.append(quint64(App)), writer.append(number(order.app));
    writer.append(quint64(Time)), writer.append(order.time);
    writer.append(quint64(Tasks)), writer.startArray(quint64(order.tasks.size()));
    for (const ClusterTaskId &task : order.tasks)
        writer.append(toBytes(task));
    writer.endArray();
    if (!order.queues.isEmpty()) {
        writer.append(quint64(Queues)), writer.startArray(quint64(order.queues.size()));
        for (const QString &queue : order.queues)
            writer.append(queue);
        writer.endArray();
    }
    writer.endMap();
    return bytes;
}

static void readField(EnvelopeReader &reader, quint64 &version, quint64 &kind, ControlOrder &order)
{
    switch (reader.key()) {
    case Version:
        version = reader.number();
        break;
    case Kind:
        kind = reader.number();
        break;
    case App:
        order.app = ClusterSession(reader.number());
        break;
    case Time:
        order.time = reader.integer();
        break;
    case Tasks:
        for (reader.enterList(); reader.nextItem();)
            order.tasks.append(reader.task());
        break;
    case Queues:
        for (reader.enterList(); reader.nextItem();)
            order.queues.append(reader.text());
        break;
    default:
        reader.skip();
    }
}

Result<ControlOrder> decodeOrder(const QByteArray &bytes)
{
    ControlOrder order;
    quint64 version = 0;
    quint64 kind = 0;
    EnvelopeReader reader(bytes);
    for (reader.enter(); reader.nextKey();)
        readField(reader, version, kind, order);
    const bool isKnown = kind >= quint64(ControlKind::Ping) && kind <= quint64(ControlKind::Drain);
    if (reader.isBroken() || !reader.isAtEnd() || version != envelopeVersion || !isKnown
        || number(order.app) == 0)
        return brokenEnvelope("control");
    order.kind = ControlKind(kind);
    return order;
}

} // namespace Fanfare
