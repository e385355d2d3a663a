// SPDX-License-Identifier: MIT
#include "catalogview.h"

namespace Fanfare {

using namespace Qt::StringLiterals;

static const auto globalEvent = "*"_L1;

static void addOnce(QStringList &names, const QString &name)
{
    if (name != globalEvent && !names.contains(name))
        names.append(name);
}

QStringList eventsOf(const PluginFact &plugin)
{
    QStringList names;
    for (const EventFact &event : plugin.events)
        addOnce(names, event.name);
    for (const HandlerFact &handler : plugin.handlers) {
        for (const QString &event : handler.events)
            addOnce(names, event);
    }
    return names;
}

QStringList eventsOf(const CatalogFact &catalog)
{
    QStringList names;
    for (const PluginFact &plugin : catalog.plugins) {
        if (plugin.isActive)
            names += eventsOf(plugin);
    }
    names.removeDuplicates();
    names.sort(Qt::CaseInsensitive);
    return names;
}

const EventFact *findEvent(const CatalogFact &catalog, const QString &event)
{
    for (const PluginFact &plugin : catalog.plugins) {
        for (const EventFact &fact : plugin.events) {
            if (plugin.isActive && fact.name == event)
                return &fact;
        }
    }
    return nullptr;
}

QList<HandlerRef> handlersOf(const CatalogFact &catalog, const QString &event)
{
    QList<HandlerRef> found;
    for (const PluginFact &plugin : catalog.plugins) {
        for (const HandlerFact &handler : plugin.handlers) {
            const bool reacts =
                handler.events.contains(event) || handler.events.contains(globalEvent);
            if (plugin.isActive && reacts)
                found.append({&plugin, &handler});
        }
    }
    return found;
}

QString handlerNames(const CatalogFact &catalog, const QString &event)
{
    QStringList names;
    for (const HandlerRef &ref : handlersOf(catalog, event))
        names.append(ref.handler->name);
    return names.join(u", "_s);
}

} // namespace Fanfare
