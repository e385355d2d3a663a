// SPDX-License-Identifier: MIT
#include "fanfare/events/subscriptionbuilder.h"

#include <fanfare/events/eventlinker.h>

#include <QLoggingCategory>

namespace Fanfare {

Q_LOGGING_CATEGORY(lcLinker, "fanfare.linker", QtWarningMsg)

UnfinishedSubscription::UnfinishedSubscription(EventLinker &linker, std::vector<Event> events)
    : m_linker(linker)
    , m_events(std::move(events))
{
}

UnfinishedSubscription::~UnfinishedSubscription()
{
    if (m_isFinished || std::uncaught_exceptions() > m_exceptions)
        return;
    const QString event = m_events.empty() ? QString() : m_events.front().name();
    qCWarning(lcLinker).noquote()
        << QStringLiteral("The subscription to \"%1\" is not made: end it with run().").arg(event);
    Q_ASSERT_X(false, "SubscriptionBuilder", "a subscription was begun and not ended with run()");
}

Result<Subscription> UnfinishedSubscription::finish()
{
    m_isFinished = true;
    HandlerEntryPoint &handler = m_options.handler;
    if (handler.deadline < std::chrono::nanoseconds(0)) {
        return Error{ErrorCode::InvalidArgument,
                     QStringLiteral("A handler cannot have less than no time; give deadline() a "
                                    "positive duration.")};
    }
    if (handler.start && handler.kind == HandlerKind::Blocking) {
        return Error{ErrorCode::InvalidHandler,
                     QStringLiteral("A coroutine occupies no worker while it waits; leave "
                                    "blocking() out.")};
    }
    if (handler.start)
        handler.kind = HandlerKind::Async;
    return m_linker.add(m_events, std::move(m_options));
}

} // namespace Fanfare
