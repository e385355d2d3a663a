// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/base/result.h>
#include <fanfare/events/eventlinker.h>
#include <fanfare/plugins/catalogfact.h>
#include <fanfare/sdk/handlerplugin.h>

namespace Fanfare {

/// What an executor needs to run \a handler, which lives as long as any subscriber made of it.
HandlerEntryPoint entryPoint(std::shared_ptr<Handler> handler, const HandlerIdentity &identity);

/// See HandlerEntryPoint::withdrawn.
using WithdrawnFlag = std::shared_ptr<const std::atomic<bool>>;

/// Makes all handlers that \a fact lists, subscribes them in that order and notes their
/// subscribers in \a fact. All or none: on an error nothing stays subscribed. Errors:
/// InvalidPlugin when \a plugin does not make a handler or throws; those of
/// EventLinker::subscribe().
Result<void> linkHandlers(HandlerPlugin &plugin, PluginFact &fact, EventLinker &linker,
                          const WithdrawnFlag &withdrawn = {});

/// The same for handlers that run in worker processes: \a fact says what there is, the plugin is
/// not needed here. Errors: those of EventLinker::subscribe().
Result<void> linkRemoteHandlers(PluginFact &fact, EventLinker &linker,
                                const WithdrawnFlag &withdrawn = {});

/// Takes the handlers of \a fact out of \a linker. What was emitted before runs all the same.
void unlinkHandlers(const PluginFact &fact, EventLinker &linker);

/// Notes in \a catalog which number each event has that some handler is linked to. Events that a
/// handler names and no plugin describes are added to the plugin of that handler.
void numberEvents(CatalogFact &catalog, EventLinker &linker);

} // namespace Fanfare
