// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/sdk/fieldtext.h>
#include <fanfare/sdk/fieldtype.h>
#include <fanfare/sdk/travelproblem.h>

#include <QCborArray>
#include <QCborMap>
#include <QJsonArray>
#include <QJsonObject>
#include <QJsonValue>
#include <QUrl>
#include <QUuid>

#include <limits>

namespace Fanfare::Detail {

/// Turns the fields of a gadget into CBOR. Fields without a CBOR form are left out; the first
/// thing that would not arrive as it is becomes the problem.
class FieldWriter
{
public:
    explicit FieldWriter(const QString &eventName)
        : m_eventName(eventName)
    {
    }

    QCborMap object(const QMetaObject &meta, const void *gadget, const FieldPath *parent = nullptr)
    {
        QCborMap fields;
        for (int i = 0; i < meta.propertyCount(); ++i) {
            const QMetaProperty property = meta.property(i);
            if (!isField(property))
                continue;
            const FieldPath path{parent, QString::fromLatin1(property.name())};
            const QCborValue value =
                this->value(FieldSource::of(meta, property), property.readOnGadget(gadget), path);
            if (!value.isUndefined())
                fields.insert(path.name, value);
        }
        return fields;
    }

    /// Why these fields would not arrive at another process as they are, in one sentence that names
    /// the field; empty when they would.
    QString problem() const { return m_problem; }

    /// Undefined for what has no CBOR form.
    QCborValue value(const FieldSource &source, const QVariant &value, const FieldPath &path)
    {
        switch (source.fieldType) {
        case FieldType::Bool:
            return value.toBool();
        case FieldType::Int:
            return integer(value);
        case FieldType::Double:
            return value.toDouble();
        case FieldType::Text:
        case FieldType::Path:
            return text(value.toString());
        case FieldType::Bytes:
            return value.toByteArray();
        case FieldType::Url:
            return url(value.toUrl(), path);
        case FieldType::DateTime:
            return dateTime(value.toDateTime(), path);
        case FieldType::Date:
            return value.toDate().isValid() ? QCborValue(dateText(value.toDate())) : nullptr;
        case FieldType::Time:
            return value.toTime().isValid() ? QCborValue(timeText(value.toTime())) : nullptr;
        case FieldType::Uuid:
            return value.toUuid().toString(QUuid::WithoutBraces);
        case FieldType::Enum:
            return enumerator(value, path);
        case FieldType::Flags:
            return flags(value, path);
        case FieldType::List:
            return list(source, value, path);
        case FieldType::Object:
            return object(*source.type.metaObject(), value.constData(), &path);
        case FieldType::Json:
            return json(value, path);
        case FieldType::Opaque:
            break;
        }
        refuse(path, opaqueReason(source.type));
        return QCborValue(QCborValue::Undefined);
    }

private:
    static QString opaqueReason(QMetaType type)
    {
        if (!type.isValid())
            return QStringLiteral("its C++ type is not known to Qt");
        return QStringLiteral("its type %1 has no CBOR form").arg(QLatin1String(type.name()));
    }

    void refuse(const FieldPath &path, const QString &why)
    {
        if (!m_problem.isEmpty())
            return;
        m_problem = QStringLiteral("The field \"%1\" of %2 cannot leave this process, because %3; "
                                   "change it, or emit it on an executor of threads.")
                        .arg(path.text(), m_eventName, why);
    }

    static QCborValue integer(const QVariant &value)
    {
        const quint64 bits = value.toULongLong();
        const bool isHuge = value.metaType().id() == QMetaType::ULongLong
            || value.metaType().id() == QMetaType::ULong;
        if (isHuge && bits > quint64(std::numeric_limits<qint64>::max()))
            return QString::number(bits);
        return value.toLongLong();
    }

    /// What UTF-8 would change travels as UTF-16, little endian.
    static QCborValue text(const QString &text)
    {
        if (isPlainText(text))
            return text;
        QByteArray units;
        for (const QChar unit : text)
            units.append(char(unit.unicode() & 0xff)).append(char(unit.unicode() >> 8));
        return units;
    }

    QCborValue url(const QUrl &url, const FieldPath &path)
    {
        const QString text = QString::fromLatin1(url.toEncoded());
        if (QUrl(text, QUrl::StrictMode) != url)
            refuse(path, QStringLiteral("it is no valid URL"));
        return text;
    }

    QCborValue dateTime(const QDateTime &time, const FieldPath &path)
    {
        if (!time.isValid())
            return nullptr;
        const QString text = dateTimeText(time);
        if (dateTimeFromText(text) != time)
            refuse(path, QStringLiteral("other processes do not know its time zone"));
        return text;
    }

    QCborValue enumerator(const QVariant &value, const FieldPath &path)
    {
        const QMetaEnum names = enumeratorOf(value.metaType());
        const int number = value.toInt();
        if (const char *name = names.valueToKey(number))
            return QString::fromLatin1(name);
        refuse(path,
               QStringLiteral("%1 is none of the values of %2")
                   .arg(number)
                   .arg(QLatin1String(names.enumName())));
        return number;
    }

    QCborValue flags(const QVariant &value, const FieldPath &path)
    {
        const QMetaEnum names = enumeratorOf(value.metaType());
        const int bits = value.toInt();
        QCborArray set;
        int covered = 0;
        for (const QByteArray &name : names.valueToKeys(bits).split('|')) {
            if (name.isEmpty())
                continue;
            set.append(QString::fromLatin1(name));
            covered |= names.keyToValue(name);
        }
        if (covered != bits)
            refuse(path,
                   QStringLiteral("%1 has bits that %2 does not name")
                       .arg(bits)
                       .arg(QLatin1String(names.enumName())));
        return set;
    }

    QCborValue list(const FieldSource &source, const QVariant &value, const FieldPath &path)
    {
        QCborArray items;
        const FieldSource item = source.items();
        const auto sequence = value.value<QSequentialIterable>();
        for (const QVariant &each : sequence)
            items.append(this->value(item, each, {&path, {}, items.size()}));
        return items;
    }

    QCborValue json(const QVariant &value, const FieldPath &path)
    {
        const QCborValue json = jsonOf(value);
        if (const QString problem = travelProblem(json); !problem.isEmpty())
            refuse(path, problem);
        return json;
    }

    static QCborValue jsonOf(const QVariant &value)
    {
        switch (value.metaType().id()) {
        case QMetaType::QCborMap:
            return value.value<QCborMap>();
        case QMetaType::QCborArray:
            return value.value<QCborArray>();
        case QMetaType::QJsonValue:
            return QCborValue::fromJsonValue(value.toJsonValue());
        case QMetaType::QJsonObject:
            return QCborMap::fromJsonObject(value.toJsonObject());
        case QMetaType::QJsonArray:
            return QCborArray::fromJsonArray(value.toJsonArray());
        default:
            return value.value<QCborValue>();
        }
    }

    const QString m_eventName;
    QString m_problem;
};

} // namespace Fanfare::Detail
