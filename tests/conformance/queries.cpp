// SPDX-License-Identifier: MIT
#include "operations.h"

#include "vectorformat.h"

#include <QHash>

using namespace Qt::StringLiterals;

namespace Fanfare::Conformance {

namespace {

/// One query operation with what it names.
struct Question
{
    Stage &stage;
    const QJsonObject &operation;
    Stage::Namespace &home;

    EventLinker &linker() const { return home.linker; }
    Event event() const { return stage.event(operation["event"_L1]); }
    SubscriberId id() const { return stage.subscriberId(operation["id"_L1]); }
    QJsonValue names(const std::vector<SubscriberId> &ids) const
    {
        return subscriberNames(stage, home, ids);
    }
};

} // namespace

static QJsonObject eventsFromSubscribers(const Question &question)
{
    std::vector<SubscriberId> ids;
    const QJsonArray names = question.operation["ids"_L1].toArray();
    for (const QJsonValue &name : names)
        ids.push_back(question.stage.subscriberId(name));
    const auto events = question.linker().eventsOf(ids);
    return events ? ok(eventNames(*events)) : refused(events.error().code);
}

static QJsonObject subscribersFromEvents(const Question &question)
{
    const auto oneTime = question.operation["popOnce"_L1].toBool() ? EventLinker::OneTime::Take
                                                                   : EventLinker::OneTime::Keep;
    const auto ids = question.linker().subscribersOf(
        eventList(question.stage, question.operation["events"_L1]), oneTime);
    return ids ? ok(question.names(*ids)) : refused(ids.error().code);
}

static QJsonObject maxSubscribers(const Question &question)
{
    const std::optional<int> limit = question.linker().settings().maxSubscribers;
    return ok(limit ? QJsonValue(*limit) : QJsonValue(QJsonValue::Null));
}

static QJsonObject eventName(const Question &question)
{
    const Event event = question.event();
    return event.isValid() ? ok(event.name()) : refused(ErrorCode::InvalidEvent);
}

static QJsonObject once(const Question &question)
{
    const QString name = question.operation["id"_L1].toString();
    const SubscriberPointer subscriber = question.stage.subscriber(name);
    if (!subscriber)
        throw FormatError(u"\"%1\" was gone before anybody could look at it"_s.arg(name));
    return ok(subscriber->isOnce);
}

static QJsonObject calls(const Question &question)
{
    return ok(
        question.stage.journal().callCount(question.operation["id"_L1].toString(),
                                           question.operation["phase"_L1].toString(u"event"_s)));
}

QJsonObject registryOf(const Stage &stage, const Stage::Namespace &home)
{
    QJsonObject registry;
    for (const auto &[event, ids] : home.linker.registry())
        registry.insert(event.name(), subscriberNames(stage, home, ids));
    return registry;
}

QJsonObject query(Stage &stage, const QJsonObject &operation)
{
    using Q = const Question &;
    using Function = QJsonObject (*)(Q);
    static const QHash<QString, Function> functions{
        {u"isEmpty"_s, [](Q q) { return ok(q.linker().isEmpty()); }},
        {u"registry"_s, [](Q q) { return ok(registryOf(q.stage, q.home)); }},
        {u"events"_s, [](Q q) { return ok(eventNames(q.linker().events())); }},
        {u"subscribers"_s, [](Q q) { return ok(q.names(q.linker().subscribers())); }},
        {u"eventCount"_s, [](Q q) { return ok(q.linker().eventCount()); }},
        {u"subscriberCount"_s, [](Q q) { return ok(q.linker().subscriberCount()); }},
        {u"eventsFromSubscribers"_s, eventsFromSubscribers},
        {u"subscribersFromEvents"_s, subscribersFromEvents},
        {u"eventCountFromSubscriber"_s,
         [](Q q) { return okOrRefused(q.linker().eventCountOf(q.id())); }},
        {u"subscriberCountFromEvent"_s,
         [](Q q) { return okOrRefused(q.linker().subscriberCountOf(q.event())); }},
        {u"containsEvent"_s, [](Q q) { return okOrRefused(q.linker().contains(q.event())); }},
        {u"containsSubscriber"_s, [](Q q) { return okOrRefused(q.linker().contains(q.id())); }},
        {u"areLinked"_s, [](Q q) { return okOrRefused(q.linker().areLinked(q.event(), q.id())); }},
        {u"maxSubscribers"_s, maxSubscribers},
        {u"hasDefaultSuccess"_s,
         [](Q q) { return ok(bool(q.linker().settings().defaultOnSuccess)); }},
        {u"hasDefaultFailure"_s,
         [](Q q) { return ok(bool(q.linker().settings().defaultOnFailure)); }},
        {u"eventName"_s, eventName},
        {u"once"_s, once},
        {u"calls"_s, calls}};
    const QString what = operation["what"_L1].toString();
    const Function function = functions.value(what);
    if (!function)
        throw FormatError(u"unknown query \"%1\""_s.arg(what));
    return function({stage, operation, linkerOf(stage, operation)});
}

} // namespace Fanfare::Conformance
