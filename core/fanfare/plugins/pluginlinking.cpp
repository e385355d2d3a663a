// SPDX-License-Identifier: MIT
#include "fanfare/plugins/pluginlinking.h"

#include <QSet>

namespace Fanfare {

using namespace Qt::StringLiterals;

HandlerEntryPoint entryPoint(std::shared_ptr<Handler> handler, const HandlerIdentity &identity)
{
    HandlerEntryPoint entry;
    entry.identity = identity;
    if (AsyncHandler *async = handler->asAsync()) {
        entry.kind = HandlerKind::Async;
        entry.start = [handler, async](Context &context) { return async->start(context); };
    } else {
        entry.run = [handler](Context &context) { return handler->run(context); };
    }
    return entry;
}

static Event eventNamed(const QString &name)
{
    return name == "*"_L1 ? Event::global() : Event(name);
}

static std::vector<Event> eventsOf(const HandlerFact &handler)
{
    std::vector<Event> events;
    for (const QString &name : handler.events)
        events.push_back(eventNamed(name));
    return events;
}

static Result<SubscriberId> linkHandler(HandlerPlugin &plugin, const PluginFact &fact,
                                        const HandlerFact &handler, EventLinker &linker)
{
    try {
        std::shared_ptr<Handler> made(plugin.create(handler.name));
        if (made) {
            SubscriberOptions options;
            options.handler = entryPoint(std::move(made), {fact.id, handler.name});
            return linker.subscribe(eventsOf(handler), std::move(options));
        }
    } catch (...) { // whatever it was, there is no handler
    }
    return Error{ErrorCode::InvalidPlugin,
                 u"%1 lists the handler \"%2\" but does not make it; correct its create()."_s.arg(
                     fact.path, handler.name)};
}

Result<void> linkHandlers(HandlerPlugin &plugin, PluginFact &fact, EventLinker &linker)
{
    for (HandlerFact &handler : fact.handlers) {
        const auto subscriber = linkHandler(plugin, fact, handler, linker);
        if (subscriber) {
            handler.subscriber = *subscriber;
            continue;
        }
        for (const HandlerFact &former : std::as_const(fact.handlers)) {
            if (number(former.subscriber) != 0)
                linker.unsubscribe(former.subscriber);
        }
        return subscriber.error();
    }
    return {};
}

/// Events that a handler of \a plugin names and \a described does not know.
static void addUndescribed(PluginFact &plugin, QSet<QString> &described)
{
    for (const HandlerFact &handler : std::as_const(plugin.handlers)) {
        for (const QString &name : handler.events) {
            if (described.contains(name) || name == "*"_L1)
                continue;
            described.insert(name);
            EventFact event;
            event.name = name;
            plugin.events.append(event);
        }
    }
}

static bool hasSubscribers(const EventLinker &linker, const QString &event)
{
    const auto count = linker.subscriberCountOf(eventNamed(event));
    return count && *count > 0;
}

void numberEvents(CatalogFact &catalog, EventLinker &linker)
{
    QSet<QString> described;
    for (const PluginFact &plugin : std::as_const(catalog.plugins)) {
        for (const EventFact &event : plugin.events)
            described.insert(event.name);
    }
    const bool isGlobalLinked = hasSubscribers(linker, u"*"_s);
    for (PluginFact &plugin : catalog.plugins) {
        if (plugin.isActive)
            addUndescribed(plugin, described);
        for (EventFact &event : plugin.events) {
            if (isGlobalLinked || hasSubscribers(linker, event.name))
                event.number = linker.eventNumber(eventNamed(event.name));
        }
    }
}

} // namespace Fanfare
