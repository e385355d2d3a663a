// SPDX-License-Identifier: MIT
#pragma once

#include <QCborArray>
#include <QCborMap>
#include <QMetaObject>
#include <QMetaProperty>
#include <QString>
#include <QVariant>

#include <cmath>
#include <stdexcept>
#include <string>

namespace Fanfare {

/// Typed events are Q_GADGET structs; their properties are the fields of the event.
///
///     struct FileAdded
///     {
///         Q_GADGET
///         Q_CLASSINFO("summary", "A file is there to be worked on")
///         Q_CLASSINFO("path.type", "path")
///         Q_PROPERTY(QString path MEMBER path)
///     public:
///         QString path;
///     };
///
/// Class infos refine what the properties say: `summary`, and for a field `F.type` ("path"
/// instead of "text"), `F.summary`, `F.minimum`, `F.maximum`.

/// The name of the event type \a Event: its class name without namespaces.
template <typename Event>
QString eventTypeName()
{
    const QString name = QString::fromLatin1(Event::staticMetaObject.className());
    return name.section(QStringLiteral("::"), -1);
}

namespace Detail {

inline QString classInfo(const QMetaObject &meta, const QByteArray &key)
{
    const int index = meta.indexOfClassInfo(key.constData());
    return index < 0 ? QString() : QString::fromUtf8(meta.classInfo(index).value());
}

inline QString fieldType(const QMetaObject &meta, const QMetaProperty &property)
{
    const QString given = classInfo(meta, QByteArray(property.name()) + ".type");
    if (!given.isEmpty())
        return given;
    switch (property.metaType().id()) {
    case QMetaType::Bool:
        return QStringLiteral("bool");
    case QMetaType::Int:
    case QMetaType::UInt:
    case QMetaType::LongLong:
    case QMetaType::ULongLong:
        return QStringLiteral("int");
    case QMetaType::Float:
    case QMetaType::Double:
        return QStringLiteral("double");
    case QMetaType::QString:
        return QStringLiteral("text");
    default:
        return QStringLiteral("json");
    }
}

inline void addLimit(QCborMap &field, const QMetaObject &meta, const QMetaProperty &property,
                     const char *limit)
{
    const QString text = classInfo(meta, QByteArray(property.name()) + '.' + limit);
    if (!text.isEmpty())
        field.insert(QString::fromLatin1(limit), text.toDouble());
}

} // namespace Detail

/// The description of \a Event as HandlerPlugin::events() wants it. Defaults come from a
/// default-constructed \a Event.
template <typename Event>
QCborMap describeEvent()
{
    const QMetaObject &meta = Event::staticMetaObject;
    const Event defaults{};
    QCborArray fields;
    for (int i = 0; i < meta.propertyCount(); ++i) {
        const QMetaProperty property = meta.property(i);
        const QByteArray name = property.name();
        QCborMap field{
            {QStringLiteral("name"), QString::fromLatin1(name)},
            {QStringLiteral("type"), Detail::fieldType(meta, property)},
            {QStringLiteral("summary"), Detail::classInfo(meta, name + ".summary")},
            {QStringLiteral("default"), QCborValue::fromVariant(property.readOnGadget(&defaults))}};
        Detail::addLimit(field, meta, property, "minimum");
        Detail::addLimit(field, meta, property, "maximum");
        fields.append(field);
    }
    return {{QStringLiteral("name"), eventTypeName<Event>()},
            {QStringLiteral("summary"), Detail::classInfo(meta, "summary")},
            {QStringLiteral("fields"), fields}};
}

/// The fields of \a event as a map, the form in which a typed event travels.
template <typename Event>
QCborMap toFields(const Event &event)
{
    const QMetaObject &meta = Event::staticMetaObject;
    QCborMap fields;
    for (int i = 0; i < meta.propertyCount(); ++i) {
        const QMetaProperty property = meta.property(i);
        fields.insert(QString::fromLatin1(property.name()),
                      QCborValue::fromVariant(property.readOnGadget(&event)));
    }
    return fields;
}

namespace Detail {

inline bool isInteger(const QCborValue &value)
{
    const double number = value.toDouble();
    return value.isInteger()
        || (value.isDouble() && std::abs(number) < 0x1p63 && number == std::floor(number));
}

/// Whether \a value has the type of \a property. QVariant alone would turn 5000000000 into
/// 705032704 for an int, 1.7 into 2 and any text into true.
inline bool hasType(const QCborValue &value, const QMetaProperty &property)
{
    switch (property.metaType().id()) {
    case QMetaType::Bool:
        return value.isBool();
    case QMetaType::QString:
        return value.isString();
    case QMetaType::Int:
        return isInteger(value) && value.toInteger() == int(value.toInteger());
    case QMetaType::UInt:
        return isInteger(value) && value.toInteger() == uint(value.toInteger());
    case QMetaType::LongLong:
        return isInteger(value);
    case QMetaType::ULongLong:
        return isInteger(value) && value.toInteger() >= 0;
    case QMetaType::Float:
    case QMetaType::Double:
        return value.isInteger() || value.isDouble();
    default:
        return true;
    }
}

[[noreturn]] inline void refuseField(const QMetaProperty &property, const QString &eventName,
                                     const std::string &wish)
{
    throw std::invalid_argument("The field \"" + std::string(property.name()) + "\" of "
                                + eventName.toStdString() + " must be " + wish);
}

/// Throws when \a value is a number outside the `minimum` and `maximum` of \a property.
inline void checkLimits(const QMetaObject &meta, const QMetaProperty &property,
                        const QCborValue &value, const QString &eventName)
{
    if (!value.isInteger() && !value.isDouble())
        return;
    const QByteArray name = property.name();
    const QString minimum = classInfo(meta, name + ".minimum");
    if (!minimum.isEmpty() && value.toDouble() < minimum.toDouble())
        refuseField(property, eventName, "at least " + minimum.toStdString());
    const QString maximum = classInfo(meta, name + ".maximum");
    if (!maximum.isEmpty() && value.toDouble() > maximum.toDouble())
        refuseField(property, eventName, "at most " + maximum.toStdString());
}

} // namespace Detail

/// An \a Event made from \a fields; a missing field keeps its default. Throws
/// std::invalid_argument naming the field when a value has not the type of its field or lies
/// outside its limits, and when \a fields has a name that \a Event has not.
template <typename Event>
Event fromFields(const QCborMap &fields)
{
    const QMetaObject &meta = Event::staticMetaObject;
    const QString eventName = eventTypeName<Event>();
    Event event{};
    for (const auto &[key, value] : fields) {
        const QByteArray name = key.toString().toUtf8();
        const int index = meta.indexOfProperty(name.constData());
        if (index < 0) {
            throw std::invalid_argument(eventName.toStdString() + " has no field \""
                                        + name.toStdString() + '"');
        }
        const QMetaProperty property = meta.property(index);
        Detail::checkLimits(meta, property, value, eventName);
        QVariant variant = value.toVariant();
        if (!Detail::hasType(value, property) || !variant.convert(property.metaType())
            || !property.writeOnGadget(&event, variant)) {
            const QString type = Detail::fieldType(meta, property);
            Detail::refuseField(property, eventName, "of type " + type.toStdString());
        }
    }
    return event;
}

} // namespace Fanfare
