// SPDX-License-Identifier: MIT
#include "fanfare/plugins/eventschema.h"

#include <fanfare/sdk/fieldlimits.h>

#include <QCborArray>

namespace Fanfare {

using namespace Qt::StringLiterals;

static QCborMap schemaOf(const FieldFact &field);

static QCborMap text(const QString &format = {}, const QString &pattern = {})
{
    QCborMap schema{{u"type"_s, u"string"_s}};
    if (!format.isEmpty())
        schema.insert(u"format"_s, format);
    if (!pattern.isEmpty())
        schema.insert(u"pattern"_s, pattern);
    return schema;
}

static QCborMap orNull(QCborMap schema)
{
    schema.insert(u"type"_s, QCborArray{u"string"_s, u"null"_s});
    return schema;
}

static QCborMap number(const QString &type, const FieldFact &field)
{
    QCborMap schema{{u"type"_s, type}};
    if (isNumber(field.minimum))
        schema.insert(u"minimum"_s, field.minimum);
    if (isNumber(field.maximum))
        schema.insert(u"maximum"_s, field.maximum);
    return schema;
}

/// \a schema, or a text like \a pattern for the numbers that JSON has no words for.
static QCborMap orText(QCborMap schema, const QString &pattern)
{
    schema.insert(u"type"_s, QCborArray{schema.value(u"type"_s), u"string"_s});
    schema.insert(u"pattern"_s, pattern);
    return schema;
}

static QCborMap integer(const FieldFact &field)
{
    const QCborMap schema = number(u"integer"_s, field);
    const bool takesHuge =
        isNumber(field.minimum) && !isBelow(field.minimum, 0) && !isNumber(field.maximum);
    return takesHuge ? orText(schema, u"^[0-9]{19,20}$"_s) : schema;
}

static QCborMap real(const FieldFact &field)
{
    return orText(number(u"number"_s, field), u"^(NaN|-?Infinity)$"_s);
}

static QCborMap object(const QList<FieldFact> &fields)
{
    QCborMap properties;
    for (const FieldFact &field : fields) {
        if (field.type != "opaque"_L1)
            properties.insert(field.name, schemaOf(field));
    }
    return {{u"type"_s, u"object"_s},
            {u"properties"_s, properties},
            {u"additionalProperties"_s, false}};
}

static QCborMap bareSchema(const FieldFact &field)
{
    const QCborArray values = QCborArray::fromStringList(field.values);
    if (field.type == "int"_L1)
        return integer(field);
    if (field.type == "double"_L1)
        return real(field);
    if (field.type == "bool"_L1)
        return {{u"type"_s, u"boolean"_s}};
    if (field.type == "text"_L1 || field.type == "path"_L1)
        return text();
    if (field.type == "url"_L1)
        return text(u"uri-reference"_s);
    if (field.type == "bytes"_L1)
        return {{u"type"_s, u"string"_s}, {u"contentEncoding"_s, u"base64"_s}};
    if (field.type == "date-time"_L1)
        return orNull(text({}, u"^([+-][0-9]{4,}|[0-9]{4})-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}"_s));
    if (field.type == "date"_L1)
        return orNull(text({}, u"^([+-][0-9]{4,}|[0-9]{4})-[0-9]{2}-[0-9]{2}$"_s));
    if (field.type == "time"_L1)
        return orNull(text({}, u"^[0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]{1,3})?)?$"_s));
    if (field.type == "uuid"_L1)
        return text(u"uuid"_s);
    if (field.type == "enum"_L1)
        return {{u"enum"_s, values}};
    if (field.type == "flags"_L1) {
        return {{u"type"_s, u"array"_s},
                {u"items"_s, QCborMap{{u"enum"_s, values}}},
                {u"uniqueItems"_s, true}};
    }
    if (field.type == "list"_L1 && !field.items.isEmpty())
        return {{u"type"_s, u"array"_s}, {u"items"_s, schemaOf(field.items.first())}};
    if (field.type == "object"_L1)
        return object(field.fields);
    return {};
}

static QCborMap schemaOf(const FieldFact &field)
{
    QCborMap schema = bareSchema(field);
    if (!field.summary.isEmpty())
        schema.insert(u"description"_s, field.summary);
    if (!field.defaultValue.isUndefined())
        schema.insert(u"default"_s, field.defaultValue);
    return schema;
}

QCborMap eventSchema(const EventFact &event)
{
    QCborMap schema{{u"$schema"_s, u"https://json-schema.org/draft/2020-12/schema"_s},
                    {u"title"_s, event.name}};
    if (!event.summary.isEmpty())
        schema.insert(u"description"_s, event.summary);
    const QCborMap fields =
        event.isTyped ? object(event.fields) : QCborMap{{u"type"_s, u"object"_s}};
    for (const auto &[key, value] : fields)
        schema.insert(key, value);
    return schema;
}

} // namespace Fanfare
