// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/sdk/fieldlimits.h>
#include <fanfare/sdk/fieldtext.h>
#include <fanfare/sdk/fieldtype.h>

#include <QCborArray>
#include <QCborMap>
#include <QJsonArray>
#include <QJsonObject>
#include <QJsonValue>
#include <QUrl>
#include <QUuid>

#include <cmath>
#include <limits>
#include <optional>

namespace Fanfare::Detail {

/// The functions below read one value that holds no others. Nothing: the CBOR is not of that type.
using Scalar = std::optional<QVariant>;

inline Scalar scalarIf(bool isFine, const QVariant &value)
{
    return isFine ? Scalar(value) : std::nullopt;
}

inline Scalar integerFrom(const QCborValue &value)
{
    if (const auto whole = wholeNumber(value))
        return *whole;
    if (const auto huge = hugeNumber(value))
        return *huge;
    return {};
}

/// JSON has no words for NaN and the infinities, so their names are texts.
inline Scalar realFrom(const QCborValue &value, QMetaType type)
{
    static constexpr double infinity = std::numeric_limits<double>::infinity();
    if (value.isString()) {
        const QString name = value.toString();
        if (name == QLatin1String("NaN"))
            return std::numeric_limits<double>::quiet_NaN();
        return scalarIf(name.endsWith(QLatin1String("Infinity")) && name.size() <= 9
                            && (name.size() == 8 || name[0] == QLatin1Char('-')),
                        name.size() == 9 ? -infinity : infinity);
    }
    const double number = value.toDouble();
    const bool isTooLarge = type.id() == QMetaType::Float && std::isfinite(number)
        && std::abs(number) > double(std::numeric_limits<float>::max());
    return scalarIf(isNumber(value) && !isTooLarge, number);
}

/// A byte string is UTF-16, little endian: what UTF-8 would have changed.
inline Scalar textFrom(const QCborValue &value)
{
    if (!value.isByteArray())
        return scalarIf(value.isString(), value.toString());
    const QByteArray units = value.toByteArray();
    QString text;
    for (qsizetype i = 0; i + 1 < units.size(); i += 2)
        text.append(QChar(ushort(uchar(units[i]) | uchar(units[i + 1]) << 8)));
    return scalarIf(units.size() % 2 == 0, text);
}

/// JSON has no byte strings: there they are base64, of either alphabet.
inline Scalar bytesFrom(const QCborValue &value)
{
    if (value.isByteArray())
        return value.toByteArray();
    QByteArray base64 = value.toString().toLatin1();
    base64.replace('+', '-').replace('/', '_');
    const auto decoded = QByteArray::fromBase64Encoding(
        base64, QByteArray::Base64UrlEncoding | QByteArray::AbortOnBase64DecodingErrors);
    return scalarIf(value.isString() && decoded, decoded ? *decoded : QByteArray());
}

inline Scalar urlFrom(const QCborValue &value)
{
    if (value.isUrl())
        return value.toUrl();
    const QUrl url(value.toString(), QUrl::StrictMode);
    return scalarIf(value.isString() && (url.isValid() || value.toString().isEmpty()), url);
}

inline Scalar uuidFrom(const QCborValue &value)
{
    if (value.isUuid())
        return value.toUuid();
    const QUuid uuid = QUuid::fromString(value.toString());
    const bool isNull = value.toString() == QUuid().toString(QUuid::WithoutBraces);
    return scalarIf(value.isString() && (isNull || !uuid.isNull()), uuid);
}

/// Null is an invalid date or time.
inline Scalar momentFrom(const QCborValue &value, FieldType type)
{
    if (type == FieldType::DateTime && value.isDateTime())
        return value.toDateTime();
    const QString text = value.toString();
    const bool isFine = value.isString() || value.isNull();
    if (type == FieldType::Date) {
        const QDate date = dateFromText(text);
        return scalarIf(isFine && (value.isNull() || date.isValid()), date);
    }
    if (type == FieldType::Time) {
        const QTime time = timeFromText(text);
        return scalarIf(isFine && (value.isNull() || time.isValid()), time);
    }
    const QDateTime time = dateTimeFromText(text);
    return scalarIf(isFine && (value.isNull() || time.isValid()), time);
}

/// The name, or the number behind it.
inline Scalar enumFrom(const QCborValue &value, QMetaType type)
{
    const QMetaEnum names = enumeratorOf(type);
    if (value.isInteger()) {
        const qint64 number = value.toInteger();
        return scalarIf(number == int(number) && names.valueToKey(int(number)), int(number));
    }
    bool isKnown = false;
    const int number = names.keyToValue(value.toString().toUtf8().constData(), &isKnown);
    return scalarIf(value.isString() && isKnown, number);
}

/// A list of names.
inline Scalar flagsFrom(const QCborValue &value, QMetaType type)
{
    const QMetaEnum names = enumeratorOf(type);
    int bits = 0;
    for (const QCborValue name : value.toArray()) {
        bool isKnown = false;
        bits |= names.keyToValue(name.toString().toUtf8().constData(), &isKnown);
        if (!isKnown)
            return {};
    }
    return scalarIf(value.isArray(), bits);
}

inline Scalar jsonFrom(const QCborValue &value, QMetaType type)
{
    switch (type.id()) {
    case QMetaType::QCborMap:
        return scalarIf(value.isMap(), QVariant::fromValue(value.toMap()));
    case QMetaType::QCborArray:
        return scalarIf(value.isArray(), QVariant::fromValue(value.toArray()));
    case QMetaType::QJsonValue:
        return QVariant(value.toJsonValue());
    case QMetaType::QJsonObject:
        return scalarIf(value.isMap(), value.toMap().toJsonObject());
    case QMetaType::QJsonArray:
        return scalarIf(value.isArray(), value.toArray().toJsonArray());
    default:
        return QVariant::fromValue(value);
    }
}

inline Scalar scalarFrom(const QCborValue &value, FieldType type, QMetaType target)
{
    switch (type) {
    case FieldType::Bool:
        return scalarIf(value.isBool(), value.toBool());
    case FieldType::Int:
        return integerFrom(value);
    case FieldType::Double:
        return realFrom(value, target);
    case FieldType::Text:
    case FieldType::Path:
        return textFrom(value);
    case FieldType::Url:
        return urlFrom(value);
    case FieldType::Bytes:
        return bytesFrom(value);
    case FieldType::DateTime:
    case FieldType::Date:
    case FieldType::Time:
        return momentFrom(value, type);
    case FieldType::Uuid:
        return uuidFrom(value);
    case FieldType::Enum:
        return enumFrom(value, target);
    case FieldType::Flags:
        return flagsFrom(value, target);
    case FieldType::Json:
        return jsonFrom(value, target);
    case FieldType::List:
    case FieldType::Object:
    case FieldType::Opaque:
        break;
    }
    return {};
}

} // namespace Fanfare::Detail
