// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/sdk/fieldassign.h>
#include <fanfare/sdk/fieldscalar.h>

#include <stdexcept>
#include <string>

namespace Fanfare::Detail {

/// Puts CBOR into the fields of a gadget. Throws std::invalid_argument with a sentence that names
/// the event and the field for everything that does not fit exactly.
class FieldReader
{
public:
    explicit FieldReader(const QString &eventName)
        : m_eventName(eventName)
    {
    }

    /// Fields that are missing in \a fields stay as they are.
    void object(const QMetaObject &meta, void *gadget, const QCborMap &fields,
                const FieldPath *parent = nullptr) const
    {
        for (const auto &[key, value] : fields) {
            const FieldPath path{parent, key.toString()};
            const int index = meta.indexOfProperty(path.name.toUtf8().constData());
            if (index < 0 || !isField(meta.property(index)))
                throwSentence(
                    QStringLiteral("%1 has no field \"%2\"").arg(m_eventName, path.text()));
            const QMetaProperty property = meta.property(index);
            const FieldSource source = FieldSource::of(meta, property);
            assign(property, gadget, source, this->value(source, value, path));
        }
    }

private:
    [[noreturn]] static void throwSentence(const QString &sentence)
    {
        throw std::invalid_argument(sentence.toStdString());
    }

    [[noreturn]] void refuse(const FieldPath &path, const QString &wish) const
    {
        throwSentence(QStringLiteral("The field \"%1\" of %2 must be %3")
                          .arg(path.text(), m_eventName, wish));
    }

    QVariant value(const FieldSource &source, const QCborValue &value, const FieldPath &path) const
    {
        switch (source.fieldType) {
        case FieldType::List:
            if (value.isArray())
                return list(source, value.toArray(), path);
            break;
        case FieldType::Object:
            if (value.isMap())
                return object(source, value.toMap(), path);
            break;
        default:
            return scalar(source, value, path);
        }
        refuse(path, QStringLiteral("of type ") + fieldTypeName(source.fieldType));
    }

    QVariant scalar(const FieldSource &source, const QCborValue &value, const FieldPath &path) const
    {
        const FieldType type = source.fieldType;
        Scalar scalar = scalarFrom(value, type, source.type);
        if (scalar && (type == FieldType::Int || type == FieldType::Double)) {
            const QString wish = FieldLimits::of(source).refusal(value);
            if (!wish.isEmpty())
                refuse(path, wish);
        }
        const bool isHuge = scalar && scalar->typeId() == QMetaType::ULongLong;
        if (!scalar || (isHuge && !isUnsigned64(source.type)) || !scalar->convert(source.type))
            refuse(path, QStringLiteral("of type ") + fieldTypeName(type));
        return *scalar;
    }

    QVariant list(const FieldSource &source, const QCborArray &values, const FieldPath &path) const
    {
        QVariant list(source.type);
        auto sequence = list.view<QSequentialIterable>();
        const FieldSource item = source.items();
        for (qsizetype i = 0; i < values.size(); ++i)
            sequence.addValue(value(item, values.at(i), {&path, {}, i}),
                              QSequentialIterable::AtEnd);
        return list;
    }

    QVariant object(const FieldSource &source, const QCborMap &fields, const FieldPath &path) const
    {
        QVariant gadget(source.type);
        object(*source.type.metaObject(), gadget.data(), fields, &path);
        return gadget;
    }

    const QString m_eventName;
};

} // namespace Fanfare::Detail
