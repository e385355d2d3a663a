// SPDX-License-Identifier: MIT
#include "fanfare/processes/routetable.h"

#include <algorithm>
#include <limits>

namespace Fanfare {

using namespace Qt::StringLiterals;

const Route &RouteTable::routeOf(const RecipientsPointer &recipients)
{
    if (m_last && m_last->recipients == recipients)
        return *m_last;
    auto found = m_routes.find(recipients.get());
    if (found == m_routes.end()) {
        if (m_routes.size() >= maximumRoutes)
            m_routes.clear();
        found = m_routes.emplace(recipients.get(), makeRoute(recipients)).first;
    }
    m_last = &found->second;
    return *m_last;
}

Route RouteTable::makeRoute(const RecipientsPointer &recipients)
{
    Route route;
    route.recipients = recipients;
    route.event = eventNumber(recipients->event);
    for (const SubscriberPointer &subscriber : recipients->subscribers) {
        const HandlerEntryPoint &handler = subscriber->handler;
        TaskSpec spec;
        spec.handler = handlerNumber(handler.identity);
        spec.deadline = handler.deadline.count();
        spec.isIdempotent = handler.isIdempotent;
        spec.concurrency = std::uint32_t(std::max(0, handler.concurrency));
        spec.isAsync = handler.kind != HandlerKind::Sync;
        spec.isBlocking = handler.kind == HandlerKind::Blocking;
        spec.memoryLimit = std::uint32_t(
            std::min<quint64>(handler.memoryLimit / 1024, std::numeric_limits<quint32>::max()));
        spec.plugin = numberIn(m_pluginNumbers, handler.identity.plugin);
        spec.build =
            numberIn(m_buildNumbers,
                     handler.identity.path + QString::fromLatin1(handler.identity.hash.toHex()));
        route.specs.push_back(spec);
    }
    return route;
}

quint32 RouteTable::handlerNumber(const HandlerIdentity &identity)
{
    const QString key = identity.path + QChar(0) + QString::fromLatin1(identity.hash.toHex())
        + QChar(0) + identity.plugin + QChar(0) + identity.handler;
    const auto known = m_handlerNumbers.constFind(key);
    if (known != m_handlerNumbers.constEnd())
        return *known;
    m_handlers.push_back(identity);
    return *m_handlerNumbers.insert(key, quint32(m_handlers.size() - 1));
}

quint32 RouteTable::numberIn(QHash<QString, quint32> &numbers, const QString &key)
{
    const auto known = numbers.constFind(key);
    return known != numbers.constEnd() ? *known : *numbers.insert(key, quint32(numbers.size() + 1));
}

quint32 RouteTable::eventNumber(const QString &name)
{
    const auto known = m_eventNumbers.constFind(name);
    if (known != m_eventNumbers.constEnd())
        return *known;
    m_events.push_back(name);
    return *m_eventNumbers.insert(name, quint32(m_events.size() - 1));
}

Result<void> checkTransferable(const Submission &submission)
{
    for (const SubscriberPointer &subscriber : submission.recipients->subscribers) {
        const HandlerIdentity &identity = subscriber->handler.identity;
        if (!identity.isEmpty() && !identity.path.isEmpty())
            continue;
        const QString name = identity.isEmpty()
            ? u"Subscriber %1"_s.arg(number(subscriber->id))
            : u"The handler \"%1\" of plugin %2"_s.arg(identity.handler, identity.plugin);
        return Error{
            ErrorCode::NotTransferable,
            u"%1 of the event \"%2\" exists only in this process and cannot run in another "
            "one; put it into a plugin, or run it on threads."_s.arg(name,
                                                                     submission.recipients->event)};
    }
    return {};
}

} // namespace Fanfare
