// SPDX-License-Identifier: MIT
#include "fanfare/plugins/plugindescription.h"

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

static bool isFieldType(const QString &type)
{
    static const QSet<QString> types{u"text"_s, u"int"_s,  u"double"_s,
                                     u"bool"_s, u"path"_s, u"json"_s};
    return types.contains(type);
}

static Result<FieldFact> readField(const QString &event, const QCborValue &value)
{
    const QCborMap map = value.toMap();
    FieldFact field;
    field.name = textOf(map, "name"_L1);
    field.type = textOf(map, "type"_L1);
    field.summary = textOf(map, "summary"_L1);
    field.defaultValue = map.value("default"_L1);
    field.minimum = map.value("minimum"_L1);
    field.maximum = map.value("maximum"_L1);
    if (field.name.isEmpty())
        return invalid(u"the event %1 has a field without a name"_s.arg(event));
    if (!isFieldType(field.type)) {
        return invalid(u"the field %1 of the event %2 has the unknown type \"%3\""_s.arg(
            field.name, event, field.type));
    }
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
    for (const QCborValue &field : fields.toArray()) {
        auto read = readField(event.name, field);
        if (!read)
            return read.error();
        event.fields.append(*std::move(read));
    }
    return event;
}

static Result<HandlerFact> readHandler(const QCborValue &value)
{
    const QCborMap map = value.toMap();
    HandlerFact handler;
    handler.name = textOf(map, "name"_L1);
    handler.summary = textOf(map, "summary"_L1);
    handler.isAsync = textOf(map, "kind"_L1) == "async"_L1;
    handler.isIdempotent = map.value("idempotent"_L1).toBool();
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
