// SPDX-License-Identifier: MIT
#include "cli/clusterstatus.h"
#include "cli/columns.h"
#include "cli/wording.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <limits>

namespace Fanfare::Cli {

using namespace Qt::StringLiterals;

/// How exactly it is known. The offset itself says nothing: such clocks begin when a host boots.
static QString clockText(const ClusterClock &clock)
{
    if (!clock.isKnown())
        return u"unknown"_s;
    const ClockLine &line = clock.lineAt(std::numeric_limits<qint64>::max());
    return u"\u00b1%1"_s.arg(formatDuration(line.error));
}

static QStringList hostRow(const ClusterHost &host)
{
    const HostPresence &presence = host.presence;
    return {printable(presence.host),
            QString::number(presence.pid),
            QString::number(presence.slots),
            QString::number(presence.busy),
            QString::number(presence.waiting),
            QString::number(presence.plugins.size()),
            clockText(host.clock),
            printable(presence.version) + (presence.isLeaving ? u", leaves"_s : QString())};
}

static QStringList queueRow(const QueueDepth &depth)
{
    return {printable(depth.queue), QString::number(depth.waiting),
            QString::number(depth.consumers)};
}

void writePictureTable(const ClusterPicture &picture, Output &output)
{
    output.line(u"Broker %1: %2"_s.arg(printable(picture.broker),
                                       picture.problem.isEmpty() ? u"reachable"_s
                                                                 : printable(picture.problem)));
    if (!picture.problem.isEmpty())
        return;
    if (picture.hosts.empty()) {
        output.line(u"No host works for it; start `fanfare-host worker --broker URL` on one."_s);
        return;
    }
    QList<QStringList> rows{{u"HOST"_s, u"PID"_s, u"SLOTS"_s, u"BUSY"_s, u"WAITING"_s, u"PLUGINS"_s,
                             u"CLOCK"_s, u"VERSION"_s}};
    for (const auto &[session, host] : picture.hosts)
        rows.append(hostRow(host));
    writeColumns(rows, output);
    QList<QStringList> queues{{u"QUEUE"_s, u"WAITING"_s, u"HOSTS"_s}};
    for (const QueueDepth &depth : picture.queues) {
        if (depth.exists)
            queues.append(queueRow(depth));
    }
    if (queues.size() > 1)
        writeColumns(queues, output);
}

static QJsonObject pluginJson(const PresentPlugin &plugin)
{
    return {{u"id"_s, plugin.id},
            {u"version"_s, plugin.version},
            {u"hash"_s, QString::fromLatin1(plugin.hash.toHex())}};
}

static QJsonObject hostJson(const ClusterHost &host)
{
    const HostPresence &presence = host.presence;
    QJsonArray plugins;
    for (const PresentPlugin &plugin : presence.plugins)
        plugins.append(pluginJson(plugin));
    QJsonObject json{{u"host"_s, presence.host},       {u"pid"_s, presence.pid},
                     {u"slots"_s, presence.slots},     {u"busy"_s, presence.busy},
                     {u"waiting"_s, presence.waiting}, {u"prefetch"_s, presence.prefetch},
                     {u"version"_s, presence.version}, {u"leaves"_s, presence.isLeaving},
                     {u"plugins"_s, plugins}};
    if (host.clock.isKnown()) {
        const ClockLine &line = host.clock.lineAt(std::numeric_limits<qint64>::max());
        json[u"clockOffsetNs"_s] = line.offset;
        json[u"clockErrorNs"_s] = line.error;
    }
    return json;
}

void writePictureJson(const ClusterPicture &picture, Output &output)
{
    QJsonArray hosts;
    for (const auto &[session, host] : picture.hosts)
        hosts.append(hostJson(host));
    QJsonArray queues;
    for (const QueueDepth &depth : picture.queues) {
        if (depth.exists)
            queues.append(QJsonObject{{u"queue"_s, depth.queue},
                                      {u"waiting"_s, qint64(depth.waiting)},
                                      {u"hosts"_s, depth.consumers}});
    }
    const QJsonObject json{{u"type"_s, u"cluster"_s},
                           {u"broker"_s, picture.broker},
                           {u"reachable"_s, picture.problem.isEmpty()},
                           {u"problem"_s, picture.problem},
                           {u"hosts"_s, hosts},
                           {u"queues"_s, queues}};
    output.buffer() += QJsonDocument(json).toJson(QJsonDocument::Compact);
    output.endLine();
}

} // namespace Fanfare::Cli
