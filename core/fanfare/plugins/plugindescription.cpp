// SPDX-License-Identifier: MIT
#include "fanfare/plugins/plugindescription.h"

#include <fanfare/sdk/fieldtype.h>

#include <QCborMap>
#include <QSet>

namespace Fanfare {

using namespace Qt::StringLiterals;

static Error invalid(const QString &message)
{
    return {ErrorCode::InvalidPlugin, message};
}

static QString textOf(const QCborMap &map, QLatin1StringView key)
{
    return map.value(key).toString();
}

/// How deep lists and objects may hold one another: forms show all of it.
static constexpr int deepestField = 16;

static Result<FieldFact> readField(const QString &event, const QCborMap &map, int depth = 0);

static Result<QList<FieldFact>> readFields(const QString &event, const QCborArray &maps, int depth)
{
    QList<FieldFact> fields;
    for (const QCborValue map : maps) {
        auto field = readField(event, map.toMap(), depth);
        if (!field)
            return field.error();
        if (field->name.isEmpty())
            return invalid(u"the event %1 has a field without a name"_s.arg(event));
        fields.append(*std::move(field));
    }
    return fields;
}

static Result<QStringList> readValues(const QString &event, const FieldFact &field,
                                      const QCborArray &texts)
{
    QStringList values;
    for (const QCborValue text : texts)
        values.append(text.toString());
    if (values.isEmpty() || values.contains(QString())) {
        return invalid(u"the field %1 of the event %2 needs a list of values that are texts"_s.arg(
            field.name, event));
    }
    return values;
}

/// The parts of \a field that only some types have.
static Result<void> readNested(const QString &event, const QCborMap &map, int depth,
                               FieldFact &field)
{
    if (field.type == "enum"_L1 || field.type == "flags"_L1) {
        auto values = readValues(event, field, map.value("values"_L1).toArray());
        if (!values)
            return values.error();
        field.values = *std::move(values);
    } else if (field.type == "list"_L1) {
        auto items = readField(event, map.value("items"_L1).toMap(), depth + 1);
        if (!items)
            return items.error();
        field.items = {*std::move(items)};
    } else if (field.type == "object"_L1) {
        auto fields = readFields(event, map.value("fields"_L1).toArray(), depth + 1);
        if (!fields)
            return fields.error();
        field.fields = *std::move(fields);
    }
    return {};
}

static Result<FieldFact> readField(const QString &event, const QCborMap &map, int depth)
{
    FieldFact field;
    field.name = textOf(map, "name"_L1);
    field.type = textOf(map, "type"_L1);
    field.summary = textOf(map, "summary"_L1);
    field.defaultValue = map.value("default"_L1);
    field.minimum = map.value("minimum"_L1);
    field.maximum = map.value("maximum"_L1);
    field.step = map.value("step"_L1);
    if (!fieldTypeFromName(field.type)) {
        return invalid(u"the field %1 of the event %2 has the unknown type \"%3\""_s.arg(
            field.name, event, field.type));
    }
    if (depth > deepestField) {
        return invalid(u"the event %1 has fields that are nested more than %2 deep"_s.arg(
            event, QString::number(deepestField)));
    }
    if (const Result<void> nested = readNested(event, map, depth, field); !nested)
        return nested.error();
    return field;
}

static Result<EventFact> readEvent(const QCborValue &value)
{
    const QCborMap map = value.toMap();
    EventFact event;
    event.name = textOf(map, "name"_L1);
    event.summary = textOf(map, "summary"_L1);
    if (event.name.isEmpty())
        return invalid(u"an event has no name"_s);
    const QCborValue fields = map.value("fields"_L1);
    event.isTyped = !fields.isUndefined();
    if (event.isTyped && !fields.isArray())
        return invalid(u"the fields of the event %1 are no list"_s.arg(event.name));
    auto read = readFields(event.name, fields.toArray(), 0);
    if (!read)
        return read.error();
    event.fields = *std::move(read);
    return event;
}

static Result<HandlerFact> readHandler(const QCborValue &value)
{
    const QCborMap map = value.toMap();
    HandlerFact handler;
    handler.name = textOf(map, "name"_L1);
    handler.summary = textOf(map, "summary"_L1);
    handler.isAsync = textOf(map, "kind"_L1) == "async"_L1;
    if (map.value("idempotent"_L1).toBool())
        handler.stated.isIdempotent = true;
    if (handler.name.isEmpty())
        return invalid(u"a handler has no name"_s);
    for (const QCborValue &event : map.value("events"_L1).toArray()) {
        if (event.toString().isEmpty())
            return invalid(u"the handler %1 names an event that is no text"_s.arg(handler.name));
        handler.events.append(event.toString());
    }
    if (handler.events.isEmpty())
        return invalid(u"the handler %1 reacts to no event"_s.arg(handler.name));
    return handler;
}

Result<PluginDescription> readDescription(const QCborArray &events, const QCborArray &handlers)
{
    PluginDescription description;
    for (const QCborValue &value : events) {
        auto event = readEvent(value);
        if (!event)
            return event.error();
        description.events.append(*std::move(event));
    }
    QSet<QString> names;
    for (const QCborValue &value : handlers) {
        auto handler = readHandler(value);
        if (!handler)
            return handler.error();
        if (names.contains(handler->name))
            return invalid(u"two handlers are called %1"_s.arg(handler->name));
        names.insert(handler->name);
        description.handlers.append(*std::move(handler));
    }
    return description;
}

} // namespace Fanfare
