// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/events/eventlinker.h>

#include <QStringList>

#include <algorithm>

namespace Fanfare::Test {

/// A handler that does nothing.
inline HandlerEntryPoint idleHandler()
{
    HandlerEntryPoint handler;
    handler.run = [](Context &) { return QCborValue(); };
    return handler;
}

/// A subscriber that does nothing.
inline SubscriberOptions idle()
{
    SubscriberOptions options;
    options.handler = idleHandler();
    return options;
}

/// A one-time subscriber that does nothing.
inline SubscriberOptions idleOnce()
{
    SubscriberOptions options = idle();
    options.isOnce = true;
    return options;
}

/// The id of a subscription that must not be refused.
inline SubscriberId subscribe(EventLinker &linker, const std::vector<Event> &events,
                              SubscriberOptions options = idle())
{
    const Result<SubscriberId> id = linker.subscribe(events, std::move(options));
    Q_ASSERT_X(bool(id), "subscribe", "refused");
    return *id;
}

/// The error of \a result as text, empty when it is a value: one thing to compare.
template <typename T>
QString refusal(const Result<T> &result)
{
    static const QStringList names{QStringLiteral("NoEvents"),
                                   QStringLiteral("InvalidEvent"),
                                   QStringLiteral("MaxSubscribersReached"),
                                   QStringLiteral("InvalidHandler"),
                                   QStringLiteral("InvalidSubscriber"),
                                   QStringLiteral("NoSubscribers"),
                                   QStringLiteral("InvalidMaxSubscribers"),
                                   QStringLiteral("ExecutorShutdown")};
    return result ? QString() : names.value(int(result.error().code), QStringLiteral("other"));
}

/// What take() gives, as ids in their order.
inline std::vector<SubscriberId> take(EventLinker &linker, const Event &event)
{
    std::vector<SubscriberPointer> taken;
    std::vector<SubscriberId> ids;
    if (const RecipientsPointer recipients = linker.take(event, taken)) {
        for (const SubscriberPointer &subscriber : recipients->subscribers)
            ids.push_back(subscriber->id);
    }
    return ids;
}

/// The names of \a events, sorted.
inline QStringList names(const std::vector<Event> &events)
{
    QStringList list;
    for (const Event &event : events)
        list.append(event.name());
    list.sort();
    return list;
}

using Ids = std::vector<SubscriberId>;

} // namespace Fanfare::Test
