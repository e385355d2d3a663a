// SPDX-License-Identifier: MIT
#include "validate/loadstage.h"

#include "validate/processstate.h"

#include <fanfare/plugins/fieldcheck.h>
#include <fanfare/plugins/pluginloading.h>

#include <QJsonArray>
#include <QPluginLoader>
#include <QSet>

#include <memory>

namespace Fanfare::Validate {

void LoadStage::run()
{
    m_channel.doing(u"it is loaded"_qs);
    const ProcessState before = ProcessState::now();
    const LoadedPlugin loaded = loadPlugin(m_order.plugin);
    if (loaded.refusal) {
        m_channel.report({loaded.refusal->code,
                          {},
                          loaded.refusal->message,
                          {},
                          {},
                          loaded.refusal->loaderText});
        return;
    }
    HandlerPlugin &plugin = *loaded.plugin;
    checkLists(plugin);
    if (const auto description = readDescription(plugin.events(), plugin.handlers())) {
        checkMetadata(*description);
        checkHandlers(plugin, *description);
        checkDescriptions(*description);
    }
    checkUnknownNames(plugin);
    const ProcessState after = ProcessState::now();
    if (const QString signal = changedSignal(before, after); !signal.isEmpty())
        m_channel.report({u"takes-signals"_qs,
                          {},
                          u"Loading it changes the handler of %1"_qs.arg(signal),
                          u"Leave signals to the program; crash reports depend on them"_qs,
                          {},
                          {}});
    if (const QString what = changedSurroundings(before, after); !what.isEmpty())
        m_channel.report({u"changes-environment"_qs,
                          {},
                          u"Loading it changes %1"_qs.arg(what),
                          u"Leave what belongs to the whole process as it is"_qs,
                          {},
                          {}});
    if (m_channel.printedBytes() > 0)
        m_channel.report({u"noisy-load"_qs,
                          {},
                          u"It prints while it is loaded and listed"_qs,
                          u"Print in handlers, with context.print()"_qs,
                          {},
                          {}});
}

void LoadStage::checkLists(HandlerPlugin &plugin)
{
    m_channel.doing(u"its events and handlers are listed twice"_qs);
    const QCborArray events = plugin.events();
    const QCborArray handlers = plugin.handlers();
    if (events != plugin.events() || handlers != plugin.handlers())
        m_channel.report({u"lists-differ"_qs,
                          {},
                          u"Listing its events and handlers twice gives two "
                          "different lists"_qs,
                          u"Fill both lists in the constructor and leave them alone"_qs,
                          {},
                          {}});
}

static QString storyOf(const QString &name, QStringList events, const QString &kind)
{
    events.sort();
    return u"%1, %2, of %3"_qs.arg(name, kind, events.join(u' '));
}

/// Handlers of the JSON file as lines; what it leaves out is taken from the code.
static QStringList metadataStory(const QJsonArray &handlers, const PluginDescription &description)
{
    QStringList story;
    for (const QJsonValue &value : handlers) {
        const QJsonObject json = value.toObject();
        HandlerFact same;
        for (const HandlerFact &fact : description.handlers) {
            if (fact.name == json.value(u"name"_qs).toString())
                same = fact;
        }
        QStringList events = same.events;
        if (json.contains(u"events"_qs)) {
            events.clear();
            for (const QJsonValue &event : json.value(u"events"_qs).toArray())
                events.append(event.toString());
        }
        const QString kind = same.isAsync ? u"async"_qs : u"sync"_qs;
        const QString stated = json.value(u"kind"_qs).toString(kind);
        // That a sync handler waits is said by the metadata only.
        const bool isSync = stated == u"blocking"_qs && !same.isAsync;
        story.append(
            storyOf(json.value(u"name"_qs).toString(), events, isSync ? u"sync"_qs : stated));
    }
    story.sort();
    return story;
}

void LoadStage::checkMetadata(const PluginDescription &description)
{
    const QJsonValue handlers = QPluginLoader(m_order.plugin)
                                    .metaData()
                                    .value(u"MetaData"_qs)
                                    .toObject()
                                    .value(u"handlers"_qs);
    if (handlers.isUndefined())
        return;
    const QStringList stated = metadataStory(handlers.toArray(), description);
    QStringList actual;
    for (const HandlerFact &fact : description.handlers)
        actual.append(storyOf(fact.name, fact.events, fact.isAsync ? u"async"_qs : u"sync"_qs));
    actual.sort();
    if (stated != actual)
        m_channel.report(
            {u"handlers-differ"_qs,
             {},
             u"The handlers in its metadata are not those in "
             "its code"_qs,
             u"Make \"handlers\" in the JSON file say what the constructor says, or "
             "leave it out"_qs,
             {},
             u"metadata: %1; code: %2"_qs.arg(stated.join(u" | "), actual.join(u" | "))});
}

void LoadStage::checkHandlers(HandlerPlugin &plugin, const PluginDescription &description)
{
    for (const HandlerFact &fact : description.handlers) {
        m_channel.doing(u"the handler %1 is made and deleted"_qs.arg(fact.name));
        std::unique_ptr<Handler> first(plugin.create(fact.name));
        std::unique_ptr<Handler> second(plugin.create(fact.name));
        if (!first || !second)
            continue; // the probe tells that
        if (first == second) {
            m_channel.report({u"shared-handler"_qs,
                              fact.name,
                              u"create() gives the same object of %1 twice"_qs.arg(fact.name),
                              u"Return a new object each time; the caller deletes it"_qs,
                              {},
                              {}});
            (void)second.release();
        }
        if ((first->asAsync() != nullptr) != fact.isAsync)
            m_channel.report({u"wrong-kind"_qs,
                              fact.name,
                              u"%1 is listed as %2, but asAsync() says otherwise"_qs.arg(
                                  fact.name, fact.isAsync ? u"async"_qs : u"sync"_qs),
                              u"Make \"kind\" in handlers() and asAsync() agree"_qs,
                              {},
                              {}});
    }
}

void LoadStage::checkUnknownNames(HandlerPlugin &plugin)
{
    m_channel.doing(u"handlers are asked for that it does not have"_qs);
    for (const QString &name : {QString(), u"no such handler"_qs, QString(10'000, u'x')}) {
        if (plugin.create(name))
            m_channel.report({u"invents-handlers"_qs,
                              {},
                              u"create() makes a handler of a name that is "
                              "not listed"_qs,
                              u"Return null for names that handlers() does not list"_qs,
                              {},
                              {}});
    }
    m_channel.doing(u"an extension is asked for that nobody knows"_qs);
    if (plugin.extension("org.fanfare.NoSuchExtension", 1))
        m_channel.report({u"invents-extensions"_qs,
                          {},
                          u"extension() gives something for an id that "
                          "nobody knows"_qs,
                          u"Compare the id, and return null for all but your own"_qs,
                          {},
                          {}});
}

void LoadStage::checkDescriptions(const PluginDescription &description)
{
    QSet<QString> names;
    for (const EventFact &event : description.events) {
        if (names.contains(event.name))
            m_channel.report({u"described-twice"_qs,
                              {},
                              u"It describes the event %1 twice"_qs.arg(event.name),
                              u"Describe each event once"_qs,
                              {},
                              {}});
        names.insert(event.name);
        for (const FieldFact &field : event.fields) {
            QCborValue value = field.defaultValue;
            if (!value.isUndefined() && field.type != u"opaque" && fitField(field, value))
                m_channel.report({u"bad-default"_qs,
                                  {},
                                  u"The default of the field %1 of the event %2 "
                                  "does not fit the field"_qs.arg(field.name, event.name),
                                  u"Give it a default of its type and within its limits"_qs,
                                  {},
                                  {}});
        }
    }
}

/// Makes and deletes all handlers of a plugin that is loaded just for that.
static bool loadOnce(const QString &path)
{
    QPluginLoader loader(path);
    loader.setLoadHints(QLibrary::ResolveAllSymbolsHint); // and not PreventUnloadHint
    auto *plugin = qobject_cast<HandlerPlugin *>(loader.instance());
    if (!plugin)
        return false;
    for (const QCborValue &handler : plugin->handlers())
        delete plugin->create(handler.toMap().value(u"name"_qs).toString());
    return loader.unload();
}

void checkReloading(const StageOrder &order, StageChannel &channel)
{
    constexpr int times = 10;
    for (int i = 1; i <= times; ++i) {
        channel.doing(u"it is loaded and unloaded, time %1"_qs.arg(i));
        if (!loadOnce(order.plugin))
            channel.report({u"not-reloadable"_qs,
                            {},
                            u"It cannot be unloaded and loaded again"_qs,
                            u"Let its destructor end what the constructor began"_qs,
                            {},
                            {}});
    }
}

} // namespace Fanfare::Validate
