// SPDX-License-Identifier: MIT
#include "fanfare/events/eventlinker.h"

#include <fanfare/base/clock.h>

#include <algorithm>
#include <atomic>
#include <utility>

namespace Fanfare {

/// Ids are unique in the process, so a linker never takes another one's subscriber for its own.
static SubscriberId nextSubscriberId()
{
    static constinit std::atomic<quint32> last = 0;
    return SubscriberId(last.fetch_add(1, std::memory_order_relaxed) + 1);
}

static Error invalidEvent()
{
    return {ErrorCode::InvalidEvent,
            QStringLiteral("The event has no name; give it one, or use Event::global().")};
}

static Error invalidSubscriber()
{
    return {ErrorCode::InvalidSubscriber,
            QStringLiteral("No subscriber was given; use the id that subscribe() returned.")};
}

static bool hasInvalid(const std::vector<Event> &events)
{
    return !std::ranges::all_of(events, [](const Event &event) { return event.isValid(); });
}

/// \a events without repetitions, in their first order.
static std::vector<Event> distinct(const std::vector<Event> &events)
{
    std::vector<Event> result;
    for (const Event &event : events) {
        if (std::ranges::find(result, event) == result.end())
            result.push_back(event);
    }
    return result;
}

EventLinker::EventLinker(LinkerSettings settings)
    : m_settings(std::move(settings))
{
    Q_ASSERT_X(!m_settings.maxSubscribers || *m_settings.maxSubscribers >= 1, "EventLinker",
               "maxSubscribers below 1; use EventLinker::checked() for settings from outside");
}

EventLinker::~EventLinker() = default;

Result<LinkerSettings> EventLinker::checked(LinkerSettings settings)
{
    if (settings.maxSubscribers && *settings.maxSubscribers < 1) {
        return Error{ErrorCode::InvalidMaxSubscribers,
                     QStringLiteral("An event cannot be limited to %1 subscribers; use at least "
                                    "1, or no limit.")
                         .arg(*settings.maxSubscribers)};
    }
    return settings;
}

EventLinker::Change::Change(EventLinker &linker)
    : m_linker(linker)
{
    m_linker.m_mutex.lock();
}

EventLinker::Change::~Change()
{
    if (std::exchange(m_linker.m_hasChanged, false)) {
        m_linker.m_cache.invalidate();
        m_linker.m_cache.clear(m_linker.m_released);
    }
    const auto released = std::exchange(m_linker.m_released, {}); // dies after the lock
    m_linker.m_mutex.unlock();
}

// --- changing

Result<SubscriberId> EventLinker::subscribe(const std::vector<Event> &events,
                                            SubscriberOptions options)
{
    if (events.empty()) {
        return Error{ErrorCode::NoEvents,
                     QStringLiteral("A subscriber needs at least one event to wait for.")};
    }
    if (hasInvalid(events))
        return invalidEvent();
    auto made = std::make_shared<Subscriber>();
    made->onSuccess =
        options.onSuccess ? std::move(options.onSuccess) : m_settings.defaultOnSuccess;
    made->onFailure =
        options.onFailure ? std::move(options.onFailure) : m_settings.defaultOnFailure;
    made->handler = std::move(options.handler);
    made->isOnce = options.isOnce;
    made->created = MonotonicClock::now();

    const Change change(*this);
    const std::vector<Event> wanted = distinct(events);
    for (const Event &event : wanted) {
        const auto found = m_events.constFind(event);
        if (m_settings.maxSubscribers && found != m_events.cend()
            && int(found->links.size()) >= *m_settings.maxSubscribers) {
            return fullError(event);
        }
    }
    if (!made->handler.isValid()) {
        return Error{ErrorCode::InvalidHandler,
                     QStringLiteral("The subscriber has no handler; give it a function or a "
                                    "coroutine to run.")};
    }
    made->id = nextSubscriberId();
    m_subscribers.emplace(made->id, Known{made, {}});
    for (const Event &event : wanted)
        link(event, made);
    return made->id;
}

Error EventLinker::fullError(const Event &event) const
{
    return {ErrorCode::MaxSubscribersReached,
            QStringLiteral("The event \"%1\" has all %2 subscribers it may have; remove one "
                           "first.")
                .arg(event.name())
                .arg(*m_settings.maxSubscribers)};
}

bool EventLinker::unsubscribe(SubscriberId subscriber)
{
    SubscriberPointer last; // its destructor is foreign code: after the lock
    const Change change(*this);
    const auto found = m_subscribers.find(subscriber);
    if (found == m_subscribers.end())
        return false;
    last = found->second.pointer;
    return unlinkAll(subscriber);
}

Result<bool> EventLinker::remove(const Event &event, SubscriberId subscriber)
{
    if (!event.isValid())
        return invalidEvent();
    if (number(subscriber) == 0)
        return invalidSubscriber();
    SubscriberPointer last;
    const Change change(*this);
    const auto found = m_subscribers.find(subscriber);
    if (found == m_subscribers.end() || !found->second.events.contains(event))
        return false;
    last = found->second.pointer;
    unlink(event, subscriber);
    return true;
}

Result<bool> EventLinker::removeEvent(const Event &event)
{
    if (!event.isValid())
        return invalidEvent();
    std::map<SubscriberId, SubscriberPointer> links;
    const Change change(*this);
    const auto found = m_events.constFind(event);
    if (found == m_events.cend() || found->links.empty())
        return false;
    links = found->links;
    for (const auto &[id, pointer] : links)
        unlink(event, id);
    return true;
}

Result<bool> EventLinker::removeSubscriber(SubscriberId subscriber)
{
    if (number(subscriber) == 0)
        return invalidSubscriber();
    return unsubscribe(subscriber);
}

bool EventLinker::removeAll()
{
    std::map<SubscriberId, Known> known;
    const Change change(*this);
    known = m_subscribers;
    for (const auto &[id, subscriber] : known)
        unlinkAll(id);
    return !known.empty();
}

EventLinker::Entry &EventLinker::entryOf(const Event &event)
{
    Entry &entry = m_events[event];
    if (entry.number == 0) {
        m_numbers.push_back(event.name());
        entry.number = quint32(m_numbers.size());
    }
    return entry;
}

void EventLinker::touched(const Event &event, Entry &entry)
{
    m_hasChanged = true;
    const auto letGo = [this](Entry &each) {
        if (each.recipients)
            m_released.push_back(std::exchange(each.recipients, nullptr));
    };
    letGo(entry);
    if (event.isGlobal()) {
        for (Entry &each : m_events)
            letGo(each);
    }
}

void EventLinker::link(const Event &event, const SubscriberPointer &subscriber)
{
    Entry &entry = entryOf(event);
    entry.links.emplace(subscriber->id, subscriber);
    m_subscribers[subscriber->id].events.insert(event);
    touched(event, entry);
}

void EventLinker::unlink(const Event &event, SubscriberId subscriber)
{
    Entry &entry = m_events[event];
    entry.links.erase(subscriber);
    touched(event, entry);
    const auto known = m_subscribers.find(subscriber);
    known->second.events.remove(event);
    if (known->second.events.isEmpty())
        m_subscribers.erase(known);
}

bool EventLinker::unlinkAll(SubscriberId subscriber)
{
    const auto found = m_subscribers.find(subscriber);
    if (found == m_subscribers.end())
        return false;
    const QSet<Event> events = found->second.events;
    for (const Event &event : events)
        unlink(event, subscriber);
    return true;
}

// --- emitting

std::vector<SubscriberPointer> EventLinker::merged(const Entry *entry) const
{
    std::map<SubscriberId, SubscriberPointer> all;
    if (entry)
        all = entry->links;
    const auto global = m_events.constFind(Event::global());
    if (global != m_events.cend())
        all.insert(global->links.begin(), global->links.end());
    std::vector<SubscriberPointer> result;
    result.reserve(all.size());
    for (const auto &[id, pointer] : all)
        result.push_back(pointer);
    return result;
}

RecipientsPointer EventLinker::makeRecipients(const Event &event, const Entry *entry) const
{
    auto recipients = std::make_shared<Recipients>();
    recipients->event = event.name();
    recipients->eventNumber = entry ? entry->number : 0;
    recipients->subscribers = merged(entry);
    if (recipients->subscribers.empty())
        return nullptr;
    recipients->hasAsync = std::ranges::any_of(recipients->subscribers, [](const auto &each) {
        return each->handler.kind == HandlerKind::Async;
    });
    return recipients;
}

RecipientsPointer EventLinker::take(const Event &event, std::vector<TakenSubscriber> &taken)
{
    RecipientsPointer recipients = m_cache.find(event);
    if (recipients)
        return recipients;
    const quint64 generation = m_cache.generation();
    recipients = takeFromRegistry(event, taken);
    if (recipients && taken.empty())
        m_cache.remember(event, recipients, generation);
    return recipients;
}

RecipientsPointer EventLinker::takeFromRegistry(const Event &event,
                                                std::vector<TakenSubscriber> &taken)
{
    const Change change(*this);
    const auto found = m_events.find(event);
    if (found != m_events.end() && found->recipients)
        return found->recipients;

    Entry *entry = found == m_events.end() ? nullptr : &found.value();
    if (!entry && m_events.contains(Event::global()))
        entry = &entryOf(event); // whoever receives it, it needs a number
    RecipientsPointer recipients = makeRecipients(event, entry);
    if (!recipients)
        return nullptr;
    bool hasOnce = false;
    for (const SubscriberPointer &subscriber : recipients->subscribers) {
        if (subscriber->isOnce) {
            const QSet<Event> &events = m_subscribers[subscriber->id].events;
            taken.push_back({subscriber, {events.begin(), events.end()}});
            unlinkAll(subscriber->id);
            hasOnce = true;
        }
    }
    if (!hasOnce)
        entry->recipients = recipients;
    return recipients;
}

void EventLinker::restore(const std::vector<TakenSubscriber> &taken)
{
    const Change change(*this);
    for (const TakenSubscriber &each : taken) {
        m_subscribers.emplace(each.subscriber->id, Known{each.subscriber, {}});
        for (const Event &event : each.events)
            link(event, each.subscriber);
    }
}

quint32 EventLinker::eventNumber(const Event &event)
{
    std::lock_guard lock(m_mutex);
    return entryOf(event).number;
}

QString EventLinker::eventName(quint32 eventNumber) const
{
    std::lock_guard lock(m_mutex);
    return eventNumber >= 1 && eventNumber <= m_numbers.size() ? m_numbers[eventNumber - 1]
                                                               : QString();
}

} // namespace Fanfare
