// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/base/result.h>
#include <fanfare/events/eventlinker.h>
#include <fanfare/plugins/catalogfact.h>
#include <fanfare/sdk/handlerplugin.h>

#include <QHash>

namespace Fanfare {

/// What an executor needs to run \a handler, which lives as long as any subscriber made of it.
HandlerEntryPoint entryPoint(std::shared_ptr<Handler> handler, const HandlerIdentity &identity);

/// The gates of the handlers of one plugin, by their names; see HandlerEntryPoint::gate.
using HandlerGates = QHash<QString, std::shared_ptr<HandlerGate>>;

/// Makes all handlers that \a fact lists, subscribes them in that order as their policies say, and
/// notes their subscribers in \a fact. Disabled ones are left out; those that may not run here are
/// subscribed without being made. All or none: on an error nothing stays subscribed. Errors:
/// InvalidPlugin when \a plugin does not make a handler or throws; those of
/// EventLinker::subscribe().
Result<void> linkHandlers(HandlerPlugin &plugin, PluginFact &fact, EventLinker &linker,
                          const HandlerGates &gates = {});

/// The same for handlers that run in worker processes: \a fact says what there is, the plugin is
/// not needed here. Errors: those of EventLinker::subscribe().
Result<void> linkRemoteHandlers(PluginFact &fact, EventLinker &linker,
                                const HandlerGates &gates = {});

/// Takes the handlers of \a fact out of \a linker. What was emitted before runs all the same.
void unlinkHandlers(const PluginFact &fact, EventLinker &linker);

/// Notes in \a catalog which number each event has that some handler is linked to. Events that a
/// handler names and no plugin describes are added to the plugin of that handler.
void numberEvents(CatalogFact &catalog, EventLinker &linker);

} // namespace Fanfare
