// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/sdk/handler.h>

#include <QtPlugin>

#define FANFARE_HANDLER_PLUGIN_IID "org.fanfare.HandlerPlugin/1"

namespace Fanfare {

/// The interface of a handler plugin. Implement it by deriving from HandlerTable, which does the
/// bookkeeping; this class alone is the binary contract and grows only through extension().
///
/// Threads: all functions are called by the thread that loads the plugin, never at once.
class HandlerPlugin
{
public:
    virtual ~HandlerPlugin() = default;

    /// The events this plugin describes, each a map:
    /// `{"name": text, "summary": text, "fields": [field...]}` with field =
    /// `{"name": text, "type": "text|int|double|bool|path|json", "summary": text,
    ///   "default": value, "minimum": number, "maximum": number}`.
    /// An event without "fields" takes free arguments. Unknown keys are ignored.
    virtual QCborArray events() const = 0;

    /// The handlers of this plugin, in order of registration, each a map:
    /// `{"name": text, "summary": text, "events": [text...], "kind": "sync|async",
    ///   "idempotent": bool}`. The event "*" is the global event.
    virtual QCborArray handlers() const = 0;

    /// A new handler object for \a name, owned by the caller; null for an unknown name.
    virtual Handler *create(const QString &name) = 0;

    /// An interface added after version 1, or null. Owned by the plugin.
    virtual void *extension(const char *id, int minimumVersion)
    {
        Q_UNUSED(id)
        Q_UNUSED(minimumVersion)
        return nullptr;
    }
};

} // namespace Fanfare

Q_DECLARE_INTERFACE(Fanfare::HandlerPlugin, FANFARE_HANDLER_PLUGIN_IID)
