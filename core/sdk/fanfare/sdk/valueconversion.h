// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QCborValue>
#include <QDateTime>
#include <QString>
#include <QUrl>

#include <cmath>
#include <concepts>
#include <limits>
#include <optional>
#include <stdexcept>
#include <utility>

namespace Fanfare {

/// How values of \a Type become CBOR and come back, for the arguments and results of handlers.
/// There is one for each type below and in containerconversion.h;
/// specialize it for a type of your own:
///
///     wish()        what a value must be, as in "must be ...": "a text", "a list of numbers"
///     from(value)   the value, or nothing when \a value is something else; never a guess
///     to(value)     the CBOR of it
///
/// Threads: [any]; handlers run at once, and so do their conversions.
template <typename Type>
struct ValueConversion;

/// A type that can be an argument and a result of a handler.
template <typename Type>
concept ConvertibleValue = requires(const QCborValue &cbor, const Type &value)
{
    {
        ValueConversion<Type>::wish()
        } -> std::same_as<QString>;
    {
        ValueConversion<Type>::from(cbor)
        } -> std::same_as<std::optional<Type>>;
    {
        ValueConversion<Type>::to(value)
        } -> std::same_as<QCborValue>;
};

/// What \a value is, as in "but it is ...": "the number 5", "a list", "nothing". [any]
inline QString describeValue(const QCborValue &value)
{
    if (value.isUndefined() || value.isInvalid())
        return QStringLiteral("nothing");
    if (value.isInteger() || value.isDouble())
        return QStringLiteral("the number ") + value.toVariant().toString();
    if (value.isString())
        return QStringLiteral("the text \"%1\"").arg(value.toString().left(40));
    if (value.isByteArray())
        return QStringLiteral("a byte string");
    if (value.isArray())
        return QStringLiteral("a list");
    if (value.isMap())
        return QStringLiteral("a map");
    return value.toDiagnosticNotation();
}

namespace Detail {

template <typename Type>
std::optional<Type> valueIf(bool isFine, Type value)
{
    return isFine ? std::optional<Type>(std::move(value)) : std::nullopt;
}

template <typename Type>
concept Integer = std::integral<Type> && !std::same_as<Type, bool> && !std::same_as<Type, char16_t>;

} // namespace Detail

template <>
struct ValueConversion<QCborValue>
{
    static QString wish() { return QStringLiteral("anything"); }
    static std::optional<QCborValue> from(const QCborValue &value) { return value; }
    static QCborValue to(const QCborValue &value) { return value; }
};

template <>
struct ValueConversion<bool>
{
    static QString wish() { return QStringLiteral("true or false"); }
    static std::optional<bool> from(const QCborValue &value)
    {
        return Detail::valueIf(value.isBool(), value.toBool());
    }
    static QCborValue to(bool value) { return value; }
};

/// Whole numbers only, also those that were written as 2.0, and only those that fit into \a Type.
template <Detail::Integer Type>
struct ValueConversion<Type>
{
    static QString wish()
    {
        return QStringLiteral("a whole number from %1 to %2")
            .arg(std::numeric_limits<Type>::min())
            .arg(std::numeric_limits<Type>::max());
    }
    static std::optional<Type> from(const QCborValue &value)
    {
        const double real = value.toDouble();
        const bool isWhole =
            value.isInteger() || (std::abs(real) < 0x1p63 && real == std::floor(real));
        if (!(value.isInteger() || value.isDouble()) || !isWhole)
            return {};
        const qint64 number = value.toInteger();
        return Detail::valueIf(std::in_range<Type>(number), Type(number));
    }
    /// Throws std::out_of_range above 2^63 - 1, which CBOR values of Qt cannot hold.
    static QCborValue to(Type value)
    {
        if (!std::in_range<qint64>(value))
            throw std::out_of_range(std::to_string(value) + " is above 2^63 - 1");
        return qint64(value);
    }
};

template <std::floating_point Type>
struct ValueConversion<Type>
{
    static QString wish() { return QStringLiteral("a number"); }
    static std::optional<Type> from(const QCborValue &value)
    {
        return Detail::valueIf(value.isInteger() || value.isDouble(), Type(value.toDouble()));
    }
    static QCborValue to(Type value) { return double(value); }
};

template <>
struct ValueConversion<QString>
{
    static QString wish() { return QStringLiteral("a text"); }
    static std::optional<QString> from(const QCborValue &value)
    {
        return Detail::valueIf(value.isString(), value.toString());
    }
    static QCborValue to(const QString &value) { return value; }
};

/// JSON has no byte strings: a text is read as base64 of either alphabet.
template <>
struct ValueConversion<QByteArray>
{
    static QString wish() { return QStringLiteral("a byte string, or a text in base64"); }
    static std::optional<QByteArray> from(const QCborValue &value)
    {
        if (!value.isString())
            return Detail::valueIf(value.isByteArray(), value.toByteArray());
        QByteArray text = value.toString().toLatin1();
        text.replace('+', '-').replace('/', '_');
        const auto decoded = QByteArray::fromBase64Encoding(
            text, QByteArray::Base64UrlEncoding | QByteArray::AbortOnBase64DecodingErrors);
        return Detail::valueIf(bool(decoded), decoded.decoded);
    }
    static QCborValue to(const QByteArray &value) { return value; }
};

template <>
struct ValueConversion<QUrl>
{
    static QString wish() { return QStringLiteral("a URL"); }
    static std::optional<QUrl> from(const QCborValue &value)
    {
        const QUrl url =
            value.isString() ? QUrl(value.toString(), QUrl::StrictMode) : value.toUrl();
        return Detail::valueIf(url.isValid(), url);
    }
    static QCborValue to(const QUrl &value) { return QCborValue(value); }
};

/// As a date and time of CBOR, or as a text such as "2026-03-01T12:00:00Z".
template <>
struct ValueConversion<QDateTime>
{
    static QString wish() { return QStringLiteral("a date and time as in ISO 8601"); }
    static std::optional<QDateTime> from(const QCborValue &value)
    {
        const QDateTime time = value.isString()
            ? QDateTime::fromString(value.toString(), Qt::ISODateWithMs)
            : value.toDateTime();
        return Detail::valueIf(time.isValid(), time);
    }
    static QCborValue to(const QDateTime &value) { return QCborValue(value); }
};

} // namespace Fanfare
