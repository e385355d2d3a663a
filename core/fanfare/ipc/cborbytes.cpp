// SPDX-License-Identifier: MIT
#include "fanfare/ipc/cborbytes.h"

#include <QCborStreamReader>
#include <QVariant>
#include <QtEndian>

#include <algorithm>
#include <array>

namespace Fanfare {

/// RFC 8949, 3: the upper three bits of the first byte are the type, the others say the length.
enum class MajorType : quint8 { ByteString = 2, Array = 4 };

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

} // namespace Fanfare
