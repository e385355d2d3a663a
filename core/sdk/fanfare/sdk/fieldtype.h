// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QMetaEnum>
#include <QMetaObject>
#include <QMetaProperty>
#include <QMetaType>
#include <QSequentialIterable>
#include <QString>
#include <QVariant>

#include <array>
#include <optional>

namespace Fanfare {

/// What a field of a typed event can be. The names by which descriptions know them are in
/// fieldTypeName(), how their values look as CBOR is in HandlerPlugin::events().
enum class FieldType : quint8 {
    Bool,
    Int, ///< of any width, signed or not
    Double,
    Text,
    Path,
    Url,
    Bytes,
    DateTime,
    Date,
    Time,
    Uuid,
    Enum,   ///< Q_ENUM
    Flags,  ///< Q_FLAG
    List,   ///< QList and other sequences of a type that is not opaque
    Object, ///< a Q_GADGET
    Json,   ///< QCborValue, QCborMap, QCborArray, QJsonValue, QJsonObject, QJsonArray
    Opaque, ///< anything else: it has no CBOR form and stays in its process
};

inline constexpr std::array fieldTypeNames = {
    "bool", "int",  "double", "text",  "path", "url",    "bytes", "date-time", "date",
    "time", "uuid", "enum",   "flags", "list", "object", "json",  "opaque"};

/// "int", "date-time" ... [any]
inline QString fieldTypeName(FieldType type)
{
    return QString::fromLatin1(fieldTypeNames[size_t(type)]);
}

/// The reverse; nothing for a name that no type has. [any]
inline std::optional<FieldType> fieldTypeFromName(const QString &name)
{
    for (size_t i = 0; i < fieldTypeNames.size(); ++i) {
        if (name == QLatin1String(fieldTypeNames[i]))
            return FieldType(i);
    }
    return {};
}

namespace Detail {

inline QString classInfo(const QMetaObject &meta, const QByteArray &key)
{
    const int index = meta.indexOfClassInfo(key.constData());
    return index < 0 ? QString() : QString::fromUtf8(meta.classInfo(index).value());
}

/// Whether a property is a field: what cannot be written is computed from the others.
inline bool isField(const QMetaProperty &property)
{
    return property.isReadable() && property.isWritable() && property.isStored();
}

/// The enumerator behind the enum or flags type \a type; an invalid one without Q_ENUM or Q_FLAG.
inline QMetaEnum enumeratorOf(QMetaType type)
{
    const QMetaObject *scope = type.metaObject();
    if (!scope)
        return {};
    QByteArray name = type.name();
    const bool isFlags = name.startsWith("QFlags<");
    if (isFlags)
        name = name.mid(7).chopped(1);
    name = name.mid(name.lastIndexOf(':') + 1);
    for (int i = 0; i < scope->enumeratorCount(); ++i) {
        const QMetaEnum found = scope->enumerator(i);
        if (found.enumName() == name && found.isFlag() == isFlags)
            return found;
    }
    return {};
}

inline FieldType typeOf(QMetaType type);

/// The type of the items of the sequence type \a type; an invalid one when it is none, or when
/// nothing can be appended to it.
inline QMetaType itemType(QMetaType type)
{
    if (!QMetaType::canView(type, QMetaType::fromType<QSequentialIterable>()))
        return {};
    QVariant list(type);
    const auto container = list.view<QSequentialIterable>().metaContainer();
    return container.canAddValueAtEnd() ? container.valueMetaType() : QMetaType();
}

inline FieldType typeOfClass(QMetaType type)
{
    if (type.flags() & QMetaType::IsEnumeration) {
        const QMetaEnum enumerator = enumeratorOf(type);
        if (!enumerator.isValid())
            return FieldType::Opaque;
        return enumerator.isFlag() ? FieldType::Flags : FieldType::Enum;
    }
    if (type.flags() & QMetaType::IsGadget)
        return QVariant(type).isValid() ? FieldType::Object : FieldType::Opaque;
    const QMetaType items = itemType(type);
    return items.isValid() && typeOf(items) != FieldType::Opaque ? FieldType::List
                                                                 : FieldType::Opaque;
}

inline FieldType typeOf(QMetaType type)
{
    switch (type.id()) {
    case QMetaType::Bool:
        return FieldType::Bool;
    case QMetaType::Char:
    case QMetaType::SChar:
    case QMetaType::UChar:
    case QMetaType::Short:
    case QMetaType::UShort:
    case QMetaType::Int:
    case QMetaType::UInt:
    case QMetaType::Long:
    case QMetaType::ULong:
    case QMetaType::LongLong:
    case QMetaType::ULongLong:
        return FieldType::Int;
    case QMetaType::Float:
    case QMetaType::Double:
        return FieldType::Double;
    case QMetaType::QString:
        return FieldType::Text;
    case QMetaType::QUrl:
        return FieldType::Url;
    case QMetaType::QByteArray:
        return FieldType::Bytes;
    case QMetaType::QDateTime:
        return FieldType::DateTime;
    case QMetaType::QDate:
        return FieldType::Date;
    case QMetaType::QTime:
        return FieldType::Time;
    case QMetaType::QUuid:
        return FieldType::Uuid;
    case QMetaType::QCborValue:
    case QMetaType::QCborMap:
    case QMetaType::QCborArray:
    case QMetaType::QJsonValue:
    case QMetaType::QJsonObject:
    case QMetaType::QJsonArray:
        return FieldType::Json;
    default:
        return type.isValid() ? typeOfClass(type) : FieldType::Opaque;
    }
}

/// One value of a typed event as Qt's reflection shows it: its C++ type, and the class infos that
/// refine it. The key is the name of the property, with ".items" behind it for what a list holds.
struct FieldSource
{
    QMetaType type;
    const QMetaObject *owner; ///< the gadget whose class infos speak of it; never null
    QByteArray key;
    FieldType fieldType;

    FieldSource(QMetaType metaType, const QMetaObject *gadget, const QByteArray &name)
        : type(metaType)
        , owner(gadget)
        , key(name)
        , fieldType(typeOf(metaType))
    {
        // Class infos choose among the types that have the same values.
        if (fieldType == FieldType::Text && info(".type") == QLatin1String("path"))
            fieldType = FieldType::Path;
    }

    static FieldSource of(const QMetaObject &owner, const QMetaProperty &property)
    {
        return {property.metaType(), &owner,
                QByteArray::fromRawData(property.name(), qstrlen(property.name()))};
    }
    FieldSource items() const { return {itemType(type), owner, key + ".items"}; }

    /// The class info \a what, which begins with a dot; 0.1 us when there is any.
    QString info(const char *what) const
    {
        return owner->classInfoCount() > 0 ? classInfo(*owner, key + what) : QString();
    }
};

/// Where a value stands in an event, for sentences: "items[2].price".
struct FieldPath
{
    const FieldPath *parent = nullptr;
    QString name;         ///< of a field; empty for an item of a list
    qsizetype index = -1; ///< of an item

    QString text() const
    {
        const QString before = parent ? parent->text() : QString();
        if (index >= 0)
            return before + QLatin1Char('[') + QString::number(index) + QLatin1Char(']');
        return before.isEmpty() ? name : before + QLatin1Char('.') + name;
    }
};

} // namespace Detail
} // namespace Fanfare
