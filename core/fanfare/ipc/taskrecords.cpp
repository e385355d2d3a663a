// SPDX-License-Identifier: MIT
#include "fanfare/ipc/taskrecords.h"

#include <fanfare/ipc/cborbytes.h>

#include <QCborArray>
#include <QCborStreamWriter>
#include <QtEndian>

namespace Fanfare {

static constexpr qsizetype placeSize = 16; // bytes
static constexpr int placeFlag = 1;
static constexpr int blockingFlag = 2;

static void appendPlace(QByteArray &frame, const PayloadPlace &place)
{
    std::array<char, placeSize> bytes;
    qToLittleEndian(quint64(place.begin), bytes.data());
    qToLittleEndian(quint64(place.size), bytes.data() + 8);
    frame.append(QByteArrayView(bytes));
}

/// What \a rest of a record says, which has to be a place; nothing when it is none.
static std::optional<PayloadPlace> placeIn(QByteArrayView rest)
{
    if (rest.size() != placeSize)
        return {};
    return PayloadPlace{qFromLittleEndian<qint64>(rest.data()),
                        qFromLittleEndian<qint64>(rest.data() + 8)};
}

std::array<char, taskRecordSize> headerOf(const TaskRecord &record)
{
    std::array<char, taskRecordSize> header{};
    const qsizetype rest = record.place ? placeSize : record.arguments.size();
    qToLittleEndian(quint32(taskRecordSize + rest), header.data());
    header[4] = char(record.attempt);
    header[5] = char((record.place ? placeFlag : 0) | (record.isBlocking ? blockingFlag : 0));
    qToLittleEndian(record.index, header.data() + 6);
    qToLittleEndian(record.task, header.data() + 8);
    qToLittleEndian(record.emission, header.data() + 16);
    qToLittleEndian(record.handler, header.data() + 24);
    qToLittleEndian(record.event, header.data() + 28);
    qToLittleEndian(record.deadline, header.data() + 32);
    return header;
}

void appendTask(QByteArray &frame, const TaskRecord &record)
{
    frame.append(QByteArrayView(headerOf(record)));
    if (record.place)
        appendPlace(frame, *record.place);
    else
        frame.append(record.arguments);
}

std::array<char, reportRecordSize> headerOf(const ReportRecord &record)
{
    std::array<char, reportRecordSize> header{};
    const qsizetype rest = record.place ? placeSize : record.payload.size();
    qToLittleEndian(quint32(reportRecordSize + rest), header.data());
    header[4] = char(record.kind);
    header[5] = char(record.outcome);
    header[6] = char(record.place.has_value());
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
    if (record.place)
        appendPlace(frame, *record.place);
    else
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
    const bool hasPlace = bytes[5] & placeFlag;
    record.isBlocking = bytes[5] & blockingFlag;
    record.deadline = qFromLittleEndian<qint64>(bytes.data() + 32);
    record.place = hasPlace ? placeIn(record.arguments) : std::nullopt;
    m_isBroken = hasPlace && !record.place;
    return !m_isBroken;
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
    record.place = bytes[6] ? placeIn(record.payload) : std::nullopt;
    m_isBroken = bytes[6] && !record.place;
    return !m_isBroken;
}

/// The one value that \a bytes consist of.
static std::optional<QCborValue> valueFrom(QByteArrayView bytes)
{
    auto value = takeValue(bytes);
    return bytes.isEmpty() ? value : std::nullopt;
}

static constexpr char threeItems = '\x83'; // the head of an array of three in CBOR

static QCborArray partsOf(const Arguments &arguments)
{
    return {arguments.positional, arguments.named, arguments.eventFields()};
}

QByteArray encodeArguments(const Arguments &arguments)
{
    if (arguments.isEmpty())
        return {};
    return partsOf(arguments).toCborValue().toCbor();
}

void encodeArguments(const Arguments &arguments, QIODevice &device)
{
    if (arguments.isEmpty())
        return;
    QCborStreamWriter writer(&device);
    partsOf(arguments).toCborValue().toCbor(writer);
}

std::optional<Arguments> decodeArguments(QByteArrayView bytes)
{
    if (bytes.isEmpty())
        return Arguments();
    if (bytes.front() != threeItems)
        return {};
    bytes = bytes.sliced(1);
    auto positional = takeArray(bytes);
    const auto named = takeValue(bytes);
    const auto fields = takeValue(bytes);
    if (!positional || !named || !named->isMap() || !fields || !fields->isMap() || !bytes.isEmpty())
        return {};
    return Arguments{*std::move(positional), named->toMap(), fields->toMap()};
}

void encodeResult(const QCborValue &result, QIODevice &device)
{
    if (result.isUndefined() || result.isNull())
        return;
    QCborStreamWriter writer(&device);
    result.toCbor(writer);
}

std::optional<QCborValue> decodeResult(QByteArrayView bytes)
{
    if (bytes.isEmpty())
        return QCborValue();
    return valueFrom(bytes);
}

std::optional<QCborValue> decodeSharedResult(QByteArrayView bytes)
{
    QByteArrayView rest = bytes;
    const auto content = takeByteString(rest);
    if (content && rest.isEmpty())
        return QCborValue(QByteArray::fromRawData(content->data(), content->size()));
    return decodeResult(bytes.toByteArray());
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
