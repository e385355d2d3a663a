// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/sdk/fieldlimits.h>
#include <fanfare/sdk/fieldwriter.h>

#include <QCborArray>
#include <QCborMap>

namespace Fanfare::Detail {

/// Builds what HandlerPlugin::events() documents from a gadget and its class infos.
class FieldDescriber
{
public:
    explicit FieldDescriber(const QString &eventName)
        : m_eventName(eventName)
    {
    }

    /// The fields of \a meta with the values of \a defaults. A gadget that holds itself, by way of
    /// a list, is described as "json" from there on.
    QCborArray fields(const QMetaObject &meta, const void *defaults)
    {
        m_open.append(&meta);
        const QCborMap values = FieldWriter(m_eventName).object(meta, defaults);
        QCborArray fields;
        for (int i = 0; i < meta.propertyCount(); ++i) {
            const QMetaProperty property = meta.property(i);
            if (!isField(property))
                continue;
            const QString name = QString::fromLatin1(property.name());
            QCborMap field = describe(FieldSource::of(meta, property));
            field.insert(QStringLiteral("name"), name);
            field.insert(QStringLiteral("default"), values.value(name));
            fields.append(field);
        }
        m_open.removeLast();
        return fields;
    }

private:
    QCborMap describe(const FieldSource &source)
    {
        const FieldType type = source.fieldType;
        const QMetaObject *meta = source.type.metaObject();
        const bool isEndless = type == FieldType::Object && m_open.contains(meta);
        QCborMap field{{QStringLiteral("type"), fieldTypeName(isEndless ? FieldType::Json : type)},
                       {QStringLiteral("summary"), source.info(".summary")}};
        if (type == FieldType::Int || type == FieldType::Double)
            addLimits(field, source);
        if (type == FieldType::Enum || type == FieldType::Flags)
            field.insert(QStringLiteral("values"), names(enumeratorOf(source.type)));
        if (type == FieldType::List)
            field.insert(QStringLiteral("items"), describe(source.items()));
        if (type == FieldType::Object && !isEndless) {
            const QVariant defaults(source.type);
            field.insert(QStringLiteral("fields"), fields(*meta, defaults.constData()));
        }
        return field;
    }

    static void addLimits(QCborMap &field, const FieldSource &source)
    {
        const FieldLimits limits = FieldLimits::of(source);
        if (isNumber(limits.minimum))
            field.insert(QStringLiteral("minimum"), limits.minimum);
        if (isNumber(limits.maximum))
            field.insert(QStringLiteral("maximum"), limits.maximum);
        if (const QCborValue step = numberInfo(source, ".step"); isNumber(step))
            field.insert(QStringLiteral("step"), step);
    }

    static QCborArray names(const QMetaEnum &enumerator)
    {
        QCborArray names;
        for (int i = 0; i < enumerator.keyCount(); ++i)
            names.append(QString::fromLatin1(enumerator.key(i)));
        return names;
    }

    const QString m_eventName;
    QList<const QMetaObject *> m_open; ///< around what is being described
};

} // namespace Fanfare::Detail
