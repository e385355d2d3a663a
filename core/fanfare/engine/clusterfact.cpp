// SPDX-License-Identifier: MIT
#include "fanfare/engine/clusterfact.h"

#include <QCborArray>
#include <QCborMap>

namespace Fanfare {

using namespace Qt::StringLiterals;

static QCborValue timeValue(const std::optional<qint64> &time)
{
    return time ? QCborValue(*time) : QCborValue();
}

static std::optional<qint64> timeOf(const QCborValue &value)
{
    return value.isInteger() ? std::optional(value.toInteger()) : std::nullopt;
}

static QCborMap toMap(const HostFact &host)
{
    return {{u"label"_s, host.label},
            {u"pid"_s, host.pid},
            {u"slots"_s, host.slots},
            {u"busy"_s, host.busy},
            {u"waiting"_s, host.waiting},
            {u"plugins"_s, host.plugins},
            {u"version"_s, host.version},
            {u"isLeaving"_s, host.isLeaving},
            {u"isSilent"_s, host.isSilent},
            {u"lastSeen"_s, host.lastSeen},
            {u"clockOffset"_s, timeValue(host.clockOffset)},
            {u"clockError"_s, timeValue(host.clockError)}};
}

static HostFact hostOf(const QCborMap &map)
{
    return {map.value("label"_L1).toString(),         map.value("pid"_L1).toInteger(),
            int(map.value("slots"_L1).toInteger()),   int(map.value("busy"_L1).toInteger()),
            int(map.value("waiting"_L1).toInteger()), int(map.value("plugins"_L1).toInteger()),
            map.value("version"_L1).toString(),       map.value("isLeaving"_L1).toBool(),
            map.value("isSilent"_L1).toBool(),        map.value("lastSeen"_L1).toInteger(),
            timeOf(map.value("clockOffset"_L1)),      timeOf(map.value("clockError"_L1))};
}

QByteArray encode(const ClusterFact &fact)
{
    QCborArray hosts;
    for (const HostFact &host : fact.hosts)
        hosts.append(toMap(host));
    return QCborMap{{u"broker"_s, fact.broker},
                    {u"isConnected"_s, fact.isConnected},
                    {u"problem"_s, fact.problem},
                    {u"hosts"_s, hosts},
                    {u"atBroker"_s, qint64(fact.atBroker)},
                    {u"redelivered"_s, qint64(fact.redelivered)},
                    {u"lostHosts"_s, qint64(fact.lostHosts)},
                    {u"duplicates"_s, qint64(fact.duplicates)}}
        .toCborValue()
        .toCbor();
}

Result<ClusterFact> decodeCluster(const QByteArray &payload)
{
    const QCborMap map = QCborValue::fromCbor(payload).toMap();
    if (!map.contains("broker"_L1))
        return Error{ErrorCode::Protocol, u"the message \"cluster\" has an unknown shape"_s};
    ClusterFact fact;
    fact.broker = map.value("broker"_L1).toString();
    fact.isConnected = map.value("isConnected"_L1).toBool();
    fact.problem = map.value("problem"_L1).toString();
    for (const QCborValue &host : map.value("hosts"_L1).toArray())
        fact.hosts.append(hostOf(host.toMap()));
    fact.atBroker = quint64(map.value("atBroker"_L1).toInteger());
    fact.redelivered = quint64(map.value("redelivered"_L1).toInteger());
    fact.lostHosts = quint64(map.value("lostHosts"_L1).toInteger());
    fact.duplicates = quint64(map.value("duplicates"_L1).toInteger());
    return fact;
}

} // namespace Fanfare
