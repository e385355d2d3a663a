// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/base/result.h>
#include <fanfare/plugins/catalogfact.h>

#include <QCborArray>

namespace Fanfare {

/// What a plugin says it has, checked. Subscribers and event numbers are still missing.
struct PluginDescription
{
    QList<EventFact> events;
    QList<HandlerFact> handlers;
};

/// Reads what HandlerPlugin::events() and handlers() return. Unknown keys are ignored. Error:
/// InvalidPlugin, with a sentence that names the first thing that is wrong. [any]
Result<PluginDescription> readDescription(const QCborArray &events, const QCborArray &handlers);

} // namespace Fanfare
