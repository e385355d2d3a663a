// SPDX-License-Identifier: MIT
#include "fanfare/plugins/pluginlinking.h"

#include <QSet>

#include <stdexcept>

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

static HandlerIdentity identityOf(const PluginFact &fact, const HandlerFact &handler)
{
    return {fact.id, handler.name, fact.copy, fact.hash};
}

/// \a entry, which tells its gate when it has succeeded: a thread pool tells nobody.
static HandlerEntryPoint tellingSuccess(HandlerEntryPoint entry)
{
    const auto gate = entry.gate;
    if (entry.kind == HandlerKind::Async) {
        entry.start = [gate, start = entry.start](Context &context) -> QCoro::Task<QCborValue> {
            QCborValue result = co_await start(context);
            gate->noteSuccess();
            co_return result;
        };
    } else {
        entry.run = [gate, run = entry.run](Context &context) {
            QCborValue result = run(context);
            gate->noteSuccess();
            return result;
        };
    }
    return entry;
}

static Result<SubscriberId> linkEntry(HandlerEntryPoint entry, const HandlerFact &handler,
                                      EventLinker &linker)
{
    SubscriberOptions options;
    const HandlerPolicy &policy = handler.policy;
    options.handler = std::move(entry);
    options.handler.isIdempotent = policy.isIdempotent.value;
    options.handler.deadline = std::chrono::milliseconds(policy.deadlineMs.value);
    options.handler.concurrency = policy.concurrency.value;
    options.handler.memoryLimit = quint64(policy.maxMemoryMb.value) * 1024 * 1024;
    if (policy.isBlocking.value && options.handler.kind == HandlerKind::Sync)
        options.handler.kind = HandlerKind::Blocking;
    return linker.subscribe(eventsOf(handler), std::move(options));
}

static Result<SubscriberId> linkHandler(HandlerPlugin &plugin, const PluginFact &fact,
                                        const HandlerFact &handler, EventLinker &linker,
                                        const HandlerGates &gates)
{
    try {
        std::shared_ptr<Handler> made(plugin.create(handler.name));
        if (made) {
            HandlerEntryPoint entry = entryPoint(std::move(made), identityOf(fact, handler));
            entry.gate = gates.value(handler.name);
            if (handler.crash && entry.gate)
                entry = tellingSuccess(std::move(entry));
            return linkEntry(std::move(entry), handler, linker);
        }
    } catch (...) { // whatever it was, there is no handler
    }
    return Error{ErrorCode::InvalidPlugin,
                 u"%1 lists the handler \"%2\" but does not make it; correct its create()."_s.arg(
                     fact.path, handler.name)};
}

/// Stands for a handler that runs in another process; an executor that runs it here is a mistake.
static QCborValue refuseToRun()
{
    throw std::logic_error("This handler runs in worker processes only");
}

static Result<SubscriberId> linkRemotely(const PluginFact &fact, const HandlerFact &handler,
                                         EventLinker &linker, const HandlerGates &gates)
{
    HandlerEntryPoint entry;
    entry.identity = identityOf(fact, handler);
    entry.gate = gates.value(handler.name);
    if (handler.isAsync) {
        entry.kind = HandlerKind::Async;
        entry.start = [](Context &) -> QCoro::Task<QCborValue> { co_return refuseToRun(); };
    } else {
        entry.run = [](Context &) { return refuseToRun(); };
    }
    return linkEntry(std::move(entry), handler, linker);
}

/// Subscribes all handlers of \a fact that are enabled with \a link, or none.
template <typename Link>
static Result<void> linkAll(PluginFact &fact, EventLinker &linker, Link link)
{
    for (HandlerFact &handler : fact.handlers) {
        if (!handler.policy.isEnabled.value)
            continue;
        const Result<SubscriberId> subscriber = link(handler);
        if (subscriber) {
            handler.subscriber = *subscriber;
            continue;
        }
        unlinkHandlers(fact, linker);
        return subscriber.error();
    }
    return {};
}

Result<void> linkHandlers(HandlerPlugin &plugin, PluginFact &fact, EventLinker &linker,
                          const HandlerGates &gates)
{
    return linkAll(fact, linker, [&](const HandlerFact &handler) {
        return handler.policy.isolation.value == Isolation::Process
            ? linkRemotely(fact, handler, linker, gates)
            : linkHandler(plugin, fact, handler, linker, gates);
    });
}

Result<void> linkRemoteHandlers(PluginFact &fact, EventLinker &linker, const HandlerGates &gates)
{
    return linkAll(fact, linker, [&](const HandlerFact &handler) {
        return linkRemotely(fact, handler, linker, gates);
    });
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

void unlinkHandlers(const PluginFact &fact, EventLinker &linker)
{
    for (const HandlerFact &handler : fact.handlers) {
        if (number(handler.subscriber) != 0)
            linker.unsubscribe(handler.subscriber);
    }
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
