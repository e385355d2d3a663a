// SPDX-License-Identifier: MIT
#include "fanfare/engine/runfacts.h"

#include <fanfare/base/clock.h>
#include <fanfare/runs/runrecorder.h>

#include <QDateTime>
#include <QThread>
#include <QUuid>

#include <algorithm>
#include <limits>

namespace Fanfare {

using namespace Qt::StringLiterals;

RunNames namesOf(const CatalogFact &catalog)
{
    RunNames names;
    for (const PluginFact &plugin : catalog.plugins) {
        if (!plugin.isActive)
            continue;
        for (const HandlerFact &handler : plugin.handlers) {
            names.handlers.push_back(
                {handler.subscriber, plugin.id, plugin.version, plugin.hash, handler.name});
        }
        for (const EventFact &event : plugin.events)
            names.events.push_back({event.number, event.name});
    }
    return names;
}

/// People call org.fanfare.basics "basics", as its metadata does.
static PluginFact pluginOf(const RunHandler &handler)
{
    PluginFact plugin;
    plugin.id = handler.plugin;
    plugin.name = handler.plugin.section(u'.', -1);
    plugin.version = handler.pluginVersion;
    plugin.hash = handler.pluginHash;
    plugin.state = PluginState::Active;
    plugin.isActive = true;
    return plugin;
}

CatalogFact catalogOf(const RunNames &names)
{
    CatalogFact catalog;
    for (const RunHandler &handler : names.handlers) {
        const auto isSame = [&handler](const PluginFact &plugin) {
            return plugin.id == handler.plugin && plugin.hash == handler.pluginHash;
        };
        auto plugin = std::ranges::find_if(catalog.plugins, isSame);
        if (plugin == catalog.plugins.end())
            plugin = catalog.plugins.insert(catalog.plugins.end(), pluginOf(handler));
        plugin->handlers.append(
            HandlerFact{.subscriber = handler.subscriber, .name = handler.name});
    }
    if (catalog.plugins.isEmpty())
        catalog.plugins.append(pluginOf({}));
    for (const RunEvent &event : names.events)
        catalog.plugins.first().events.append(
            EventFact{.name = event.name, .number = event.number});
    return catalog;
}

std::vector<TaskId> culpritTasks(const EngineEndFact &end)
{
    std::vector<TaskId> tasks;
    for (const CulpritFact &culprit : end.culprits) {
        tasks.push_back(culprit.task);
        if (culprit.isCertain)
            break;
    }
    return tasks;
}

RunInfo newRunInfo(const EngineOptions &engine)
{
    const int perCore = engine.executor == ExecutorKind::Cluster // its hosts know their own
        ? 0
        : std::max(1, QThread::idealThreadCount());
    constexpr auto farthest = quint64(std::numeric_limits<qint64>::max());
    return {.id = QUuid::createUuid().toString(QUuid::WithoutBraces),
            .executor = executorName(engine.executor),
            .workers = engine.workers > 0 ? engine.workers : perCore,
            .queueBound = qint64(std::min(engine.queueBound, farthest)),
            .onFull = policyName(engine.onFull),
            .begin = MonotonicClock::now(),
            .beginUtc = QDateTime::currentMSecsSinceEpoch(),
            .environment = currentEnvironment()};
}

QString executorName(ExecutorKind kind)
{
    switch (kind) {
    case ExecutorKind::Threads:
        return u"threads"_s;
    case ExecutorKind::Processes:
        return u"processes"_s;
    case ExecutorKind::Cluster:
        return u"cluster"_s;
    case ExecutorKind::Inline:
        break;
    }
    return u"inline"_s;
}

QString runFileName(const RunInfo &info)
{
    const QDateTime begin = QDateTime::fromMSecsSinceEpoch(info.beginUtc, Qt::UTC);
    return begin.toString(u"yyyyMMdd-HHmmss-"_s) + info.id.first(8) + u".ffrun"_s;
}

} // namespace Fanfare
