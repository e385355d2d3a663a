// SPDX-License-Identifier: MIT
#include "fanfare/ipc/cborbytes.h"

#include <QCborStreamReader>
#include <QVariant>
#include <QtEndian>

#include <algorithm>
#include <array>

namespace Fanfare {

/// RFC 8949, 3: the upper three bits of the first byte are the type, the others say the length.
enum class MajorType : quint8 {
    Unsigned = 0,
    Negative = 1,
    ByteString = 2,
    Text = 3,
    Array = 4,
    Map = 5,
    Tag = 6,
    Other = 7
};

/// A reader for each item costs more than Qt's way when there are many.
static constexpr quint64 fewItems = 16;

static constexpr qsizetype longArray = 8 * 1024; // bytes

/// The length in the head of an item of \a type, which is taken away. Nothing for another type and
/// for a length that is not known beforehand.
static std::optional<quint64> takeHead(QByteArrayView &cbor, MajorType type)
{
    if (cbor.isEmpty())
        return {};
    const auto first = quint8(cbor.front());
    const quint8 code = first & 0x1f;
    const qsizetype more = code < 24 ? 0 : qsizetype(1) << (code - 24);
    if (first >> 5 != quint8(type) || code > 27 || cbor.size() <= more)
        return {};
    std::array<char, 8> length{};
    std::copy_n(cbor.data() + 1, more, length.end() - more);
    cbor = cbor.sliced(1 + more);
    return more == 0 ? code : qFromBigEndian<quint64>(length.data());
}

std::optional<QByteArrayView> takeByteString(QByteArrayView &cbor)
{
    QByteArrayView rest = cbor;
    const auto size = takeHead(rest, MajorType::ByteString);
    if (!size || *size > quint64(rest.size()))
        return {};
    cbor = rest.sliced(qsizetype(*size));
    return rest.first(qsizetype(*size));
}

std::optional<QCborValue> takeValue(QByteArrayView &cbor)
{
    if (const auto bytes = takeByteString(cbor))
        return QCborValue(QByteArray::fromRawData(bytes->data(), bytes->size()));
    QCborStreamReader reader(cbor.data(), cbor.size());
    QCborValue value = QCborValue::fromCbor(reader);
    if (reader.lastError() != QCborError::NoError)
        return {};
    cbor = cbor.sliced(reader.currentOffset());
    return value;
}

/// So many items of an array that may hold a long byte string. One that is appended to an array is
/// copied once more than one in a list of variants, which costs more for all that is short.
static std::optional<QCborArray> takeLongItems(QByteArrayView &cbor, quint64 count)
{
    QVariantList items;
    for (quint64 i = 0; i < count; ++i) {
        if (const auto bytes = takeByteString(cbor))
            items.append(QByteArray::fromRawData(bytes->data(), bytes->size()));
        else if (const auto value = takeValue(cbor))
            items.append(QVariant::fromValue(*value));
        else
            return {};
    }
    return QCborArray::fromVariantList(items);
}

static std::optional<QCborArray> takeItems(QByteArrayView &cbor, quint64 count)
{
    QCborArray array;
    for (quint64 i = 0; i < count; ++i) {
        const auto value = takeValue(cbor);
        if (!value)
            return {};
        array.append(*value);
    }
    return array;
}

std::optional<QCborArray> takeArray(QByteArrayView &cbor)
{
    QByteArrayView rest = cbor;
    const auto count = takeHead(rest, MajorType::Array);
    if (!count || *count > fewItems) {
        const auto value = takeValue(cbor);
        return value && value->isArray() ? std::optional(value->toArray()) : std::nullopt;
    }
    auto array = rest.size() < longArray ? takeItems(rest, *count) : takeLongItems(rest, *count);
    if (array)
        cbor = rest;
    return array;
}

static MajorType typeOf(QByteArrayView cbor)
{
    return MajorType(quint8(cbor.front()) >> 5);
}

/// Passes over false, true, null, undefined, and numbers with a point.
static bool passOverOther(QByteArrayView &cbor)
{
    const quint8 code = quint8(cbor.front()) & 0x1f;
    const bool isNumber = code >= 25 && code <= 27;
    const qsizetype size = isNumber ? 1 + (qsizetype(1) << (code - 24)) : 1;
    if (!(isNumber || (code >= 20 && code <= 23)) || cbor.size() < size)
        return false;
    cbor = cbor.sliced(size);
    return true;
}

static bool passOverItems(QByteArrayView &cbor, quint64 count, int depth)
{
    if (count > quint64(cbor.size())) // each takes a byte
        return false;
    for (; count > 0; --count) {
        if (!passOverSimple(cbor, depth))
            return false;
    }
    return true;
}

/// Passes over \a cbor, which may be left anywhere in it when it is not simple.
static bool passOverAny(QByteArrayView &cbor, int depth)
{
    if (cbor.isEmpty())
        return false;
    const MajorType type = typeOf(cbor);
    if (type == MajorType::Other)
        return passOverOther(cbor);
    const auto length = takeHead(cbor, type);
    if (!length)
        return false;
    switch (type) {
    case MajorType::ByteString:
    case MajorType::Text: {
        if (*length > quint64(cbor.size()))
            return false;
        const QByteArrayView content = cbor.first(qsizetype(*length));
        cbor = cbor.sliced(content.size());
        return type == MajorType::ByteString || content.isValidUtf8();
    }
    case MajorType::Array:
        return depth > 0 && passOverItems(cbor, *length, depth - 1);
    case MajorType::Map:
        return depth > 0 && *length <= quint64(cbor.size())
            && passOverItems(cbor, 2 * *length, depth - 1);
    case MajorType::Tag:
        return depth > 0 && passOverAny(cbor, depth - 1);
    default:
        return true;
    }
}

bool passOverSimple(QByteArrayView &cbor, int depth)
{
    QByteArrayView rest = cbor;
    if (!passOverAny(rest, depth))
        return false;
    cbor = rest;
    return true;
}

bool areSimpleArguments(QByteArrayView cbor, int depth)
{
    if (takeHead(cbor, MajorType::Array) != quint64(3) || depth < 1)
        return false;
    for (const MajorType type : {MajorType::Array, MajorType::Map, MajorType::Map}) {
        if (cbor.isEmpty() || typeOf(cbor) != type || !passOverSimple(cbor, depth - 1))
            return false;
    }
    return cbor.isEmpty();
}

} // namespace Fanfare
