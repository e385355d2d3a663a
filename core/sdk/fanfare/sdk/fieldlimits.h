// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/sdk/fieldtype.h>

#include <QCborValue>
#include <QLocale>

#include <limits>
#include <optional>
#include <utility>

namespace Fanfare {

/// \a value as an integer, when it is one or a double without a fraction; 2^63 and above are none.
inline std::optional<qint64> wholeNumber(const QCborValue &value)
{
    if (value.isInteger())
        return value.toInteger();
    const double number = value.toDouble(0.5);
    const bool isWhole = number >= -0x1p63 && number < 0x1p63 && double(qint64(number)) == number;
    return isWhole ? std::optional(qint64(number)) : std::nullopt;
}

/// \a value as an integer of 2^63 and above, which CBOR has no place for in Qt and which travels as
/// its decimal digits.
inline std::optional<quint64> hugeNumber(const QCborValue &value)
{
    bool isNumber = false;
    const QString digits = value.toString();
    const quint64 number = digits.toULongLong(&isNumber);
    const bool isHuge = isNumber && number > quint64(std::numeric_limits<qint64>::max())
        && digits == QString::number(number);
    return isHuge ? std::optional(number) : std::nullopt;
}

inline bool isNumber(const QCborValue &value)
{
    return value.isInteger() || value.isDouble();
}

/// Whether \a left is below \a right, exact for integers. Both are numbers, or a huge one.
inline bool isBelow(const QCborValue &left, const QCborValue &right)
{
    if (left.isInteger() && right.isInteger())
        return left.toInteger() < right.toInteger();
    const auto real = [](const QCborValue &value) {
        const std::optional<quint64> huge = hugeNumber(value);
        return huge ? double(*huge) : value.toDouble();
    };
    return real(left) < real(right);
}

/// The shortest text that is read as the same number.
inline QString numberText(const QCborValue &value)
{
    if (value.isInteger())
        return QString::number(value.toInteger());
    return QString::number(value.toDouble(), 'g', QLocale::FloatingPointShortest);
}

namespace Detail {

template <typename Number>
constexpr std::pair<QCborValue, QCborValue> rangeOf()
{
    using Limits = std::numeric_limits<Number>;
    return {qint64(Limits::min()), qint64(Limits::max())};
}

inline bool isUnsigned64(QMetaType type)
{
    return type.id() == QMetaType::ULongLong
        || (type.id() == QMetaType::ULong && type.sizeOf() == 8);
}

/// The least and the largest integer that \a type holds; undefined where that is what 64 bits
/// hold anyway.
inline std::pair<QCborValue, QCborValue> widthOf(QMetaType type)
{
    if (type.sizeOf() == 8)
        return {isUnsigned64(type) ? QCborValue(0) : QCborValue(), {}};
    switch (type.id()) {
    case QMetaType::Char:
        return rangeOf<char>();
    case QMetaType::SChar:
        return rangeOf<signed char>();
    case QMetaType::UChar:
        return rangeOf<uchar>();
    case QMetaType::Short:
        return rangeOf<short>();
    case QMetaType::UShort:
        return rangeOf<ushort>();
    case QMetaType::UInt:
    case QMetaType::ULong:
        return rangeOf<uint>();
    default:
        return rangeOf<int>();
    }
}

inline QCborValue numberInfo(const FieldSource &source, const char *what)
{
    const QString text = source.info(what);
    bool isWhole = false;
    const qint64 whole = text.toLongLong(&isWhole);
    if (isWhole)
        return whole;
    bool isReal = false;
    const double real = text.toDouble(&isReal);
    return isReal ? QCborValue(real) : QCborValue();
}

/// What a number has to keep to; undefined: no limit. Class infos cannot widen a C++ type.
struct FieldLimits
{
    QCborValue minimum;
    QCborValue maximum;

    static FieldLimits of(const FieldSource &source)
    {
        FieldLimits limits{numberInfo(source, ".minimum"), numberInfo(source, ".maximum")};
        if (source.fieldType != FieldType::Int)
            return limits;
        const auto [least, largest] = widthOf(source.type);
        if (isNumber(least) && (!isNumber(limits.minimum) || isBelow(limits.minimum, least)))
            limits.minimum = least;
        if (isNumber(largest) && (!isNumber(limits.maximum) || isBelow(largest, limits.maximum)))
            limits.maximum = largest;
        return limits;
    }

    /// "at least 1", or an empty text when \a value is within. A NaN is within.
    QString refusal(const QCborValue &value) const
    {
        if (isNumber(minimum) && isBelow(value, minimum))
            return QStringLiteral("at least ") + numberText(minimum);
        if (isNumber(maximum) && isBelow(maximum, value))
            return QStringLiteral("at most ") + numberText(maximum);
        return {};
    }
};

} // namespace Detail
} // namespace Fanfare
