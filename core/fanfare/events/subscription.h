// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/base/ids.h>

#include <memory>
#include <utility>

namespace Fanfare {

class EventLinker;
struct Subscriber;

/// A handle on a subscriber: says what it is, also when it is gone, and unsubscribes it. Cheap to
/// copy; throwing it away changes nothing, see ScopedSubscription for that. It may outlive the
/// linker.
///
/// Threads: [any]; one handle object is not used by two threads at once, copies are free.
class Subscription
{
public:
    Subscription() = default; ///< of nobody
    Subscription(std::weak_ptr<EventLinker> linker, const Subscriber &subscriber);

    /// Takes the subscriber out of all its events. False when it is not there (any more) or the
    /// linker is gone. Emissions that were accepted before still call it. [any, locks]
    bool unsubscribe() const;

    /// Whether the subscriber waits for some event. [any, locks]
    bool isActive() const;

    SubscriberId id() const { return m_id; }     ///< 0: of nobody
    bool isOnce() const { return m_isOnce; }     ///< also after it has run
    qint64 created() const { return m_created; } ///< MonotonicClock nanoseconds

private:
    std::weak_ptr<EventLinker> m_linker;
    SubscriberId m_id{};
    bool m_isOnce = false;
    qint64 m_created = 0;
};

/// Unsubscribes when it goes out of scope: a member of the object that a handler refers to.
class [[nodiscard]] ScopedSubscription
{
public:
    ScopedSubscription() = default;
    ScopedSubscription(Subscription subscription)
        : m_subscription(std::move(subscription))
    {
    }
    ScopedSubscription(ScopedSubscription &&other) noexcept
        : m_subscription(other.release())
    {
    }
    ScopedSubscription &operator=(ScopedSubscription other) noexcept
    {
        std::swap(m_subscription, other.m_subscription);
        return *this;
    }
    ~ScopedSubscription() { m_subscription.unsubscribe(); }

    const Subscription &operator*() const { return m_subscription; }
    const Subscription *operator->() const { return &m_subscription; }

    /// From now on nothing is unsubscribed here.
    Subscription release() { return std::exchange(m_subscription, {}); }

private:
    Subscription m_subscription;
};

} // namespace Fanfare
