// SPDX-License-Identifier: MIT
#include "catalogchanges.h"

#include <algorithm>

namespace Fanfare {

using namespace Qt::StringLiterals;

static bool isOn(const PolicyPart &decided)
{
    return decided.isEnabled.value_or(true);
}

static bool isOn(const HandlerFact &handler)
{
    return isOn(handler.decided);
}

static bool isOn(const EventFact &event)
{
    return event.isEnabled;
}

/// Calls \a tell with each of \a now that was there \a before and has been switched since.
template <typename Fact, typename Tell>
static void forSwitched(const QList<Fact> &before, const QList<Fact> &now, Tell tell)
{
    for (const Fact &fact : now) {
        const auto former = std::ranges::find(before, fact.name, &Fact::name);
        if (former != before.end() && isOn(*former) != isOn(fact))
            tell(fact.name, isOn(fact));
    }
}

QStringList CatalogChanges::between(const PluginFact &before, const PluginFact &now)
{
    QStringList changes;
    const auto tellSwitch = [&changes](const QString &name, bool on) {
        changes.append(on ? tr("%1 enabled").arg(name) : tr("%1 disabled").arg(name));
    };
    if (before.hash != now.hash)
        changes.append(tr("%1 reloaded").arg(now.name));
    if (isOn(before.decided) != isOn(now.decided))
        tellSwitch(now.name, isOn(now.decided));
    const auto tellPart = [&](const QString &name, bool on) {
        tellSwitch(u"%1 / %2"_s.arg(now.name, name), on);
    };
    forSwitched(before.events, now.events, tellPart);
    forSwitched(before.handlers, now.handlers, tellPart);
    return changes;
}

QStringList CatalogChanges::take(const CatalogFact &catalog)
{
    QStringList changes;
    for (const PluginFact &plugin : catalog.plugins) {
        if (!plugin.isActive)
            continue;
        const auto known = m_known.constFind(plugin.path);
        if (known != m_known.constEnd())
            changes += between(*known, plugin);
        m_known[plugin.path] = plugin;
    }
    return changes;
}

} // namespace Fanfare
