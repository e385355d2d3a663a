// SPDX-License-Identifier: MIT
#include "preference.h"

#include <fanfare/cluster/brokeraddress.h>
#include <fanfare/cluster/brokertransport.h>
#include <fanfare/engine/engineoptions.h>
#include <fanfare/library/runlibrary.h>

#include <QCoreApplication>

namespace Fanfare {

using namespace Qt::StringLiterals;

static QString text(const char *source)
{
    return QCoreApplication::translate("Fanfare::Preferences", source);
}

static Preference theme()
{
    return {.key = u"window/theme"_s,
            .group = text("Window"),
            .title = text("Theme"),
            .summary = text("The colors of the window and of the timeline. It changes at once."),
            .standard = u"system"_s,
            .choices = {{u"system"_s, text("As the desktop")},
                        {u"light"_s, text("Light")},
                        {u"dark"_s, text("Dark")}}};
}

static Preference spanPalettePreference()
{
    return {.key = u"timeline/palette"_s,
            .group = text("Window"),
            .title = text("Colors of tasks"),
            .summary = text("How the timeline tells handlers apart. It changes at once."),
            .standard = u"okabe-ito"_s,
            .choices = {{u"okabe-ito"_s, text("Hues that everybody can tell apart")},
                        {u"accent"_s, text("Tints of the accent color")},
                        {u"gray"_s, text("Grays and patterns")}}};
}

/// Only what this build can do.
static QList<PreferenceChoice> executorChoices()
{
    QList<PreferenceChoice> choices{{u"threads"_s, text("Threads")},
                                    {u"processes"_s, text("Processes")}};
    if (hasBrokerTransport())
        choices.append({u"cluster"_s, text("Cluster")});
    return choices;
}

static QList<Preference> enginePreferences()
{
    const EngineOptions usual;
    const QString group = text("Where handlers run");
    return {
        {.key = u"engine/executor"_s,
         .group = group,
         .title = text("Run handlers on"),
         .summary = text("Threads are quickest; on processes a crash costs one task, not all. "
                         "It changes as soon as nothing runs."),
         .standard = u"threads"_s,
         .choices = executorChoices()},
        {.key = u"engine/workers"_s,
         .group = group,
         .title = text("Workers"),
         .summary = text("So many handlers run at the same time. It changes as soon as nothing "
                         "runs, and holds for the next start."),
         .kind = PreferenceKind::Number,
         .standard = qint64(usual.workers),
         .most = 256,
         .leastText = text("one per core")},
        {.key = u"engine/queueBound"_s,
         .group = group,
         .title = text("Queued tasks at most"),
         .summary = text("How many tasks may wait for a worker. It changes as soon as nothing "
                         "runs."),
         .kind = PreferenceKind::Number,
         .standard = qint64(usual.queueBound),
         .least = 1,
         .most = 10'000'000,
         .unit = text(" tasks")},
        {.key = u"engine/onFull"_s,
         .group = group,
         .title = text("When the queue is full"),
         .summary = text("What becomes of an emission whose tasks do not fit into the queue. It "
                         "changes as soon as nothing runs."),
         .standard = policyName(usual.onFull),
         .choices = {{policyName(FullPolicy::Block), text("It waits for room")},
                     {policyName(FullPolicy::Reject), text("It is refused")},
                     {policyName(FullPolicy::DropOldest), text("The oldest tasks go")}}}};
}

/// Plain text to another machine is allowed with the address in its own dialog, and refused by the
/// engine otherwise.
static QString problemWithBroker(const QString &url)
{
    if (url.isEmpty())
        return {};
    const Result<BrokerAddress> address = brokerAddress(url, {.allowsPlainText = true});
    return address ? QString() : address.error().message;
}

static QList<Preference> clusterPreferences()
{
    if (!hasBrokerTransport())
        return {};
    return {{.key = u"cluster/broker"_s,
             .group = text("Where handlers run"),
             .title = text("Message broker"),
             .summary = text("The address of the broker of the cluster. The password comes from a "
                             "file or the environment and is never kept. It changes as soon as "
                             "nothing runs."),
             .kind = PreferenceKind::Text,
             .standard = QString(),
             .example = u"amqps://user@host/vhost"_s,
             .problem = &problemWithBroker}};
}

static QList<Preference> runPreferences()
{
    const Retention usual;
    const QString group = text("Kept runs");
    const auto limit = [&](const QString &key, const QString &title, const QString &summary,
                           qint64 standard, qint64 most, const QString &unit, qint64 scale = 1) {
        return Preference{.key = key,
                          .group = group,
                          .title = title,
                          .summary = summary,
                          .kind = PreferenceKind::Number,
                          .standard = standard,
                          .most = most,
                          .unit = unit,
                          .scale = scale,
                          .leastText = text("no limit")};
    };
    return {limit(u"runs/keepCount"_s, text("Runs at most"),
                  text("Beyond that the oldest runs are deleted. Pinned runs stay."), usual.count,
                  1'000'000, text(" runs")),
            limit(u"runs/keepPerSeries"_s, text("Runs of each scenario and place"),
                  text("Beyond that the oldest runs of the same are deleted. Pinned runs stay."),
                  usual.perSeries, 1'000'000, text(" runs")),
            limit(u"runs/keepBytes"_s, text("All files together"),
                  text("Beyond that the oldest runs are deleted. Pinned runs stay."), usual.bytes,
                  qint64(100'000) << 30, text(" GiB"), qint64(1) << 30),
            limit(u"runs/keepDays"_s, text("No longer than"),
                  text("Older runs are deleted. Pinned runs stay."), usual.days, 36'500,
                  text(" days"))};
}

QList<Preference> allPreferences()
{
    return QList{theme(), spanPalettePreference()} + enginePreferences() + clusterPreferences()
        + runPreferences();
}

} // namespace Fanfare
