// SPDX-License-Identifier: MIT
#include "cli/output.h"
#include "cli/pluginsession.h"

#include <fanfare/runs/jsontext.h>

#include <QCborArray>

namespace Fanfare::Cli {

/// Writes `[` one JSON value per element of \a values `]`.
template <typename Values, typename Write>
static void writeArray(QByteArray &out, const Values &values, Write write)
{
    out += '[';
    bool isFirst = true;
    for (const auto &value : values) {
        if (!isFirst)
            out += ',';
        isFirst = false;
        write(out, value);
    }
    out += ']';
}

static void writeText(QByteArray &out, const QString &text)
{
    appendJson(out, text);
}

static void writeField(QByteArray &out, const FieldFact &field)
{
    JsonObjectWriter json(out);
    json.text("name", field.name).text("type", field.type).text("summary", field.summary);
    json.value("default", field.defaultValue);
    json.value("minimum", field.minimum).value("maximum", field.maximum);
    json.value("step", field.step);
    if (!field.values.isEmpty())
        json.value("values", QCborArray::fromStringList(field.values));
    if (!field.items.isEmpty()) {
        json.key("items");
        writeField(out, field.items.first());
    }
    if (!field.fields.isEmpty()) {
        json.key("fields");
        writeArray(out, field.fields, &writeField);
    }
}

static void writeEvent(QByteArray &out, const EventFact &event)
{
    JsonObjectWriter json(out);
    json.text("name", event.name).text("summary", event.summary).boolean("typed", event.isTyped);
    json.boolean("enabled", event.isEnabled).number("deadlineMs", event.deadlineMs);
    json.key("fields");
    writeArray(out, event.fields, &writeField);
}

/// {"deadlineMs": 50, "from": {"deadlineMs": "plugin"}}: all values, and who said them.
static void writePolicy(QByteArray &out, const HandlerPolicy &policy)
{
    JsonObjectWriter json(out);
    json.boolean("enabled", policy.isEnabled.value);
    json.text("isolation", isolationName(policy.isolation.value));
    json.number("deadlineMs", policy.deadlineMs.value);
    json.number("concurrency", policy.concurrency.value);
    json.boolean("idempotent", policy.isIdempotent.value);
    json.boolean("blocking", policy.isBlocking.value);
    json.number("maxMemoryMb", policy.maxMemoryMb.value).key("from");
    JsonObjectWriter from(out);
    from.text("enabled", sourceName(policy.isEnabled.source));
    from.text("isolation", sourceName(policy.isolation.source));
    from.text("deadlineMs", sourceName(policy.deadlineMs.source));
    from.text("concurrency", sourceName(policy.concurrency.source));
    from.text("idempotent", sourceName(policy.isIdempotent.source));
    from.text("blocking", sourceName(policy.isBlocking.source));
    from.text("maxMemoryMb", sourceName(policy.maxMemoryMb.source));
}

static void writeHandler(QByteArray &out, const HandlerFact &handler)
{
    JsonObjectWriter json(out);
    json.text("name", handler.name).text("summary", handler.summary);
    json.boolean("async", handler.isAsync).boolean("idempotent", handler.policy.isIdempotent.value);
    json.key("events");
    writeArray(out, handler.events, &writeText);
    json.key("policy");
    writePolicy(out, handler.policy);
    if (handler.block)
        json.text("code", handler.block->code).text("message", handler.block->text);
    if (handler.crash) {
        json.number("crashes", handler.crash->crashes);
        json.text("lastCrash", handler.crash->text);
    }
}

static void writeNewBuild(QByteArray &out, const NewBuildFact &build)
{
    JsonObjectWriter json(out);
    json.text("hash", QString::fromLatin1(build.hash.toHex())).text("version", build.version);
    json.text("code", build.code).text("message", build.message);
    json.text("loaderText", build.loaderText);
}

static void writePlugin(QByteArray &out, const PluginFact &plugin)
{
    JsonObjectWriter json(out);
    json.text("type", u"plugin").text("name", plugin.name).text("version", plugin.version);
    json.text("state", stateName(plugin.state)).text("path", plugin.path);
    json.text("hash", QString::fromLatin1(plugin.hash.toHex()));
    json.text("id", plugin.id).text("summary", plugin.summary);
    json.text("code", plugin.code).text("message", plugin.message);
    json.text("loaderText", plugin.loaderText).key("events");
    writeArray(out, plugin.events, &writeEvent);
    json.key("handlers");
    writeArray(out, plugin.handlers, &writeHandler);
    if (plugin.newBuild) {
        json.key("newBuild");
        writeNewBuild(out, *plugin.newBuild);
    }
}

void writeCatalogJson(const CatalogFact &catalog, Output &output)
{
    for (const PluginFact &plugin : catalog.plugins) {
        writePlugin(output.buffer(), plugin);
        output.endLine();
    }
    for (const QString &problem : catalog.problems) {
        JsonObjectWriter(output.buffer()).text("type", u"problem").text("text", problem);
        output.endLine();
    }
}

} // namespace Fanfare::Cli
