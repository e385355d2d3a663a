// SPDX-License-Identifier: MIT
#include "fanfare/plugins/handlerpolicy.h"

#include <fanfare/base/cborinteger.h>

#include <QCborArray>

#include <algorithm>
#include <array>
#include <cmath>

namespace Fanfare {

using namespace Qt::StringLiterals;

static constexpr std::array isolationNames{"any"_L1, "process"_L1, "thread"_L1};
static constexpr std::array sourceNames{"default"_L1, "plugin"_L1, "for-plugin"_L1,
                                        "for-handler"_L1};
static constexpr double largestNumber = 1e9;

template <typename Enum, typename Names>
static std::optional<Enum> valueNamed(const Names &names, QStringView name)
{
    for (size_t i = 0; i < names.size(); ++i) {
        if (name == names[i])
            return Enum(i);
    }
    return {};
}

QString isolationName(Isolation isolation)
{
    return isolationNames[size_t(isolation)];
}

std::optional<Isolation> isolationNamed(QStringView name)
{
    return valueNamed<Isolation>(isolationNames, name);
}

QString sourceName(PolicySource source)
{
    return sourceNames[size_t(source)];
}

std::optional<PolicySource> sourceNamed(QStringView name)
{
    return valueNamed<PolicySource>(sourceNames, name);
}

QJsonObject toJson(const PolicyPart &part)
{
    QJsonObject json;
    if (part.isEnabled)
        json[u"enabled"_s] = *part.isEnabled;
    if (part.isolation)
        json[u"isolation"_s] = isolationName(*part.isolation);
    if (part.deadlineMs)
        json[u"deadlineMs"_s] = *part.deadlineMs;
    if (part.concurrency)
        json[u"concurrency"_s] = *part.concurrency;
    if (part.isIdempotent)
        json[u"idempotent"_s] = *part.isIdempotent;
    if (part.isBlocking)
        json[u"kind"_s] = *part.isBlocking ? u"blocking"_s : u"sync"_s;
    if (part.maxMemoryMb)
        json[u"maxMemoryMb"_s] = *part.maxMemoryMb;
    return json;
}

static Error wrongValue(QLatin1StringView key, const QString &wanted)
{
    return {ErrorCode::InvalidArgument, u"\"%1\" must be %2"_s.arg(key, wanted)};
}

static Result<std::optional<bool>> truthIn(const QJsonObject &json, QLatin1StringView key)
{
    const QJsonValue value = json.value(key);
    if (value.isUndefined())
        return std::optional<bool>();
    if (!value.isBool())
        return wrongValue(key, u"true or false"_s);
    return std::optional(value.toBool());
}

static Result<std::optional<qint64>> numberIn(const QJsonObject &json, QLatin1StringView key)
{
    const QJsonValue value = json.value(key);
    if (value.isUndefined())
        return std::optional<qint64>();
    const double number = value.toDouble(-1);
    if (number < 0 || number > largestNumber || std::floor(number) != number)
        return wrongValue(key, u"a whole number from 0 to 1000000000"_s);
    return std::optional(qint64(number));
}

/// What "kind" says of a handler that is no coroutine; of one that is, nothing can be decided.
static Result<std::optional<bool>> blockingIn(const QJsonObject &json)
{
    const QJsonValue kind = json.value("kind"_L1);
    if (kind.isUndefined() || kind == "async"_L1)
        return std::optional<bool>();
    if (kind != "sync"_L1 && kind != "blocking"_L1)
        return wrongValue("kind"_L1, u"\"sync\", \"blocking\" or \"async\""_s);
    return std::optional(kind == "blocking"_L1);
}

Result<PolicyPart> policyFromJson(const QJsonObject &json)
{
    const auto enabled = truthIn(json, "enabled"_L1);
    const auto idempotent = truthIn(json, "idempotent"_L1);
    const auto deadline = numberIn(json, "deadlineMs"_L1);
    const auto concurrency = numberIn(json, "concurrency"_L1);
    if (!enabled || !idempotent)
        return (!enabled ? enabled : idempotent).error();
    const auto memory = numberIn(json, "maxMemoryMb"_L1);
    if (!deadline || !concurrency)
        return (!deadline ? deadline : concurrency).error();
    const auto blocking = blockingIn(json);
    if (!memory || !blocking)
        return !memory ? memory.error() : blocking.error();
    PolicyPart part;
    part.isEnabled = *enabled;
    part.isIdempotent = *idempotent;
    part.deadlineMs = *deadline;
    part.isBlocking = *blocking;
    part.maxMemoryMb = *memory;
    if (*concurrency)
        part.concurrency = int(**concurrency);
    const QJsonValue isolation = json.value("isolation"_L1);
    if (!isolation.isUndefined()) {
        part.isolation = isolationNamed(isolation.toString());
        if (!part.isolation)
            return wrongValue("isolation"_L1, u"\"process\", \"thread\" or \"any\""_s);
    }
    return part;
}

template <typename T>
static void takeOver(Sourced<T> &held, const std::optional<T> &said, PolicySource source)
{
    if (said)
        held = {*said, source};
}

static void takeOver(HandlerPolicy &policy, const PolicyPart &part, PolicySource source)
{
    takeOver(policy.isEnabled, part.isEnabled, source);
    takeOver(policy.isolation, part.isolation, source);
    takeOver(policy.deadlineMs, part.deadlineMs, source);
    takeOver(policy.concurrency, part.concurrency, source);
    takeOver(policy.isIdempotent, part.isIdempotent, source);
    takeOver(policy.isBlocking, part.isBlocking, source);
    takeOver(policy.maxMemoryMb, part.maxMemoryMb, source);
}

HandlerPolicy resolvePolicy(const PolicyPart &stated, const PolicyPart &forPlugin,
                            const PolicyPart &forHandler)
{
    HandlerPolicy policy;
    takeOver(policy, stated, PolicySource::Plugin);
    takeOver(policy, forPlugin, PolicySource::ForPlugin);
    takeOver(policy, forHandler, PolicySource::ForHandler);
    return policy;
}

template <typename T>
static QCborArray pairOf(const Sourced<T> &sourced)
{
    return {QCborValue(sourced.value), int(sourced.source)};
}

QCborMap toCbor(const HandlerPolicy &policy)
{
    return {{u"enabled"_s, pairOf(policy.isEnabled)},
            {u"isolation"_s,
             pairOf(Sourced<int>{int(policy.isolation.value), policy.isolation.source})},
            {u"deadlineMs"_s, pairOf(policy.deadlineMs)},
            {u"concurrency"_s, pairOf(policy.concurrency)},
            {u"idempotent"_s, pairOf(policy.isIdempotent)},
            {u"blocking"_s, pairOf(policy.isBlocking)},
            {u"maxMemoryMb"_s, pairOf(policy.maxMemoryMb)}};
}

static PolicySource sourceIn(const QCborArray &pair)
{
    const qint64 source = integerOf(pair.at(1));
    return source > 0 && source < qint64(sourceNames.size()) ? PolicySource(source)
                                                             : PolicySource::Default;
}

HandlerPolicy policyFromCbor(const QCborMap &map)
{
    const auto pair = [&map](QLatin1StringView key) { return map.value(key).toArray(); };
    const auto enabled = pair("enabled"_L1);
    const auto isolation = pair("isolation"_L1);
    const auto deadline = pair("deadlineMs"_L1);
    const auto concurrency = pair("concurrency"_L1);
    const auto idempotent = pair("idempotent"_L1);
    const auto blocking = pair("blocking"_L1);
    const auto memory = pair("maxMemoryMb"_L1);
    const auto place = std::clamp<qint64>(integerOf(isolation.at(0)), 0, 2);
    return {{enabled.at(0).toBool(true), sourceIn(enabled)},
            {Isolation(place), sourceIn(isolation)},
            {integerOf(deadline.at(0)), sourceIn(deadline)},
            {int(integerOf(concurrency.at(0))), sourceIn(concurrency)},
            {idempotent.at(0).toBool(), sourceIn(idempotent)},
            {blocking.at(0).toBool(), sourceIn(blocking)},
            {integerOf(memory.at(0)), sourceIn(memory)}};
}

} // namespace Fanfare
