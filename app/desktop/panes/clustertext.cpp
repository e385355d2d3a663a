// SPDX-License-Identifier: MIT
#include "clustertext.h"

#include "durationtext.h"

#include <QCoreApplication>

#include <algorithm>

namespace Fanfare {

using namespace Qt::StringLiterals;

namespace {

struct Word
{
    Q_DECLARE_TR_FUNCTIONS(Fanfare::Cluster)
};

QString hostText(const HostFact &host)
{
    QString text = Word::tr("%1: %2 of %3 busy, %4 waiting")
                       .arg(host.label)
                       .arg(host.busy)
                       .arg(host.slots)
                       .arg(host.waiting);
    if (const QString clock = clockText(host); !clock.isEmpty())
        text += u", "_s + Word::tr("clock %1").arg(clock);
    if (host.isSilent)
        text += u", "_s + Word::tr("not heard of for some seconds");
    else if (host.isLeaving)
        text += u", "_s + Word::tr("takes no more tasks");
    return text;
}

} // namespace

QString brokerText(const ClusterFact &cluster)
{
    if (cluster.broker.isEmpty())
        return {};
    if (!cluster.isConnected)
        return Word::tr("Broker away");
    QString text = cluster.hosts.size() == 1
        ? Word::tr("Broker: 1 host")
        : Word::tr("Broker: %L1 hosts").arg(cluster.hosts.size());
    if (cluster.atBroker > 0)
        text += u" · "_s + Word::tr("%L1 waiting").arg(cluster.atBroker);
    if (!cluster.problem.isEmpty())
        text += u" · "_s + Word::tr("takes nothing");
    return text;
}

QString clusterToolTip(const ClusterFact &cluster)
{
    QStringList lines{cluster.broker};
    if (!cluster.problem.isEmpty())
        lines += cluster.problem;
    if (cluster.isConnected && cluster.hosts.isEmpty())
        lines += Word::tr("No host works for it; start “fanfare-host worker --broker …” on one.");
    for (const HostFact &host : cluster.hosts)
        lines += hostText(host);
    if (cluster.redelivered > 0)
        lines += cluster.redelivered == 1
            ? Word::tr("1 task ran again elsewhere")
            : Word::tr("%L1 tasks ran again elsewhere").arg(cluster.redelivered);
    return lines.join(u'\n');
}

QString clockText(const HostFact &host)
{
    if (!host.clockOffset || !host.clockError)
        return {};
    const QString offset = durationText(std::abs(*host.clockOffset));
    const QString error = durationText(*host.clockError);
    return *host.clockOffset < 0 ? Word::tr("%1 behind, ±%2").arg(offset, error)
                                 : Word::tr("%1 ahead, ±%2").arg(offset, error);
}

QString clockErrorText(const HostFact &host)
{
    return host.clockError ? Word::tr("clock ±%1").arg(durationText(*host.clockError)) : QString();
}

static QString lastSeenText(const HostFact &host, qint64 now)
{
    const qint64 second = 1'000'000'000;
    const qint64 ago = (now - host.lastSeen) / second;
    if (host.lastSeen == 0)
        return {};
    return ago < 3 ? Word::tr("now") : Word::tr("%1 ago").arg(durationText(ago * second));
}

std::vector<std::pair<QString, QString>> hostRows(const HostFact &host, qint64 now)
{
    return {{Word::tr("Agent"), Word::tr("pid %1, Fanfare %2").arg(host.pid).arg(host.version)},
            {Word::tr("Workers"), Word::tr("%L1 of %L2 busy").arg(host.busy).arg(host.slots)},
            {Word::tr("Waiting there"), QString::number(host.waiting)},
            {Word::tr("Plugins"), QString::number(host.plugins)},
            {Word::tr("Clock there"), clockText(host)},
            {Word::tr("Last seen"), lastSeenText(host, now)},
            {Word::tr("State"),
             host.isSilent        ? Word::tr("not heard of for some seconds")
                 : host.isLeaving ? Word::tr("takes no more tasks")
                                  : QString()}};
}

const HostFact *hostOfLane(const ClusterFact &cluster, const QString &lane)
{
    const auto found =
        std::find_if(cluster.hosts.begin(), cluster.hosts.end(), [&](const HostFact &host) {
            return lane.startsWith(host.label + " worker "_L1);
        });
    return found == cluster.hosts.end() ? nullptr : &*found;
}

} // namespace Fanfare
