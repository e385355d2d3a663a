// SPDX-License-Identifier: MIT
#include "operations.h"

#include "actor.h"
#include "vectorformat.h"

#include <QHash>

using namespace Qt::StringLiterals;

namespace Fanfare::Conformance {

QJsonObject ok(const QJsonValue &value)
{
    return {{u"ok"_s, value}};
}

QJsonObject refused(ErrorCode code)
{
    return {{u"error"_s, errorName(code)}};
}

QString errorName(ErrorCode code)
{
    switch (code) {
    case ErrorCode::NoEvents:
        return u"noEvents"_s;
    case ErrorCode::InvalidEvent:
        return u"invalidEvent"_s;
    case ErrorCode::MaxSubscribersReached:
        return u"maxSubscribersReached"_s;
    case ErrorCode::InvalidHandler:
        return u"invalidHandler"_s;
    case ErrorCode::InvalidSubscriber:
        return u"invalidSubscriber"_s;
    case ErrorCode::NoSubscribers:
        return u"noSubscribers"_s;
    case ErrorCode::InvalidMaxSubscribers:
        return u"invalidMaxSubscribers"_s;
    case ErrorCode::ExecutorShutdown:
        return u"executorShutdown"_s;
    default:
        return u"(error code %1)"_s.arg(int(code));
    }
}

QJsonArray eventNames(const std::vector<Event> &events)
{
    QJsonArray names;
    for (const Event &event : events)
        names.append(event.name());
    return names;
}

QJsonArray subscriberNames(const Stage &stage, const Stage::Namespace &home,
                           const std::vector<SubscriberId> &ids)
{
    QJsonArray names;
    for (const SubscriberId id : ids)
        names.append(stage.subscriberName(home, id));
    return names;
}

std::vector<Event> eventList(const Stage &stage, const QJsonValue &events)
{
    std::vector<Event> list;
    const QJsonArray values = events.toArray();
    for (const QJsonValue &value : values)
        list.push_back(stage.event(value));
    return list;
}

Stage::Namespace &linkerOf(Stage &stage, const QJsonObject &operation)
{
    return stage.linker(operation["linker"_L1].toString(u"main"_s));
}

/// The library has one form of subscribing, which looks for a missing handler last. The other two
/// forms look for it first, so there its refusal of such a subscription has that name.
static QString refusalOfSubscription(const QJsonObject &operation, ErrorCode code)
{
    const bool isPlain = operation["form"_L1].toString(u"subscribe"_s) == "subscribe"_L1;
    if (!isPlain && operation["noHandler"_L1].toBool() && code <= ErrorCode::InvalidHandler)
        return u"incompleteSubscription"_s;
    return errorName(code);
}

static QJsonObject subscribe(Stage &stage, const QJsonObject &operation, const EmissionName &)
{
    Stage::Namespace &home = linkerOf(stage, operation);
    const QString name = operation["id"_L1].toString();
    const Result<SubscriberId> id =
        stage.subscribe(name, home, eventList(stage, operation["events"_L1]),
                        subscriberOptions(stage, name, operation));
    if (!id)
        return {{u"error"_s, refusalOfSubscription(operation, id.error().code)}};
    const Result<std::vector<Event>> events = home.linker.eventsOf({*id});
    return events ? ok(eventNames(*events)) : refused(events.error().code);
}

static QJsonObject unsubscribe(Stage &stage, const QJsonObject &operation, const EmissionName &)
{
    const QString name = operation["id"_L1].toString();
    return ok(stage.home(name).linker.unsubscribe(stage.subscriberId(name)));
}

static QJsonObject remove(Stage &stage, const QJsonObject &operation, const EmissionName &)
{
    return okOrRefused(linkerOf(stage, operation)
                           .linker.remove(stage.event(operation["event"_L1]),
                                          stage.subscriberId(operation["id"_L1])));
}

static QJsonObject removeEvent(Stage &stage, const QJsonObject &operation, const EmissionName &)
{
    return okOrRefused(
        linkerOf(stage, operation).linker.removeEvent(stage.event(operation["event"_L1])));
}

static QJsonObject removeSubscriber(Stage &stage, const QJsonObject &operation,
                                    const EmissionName &)
{
    return okOrRefused(
        linkerOf(stage, operation).linker.removeSubscriber(stage.subscriberId(operation["id"_L1])));
}

static QJsonObject removeAll(Stage &stage, const QJsonObject &operation, const EmissionName &)
{
    return ok(linkerOf(stage, operation).linker.removeAll());
}

static QJsonObject emitEvent(Stage &stage, Stage::Namespace &home, const Event &event,
                             const Arguments &arguments, const EmissionName &name)
{
    const EmitOptions options{stage.journal().openEmission(name)};
    const Result<Emission> emission = home.emitter.emit(event, arguments, options);
    if (!emission)
        return refused(emission.error().code);
    std::vector<SubscriberId> ids;
    for (const TaskStatus &task : emission->tasks())
        ids.push_back(task.subscriber);
    return ok(QJsonObject{{u"submitted"_s, emission->taskCount() > 0},
                          {u"subscribers"_s, subscriberNames(stage, home, ids)}});
}

static Arguments argumentsOf(const QJsonObject &operation)
{
    Arguments arguments;
    arguments.positional = QCborArray::fromJsonArray(operation["args"_L1].toArray());
    arguments.named = QCborMap::fromJsonObject(operation["named"_L1].toObject());
    return arguments;
}

static QJsonObject emitNamed(Stage &stage, const QJsonObject &operation, const EmissionName &name)
{
    return emitEvent(stage, linkerOf(stage, operation), stage.event(operation["event"_L1]),
                     argumentsOf(operation), name);
}

/// The instance of a typed event is the first positional argument.
static QJsonObject emitTyped(Stage &stage, const QJsonObject &operation, const EmissionName &name)
{
    const QString type = operation["type"_L1].toString();
    const QCborMap fields = QCborMap::fromJsonObject(operation["fields"_L1].toObject());
    Arguments arguments = argumentsOf(operation);
    arguments.positional.prepend(QCborMap{{u"$event"_s, type}, {u"fields"_s, fields}});
    arguments.fields = fields;
    return emitEvent(stage, linkerOf(stage, operation), stage.event(QJsonObject{{u"type"_s, type}}),
                     arguments, name);
}

static QJsonObject shutdown(Stage &stage, const QJsonObject &operation, const EmissionName &)
{
    const auto mode = operation["wait"_L1].toBool() ? ShutdownMode::Wait : ShutdownMode::Return;
    const auto pending =
        operation["cancel"_L1].toBool() ? PendingMode::CancelQueued : PendingMode::Drain;
    const Result<void> result = stage.executor().shutdown(mode, pending);
    return result ? ok(QJsonValue::Null) : refused(result.error().code);
}

static QJsonObject performQuery(Stage &stage, const QJsonObject &operation, const EmissionName &)
{
    return query(stage, operation);
}

QJsonObject perform(Stage &stage, const QJsonObject &operation, const EmissionName &emission)
{
    using Function = QJsonObject (*)(Stage &, const QJsonObject &, const EmissionName &);
    static const QHash<QString, Function> functions{{u"subscribe"_s, subscribe},
                                                    {u"unsubscribe"_s, unsubscribe},
                                                    {u"remove"_s, remove},
                                                    {u"removeEvent"_s, removeEvent},
                                                    {u"removeSubscriber"_s, removeSubscriber},
                                                    {u"removeAll"_s, removeAll},
                                                    {u"emit"_s, emitNamed},
                                                    {u"emitTyped"_s, emitTyped},
                                                    {u"query"_s, performQuery},
                                                    {u"shutdown"_s, shutdown}};
    const QString name = operation["op"_L1].toString();
    const Function function = functions.value(name);
    if (!function)
        throw FormatError(u"unknown operation \"%1\""_s.arg(name));
    return function(stage, operation, emission);
}

} // namespace Fanfare::Conformance
