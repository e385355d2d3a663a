// SPDX-License-Identifier: MIT
// The questions one can ask an EventLinker; what changes it is in eventlinker.cpp.
#include "fanfare/events/eventlinker.h"

#include <algorithm>
#include <map>

namespace Fanfare {

static Error noEventGiven()
{
    return {ErrorCode::InvalidEvent,
            QStringLiteral("The event has no name; give it one, or use Event::global().")};
}

static Error noSubscriberGiven()
{
    return {ErrorCode::InvalidSubscriber,
            QStringLiteral("No subscriber was given; use the id that subscribe() returned.")};
}

bool EventLinker::isEmpty() const
{
    std::lock_guard lock(m_mutex);
    return m_subscribers.isEmpty();
}

/// The events with links, in the order in which they were first used.
std::vector<const EventLinker::Entry *> EventLinker::linkedEntries() const
{
    std::vector<const Entry *> entries;
    for (const auto &[event, entry] : m_events) {
        if (!entry.links.isEmpty())
            entries.push_back(&entry);
    }
    std::ranges::sort(entries, {}, &Entry::number);
    return entries;
}

std::vector<std::pair<Event, std::vector<SubscriberId>>> EventLinker::registry() const
{
    std::vector<std::pair<Event, std::vector<SubscriberId>>> result;
    std::lock_guard lock(m_mutex);
    for (const Entry *entry : linkedEntries())
        result.emplace_back(*entry->event, entry->links.ids());
    return result;
}

std::vector<Event> EventLinker::events() const
{
    std::vector<Event> result;
    std::lock_guard lock(m_mutex);
    for (const Entry *entry : linkedEntries())
        result.push_back(*entry->event);
    return result;
}

std::vector<SubscriberId> EventLinker::subscribers() const
{
    std::lock_guard lock(m_mutex);
    return m_subscribers.ids();
}

int EventLinker::eventCount() const
{
    std::lock_guard lock(m_mutex);
    return int(linkedEntries().size());
}

int EventLinker::subscriberCount() const
{
    std::lock_guard lock(m_mutex);
    return int(m_subscribers.size());
}

Result<std::vector<Event>> EventLinker::eventsOf(const std::vector<SubscriberId> &subscribers) const
{
    if (subscribers.empty()) {
        return Error{ErrorCode::NoSubscribers,
                     QStringLiteral("No subscribers were given; name at least one.")};
    }
    if (std::ranges::find(subscribers, SubscriberId{}) != subscribers.end())
        return noSubscriberGiven();
    std::map<quint32, Event> found; // by number, which is the order of first use
    std::lock_guard lock(m_mutex);
    for (const SubscriberId id : subscribers) {
        if (const Known *known = m_subscribers.find(id)) {
            for (const Entry *entry : known->entries)
                found.emplace(entry->number, *entry->event);
        }
    }
    std::vector<Event> result;
    for (const auto &[eventNumber, event] : found)
        result.push_back(event);
    return result;
}

Result<std::vector<SubscriberId>> EventLinker::subscribersOf(const std::vector<Event> &events,
                                                             OneTime oneTime)
{
    if (events.empty()) {
        return Error{ErrorCode::NoEvents,
                     QStringLiteral("No events were given; name at least one.")};
    }
    if (!std::ranges::all_of(events, [](const Event &event) { return event.isValid(); }))
        return noEventGiven();
    std::map<SubscriberId, SubscriberPointer> found; // keeps what is taken until after the lock
    const Change change(*this);
    for (const Event &event : events) {
        if (const Entry *entry = find(event)) {
            for (const SubscriberPointer &each : entry->links.values())
                found.emplace(each->id, each);
        }
    }
    std::vector<SubscriberId> ids;
    for (const auto &[id, pointer] : found) {
        ids.push_back(id);
        if (oneTime == OneTime::Take && pointer->isOnce)
            unlinkAll(id);
    }
    return ids;
}

Result<int> EventLinker::eventCountOf(SubscriberId subscriber) const
{
    if (number(subscriber) == 0)
        return noSubscriberGiven();
    std::lock_guard lock(m_mutex);
    const Known *known = m_subscribers.find(subscriber);
    return known ? int(known->entries.size()) : 0;
}

Result<int> EventLinker::subscriberCountOf(const Event &event) const
{
    if (!event.isValid())
        return noEventGiven();
    std::lock_guard lock(m_mutex);
    const Entry *entry = find(event);
    return entry ? int(entry->links.size()) : 0;
}

Result<bool> EventLinker::contains(const Event &event) const
{
    const Result<int> count = subscriberCountOf(event);
    if (!count)
        return count.error();
    return *count > 0;
}

Result<bool> EventLinker::contains(SubscriberId subscriber) const
{
    if (number(subscriber) == 0)
        return noSubscriberGiven();
    std::lock_guard lock(m_mutex);
    return m_subscribers.contains(subscriber);
}

Result<bool> EventLinker::areLinked(const Event &event, SubscriberId subscriber) const
{
    if (!event.isValid())
        return noEventGiven();
    if (number(subscriber) == 0)
        return noSubscriberGiven();
    std::lock_guard lock(m_mutex);
    const Entry *entry = find(event);
    return entry && entry->links.contains(subscriber);
}

SubscriberPointer EventLinker::subscriber(SubscriberId subscriber) const
{
    std::lock_guard lock(m_mutex);
    const Known *known = m_subscribers.find(subscriber);
    return known ? known->pointer : nullptr;
}

} // namespace Fanfare
