// SPDX-License-Identifier: MIT
#include "fanfare/cluster/eventenvelope.h"

#include "fanfare/cluster/envelopereader.h"

#include <fanfare/sdk/context.h>

#include <QCborStreamWriter>

#include <limits>

namespace Fanfare {

namespace {
enum Key : quint64 {
    Version,
    Task,
    Agent,
    Counter,
    Attempt,
    Kind,
    Slot,
    Time,
    Started,
    Ending,
    Payload,
    Reason,
    Text,
    Cpu,
    PeakMemory,
    Fraction,
    Level,
    Crash
};
constexpr qsizetype maximumText = 64 * 1024;

/// Writes what differs from the default.
class FieldWriter
{
public:
    explicit FieldWriter(QByteArray &bytes)
        : m_writer(&bytes)
    {
    }

    void beginList() { m_writer.startArray(); }
    void endList() { m_writer.endArray(); }
    void begin() { m_writer.startMap(); }
    void end() { m_writer.endMap(); }

    template <typename Value>
    void field(Key key, const Value &value, const Value &usual)
    {
        if (value == usual)
            return;
        m_writer.append(quint64(key));
        m_writer.append(value);
    }

private:
    QCborStreamWriter m_writer;
};
} // namespace

static void write(FieldWriter &writer, const EventEnvelope &event)
{
    static const EventEnvelope usual;
    writer.begin();
    writer.field<quint64>(Version, envelopeVersion, 0);
    writer.field<QByteArray>(Task, toBytes(event.task), {});
    writer.field<quint64>(Agent, number(event.agent), 0);
    writer.field<quint64>(Counter, event.counter, 0);
    writer.field<quint64>(Attempt, event.attempt, usual.attempt);
    writer.field<quint64>(Kind, quint64(event.kind), 0);
    writer.field<quint64>(Slot, event.slot, usual.slot);
    writer.field<qint64>(Time, event.time, usual.time);
    writer.field<qint64>(Started, event.started, usual.started);
    writer.field<quint64>(Ending, quint64(event.outcome), quint64(usual.outcome));
    writer.field<QByteArray>(Payload, event.payload, {});
    writer.field<QString>(Reason, event.reason, {});
    writer.field<QString>(Text, event.text, {});
    writer.field<qint64>(Cpu, event.cpu, usual.cpu);
    writer.field<quint64>(PeakMemory, event.peakMemory, usual.peakMemory);
    writer.field<double>(Fraction, event.progress, usual.progress);
    writer.field<quint64>(Level, event.level, usual.level);
    writer.field<QByteArray>(Crash, event.crash, {});
    writer.end();
}

qsizetype sizeOf(const EventEnvelope &event)
{
    return 128 + event.payload.size() + event.crash.size() + 3 * event.text.size()
        + 3 * event.reason.size();
}

QByteArray encode(const QList<EventEnvelope> &events)
{
    qsizetype size = 0;
    for (const EventEnvelope &event : events)
        size += sizeOf(event);
    QByteArray bytes;
    bytes.reserve(size);
    FieldWriter writer(bytes);
    writer.beginList();
    for (const EventEnvelope &event : events)
        write(writer, event);
    writer.endList();
    return bytes;
}

static void readEnding(EnvelopeReader &reader, EventEnvelope &event)
{
    switch (reader.key()) {
    case Started:
        event.started = reader.integer();
        break;
    case Ending:
        event.outcome = Outcome(reader.number(outcomeCount - 1));
        break;
    case Payload:
        event.payload = reader.bytes();
        break;
    case Reason:
        event.reason = reader.text(maximumText);
        break;
    case Text:
        event.text = reader.text(maximumText);
        break;
    case Cpu:
        event.cpu = reader.integer();
        break;
    case PeakMemory:
        event.peakMemory = quint32(reader.number(std::numeric_limits<quint32>::max()));
        break;
    case Fraction:
        event.progress = reader.real();
        break;
    case Level:
        event.level = quint8(reader.number(quint64(LogLevel::Printed)));
        break;
    case Crash:
        event.crash = reader.bytes();
        break;
    default:
        reader.skip();
    }
}

static void readField(EnvelopeReader &reader, quint64 &version, EventEnvelope &event)
{
    switch (reader.key()) {
    case Version:
        version = reader.number();
        break;
    case Task:
        event.task = reader.task();
        break;
    case Agent:
        event.agent = ClusterSession(reader.number());
        break;
    case Counter:
        event.counter = reader.number();
        break;
    case Attempt:
        event.attempt = quint8(reader.number(std::numeric_limits<quint8>::max()));
        break;
    case Kind: {
        const quint64 kind = reader.number(quint64(EventKind::Refused));
        if (kind < quint64(EventKind::Asked))
            reader.setBroken();
        event.kind = EventKind(kind);
        break;
    }
    case Slot:
        event.slot = quint16(reader.number(std::numeric_limits<quint16>::max()));
        break;
    case Time:
        event.time = reader.integer();
        break;
    default:
        readEnding(reader, event);
    }
}

Result<QList<EventEnvelope>> decodeEvents(const QByteArray &bytes)
{
    QList<EventEnvelope> events;
    EnvelopeReader reader(bytes);
    for (reader.enterList(); reader.nextItem();) {
        quint64 version = 0;
        EventEnvelope event;
        event.kind = EventKind{};
        for (reader.enter(); reader.nextKey();)
            readField(reader, version, event);
        if (version != envelopeVersion || event.kind == EventKind{} || event.task.number == 0
            || number(event.agent) == 0 || !isShallow(event.payload) || !isShallow(event.crash))
            reader.setBroken();
        events.append(std::move(event));
    }
    if (reader.isBroken() || !reader.isAtEnd())
        return brokenEnvelope("event");
    return events;
}

} // namespace Fanfare
