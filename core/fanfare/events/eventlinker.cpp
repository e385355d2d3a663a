// SPDX-License-Identifier: MIT
#include "fanfare/events/eventlinker.h"

#include <fanfare/base/clock.h>

#include <algorithm>
#include <atomic>
#include <iterator>
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
    const Result<Subscription> subscription = add(events, std::move(options));
    if (!subscription)
        return subscription.error();
    return subscription->id();
}

Result<Subscription> EventLinker::add(const std::vector<Event> &events, SubscriberOptions options)
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
        const Entry *entry = m_settings.maxSubscribers ? find(event) : nullptr;
        if (entry && int(entry->links.size()) >= *m_settings.maxSubscribers)
            return fullError(event);
    }
    if (!made->handler.isValid()) {
        return Error{ErrorCode::InvalidHandler,
                     QStringLiteral("The subscriber has no handler; give it a function or a "
                                    "coroutine to run.")};
    }
    made->id = nextSubscriberId();
    m_subscribers.emplace(made->id, Known{made, {}});
    for (const Event &event : wanted)
        link(entryOf(event), made);
    return Subscription(m_lending.borrow(), *made);
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
    m_taken.erase(subscriber);
    const Known *known = m_subscribers.find(subscriber);
    if (!known)
        return false;
    last = known->pointer;
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
    Entry *entry = find(event);
    if (const auto taken = m_taken.find(subscriber); taken != m_taken.end())
        std::erase(taken->second, entry);
    const SubscriberPointer *linked = entry ? entry->links.find(subscriber) : nullptr;
    if (!linked)
        return false;
    last = *linked;
    unlink(*entry, subscriber);
    return true;
}

Result<bool> EventLinker::removeEvent(const Event &event)
{
    if (!event.isValid())
        return invalidEvent();
    std::vector<SubscriberPointer> links;
    const Change change(*this);
    Entry *entry = find(event);
    for (auto &[id, entries] : m_taken)
        std::erase(entries, entry);
    if (!entry || entry->links.isEmpty())
        return false;
    links = entry->links.values();
    for (const SubscriberPointer &each : links)
        unlink(*entry, each->id);
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
    std::vector<Known> known;
    const Change change(*this);
    m_taken.clear();
    known = m_subscribers.values();
    for (const Known &each : known)
        unlinkAll(each.pointer->id);
    return !known.empty();
}

EventLinker::Entry &EventLinker::entryOf(const Event &event)
{
    const auto place = m_events.try_emplace(event).first;
    Entry &entry = place->second;
    if (entry.number == 0) {
        entry.event = &place->first;
        m_numbers.push_back(event.name());
        entry.number = quint32(m_numbers.size());
    }
    return entry;
}

EventLinker::Entry *EventLinker::find(const Event &event)
{
    return const_cast<Entry *>(std::as_const(*this).find(event));
}

const EventLinker::Entry *EventLinker::find(const Event &event) const
{
    const auto place = m_events.find(event);
    return place == m_events.end() ? nullptr : &place->second;
}

void EventLinker::touched(Entry &entry)
{
    m_hasChanged = true;
    letGo(entry);
    if (!entry.event->isGlobal())
        return;
    for (Entry *each : m_listed) {
        letGo(*each);
        each->isListed = false;
    }
    m_listed.clear();
}

void EventLinker::letGo(Entry &entry)
{
    if (entry.recipients)
        m_released.push_back(std::exchange(entry.recipients, nullptr));
}

void EventLinker::link(Entry &entry, const SubscriberPointer &subscriber)
{
    entry.links.emplace(subscriber->id, subscriber);
    m_subscribers.find(subscriber->id)->entries.push_back(&entry);
    touched(entry);
}

void EventLinker::unlink(Entry &entry, SubscriberId subscriber)
{
    entry.links.erase(subscriber);
    touched(entry);
    std::vector<Entry *> &entries = m_subscribers.find(subscriber)->entries;
    std::erase(entries, &entry);
    if (entries.empty())
        m_subscribers.erase(subscriber);
}

bool EventLinker::unlinkAll(SubscriberId subscriber)
{
    const Known *known = m_subscribers.find(subscriber);
    if (!known)
        return false;
    for (Entry *entry : known->entries) {
        entry->links.erase(subscriber);
        touched(*entry);
    }
    m_subscribers.erase(subscriber);
    return true;
}

// --- emitting

std::vector<SubscriberPointer> EventLinker::merged(const Entry &entry) const
{
    std::vector<SubscriberPointer> own = entry.links.values();
    const Entry *global = find(Event::global());
    if (!global || global == &entry || global->links.isEmpty())
        return own;
    std::vector<SubscriberPointer> all;
    const auto idOf = [](const SubscriberPointer &each) { return each->id; };
    std::ranges::set_union(own, global->links.values(), std::back_inserter(all), {}, idOf, idOf);
    return all;
}

RecipientsPointer EventLinker::makeRecipients(const Entry &entry) const
{
    std::vector<SubscriberPointer> subscribers = merged(entry);
    if (subscribers.empty())
        return nullptr;
    auto recipients = std::make_shared<Recipients>();
    recipients->event = entry.event->name();
    recipients->eventNumber = entry.number;
    recipients->subscribers = std::move(subscribers);
    recipients->hasAsync = std::ranges::any_of(recipients->subscribers, [](const auto &each) {
        return each->handler.kind == HandlerKind::Async;
    });
    recipients->needFields = std::ranges::any_of(recipients->subscribers, [](const auto &each) {
        return !each->handler.takesObject || each->onSuccess || each->onFailure;
    });
    return recipients;
}

RecipientsPointer EventLinker::take(const Event &event, std::vector<SubscriberPointer> &taken)
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
                                                std::vector<SubscriberPointer> &taken)
{
    const Change change(*this);
    Entry *entry = find(event);
    if (entry && entry->recipients)
        return entry->recipients;
    if (!entry && find(Event::global()))
        entry = &entryOf(event); // whoever receives it, it needs a number
    RecipientsPointer recipients = entry ? makeRecipients(*entry) : nullptr;
    if (!recipients)
        return nullptr;
    bool hasOnce = false;
    for (const SubscriberPointer &subscriber : recipients->subscribers) {
        if (subscriber->isOnce) {
            taken.push_back(subscriber);
            m_taken[subscriber->id] = m_subscribers.find(subscriber->id)->entries;
            unlinkAll(subscriber->id);
            hasOnce = true;
        }
    }
    if (!hasOnce)
        keep(*entry, recipients);
    return recipients;
}

void EventLinker::keep(Entry &entry, const RecipientsPointer &recipients)
{
    entry.recipients = recipients;
    if (!std::exchange(entry.isListed, true))
        m_listed.push_back(&entry);
}

void EventLinker::restore(const std::vector<SubscriberPointer> &taken)
{
    const Change change(*this);
    for (const SubscriberPointer &subscriber : taken) {
        const auto links = m_taken.extract(subscriber->id);
        if (links.empty() || links.mapped().empty())
            continue;
        m_subscribers.emplace(subscriber->id, Known{subscriber, {}});
        for (Entry *entry : links.mapped())
            link(*entry, subscriber);
    }
}

void EventLinker::forget(const std::vector<SubscriberPointer> &taken)
{
    std::lock_guard lock(m_mutex);
    for (const SubscriberPointer &subscriber : taken)
        m_taken.erase(subscriber->id);
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
