// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/engine/facts.h>

#include <QList>
#include <QStringList>

namespace Fanfare {

/// Questions the panes ask about a catalog. Only active plugins count.

/// A handler together with the plugin that brought it. Points into the catalog.
struct HandlerRef
{
    const PluginFact *plugin = nullptr;
    const HandlerFact *handler = nullptr;
};

/// The event \a plugin handles or declares, each once: declared ones first, in order.
QStringList eventsOf(const PluginFact &plugin);

/// All events that can be emitted, sorted, without the global event.
QStringList eventsOf(const CatalogFact &catalog);

/// The description of \a event, or null when no plugin declares it. Points into the catalog.
const EventFact *findEvent(const CatalogFact &catalog, const QString &event);

/// The handlers an emission of \a event calls, those of the global event included.
QList<HandlerRef> handlersOf(const CatalogFact &catalog, const QString &event);

/// The names of the handlers an emission of \a event calls: "[Sync], [Async]".
QString handlerNames(const CatalogFact &catalog, const QString &event);

} // namespace Fanfare
