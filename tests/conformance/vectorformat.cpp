// SPDX-License-Identifier: MIT
#include "vectorformat.h"

#include <QFile>
#include <QHash>
#include <QJsonDocument>
#include <QSet>

using namespace Qt::StringLiterals;

namespace Fanfare::Conformance {

namespace {

/// The names of members, separated by blanks: those an object must have, and those it may have.
struct Shape
{
    QString required;
    QString optional;

    Shape and_(const QString &more) const { return {required, optional + u' ' + more}; }
};

using Shapes = QHash<QString, Shape>;

} // namespace

static const QString settingsMembers =
    u"maxSubscribers defaultSuccess defaultFailure defaultSuccessBehaviour "
    "defaultFailureBehaviour"_s;
static const QString subscriptionMembers = u"once forceAsync async success failure handler "
                                           "noHandler form behaviour"_s;

static const Shapes operationShapes{
    {u"subscribe"_s, {u"op id events"_s, subscriptionMembers}},
    {u"unsubscribe"_s, {u"op id"_s, {}}},
    {u"remove"_s, {u"op event id"_s, {}}},
    {u"removeEvent"_s, {u"op event"_s, {}}},
    {u"removeSubscriber"_s, {u"op id"_s, {}}},
    {u"removeAll"_s, {u"op"_s, {}}},
    {u"emit"_s, {u"op event"_s, u"args named"_s}},
    {u"emitTyped"_s, {u"op type fields"_s, u"args named"_s}},
    {u"emitParallel"_s, {u"op event threads"_s, u"args named"_s}},
    {u"subscribeParallel"_s, {u"op ids events"_s, subscriptionMembers}},
    {u"createLinker"_s, {u"op linker"_s, settingsMembers}},
    {u"query"_s, {u"op what"_s, u"id ids event events popOnce phase"_s}},
    {u"drain"_s, {u"op"_s, {}}},
    {u"awaitStarted"_s, {u"op id"_s, u"count"_s}},
    {u"open"_s, {u"op gate"_s, {}}},
    {u"shutdown"_s, {u"op wait cancel"_s, {}}}};

static const QString nestedOperations = u"subscribe unsubscribe remove removeEvent "
                                        "removeSubscriber removeAll emit emitTyped query "
                                        "shutdown"_s;

static const Shapes queryShapes{{u"isEmpty"_s, {}},
                                {u"registry"_s, {}},
                                {u"events"_s, {}},
                                {u"subscribers"_s, {}},
                                {u"eventCount"_s, {}},
                                {u"subscriberCount"_s, {}},
                                {u"eventsFromSubscribers"_s, {u"ids"_s, {}}},
                                {u"subscribersFromEvents"_s, {u"events"_s, u"popOnce"_s}},
                                {u"eventCountFromSubscriber"_s, {u"id"_s, {}}},
                                {u"subscriberCountFromEvent"_s, {u"event"_s, {}}},
                                {u"containsEvent"_s, {u"event"_s, {}}},
                                {u"containsSubscriber"_s, {u"id"_s, {}}},
                                {u"areLinked"_s, {u"event id"_s, {}}},
                                {u"maxSubscribers"_s, {}},
                                {u"hasDefaultSuccess"_s, {}},
                                {u"hasDefaultFailure"_s, {}},
                                {u"eventName"_s, {u"event"_s, {}}},
                                {u"once"_s, {u"id"_s, {}}},
                                {u"calls"_s, {u"id"_s, u"phase"_s}}};

static const Shapes behaviourShapes{
    {u"none"_s, {u"kind"_s, {}}},           {u"return"_s, {u"kind value"_s, {}}},
    {u"echo"_s, {u"kind"_s, {}}},           {u"throw"_s, {u"kind message"_s, {}}},
    {u"sequence"_s, {u"kind items"_s, {}}}, {u"wait"_s, {u"kind gate"_s, u"then"_s}}};

static const QString errorNames = u"noEvents invalidEvent maxSubscribersReached invalidHandler "
                                  "incompleteSubscription invalidSubscriber noSubscribers "
                                  "invalidMaxSubscribers executorShutdown"_s;

static QStringList words(const QString &list)
{
    return list.split(u' ', Qt::SkipEmptyParts);
}

static void require(bool condition, const QString &text)
{
    if (!condition)
        throw FormatError(text);
}

static void checkWord(const QString &word, const QString &known, const QString &what)
{
    require(words(known).contains(word), u"unknown %1 \"%2\""_s.arg(what, word));
}

static void checkMembers(const QJsonObject &object, const Shape &shape, const QString &where)
{
    const QStringList required = words(shape.required);
    for (const QString &name : required)
        require(object.contains(name), u"%1 lacks \"%2\""_s.arg(where, name));
    const QStringList known = required + words(shape.optional);
    const QStringList names = object.keys();
    for (const QString &name : names)
        require(known.contains(name), u"%1 has an unknown member \"%2\""_s.arg(where, name));
}

static Shape shapeOf(const Shapes &shapes, const QString &name, const QString &what)
{
    require(shapes.contains(name), u"unknown %1 \"%2\""_s.arg(what, name));
    return shapes[name];
}

static void checkEvent(const QJsonValue &event)
{
    if (event.isObject())
        checkMembers(event.toObject(), {u"type"_s, {}}, u"an event"_s);
    else
        require(event.isNull() || event.isString(), u"an event is no string, null or object"_s);
}

static void checkOperation(const QJsonObject &operation, bool isNested);

static void checkNested(const QJsonValue &operations)
{
    const QJsonArray list = operations.toArray();
    for (const QJsonValue &operation : list)
        checkOperation(operation.toObject(), true);
}

static void checkStep(const QJsonValue &value)
{
    if (value.isUndefined())
        return;
    const QJsonObject step = value.toObject();
    const QString kind = step["kind"_L1].toString();
    checkWord(kind, u"none throw"_s, u"step"_s);
    checkMembers(step, {kind == "throw"_L1 ? u"kind message"_s : u"kind"_s, u"do"_s}, u"a step"_s);
    checkNested(step["do"_L1]);
}

static void checkBehaviour(const QJsonValue &value, const QString &more)
{
    if (value.isUndefined())
        return;
    const QJsonObject behaviour = value.toObject();
    const QString kind = behaviour["kind"_L1].toString();
    checkMembers(behaviour, shapeOf(behaviourShapes, kind, u"behaviour"_s).and_(more),
                 u"the behaviour \"%1\""_s.arg(kind));
    checkNested(behaviour["do"_L1]);
    checkStep(behaviour["onSuccess"_L1]);
    checkStep(behaviour["onFailure"_L1]);
    checkBehaviour(behaviour["then"_L1], {});
    const QJsonArray items = behaviour["items"_L1].toArray();
    require(kind != "sequence"_L1 || !items.isEmpty(), u"a sequence without items"_s);
    for (const QJsonValue &item : items) {
        checkWord(item["kind"_L1].toString(), u"none return echo throw"_s, u"item"_s);
        checkBehaviour(item, u"do"_s);
    }
}

static void checkOperation(const QJsonObject &operation, bool isNested)
{
    const QString name = operation["op"_L1].toString();
    Shape shape = shapeOf(operationShapes, name, u"operation"_s).and_(u"linker"_s);
    if (isNested) {
        checkWord(name, nestedOperations, u"nested operation"_s);
        shape = shape.and_(u"times propagate"_s);
    }
    checkMembers(operation, shape, u"the operation \"%1\""_s.arg(name));
    checkBehaviour(operation["behaviour"_L1], u"do onSuccess onFailure"_s);
    checkWord(operation["form"_L1].toString(u"subscribe"_s), u"subscribe decorator context"_s,
              u"form"_s);
    checkStep(operation["defaultSuccessBehaviour"_L1]);
    checkStep(operation["defaultFailureBehaviour"_L1]);
    if (operation.contains("event"_L1))
        checkEvent(operation["event"_L1]);
    const QJsonArray events = operation["events"_L1].toArray();
    for (const QJsonValue &event : events)
        checkEvent(event);
    if (name == "query"_L1) {
        const QString what = operation["what"_L1].toString();
        checkMembers(operation,
                     {u"op what "_s + shapeOf(queryShapes, what, u"query"_s).required,
                      u"linker times propagate "_s + queryShapes[what].optional},
                     u"the query \"%1\""_s.arg(what));
        checkWord(operation["phase"_L1].toString(u"event"_s), u"event success failure"_s,
                  u"phase"_s);
    }
}

static void checkResult(const QJsonObject &result)
{
    require(result.size() == 1, u"a result is neither ok nor an error"_s);
    checkMembers(result, {{}, u"ok error"_s}, u"a result"_s);
    if (result.contains("error"_L1))
        checkWord(result["error"_L1].toString(), errorNames, u"error name"_s);
}

static void checkExpectation(const QJsonObject &expect, qsizetype operations)
{
    checkMembers(expect, {u"results calls registry"_s, u"nested order"_s}, u"the expectation"_s);
    const QJsonArray results = expect["results"_L1].toArray();
    require(results.size() == operations, u"there are not as many results as operations"_s);
    for (const QJsonValue &result : results)
        checkResult(result.toObject());
    const QJsonArray calls = expect["calls"_L1].toArray();
    for (const QJsonValue &call : calls) {
        const QString phase = call["phase"_L1].toString();
        checkWord(phase, u"event success failure"_s, u"phase"_s);
        checkMembers(call.toObject(), {u"op emission subscriber phase args named"_s, u"via"_s},
                     u"a call"_s);
    }
    const QJsonArray nested = expect["nested"_L1].toArray();
    for (const QJsonValue &entry : nested) {
        checkMembers(entry.toObject(), {u"op emission subscriber phase index result"_s, {}},
                     u"a nested result"_s);
        checkResult(entry["result"_L1].toObject());
    }
}

void checkScenario(const QJsonObject &scenario)
{
    checkMembers(scenario,
                 {u"name ops expect executor"_s, u"about rules tags types linker drain"_s},
                 u"the scenario"_s);
    checkMembers(scenario["linker"_L1].toObject(), {{}, settingsMembers}, u"\"linker\""_s);
    checkStep(scenario["linker"_L1]["defaultSuccessBehaviour"_L1]);
    checkStep(scenario["linker"_L1]["defaultFailureBehaviour"_L1]);
    checkMembers(scenario["executor"_L1].toObject(), {u"workers"_s, {}}, u"\"executor\""_s);
    checkWord(scenario["drain"_L1].toString(), u"each manual"_s, u"drain mode"_s);
    const QJsonObject types = scenario["types"_L1].toObject();
    for (const QJsonValue &type : types) {
        checkMembers(type.toObject(), {u"kind base fields"_s, {}}, u"a type"_s);
        checkWord(type["kind"_L1].toString(), u"event error plain"_s, u"kind of type"_s);
    }
    const QJsonArray operations = scenario["ops"_L1].toArray();
    for (const QJsonValue &operation : operations)
        checkOperation(operation.toObject(), false);
    checkExpectation(scenario["expect"_L1].toObject(), operations.size());
}

QJsonArray loadScenarios(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        throw FormatError(u"cannot read \"%1\": %2"_s.arg(path, file.errorString()));
    QJsonParseError error;
    const QJsonObject root = QJsonDocument::fromJson(file.readAll(), &error).object();
    require(error.error == QJsonParseError::NoError,
            u"\"%1\" is no JSON: %2"_s.arg(path, error.errorString()));
    require(root["format"_L1] == "pyventus-conformance"_L1 && root["version"_L1].toInt() == 1,
            u"\"%1\" is no conformance vector file of version 1"_s.arg(path));
    checkMembers(root, {u"format version scenarios"_s, u"set source"_s}, u"the file"_s);
    return root["scenarios"_L1].toArray();
}

} // namespace Fanfare::Conformance
