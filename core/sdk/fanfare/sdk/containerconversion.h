// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/sdk/valueconversion.h>

#include <QCborArray>
#include <QCborMap>
#include <QList>
#include <QMap>

#include <vector>

namespace Fanfare {

template <>
struct ValueConversion<QCborArray>
{
    static QString wish() { return QStringLiteral("a list"); }
    static std::optional<QCborArray> from(const QCborValue &value)
    {
        return Detail::valueIf(value.isArray(), value.toArray());
    }
    static QCborValue to(const QCborArray &value) { return value; }
};

template <>
struct ValueConversion<QCborMap>
{
    static QString wish() { return QStringLiteral("a map"); }
    static std::optional<QCborMap> from(const QCborValue &value)
    {
        return Detail::valueIf(value.isMap(), value.toMap());
    }
    static QCborValue to(const QCborMap &value) { return value; }
};

/// Null and undefined are nothing.
template <ConvertibleValue Type>
struct ValueConversion<std::optional<Type>>
{
    static QString wish() { return ValueConversion<Type>::wish() + QStringLiteral(", or null"); }
    static std::optional<std::optional<Type>> from(const QCborValue &value)
    {
        using Result = std::optional<std::optional<Type>>;
        if (value.isNull() || value.isUndefined())
            return Result(std::in_place);
        std::optional<Type> content = ValueConversion<Type>::from(value);
        return content ? Result(std::in_place, std::move(content)) : Result();
    }
    static QCborValue to(const std::optional<Type> &value)
    {
        return value ? ValueConversion<Type>::to(*value) : QCborValue();
    }
};

namespace Detail {

template <typename List>
struct ListConversion
{
    using Item = typename List::value_type;

    static QString wish()
    {
        return QStringLiteral("a list of which every item is ") + ValueConversion<Item>::wish();
    }
    static std::optional<List> from(const QCborValue &value)
    {
        if (!value.isArray())
            return {};
        List list;
        for (const QCborValue each : value.toArray()) {
            std::optional<Item> item = ValueConversion<Item>::from(each);
            if (!item)
                return {};
            list.push_back(*std::move(item));
        }
        return list;
    }
    static QCborValue to(const List &list)
    {
        QCborArray array;
        for (const Item &item : list)
            array.append(ValueConversion<Item>::to(item));
        return array;
    }
};

} // namespace Detail

/// QStringList is one of these.
template <ConvertibleValue Type>
struct ValueConversion<QList<Type>> : Detail::ListConversion<QList<Type>>
{
};

template <ConvertibleValue Type>
struct ValueConversion<std::vector<Type>> : Detail::ListConversion<std::vector<Type>>
{
};

template <ConvertibleValue Type>
struct ValueConversion<QMap<QString, Type>>
{
    using Map = QMap<QString, Type>;

    static QString wish()
    {
        return QStringLiteral("a map of which every value is ") + ValueConversion<Type>::wish();
    }
    static std::optional<Map> from(const QCborValue &value)
    {
        if (!value.isMap())
            return {};
        Map map;
        for (const auto &[key, each] : value.toMap()) {
            std::optional<Type> item = ValueConversion<Type>::from(each);
            if (!key.isString() || !item)
                return {};
            map.insert(key.toString(), *std::move(item));
        }
        return map;
    }
    static QCborValue to(const Map &map)
    {
        QCborMap result;
        for (auto item = map.cbegin(); item != map.cend(); ++item)
            result.insert(item.key(), ValueConversion<Type>::to(item.value()));
        return result;
    }
};

} // namespace Fanfare
