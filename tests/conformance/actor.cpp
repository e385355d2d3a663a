// SPDX-License-Identifier: MIT
#include "actor.h"

#include "errortext.h"
#include "operations.h"
#include "vectorformat.h"

#include <fanfare/plugins/filehash.h>

#include <stdexcept>

using namespace Qt::StringLiterals;

namespace Fanfare::Conformance {

/// What a handler throws for a nested operation that was refused and is to be passed on; its text
/// is the name of the error.
class RefusedOperation : public std::runtime_error
{
public:
    using std::runtime_error::runtime_error;
};

static QJsonArray resultArguments(const QCborValue &result)
{
    return result.isUndefined() || result.isNull() ? QJsonArray()
                                                   : QJsonArray{result.toJsonValue()};
}

static QJsonArray errorArguments(Outcome outcome, const TaskError &error)
{
    if (outcome != Outcome::Failed) // never expected, so it shows as a difference
        return {QJsonObject{{u"$error"_s, QJsonObject{{u"outcome"_s, outcomeName(outcome)}}}}};
    const bool isRefusal = error.type == "Fanfare::Conformance::RefusedOperation"_L1;
    const QString key = isRefusal ? u"code"_s : u"message"_s;
    return {QJsonObject{{u"$error"_s, QJsonObject{{key, receivedText(error.what)}}}}};
}

[[noreturn]] static void throwMessage(const QJsonObject &behaviour)
{
    throw std::runtime_error(thrownText(behaviour["message"_L1].toString()));
}

/// A scenario that asks for nonsense is not the failure of a handler.
static QJsonObject performNested(Stage &stage, const QJsonObject &operation,
                                 const EmissionName &emission)
{
    try {
        return perform(stage, operation, emission);
    } catch (const FormatError &error) {
        stage.journal().addProblem(QString::fromUtf8(error.what()));
        throw;
    }
}

/// Performs the operations of \a list as \a performer. Throws RefusedOperation when one that is
/// to be passed on was refused.
static void performList(Stage &stage, const QJsonValue &list, const Performer &performer)
{
    const QJsonArray operations = list.toArray();
    for (int i = 0; i < operations.size(); ++i) {
        const QJsonObject operation = operations[i].toObject();
        const QJsonValue times = operation["times"_L1];
        if (times.isDouble() && !stage.journal().mayPerform(performer, i, times.toInt()))
            continue;
        const QJsonObject result = performNested(stage, operation, performer.emissionMadeBy(i));
        stage.journal().addNested(performer, i, result);
        if (operation["propagate"_L1].toBool() && result.contains("error"_L1))
            throw RefusedOperation(result["error"_L1].toString().toStdString());
    }
}

/// Performs what a STEP of the format says.
static void performStep(Stage &stage, const QJsonValue &step, const Performer &performer)
{
    performList(stage, step["do"_L1], performer);
    if (step["kind"_L1] == "throw"_L1)
        throwMessage(step.toObject());
}

/// The handler and the own callbacks of one subscriber.
class Actor
{
public:
    Actor(Stage &stage, QString name, std::shared_ptr<const Callables> callables)
        : m_stage(stage)
        , m_name(std::move(name))
        , m_callables(std::move(callables))
    {
    }

    QCborValue run(Context &context) const;
    QCoro::Task<QCborValue> start(Context &context) const;
    void succeeded(Context &context, const QCborValue &result) const;
    void failed(Context &context, Outcome outcome, const TaskError &error) const;

    /// Notes a call of the handler in a worker process, and says what it has to do.
    Message prompt(const Message &call) const;

private:
    struct Call
    {
        Performer performer;
        QJsonObject behaviour;
    };
    Call begin(const HandlerCall &call) const;
    QCborValue conclude(const Context &context, const Call &call) const;
    static QCborValue finish(const Context &context, const QJsonObject &behaviour);
    HandlerCall callOf(const Context &context) const;

    Stage &m_stage;
    const QString m_name;
    const std::shared_ptr<const Callables> m_callables;
};

HandlerCall Actor::callOf(const Context &context) const
{
    return {context.emissionId(), context.taskIndex(), m_name,
            context.arguments().positional.toJsonArray(), context.arguments().named.toJsonObject()};
}

Actor::Call Actor::begin(const HandlerCall &made) const
{
    const auto [performer, call] = m_stage.journal().addHandlerCall(made);
    QJsonObject behaviour = m_callables->behaviour;
    if (behaviour["kind"_L1] == "sequence"_L1) {
        const QJsonArray items = behaviour["items"_L1].toArray();
        behaviour = items[std::min<qsizetype>(call, items.size()) - 1].toObject();
    }
    return {performer, behaviour};
}

Message Actor::prompt(const Message &call) const
{
    const Call begun = begin({call[u"emission"_s].toULongLong(), call[u"task"_s].toInt(), m_name,
                              QJsonArray::fromVariantList(call[u"args"_s].toList()),
                              QJsonObject::fromVariantMap(call[u"named"_s].toMap())});
    const bool waits = begun.behaviour["kind"_L1] == "wait"_L1;
    const QJsonObject last = waits ? begun.behaviour["then"_L1].toObject() : begun.behaviour;
    return {{u"waits"_s, waits},
            {u"gate"_s, begun.behaviour["gate"_L1].toString()},
            {u"kind"_s, last["kind"_L1].toString()},
            {u"message"_s, last["message"_L1].toString()},
            {u"value"_s, last["value"_L1].toVariant()}};
}

QCborValue Actor::conclude(const Context &context, const Call &call) const
{
    performList(m_stage, call.behaviour["do"_L1], call.performer);
    if (call.behaviour["kind"_L1] == "wait"_L1)
        return finish(context, call.behaviour["then"_L1].toObject());
    return finish(context, call.behaviour);
}

QCborValue Actor::finish(const Context &context, const QJsonObject &behaviour)
{
    const QString kind = behaviour["kind"_L1].toString();
    if (kind == "return"_L1)
        return QCborValue::fromJsonValue(behaviour["value"_L1]);
    if (kind == "echo"_L1) {
        const Arguments &arguments = context.arguments();
        return QCborMap{{u"args"_s, arguments.positional}, {u"named"_s, arguments.named}};
    }
    if (kind == "throw"_L1)
        throwMessage(behaviour);
    return {};
}

QCborValue Actor::run(Context &context) const
{
    const Call call = begin(callOf(context));
    if (call.behaviour["kind"_L1] == "wait"_L1)
        m_stage.gate(call.behaviour["gate"_L1].toString()).wait();
    return conclude(context, call);
}

QCoro::Task<QCborValue> Actor::start(Context &context) const
{
    const Call call = begin(callOf(context));
    if (call.behaviour["kind"_L1] == "wait"_L1)
        co_await m_stage.gate(call.behaviour["gate"_L1].toString()).opened();
    co_return conclude(context, call);
}

void Actor::succeeded(Context &context, const QCborValue &result) const
{
    const Performer performer =
        m_stage.journal().addCallbackCall(context, u"success"_s, u"own"_s, resultArguments(result));
    performStep(m_stage, m_callables->behaviour["onSuccess"_L1], performer);
}

void Actor::failed(Context &context, Outcome outcome, const TaskError &error) const
{
    const Performer performer = m_stage.journal().addCallbackCall(context, u"failure"_s, u"own"_s,
                                                                  errorArguments(outcome, error));
    performStep(m_stage, m_callables->behaviour["onFailure"_L1], performer);
}

/// The handler on \a seat as worker processes find it, in the plugin that plays subscribers.
static HandlerEntryPoint remoteEntryPoint(int seat, bool isAsync)
{
    static constexpr auto wrongProcess = "A handler for worker processes ran in this one.";
    HandlerEntryPoint handler;
    handler.kind = isAsync ? HandlerKind::Async : HandlerKind::Sync;
    if (isAsync)
        handler.start = [](Context &) -> QCoro::Task<QCborValue> { qFatal(wrongProcess); };
    else
        handler.run = [](Context &) -> QCborValue { qFatal(wrongProcess); };
    const QString file = QStringLiteral(FANFARE_TEST_FIXTURE_DIR "/conformance/remoteactor.so");
    static const QByteArray hash = fileHash(file); // how other hosts tell builds apart
    handler.identity = {u"org.fanfare.test.remoteactor"_s,
                        u"%1/%2"_s.arg(isAsync ? u"async"_s : u"sync"_s).arg(seat), file, hash};
    return handler;
}

static HandlerEntryPoint entryPoint(const std::shared_ptr<const Actor> &actor, bool isAsync,
                                    bool isForced)
{
    HandlerEntryPoint handler;
    if (isAsync) {
        handler.kind = HandlerKind::Async;
        handler.start = [actor](Context &context) { return actor->start(context); };
    } else {
        handler.kind = isForced ? HandlerKind::Blocking : HandlerKind::Sync;
        handler.run = [actor](Context &context) { return actor->run(context); };
    }
    return handler;
}

SubscriberOptions subscriberOptions(Stage &stage, const QString &name, const QJsonObject &operation)
{
    const auto callables =
        stage.callables(operation["handler"_L1].toString(),
                        {operation["behaviour"_L1].toObject(), operation["async"_L1].toBool()});
    const auto actor = std::make_shared<const Actor>(stage, name, callables);
    SubscriberOptions options;
    options.isOnce = operation["once"_L1].toBool();
    if (!operation["noHandler"_L1].toBool() && stage.isRemote()) {
        const int seat =
            stage.takeSeat([actor](const Message &call) { return actor->prompt(call); });
        options.handler = remoteEntryPoint(seat, callables->isAsync);
    } else if (!operation["noHandler"_L1].toBool()) {
        options.handler =
            entryPoint(actor, callables->isAsync, operation["forceAsync"_L1].toBool());
    }
    if (operation["success"_L1].toBool()) {
        options.onSuccess = [actor](Context &context, const QCborValue &result) {
            actor->succeeded(context, result);
        };
    }
    if (operation["failure"_L1].toBool()) {
        options.onFailure = [actor](Context &context, Outcome outcome, const TaskError &error) {
            actor->failed(context, outcome, error);
        };
    }
    return options;
}

LinkerSettings linkerSettings(Stage &stage, const QJsonObject &settings)
{
    LinkerSettings result;
    if (settings["maxSubscribers"_L1].isDouble())
        result.maxSubscribers = settings["maxSubscribers"_L1].toInt();
    if (settings["defaultSuccess"_L1].toBool()) {
        const QJsonValue step = settings["defaultSuccessBehaviour"_L1];
        result.defaultOnSuccess = [&stage, step](Context &context, const QCborValue &value) {
            performStep(stage, step,
                        stage.journal().addCallbackCall(context, u"success"_s, u"default"_s,
                                                        resultArguments(value)));
        };
    }
    if (settings["defaultFailure"_L1].toBool()) {
        const QJsonValue step = settings["defaultFailureBehaviour"_L1];
        result.defaultOnFailure = [&stage, step](Context &context, Outcome outcome,
                                                 const TaskError &error) {
            performStep(stage, step,
                        stage.journal().addCallbackCall(context, u"failure"_s, u"default"_s,
                                                        errorArguments(outcome, error)));
        };
    }
    return result;
}

} // namespace Fanfare::Conformance
