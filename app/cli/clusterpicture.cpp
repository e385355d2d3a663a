// SPDX-License-Identifier: MIT
#include "cli/clusterstatus.h"
#include "cli/columns.h"
#include "cli/wording.h"

#include <fanfare/cluster/taskenvelope.h>

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
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
    return {shortened(printable(presence.host), 20),
            QString::number(presence.pid),
            u"%1 of %2"_s.arg(presence.busy).arg(presence.slots),
            QString::number(presence.waiting),
            QString::number(presence.plugins.size()),
            clockText(host.clock),
            printable(presence.version) + (presence.isLeaving ? u", leaves"_s : QString())};
}

namespace {

/// A build of a plugin, and where it is.
struct Build
{
    PresentPlugin plugin;
    int hosts = 0; ///< that have it and take tasks; the broker knows only connections
    QueueDepth depth;
};

} // namespace

/// By the name of their queues.
static std::map<QString, Build> buildsOf(const ClusterPicture &picture)
{
    std::map<QString, Build> builds;
    for (const auto &[session, host] : picture.hosts) {
        for (const PresentPlugin &plugin : host.presence.plugins) {
            Build &build = builds[taskQueueName(plugin.id, plugin.hash)];
            build.plugin = plugin;
            build.hosts += !host.presence.isLeaving;
        }
    }
    for (const QueueDepth &depth : picture.queues) {
        if (const auto found = builds.find(depth.queue); found != builds.end())
            found->second.depth = depth;
    }
    return builds;
}

static QStringList buildRow(const Build &build)
{
    return {shortened(printable(build.plugin.id), 36), printable(build.plugin.version),
            QString::fromLatin1(build.plugin.hash.toHex().first(16)),
            QString::number(build.depth.waiting), QString::number(build.hosts)};
}

static void writeBuilds(const ClusterPicture &picture, Output &output)
{
    const std::map<QString, Build> builds = buildsOf(picture);
    if (builds.empty())
        return;
    QList<QStringList> rows{{u"PLUGIN"_s, u"VERSION"_s, u"BUILD"_s, u"WAITING"_s, u"HOSTS"_s}};
    for (const auto &[queue, build] : builds)
        rows.append(buildRow(build));
    output.line({});
    writeColumns(rows, output);
}

static void writeHosts(const ClusterPicture &picture, Output &output)
{
    if (picture.hosts.empty()) {
        output.line(u"No host works for it; start `fanfare-host worker --broker URL` on one."_s);
        return;
    }
    QList<QStringList> rows{
        {u"HOST"_s, u"PID"_s, u"BUSY"_s, u"WAITING"_s, u"PLUGINS"_s, u"CLOCK"_s, u"VERSION"_s}};
    for (const auto &[session, host] : picture.hosts)
        rows.append(hostRow(host));
    std::sort(rows.begin() + 1, rows.end());
    writeColumns(rows, output);
    writeBuilds(picture, output);
}

void writePictureTable(const ClusterPicture &picture, Output &output)
{
    output.line(u"Broker %1: %2"_s.arg(printable(picture.broker),
                                       picture.problem.isEmpty() ? u"reachable"_s
                                                                 : printable(picture.problem)));
    if (!picture.problem.isEmpty())
        return;
    writeHosts(picture, output);
    if (picture.dead == 0)
        return;
    output.line(u"\n%1; this says why:"_s.arg(counted(picture.dead, u"dead task"_s)));
    output.line(u"  fanfare-cli cluster dead --broker %1"_s.arg(printable(picture.broker)));
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
    for (const auto &[queue, build] : buildsOf(picture)) {
        if (build.depth.exists)
            queues.append(QJsonObject{{u"queue"_s, queue},
                                      {u"plugin"_s, build.plugin.id},
                                      {u"waiting"_s, qint64(build.depth.waiting)},
                                      {u"hosts"_s, build.hosts},
                                      {u"consumers"_s, build.depth.consumers}});
    }
    const QJsonObject json{{u"type"_s, u"cluster"_s},
                           {u"broker"_s, picture.broker},
                           {u"reachable"_s, picture.problem.isEmpty()},
                           {u"problem"_s, picture.problem},
                           {u"hosts"_s, hosts},
                           {u"queues"_s, queues},
                           {u"dead"_s, qint64(picture.dead)}};
    output.buffer() += QJsonDocument(json).toJson(QJsonDocument::Compact);
    output.endLine();
}

} // namespace Fanfare::Cli
