// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/base/result.h>
#include <fanfare/events/event.h>
#include <fanfare/events/recipientscache.h>
#include <fanfare/executors/subscriber.h>

#include <QHash>
#include <QSet>

#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <vector>

namespace Fanfare {

/// What holds for a whole linker.
struct LinkerSettings
{
    std::optional<int> maxSubscribers; ///< of each event, the global one included; at least 1
    SuccessCallback defaultOnSuccess;  ///< for new subscribers that have none of their own
    FailureCallback defaultOnFailure;
};

/// What becomes a subscriber.
struct SubscriberOptions
{
    HandlerEntryPoint handler;
    SuccessCallback onSuccess;
    FailureCallback onFailure;
    bool isOnce = false; ///< taken out of all its events by the first emission that reaches it
};

/// A one-time subscriber that an emission took out, with the events it was linked to.
struct TakenSubscriber
{
    SubscriberPointer subscriber;
    std::vector<Event> events;
};

/// The registry events <-> subscribers. Every linker is a namespace of its own. All answers are
/// copies in order of subscription; unknown events and subscribers are simply not there.
///
/// Threads: [any, locks]; no foreign code runs under the lock.
class EventLinker
{
public:
    /// Only for valid settings, see checked().
    explicit EventLinker(LinkerSettings settings = {});
    ~EventLinker();
    EventLinker(const EventLinker &) = delete;
    EventLinker &operator=(const EventLinker &) = delete;

    /// \a settings, or InvalidMaxSubscribers.
    static Result<LinkerSettings> checked(LinkerSettings settings);

    // --- changing

    /// Links a new subscriber to \a events, duplicates counting once. Errors, the first that
    /// applies: NoEvents, InvalidEvent, MaxSubscribersReached, InvalidHandler. A refused
    /// subscription changes nothing.
    Result<SubscriberId> subscribe(const std::vector<Event> &events, SubscriberOptions options);

    /// Takes \a subscriber out of all its events. False when it is not there (any more).
    bool unsubscribe(SubscriberId subscriber);

    /// Cuts one link; true when it was there. Errors: InvalidEvent, InvalidSubscriber (id 0).
    Result<bool> remove(const Event &event, SubscriberId subscriber);

    /// Cuts all links of \a event; true when it had some. Error: InvalidEvent.
    Result<bool> removeEvent(const Event &event);

    /// As unsubscribe(). Error: InvalidSubscriber (id 0).
    Result<bool> removeSubscriber(SubscriberId subscriber);

    /// Removes everything; true when something was there.
    bool removeAll();

    // --- emitting

    /// Who receives an emission of \a event: its subscribers and those of the global event, each
    /// once, in order of subscription. One-time subscribers among them leave all their events in
    /// the same step, so no other emission gets them. Null when there is nobody.
    /// \a event must be valid. What was taken out is added to \a taken.
    RecipientsPointer take(const Event &event, std::vector<TakenSubscriber> &taken);

    /// Puts back what take() took out for an emission that was not accepted.
    void restore(const std::vector<TakenSubscriber> &taken);

    /// SpanRecord::event for \a event: given out on first use, never reused; 0 is never given.
    quint32 eventNumber(const Event &event);
    QString eventName(quint32 eventNumber) const; ///< empty for an unknown number

    // --- looking up

    bool isEmpty() const;
    std::vector<std::pair<Event, std::vector<SubscriberId>>> registry() const;
    std::vector<Event> events() const;
    std::vector<SubscriberId> subscribers() const;
    int eventCount() const;
    int subscriberCount() const;

    /// The events of all \a subscribers. Errors: NoSubscribers, InvalidSubscriber (an id 0).
    Result<std::vector<Event>> eventsOf(const std::vector<SubscriberId> &subscribers) const;

    /// The subscribers of all \a events; with \a OneTime::Take those that are one-time leave the
    /// linker. Errors: NoEvents, InvalidEvent.
    enum class OneTime : quint8 { Keep, Take };
    Result<std::vector<SubscriberId>> subscribersOf(const std::vector<Event> &events,
                                                    OneTime oneTime = OneTime::Keep);

    /// Errors: InvalidSubscriber (id 0).
    Result<int> eventCountOf(SubscriberId subscriber) const;
    /// Errors: InvalidEvent.
    Result<int> subscriberCountOf(const Event &event) const;
    Result<bool> contains(const Event &event) const;
    Result<bool> contains(SubscriberId subscriber) const;
    Result<bool> areLinked(const Event &event, SubscriberId subscriber) const;

    /// The subscriber itself, or null when it is not there (any more).
    SubscriberPointer subscriber(SubscriberId subscriber) const;

    const LinkerSettings &settings() const { return m_settings; } ///< never changes

private:
    /// Holds the lock. What a change lets go of dies after it: handlers have foreign destructors.
    class Change
    {
    public:
        explicit Change(EventLinker &linker);
        ~Change();
        Change(const Change &) = delete;
        Change &operator=(const Change &) = delete;

    private:
        EventLinker &m_linker;
    };

    /// One event: its links in order of subscription, and what take() returns while nothing
    /// changes. Kept without links when it once had a number.
    struct Entry
    {
        std::map<SubscriberId, SubscriberPointer> links;
        RecipientsPointer recipients; ///< null: to be made anew
        quint32 number = 0;
    };
    struct Known
    {
        SubscriberPointer pointer;
        QSet<Event> events;
    };

    // All of these need m_mutex.
    Entry &entryOf(const Event &event);
    void link(const Event &event, const SubscriberPointer &subscriber);
    void unlink(const Event &event, SubscriberId subscriber);
    bool unlinkAll(SubscriberId subscriber);
    RecipientsPointer makeRecipients(const Event &event, const Entry *entry) const;
    void touched(const Event &event, Entry &entry);
    RecipientsPointer takeFromRegistry(const Event &event, std::vector<TakenSubscriber> &taken);
    std::vector<SubscriberPointer> merged(const Entry *entry) const;
    std::vector<Event> linkedEvents() const;
    Error fullError(const Event &event) const;

    const LinkerSettings m_settings;
    mutable std::mutex m_mutex;
    QHash<Event, Entry> m_events;                // guarded by m_mutex
    std::map<SubscriberId, Known> m_subscribers; // guarded by m_mutex
    std::vector<QString> m_numbers;              // guarded by m_mutex; name of event number i + 1
    std::vector<RecipientsPointer> m_released;   // guarded by m_mutex; empty outside of a change
    bool m_hasChanged = false;                   // guarded by m_mutex; false outside of a change
    RecipientsCache m_cache;
};

} // namespace Fanfare
