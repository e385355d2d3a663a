// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/base/ids.h>
#include <fanfare/plugins/crashrecord.h>
#include <fanfare/plugins/handlerpolicy.h>
#include <fanfare/plugins/pluginstate.h>

#include <QCborValue>
#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

namespace Fanfare {

/// One field of a typed event, or the items of a list; see HandlerPlugin::events().
struct FieldFact
{
    QString name; ///< empty for items
    QString type; ///< one of fieldTypeNames: "int", "list" ...
    QString summary;
    QCborValue defaultValue;
    QCborValue minimum; ///< undefined when there is no limit
    QCborValue maximum;
    QCborValue step = {};         ///< how much a click changes a number; undefined: not said
    QStringList values = {};      ///< of "enum" and "flags"
    QList<FieldFact> items = {};  ///< of "list": exactly one
    QList<FieldFact> fields = {}; ///< of "object"
};

struct EventFact
{
    QString name;
    QString summary;
    QList<FieldFact> fields; ///< empty for events with free arguments
    bool isTyped = false;
    quint32 number = 0;    ///< SpanRecord::event; 0 when no handler is linked to it
    bool isEnabled = true; ///< false: the user wants nobody to emit it
    qint64 deadlineMs = 0; ///< of each of its tasks, in place of that of the handler; 0: none
};

/// Why the tasks of a handler are not started.
struct HandlerBlock
{
    QString code; ///< stable: "quarantined", "needs-processes", "needs-threads", "disabled-by-user"
    QString text; ///< one sentence: why, and what to do

    bool operator==(const HandlerBlock &other) const = default;
};

struct HandlerFact
{
    SubscriberId subscriber{}; ///< SpanRecord::subscriber; 0 while it is disabled
    QString name;
    QString summary;
    QStringList events;
    bool isAsync = false;
    PolicyPart stated = {};            ///< what the plugin says of how it runs
    PolicyPart decided = {};           ///< what the user says about it
    HandlerPolicy policy = {};         ///< how it does, and who said so
    std::optional<CrashRecord> crash;  ///< when it crashed and has not succeeded since
    std::optional<HandlerBlock> block; ///< of all but "disabled-by-user", tasks end as Rejected
};

/// A build of an active plugin that is not used, or not yet.
struct NewBuildFact
{
    QByteArray hash; ///< SHA-256, 32 bytes; empty when it was not read
    QString version;
    QString code;    ///< as PluginFact::code; "restart-needed": it waits for the next engine
    QString message; ///< one sentence
    QString loaderText;
};

/// A file in a plugin folder and what became of it.
struct PluginFact
{
    QString path;    ///< absolute
    QByteArray hash; ///< SHA-256 of the content that the rest is about, 32 bytes; empty: not read
    QString id;      ///< reverse DNS; empty when the file has no readable metadata
    QString name;
    QString version;
    QString summary;
    PluginState state = PluginState::Seen; ///< see changeState()
    bool isActive = false;                 ///< the state is Active
    QString code;       ///< stable reason when refused: "not-a-library", "foreign-plugin" ...
    QString message;    ///< one sentence: what is wrong and what to do
    QString loaderText; ///< what the loader said, may be empty
    QList<EventFact> events;
    QList<HandlerFact> handlers;
    PolicyPart decided = {};              ///< what the user says about all of its handlers
    QString copy;                         ///< what is loaded instead of \c path; absolute
    std::optional<NewBuildFact> newBuild; ///< only while active
};

/// All that can be emitted and all that reacts.
struct CatalogFact
{
    QList<PluginFact> plugins;
    QStringList problems; ///< sentences about folders: missing, unreadable
};

} // namespace Fanfare
