// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/sdk/handler.h>

#include <QtPlugin>

#define FANFARE_HANDLER_PLUGIN_IID "org.fanfare.HandlerPlugin/1"

namespace Fanfare {

/// The interface of a handler plugin. Implement it by deriving from HandlerTable, which does the
/// bookkeeping; this class alone is the binary contract and grows only through extension().
///
/// Threads: all functions are [owner], which is the thread that loads the plugin, never two at
/// once.
class HandlerPlugin
{
public:
    virtual ~HandlerPlugin() = default;

    /// The events this plugin describes, each a map:
    /// `{"name": text, "summary": text, "fields": [field...]}`.
    /// An event without "fields" takes free arguments. Unknown keys are ignored. A field is
    /// `{"name": text, "type": type, "summary": text, "default": value}` and, depending on its
    /// type:
    ///
    /// | type | a value is | further keys |
    /// |---|---|---|
    /// | int | an integer, or the digits of one from 2^63 on as text | minimum, maximum, step |
    /// | double | a number, or "NaN", "Infinity", "-Infinity" | minimum, maximum, step |
    /// | bool | a bool | |
    /// | text, path | a text; bytes are UTF-16, little endian, that is no valid Unicode | |
    /// | url | a text | |
    /// | bytes | bytes; in JSON base64 | |
    /// | date-time, date, time | a text as in fieldtext.h; null: none | |
    /// | uuid | a text | |
    /// | enum | one of the values | values: list of texts |
    /// | flags | a list of some of the values | values: list of texts |
    /// | list | a list | items: a field without a name |
    /// | object | a map | fields: list of fields |
    /// | json | anything | |
    /// | opaque | nothing: the field stays in its process | |
    ///
    /// [owner]
    virtual QCborArray events() const = 0;

    /// The handlers of this plugin, in order of registration, each a map:
    /// `{"name": text, "summary": text, "events": [text...], "kind": "sync|async",
    ///   "idempotent": bool}`. The event "*" is the global event. [owner]
    virtual QCborArray handlers() const = 0;

    /// A new handler object for \a name, owned by the caller; null for an unknown name. [owner]
    virtual Handler *create(const QString &name) = 0;

    /// An interface that was added after version 1: how this contract grows. A later SDK declares
    /// a class and its \a id, such as "org.fanfare.Settings"; a plugin that has it returns a
    /// pointer to that class, cast to void *, when its version is \a minimumVersion or newer. All
    /// else is null: ids that it does not know, and versions that it is too old for. The object is
    /// owned by the plugin, lives as long as it, and is the same at every call.
    ///
    /// Old plugins know no ids and old hosts ask for none, so both keep working.
    /// tests/plugins/tst_extension.cpp is an example of both sides. [owner]
    virtual void *extension(const char *id, int minimumVersion)
    {
        Q_UNUSED(id)
        Q_UNUSED(minimumVersion)
        return nullptr;
    }
};

} // namespace Fanfare

Q_DECLARE_INTERFACE(Fanfare::HandlerPlugin, FANFARE_HANDLER_PLUGIN_IID)
