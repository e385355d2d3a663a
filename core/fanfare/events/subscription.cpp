// SPDX-License-Identifier: MIT
#include "fanfare/events/subscription.h"

#include <fanfare/events/eventlinker.h>

namespace Fanfare {

Subscription::Subscription(std::weak_ptr<EventLinker> linker, const Subscriber &subscriber)
    : m_linker(std::move(linker))
    , m_id(subscriber.id)
    , m_isOnce(subscriber.isOnce)
    , m_created(subscriber.created)
{
}

bool Subscription::unsubscribe() const
{
    const auto linker = m_linker.lock();
    return linker && linker->unsubscribe(m_id);
}

bool Subscription::isActive() const
{
    const auto linker = m_linker.lock();
    return linker && linker->subscriber(m_id);
}

} // namespace Fanfare
