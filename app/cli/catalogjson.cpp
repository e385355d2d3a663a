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
    json.key("fields");
    writeArray(out, event.fields, &writeField);
}

static void writeHandler(QByteArray &out, const HandlerFact &handler)
{
    JsonObjectWriter json(out);
    json.text("name", handler.name).text("summary", handler.summary);
    json.boolean("async", handler.isAsync).boolean("idempotent", handler.isIdempotent);
    json.key("events");
    writeArray(out, handler.events, &writeText);
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
