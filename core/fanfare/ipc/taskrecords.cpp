// SPDX-License-Identifier: MIT
#include "fanfare/ipc/taskrecords.h"

#include <QCborArray>
#include <QtEndian>

namespace Fanfare {

std::array<char, taskRecordSize> headerOf(const TaskRecord &record)
{
    std::array<char, taskRecordSize> header{};
    qToLittleEndian(quint32(taskRecordSize + record.arguments.size()), header.data());
    header[4] = char(record.attempt);
    qToLittleEndian(record.index, header.data() + 6);
    qToLittleEndian(record.task, header.data() + 8);
    qToLittleEndian(record.emission, header.data() + 16);
    qToLittleEndian(record.handler, header.data() + 24);
    qToLittleEndian(record.event, header.data() + 28);
    return header;
}

void appendTask(QByteArray &frame, const TaskRecord &record)
{
    frame.append(QByteArrayView(headerOf(record)));
    frame.append(record.arguments);
}

std::array<char, reportRecordSize> headerOf(const ReportRecord &record)
{
    std::array<char, reportRecordSize> header{};
    qToLittleEndian(quint32(reportRecordSize + record.payload.size()), header.data());
    header[4] = char(record.kind);
    header[5] = char(record.outcome);
    qToLittleEndian(record.task, header.data() + 8);
    qToLittleEndian(record.time, header.data() + 16);
    qToLittleEndian(record.cpu, header.data() + 24);
    qToLittleEndian(record.peakMemory, header.data() + 32);
    qToLittleEndian(record.memory, header.data() + 36);
    return header;
}

void appendReport(QByteArray &frame, const ReportRecord &record)
{
    frame.append(QByteArrayView(headerOf(record)));
    frame.append(record.payload);
}

/// The record at the beginning of \a rest, header included, which is taken out; empty when there
/// is none.
static QByteArrayView takeRecord(QByteArrayView &rest, qsizetype headerSize)
{
    if (rest.size() < headerSize)
        return {};
    const qsizetype length = qsizetype(qFromLittleEndian<quint32>(rest.data()));
    if (length < headerSize || length > rest.size())
        return {};
    const QByteArrayView record = rest.first(length);
    rest = rest.sliced(length);
    return record;
}

template <>
bool RecordReader<TaskRecord>::next(TaskRecord &record)
{
    if (m_isBroken || m_rest.isEmpty())
        return false;
    const QByteArrayView bytes = takeRecord(m_rest, taskRecordSize);
    m_isBroken = bytes.isEmpty();
    if (m_isBroken)
        return false;
    record.attempt = quint8(bytes[4]);
    record.index = qFromLittleEndian<quint16>(bytes.data() + 6);
    record.task = qFromLittleEndian<quint64>(bytes.data() + 8);
    record.emission = qFromLittleEndian<quint64>(bytes.data() + 16);
    record.handler = qFromLittleEndian<quint32>(bytes.data() + 24);
    record.event = qFromLittleEndian<quint32>(bytes.data() + 28);
    record.arguments = bytes.sliced(taskRecordSize);
    return true;
}

static bool isKnown(quint8 kind, quint8 outcome)
{
    return (kind == quint8(ReportKind::Started) || kind == quint8(ReportKind::Finished))
        && (outcome == quint8(Outcome::Succeeded) || outcome == quint8(Outcome::Failed)
            || outcome == quint8(Outcome::Canceled));
}

template <>
bool RecordReader<ReportRecord>::next(ReportRecord &record)
{
    if (m_isBroken || m_rest.isEmpty())
        return false;
    const QByteArrayView bytes = takeRecord(m_rest, reportRecordSize);
    m_isBroken = bytes.isEmpty() || !isKnown(quint8(bytes[4]), quint8(bytes[5]));
    if (m_isBroken)
        return false;
    record.kind = ReportKind(bytes[4]);
    record.outcome = Outcome(bytes[5]);
    record.task = qFromLittleEndian<quint64>(bytes.data() + 8);
    record.time = qFromLittleEndian<qint64>(bytes.data() + 16);
    record.cpu = qFromLittleEndian<qint64>(bytes.data() + 24);
    record.peakMemory = qFromLittleEndian<quint32>(bytes.data() + 32);
    record.memory = qFromLittleEndian<quint32>(bytes.data() + 36);
    record.payload = bytes.sliced(reportRecordSize);
    return true;
}

static std::optional<QCborValue> valueFrom(QByteArrayView bytes)
{
    QCborParserError error;
    const QByteArray borrowed = QByteArray::fromRawData(bytes.data(), bytes.size());
    QCborValue value = QCborValue::fromCbor(borrowed, &error);
    if (error.error != QCborError::NoError || error.offset != bytes.size())
        return {};
    return value;
}

QByteArray encodeArguments(const Arguments &arguments)
{
    if (arguments.isEmpty())
        return {};
    const QCborArray parts{arguments.positional, arguments.named, arguments.eventFields()};
    return parts.toCborValue().toCbor();
}

std::optional<Arguments> decodeArguments(QByteArrayView bytes)
{
    if (bytes.isEmpty())
        return Arguments();
    const auto value = valueFrom(bytes);
    if (!value || value->toArray().size() != 3)
        return {};
    const QCborArray parts = value->toArray();
    if (!parts.at(0).isArray() || !parts.at(1).isMap() || !parts.at(2).isMap())
        return {};
    return Arguments{parts.at(0).toArray(), parts.at(1).toMap(), parts.at(2).toMap()};
}

QByteArray encodeResult(const QCborValue &result)
{
    return result.isUndefined() || result.isNull() ? QByteArray() : result.toCbor();
}

std::optional<QCborValue> decodeResult(QByteArrayView bytes)
{
    if (bytes.isEmpty())
        return QCborValue();
    return valueFrom(bytes);
}

QByteArray encodeError(const TaskError &error)
{
    return QCborArray{error.type, error.what}.toCborValue().toCbor();
}

std::optional<TaskError> decodeError(QByteArrayView bytes)
{
    const auto value = valueFrom(bytes);
    if (!value || value->toArray().size() != 2)
        return {};
    const QCborArray parts = value->toArray();
    return TaskError{parts.at(0).toString(), parts.at(1).toString()};
}

} // namespace Fanfare
