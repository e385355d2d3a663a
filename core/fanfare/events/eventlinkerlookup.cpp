// SPDX-License-Identifier: MIT
// The questions one can ask an EventLinker; what changes it is in eventlinker.cpp.
#include "fanfare/events/eventlinker.h"

#include <algorithm>
#include <set>

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
    return m_subscribers.empty();
}

/// The events with links, in the order in which they were first used.
std::vector<Event> EventLinker::linkedEvents() const
{
    std::vector<std::pair<quint32, Event>> numbered;
    for (auto it = m_events.cbegin(); it != m_events.cend(); ++it) {
        if (!it->links.empty())
            numbered.emplace_back(it->number, it.key());
    }
    std::ranges::sort(numbered, {}, &std::pair<quint32, Event>::first);
    std::vector<Event> events;
    for (auto &[eventNumber, event] : numbered)
        events.push_back(std::move(event));
    return events;
}

std::vector<std::pair<Event, std::vector<SubscriberId>>> EventLinker::registry() const
{
    std::vector<std::pair<Event, std::vector<SubscriberId>>> result;
    std::lock_guard lock(m_mutex);
    for (const Event &event : linkedEvents()) {
        std::vector<SubscriberId> ids;
        for (const auto &[id, pointer] : m_events.constFind(event)->links)
            ids.push_back(id);
        result.emplace_back(event, std::move(ids));
    }
    return result;
}

std::vector<Event> EventLinker::events() const
{
    std::lock_guard lock(m_mutex);
    return linkedEvents();
}

std::vector<SubscriberId> EventLinker::subscribers() const
{
    std::vector<SubscriberId> ids;
    std::lock_guard lock(m_mutex);
    for (const auto &[id, known] : m_subscribers)
        ids.push_back(id);
    return ids;
}

int EventLinker::eventCount() const
{
    std::lock_guard lock(m_mutex);
    return int(linkedEvents().size());
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
    QSet<Event> found;
    std::vector<Event> result;
    std::lock_guard lock(m_mutex);
    for (const SubscriberId id : subscribers) {
        const auto known = m_subscribers.find(id);
        if (known != m_subscribers.end())
            found += known->second.events;
    }
    for (Event &event : linkedEvents()) {
        if (found.contains(event))
            result.push_back(std::move(event));
    }
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
        const auto entry = m_events.constFind(event);
        if (entry != m_events.cend())
            found.insert(entry->links.begin(), entry->links.end());
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
    const auto known = m_subscribers.find(subscriber);
    return known == m_subscribers.end() ? 0 : int(known->second.events.size());
}

Result<int> EventLinker::subscriberCountOf(const Event &event) const
{
    if (!event.isValid())
        return noEventGiven();
    std::lock_guard lock(m_mutex);
    const auto entry = m_events.constFind(event);
    return entry == m_events.cend() ? 0 : int(entry->links.size());
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
    const auto entry = m_events.constFind(event);
    return entry != m_events.cend() && entry->links.contains(subscriber);
}

SubscriberPointer EventLinker::subscriber(SubscriberId subscriber) const
{
    std::lock_guard lock(m_mutex);
    const auto known = m_subscribers.find(subscriber);
    return known == m_subscribers.end() ? nullptr : known->second.pointer;
}

} // namespace Fanfare
