// SPDX-License-Identifier: MIT
#include "fanfare/runs/environmentcomparison.h"

#include "fanfare/runs/playspeed.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace Fanfare {

using namespace Qt::StringLiterals;

static QString notRecorded()
{
    return u"not recorded"_s;
}

QString queueBoundWords(const RunInfo &info)
{
    return info.queueBound > 0 ? QString::number(info.queueBound) : notRecorded();
}

QString fullPolicyWords(const RunInfo &info)
{
    return info.onFull.isEmpty() ? notRecorded() : info.onFull;
}

namespace {

/// What the handlers of one plugin ran in.
struct PluginBuilds
{
    QStringList versions;
    QStringList builds; ///< the first digits of their SHA-256
};

class Differences final
{
public:
    void note(const QString &what, const QString &a, const QString &b)
    {
        if (a != b)
            found.push_back({what, a, b, a != notRecorded() && b != notRecorded()});
    }

    std::vector<EnvironmentDifference> found;
};

} // namespace

static void compareMachines(const RunEnvironment &a, const RunEnvironment &b, Differences &out)
{
    out.note(u"host"_s, a.host, b.host);
    out.note(u"system"_s, a.system, b.system);
    out.note(u"processor"_s, a.processor, b.processor);
    out.note(u"cores"_s, QString::number(a.cores), QString::number(b.cores));
    out.note(u"Qt"_s, a.qt, b.qt);
    out.note(u"Fanfare"_s, a.fanfare, b.fanfare);
}

static void compareLoads(const RunEnvironment &a, const RunEnvironment &b, Differences &out)
{
    constexpr double otherLoad = 0.5; // of a core
    const double most = std::max(a.load, b.load);
    if (std::abs(a.load - b.load) > std::max(otherLoad, 0.2 * most)) {
        out.note(u"load"_s, QString::number(a.load, 'f', 1), QString::number(b.load, 'f', 1));
    }
}

static void compareScripts(const RunInfo &a, const RunInfo &b, Differences &out)
{
    out.note(u"seed"_s, QString::number(a.seed), QString::number(b.seed));
    out.note(u"speed"_s, speedWords(a.speed), speedWords(b.speed));
    if (a.scenario != b.scenario)
        out.found.push_back({u"scenario"_s, u"its own"_s, u"its own"_s});
}

static void addTo(PluginBuilds &plugin, const HandlerSamples &handler)
{
    for (const QString &version : handler.versions) {
        if (!plugin.versions.contains(version))
            plugin.versions.append(version);
    }
    constexpr qsizetype shown = 6; // bytes; as many as tell builds apart
    for (const QByteArray &hash : handler.builds) {
        const QString build = QString::fromLatin1(hash.first(std::min(shown, hash.size())).toHex());
        if (!plugin.builds.contains(build))
            plugin.builds.append(build);
    }
    plugin.versions.sort();
    plugin.builds.sort();
}

static QString words(const PluginBuilds &plugin)
{
    return plugin.builds.isEmpty()
        ? plugin.versions.join(u", "_s)
        : u"%1 (build %2)"_s.arg(plugin.versions.join(u", "_s), plugin.builds.join(u", "_s));
}

static void comparePlugins(const std::vector<HandlerComparison> &handlers, Differences &out)
{
    std::map<QString, std::pair<PluginBuilds, PluginBuilds>> plugins;
    for (const HandlerComparison &handler : handlers) {
        if (!handler.a || !handler.b)
            continue; // that it ran on one side only is told anyway
        auto &[a, b] = plugins[handler.key.plugin];
        addTo(a, *handler.a);
        addTo(b, *handler.b);
    }
    for (const auto &[id, sides] : plugins) {
        const auto &[a, b] = sides;
        const QString what = u"plugin "_s + id;
        if (a.versions != b.versions)
            out.note(what, words(a), words(b));
        else if (a.builds.isEmpty() == b.builds.isEmpty())
            out.note(what, words(a), words(b));
        else
            out.note(u"build of "_s + what, a.builds.isEmpty() ? notRecorded() : words(a),
                     b.builds.isEmpty() ? notRecorded() : words(b));
    }
}

std::vector<PluginListing> pluginsOf(const Comparison &comparison)
{
    std::map<QString, std::pair<PluginBuilds, PluginBuilds>> plugins;
    for (const HandlerComparison &handler : comparison.handlers) {
        auto &[a, b] = plugins[handler.key.plugin];
        if (handler.a)
            addTo(a, *handler.a);
        if (handler.b)
            addTo(b, *handler.b);
    }
    std::vector<PluginListing> listings;
    for (const auto &[id, sides] : plugins) {
        if (!id.isEmpty()) // else handlers of the program itself
            listings.push_back({id, words(sides.first), words(sides.second)});
    }
    return listings;
}

std::vector<EnvironmentDifference> compareEnvironments(const Comparison &comparison)
{
    const RunInfo &a = comparison.a->info;
    const RunInfo &b = comparison.b->info;
    Differences differences;
    compareMachines(a.environment, b.environment, differences);
    compareScripts(a, b, differences);
    differences.note(u"queue bound"_s, queueBoundWords(a), queueBoundWords(b));
    differences.note(u"full queue"_s, fullPolicyWords(a), fullPolicyWords(b));
    compareLoads(a.environment, b.environment, differences);
    comparePlugins(comparison.handlers, differences);
    return std::move(differences.found);
}

} // namespace Fanfare
