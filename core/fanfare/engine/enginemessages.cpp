// SPDX-License-Identifier: MIT
#include "fanfare/engine/enginemessages.h"

#include <fanfare/base/cborinteger.h>
#include <fanfare/engine/argumentscodec.h>

#include <QCborArray>
#include <QCborMap>

#include <algorithm>
#include <limits>

namespace Fanfare {

using namespace Qt::StringLiterals;

static Error wrongShape(const char *what)
{
    return {ErrorCode::Protocol,
            u"the message \"%1\" has an unknown shape"_s.arg(QLatin1StringView(what))};
}

static QByteArray toBytes(const QCborMap &map)
{
    return map.toCborValue().toCbor();
}

QByteArray encode(const HelloMessage &message)
{
    const EngineOptions &options = message.options;
    return toBytes({{u"protocol"_s, message.protocol},
                    {u"build"_s, message.build},
                    {u"nonce"_s, message.nonce},
                    {u"flightLog"_s, message.flightLog},
                    {u"plugins"_s, QCborArray::fromStringList(options.pluginFolders)},
                    {u"executor"_s, int(options.executor)},
                    {u"workers"_s, options.workers},
                    {u"startAhead"_s, options.startAhead},
                    {u"queueBound"_s, qint64(options.queueBound)},
                    {u"onFull"_s, policyName(options.onFull)},
                    {u"broker"_s, options.broker.url},
                    {u"brokerPasswordFile"_s, options.broker.passwordFile},
                    {u"brokerPlainText"_s, options.broker.allowsPlainText},
                    {u"startWithin"_s, qint64(options.startWithin.count())},
                    {u"stateFolder"_s, options.rules.stateFolder},
                    {u"policyFile"_s, options.rules.policyFile}});
}

template <>
Result<HelloMessage> decode(const QByteArray &payload)
{
    const QCborMap map = QCborValue::fromCbor(payload).toMap();
    const qint64 executor = integerOf(map.value("executor"_L1), -1);
    const auto onFull = policyNamed(map.value("onFull"_L1).toString());
    if (executor < 0 || executor > qint64(ExecutorKind::Cluster) || !onFull)
        return wrongShape("hello");
    HelloMessage message;
    message.protocol = int(integerOf(map.value("protocol"_L1)));
    message.build = map.value("build"_L1).toString();
    message.nonce = map.value("nonce"_L1).toByteArray();
    message.flightLog = map.value("flightLog"_L1).toString();
    for (const QCborValue &folder : map.value("plugins"_L1).toArray())
        message.options.pluginFolders.append(folder.toString());
    message.options.executor = ExecutorKind(executor);
    message.options.workers = int(integerOf(map.value("workers"_L1)));
    message.options.startAhead = int(integerOf(map.value("startAhead"_L1)));
    message.options.queueBound = quint64(integerOf(map.value("queueBound"_L1)));
    message.options.onFull = *onFull;
    message.options.broker = {map.value("broker"_L1).toString(),
                              map.value("brokerPasswordFile"_L1).toString(),
                              map.value("brokerPlainText"_L1).toBool()};
    message.options.startWithin = std::chrono::milliseconds(integerOf(map.value("startWithin"_L1)));
    message.options.rules = {map.value("stateFolder"_L1).toString(),
                             map.value("policyFile"_L1).toString()};
    return message;
}

QByteArray encode(const WelcomeMessage &message)
{
    return toBytes({{u"protocol"_s, message.protocol},
                    {u"build"_s, message.build},
                    {u"nonce"_s, message.nonce},
                    {u"problem"_s, message.problem}});
}

template <>
Result<WelcomeMessage> decode(const QByteArray &payload)
{
    const QCborMap map = QCborValue::fromCbor(payload).toMap();
    if (!map.contains("protocol"_L1))
        return wrongShape("welcome");
    return WelcomeMessage{int(integerOf(map.value("protocol"_L1))),
                          map.value("build"_L1).toString(), map.value("nonce"_L1).toByteArray(),
                          map.value("problem"_L1).toString()};
}

QByteArray encode(const EmitMessage &message)
{
    QCborArray arguments;
    for (const Arguments &one : message.command.arguments)
        arguments.append(toCbor(one));
    return toBytes({{u"first"_s, qint64(message.first)},
                    {u"event"_s, message.command.event},
                    {u"arguments"_s, arguments},
                    {u"count"_s, qint64(message.command.count)},
                    {u"rate"_s, message.command.rate},
                    {u"concurrency"_s, qint64(message.command.concurrency)},
                    {u"deadlineMs"_s, qint64(message.command.deadline.count())}});
}

template <>
Result<EmitMessage> decode(const QByteArray &payload)
{
    const QCborMap map = QCborValue::fromCbor(payload).toMap();
    EmitMessage message;
    message.first = EmissionId(integerOf(map.value("first"_L1)));
    message.command.event = map.value("event"_L1).toString();
    for (const QCborValue &one : map.value("arguments"_L1).toArray())
        message.command.arguments.append(argumentsFromCbor(one));
    message.command.count = quint64(integerOf(map.value("count"_L1)));
    message.command.rate = map.value("rate"_L1).toDouble();
    message.command.concurrency = quint32(std::clamp<qint64>(integerOf(map.value("concurrency"_L1)),
                                                             0, EmitCommand::maximumConcurrency));
    message.command.deadline = std::chrono::milliseconds(std::clamp<qint64>(
        integerOf(map.value("deadlineMs"_L1)), 0, EmitCommand::maximumDeadline.count()));
    if (number(message.first) == 0 || message.command.event.isEmpty())
        return wrongShape("emit");
    return message;
}

QByteArray encode(const CancelMessage &message)
{
    return toBytes(
        {{u"first"_s, qint64(message.range.first)}, {u"count"_s, qint64(message.range.count)}});
}

template <>
Result<CancelMessage> decode(const QByteArray &payload)
{
    const QCborMap map = QCborValue::fromCbor(payload).toMap();
    const qint64 first = integerOf(map.value("first"_L1));
    const qint64 count = integerOf(map.value("count"_L1));
    if (first < 1 || count < 1 || count > std::numeric_limits<qint64>::max() - first)
        return wrongShape("cancel");
    return CancelMessage{{EmissionId(first), quint64(count)}};
}

static QCborMap toMap(const QueueFact &queue)
{
    return {{u"bound"_s, qint64(queue.bound)},
            {u"policy"_s, policyName(queue.policy)},
            {u"highWater"_s, qint64(queue.highWater)},
            {u"rejected"_s, qint64(queue.rejected)},
            {u"droppedOldest"_s, qint64(queue.droppedOldest)},
            {u"isHoldingBack"_s, queue.isHoldingBack}};
}

static QueueFact queueFact(const QCborMap &map)
{
    return {quint64(integerOf(map.value("bound"_L1))),
            policyNamed(map.value("policy"_L1).toString()).value_or(FullPolicy::Block),
            quint64(integerOf(map.value("highWater"_L1))),
            quint64(integerOf(map.value("rejected"_L1))),
            quint64(integerOf(map.value("droppedOldest"_L1))),
            map.value("isHoldingBack"_L1).toBool()};
}

QByteArray encode(const ProgressMessage &message)
{
    QCborArray commands;
    for (const CommandProgress &one : message.commands) {
        commands.append(qint64(one.command));
        commands.append(qint64(one.accepted));
    }
    return toBytes({{u"time"_s, message.time},
                    {u"emissions"_s, qint64(message.counters.emissions)},
                    {u"tasks"_s, qint64(message.counters.tasks)},
                    {u"finished"_s, qint64(message.counters.finished)},
                    {u"queue"_s, toMap(message.counters.queue)},
                    {u"commands"_s, commands}});
}

template <>
Result<ProgressMessage> decode(const QByteArray &payload)
{
    const QCborMap map = QCborValue::fromCbor(payload).toMap();
    const QCborArray commands = map.value("commands"_L1).toArray();
    if (!map.contains("finished"_L1) || commands.size() % 2 != 0)
        return wrongShape("progress");
    ProgressMessage message;
    message.time = integerOf(map.value("time"_L1));
    message.counters = {
        quint64(integerOf(map.value("emissions"_L1))), quint64(integerOf(map.value("tasks"_L1))),
        quint64(integerOf(map.value("finished"_L1))), queueFact(map.value("queue"_L1).toMap())};
    for (qsizetype i = 0; i < commands.size(); i += 2) {
        message.commands.append(
            {quint64(integerOf(commands.at(i))), quint64(integerOf(commands.at(i + 1)))});
    }
    return message;
}

QByteArray encode(const CommandFact &fact)
{
    return toBytes({{u"emissions"_s, qint64(fact.emissions)},
                    {u"tasks"_s, qint64(fact.tasks)},
                    {u"error"_s, fact.error}});
}

template <>
Result<CommandFact> decode(const QByteArray &payload)
{
    const QCborMap map = QCborValue::fromCbor(payload).toMap();
    if (!map.contains("emissions"_L1))
        return wrongShape("command ended");
    return CommandFact{0, quint64(integerOf(map.value("emissions"_L1))),
                       quint64(integerOf(map.value("tasks"_L1))), map.value("error"_L1).toString()};
}

} // namespace Fanfare
