// SPDX-License-Identifier: MIT
#include "fanfare/engine/enginemessages.h"

#include <fanfare/base/cborinteger.h>

#include <QCborArray>
#include <QCborMap>

namespace Fanfare {

using namespace Qt::StringLiterals;

static QCborArray toArray(const QList<FieldFact> &fields);

static QCborMap toMap(const FieldFact &field)
{
    return {{u"name"_s, field.name},
            {u"type"_s, field.type},
            {u"summary"_s, field.summary},
            {u"default"_s, field.defaultValue},
            {u"minimum"_s, field.minimum},
            {u"maximum"_s, field.maximum},
            {u"step"_s, field.step},
            {u"values"_s, QCborArray::fromStringList(field.values)},
            {u"items"_s, toArray(field.items)},
            {u"fields"_s, toArray(field.fields)}};
}

static QCborArray toArray(const QList<FieldFact> &fields)
{
    QCborArray array;
    for (const FieldFact &field : fields)
        array.append(toMap(field));
    return array;
}

static QStringList toTexts(const QCborArray &array)
{
    QStringList texts;
    for (const QCborValue text : array)
        texts.append(text.toString());
    return texts;
}

static QList<FieldFact> toFacts(const QCborArray &array);

static FieldFact toField(const QCborMap &map)
{
    return {map.value("name"_L1).toString(),
            map.value("type"_L1).toString(),
            map.value("summary"_L1).toString(),
            map.value("default"_L1),
            map.value("minimum"_L1),
            map.value("maximum"_L1),
            map.value("step"_L1),
            toTexts(map.value("values"_L1).toArray()),
            toFacts(map.value("items"_L1).toArray()),
            toFacts(map.value("fields"_L1).toArray())};
}

static QList<FieldFact> toFacts(const QCborArray &array)
{
    QList<FieldFact> fields;
    for (const QCborValue field : array)
        fields.append(toField(field.toMap()));
    return fields;
}

static QCborMap toMap(const EventFact &event)
{
    return {{u"name"_s, event.name},
            {u"summary"_s, event.summary},
            {u"fields"_s, toArray(event.fields)},
            {u"isTyped"_s, event.isTyped},
            {u"number"_s, qint64(event.number)},
            {u"isEnabled"_s, event.isEnabled},
            {u"deadlineMs"_s, event.deadlineMs}};
}

static EventFact toEvent(const QCborMap &map)
{
    EventFact event;
    event.name = map.value("name"_L1).toString();
    event.summary = map.value("summary"_L1).toString();
    event.fields = toFacts(map.value("fields"_L1).toArray());
    event.isTyped = map.value("isTyped"_L1).toBool();
    event.number = quint32(integerOf(map.value("number"_L1)));
    event.isEnabled = map.value("isEnabled"_L1).toBool(true);
    event.deadlineMs = integerOf(map.value("deadlineMs"_L1));
    return event;
}

static QCborValue toValue(const std::optional<CrashRecord> &crash)
{
    if (!crash)
        return {};
    return QCborMap{{u"hash"_s, crash->hash},
                    {u"plugin"_s, crash->plugin},
                    {u"handler"_s, crash->handler},
                    {u"crashes"_s, crash->crashes},
                    {u"place"_s, int(crash->place)},
                    {u"text"_s, crash->text},
                    {u"time"_s, QCborValue(crash->time)}};
}

static std::optional<CrashRecord> toCrash(const QCborValue &value)
{
    if (!value.isMap())
        return {};
    const QCborMap map = value.toMap();
    CrashRecord crash;
    crash.hash = map.value("hash"_L1).toByteArray();
    crash.plugin = map.value("plugin"_L1).toString();
    crash.handler = map.value("handler"_L1).toString();
    crash.crashes = int(integerOf(map.value("crashes"_L1)));
    crash.place =
        integerOf(map.value("place"_L1)) == 0 ? CrashPlace::Processes : CrashPlace::Threads;
    crash.text = map.value("text"_L1).toString();
    crash.time = map.value("time"_L1).toDateTime();
    return crash;
}

static QCborValue toValue(const std::optional<HandlerBlock> &block)
{
    return block ? QCborValue(QCborMap{{u"code"_s, block->code}, {u"text"_s, block->text}})
                 : QCborValue();
}

static std::optional<HandlerBlock> toBlock(const QCborValue &value)
{
    if (!value.isMap())
        return {};
    const QCborMap map = value.toMap();
    return HandlerBlock{map.value("code"_L1).toString(), map.value("text"_L1).toString()};
}

static PolicyPart toPart(const QCborValue &value)
{
    const auto part = policyFromJson(value.toMap().toJsonObject());
    return part ? *part : PolicyPart();
}

static QCborMap toMap(const HandlerFact &handler)
{
    return {{u"subscriber"_s, qint64(handler.subscriber)},
            {u"name"_s, handler.name},
            {u"summary"_s, handler.summary},
            {u"events"_s, QCborArray::fromStringList(handler.events)},
            {u"isAsync"_s, handler.isAsync},
            {u"stated"_s, QCborMap::fromJsonObject(toJson(handler.stated))},
            {u"decided"_s, QCborMap::fromJsonObject(toJson(handler.decided))},
            {u"policy"_s, toCbor(handler.policy)},
            {u"crash"_s, toValue(handler.crash)},
            {u"block"_s, toValue(handler.block)}};
}

static HandlerFact toHandler(const QCborMap &map)
{
    HandlerFact handler;
    handler.subscriber = SubscriberId(integerOf(map.value("subscriber"_L1)));
    handler.name = map.value("name"_L1).toString();
    handler.summary = map.value("summary"_L1).toString();
    for (const QCborValue &event : map.value("events"_L1).toArray())
        handler.events.append(event.toString());
    handler.isAsync = map.value("isAsync"_L1).toBool();
    handler.stated = toPart(map.value("stated"_L1));
    handler.decided = toPart(map.value("decided"_L1));
    handler.policy = policyFromCbor(map.value("policy"_L1).toMap());
    handler.crash = toCrash(map.value("crash"_L1));
    handler.block = toBlock(map.value("block"_L1));
    return handler;
}

static QCborValue toValue(const std::optional<NewBuildFact> &build)
{
    if (!build)
        return {};
    return QCborMap{{u"hash"_s, build->hash},
                    {u"version"_s, build->version},
                    {u"code"_s, build->code},
                    {u"message"_s, build->message},
                    {u"loaderText"_s, build->loaderText}};
}

static std::optional<NewBuildFact> toNewBuild(const QCborValue &value)
{
    if (!value.isMap())
        return {};
    const QCborMap map = value.toMap();
    return NewBuildFact{map.value("hash"_L1).toByteArray(), map.value("version"_L1).toString(),
                        map.value("code"_L1).toString(), map.value("message"_L1).toString(),
                        map.value("loaderText"_L1).toString()};
}

static QCborMap toMap(const PluginFact &plugin)
{
    QCborArray events;
    for (const EventFact &event : plugin.events)
        events.append(toMap(event));
    QCborArray handlers;
    for (const HandlerFact &handler : plugin.handlers)
        handlers.append(toMap(handler));
    return {{u"path"_s, plugin.path},
            {u"hash"_s, plugin.hash},
            {u"id"_s, plugin.id},
            {u"name"_s, plugin.name},
            {u"version"_s, plugin.version},
            {u"summary"_s, plugin.summary},
            {u"state"_s, stateName(plugin.state)},
            {u"copy"_s, plugin.copy},
            {u"newBuild"_s, toValue(plugin.newBuild)},
            {u"code"_s, plugin.code},
            {u"message"_s, plugin.message},
            {u"loaderText"_s, plugin.loaderText},
            {u"events"_s, events},
            {u"handlers"_s, handlers},
            {u"decided"_s, QCborMap::fromJsonObject(toJson(plugin.decided))}};
}

static PluginFact toPlugin(const QCborMap &map)
{
    PluginFact plugin;
    plugin.path = map.value("path"_L1).toString();
    plugin.hash = map.value("hash"_L1).toByteArray();
    plugin.id = map.value("id"_L1).toString();
    plugin.name = map.value("name"_L1).toString();
    plugin.version = map.value("version"_L1).toString();
    plugin.summary = map.value("summary"_L1).toString();
    plugin.state = stateNamed(map.value("state"_L1).toString()).value_or(PluginState::Seen);
    plugin.isActive = plugin.state == PluginState::Active;
    plugin.copy = map.value("copy"_L1).toString();
    plugin.newBuild = toNewBuild(map.value("newBuild"_L1));
    plugin.code = map.value("code"_L1).toString();
    plugin.message = map.value("message"_L1).toString();
    plugin.loaderText = map.value("loaderText"_L1).toString();
    for (const QCborValue &event : map.value("events"_L1).toArray())
        plugin.events.append(toEvent(event.toMap()));
    for (const QCborValue &handler : map.value("handlers"_L1).toArray())
        plugin.handlers.append(toHandler(handler.toMap()));
    plugin.decided = toPart(map.value("decided"_L1));
    return plugin;
}

QByteArray encode(const CatalogFact &fact)
{
    QCborArray plugins;
    for (const PluginFact &plugin : fact.plugins)
        plugins.append(toMap(plugin));
    return QCborMap{{u"plugins"_s, plugins},
                    {u"problems"_s, QCborArray::fromStringList(fact.problems)}}
        .toCborValue()
        .toCbor();
}

template <>
Result<CatalogFact> decode(const QByteArray &payload)
{
    const QCborMap map = QCborValue::fromCbor(payload).toMap();
    if (!map.contains("plugins"_L1))
        return Error{ErrorCode::Protocol, u"the message \"catalog\" has an unknown shape"_s};
    CatalogFact fact;
    for (const QCborValue &plugin : map.value("plugins"_L1).toArray())
        fact.plugins.append(toPlugin(plugin.toMap()));
    for (const QCborValue &problem : map.value("problems"_L1).toArray())
        fact.problems.append(problem.toString());
    return fact;
}

} // namespace Fanfare
