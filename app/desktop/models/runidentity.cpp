// SPDX-License-Identifier: MIT
#include "desktop/models/runidentity.h"

#include <fanfare/base/clock.h>

#include <algorithm>
#include <iterator>

namespace Fanfare {

template <typename Entry>
static const Entry &entryAt(const std::vector<Entry> &entries, quint32 index)
{
    static const Entry none;
    return index < entries.size() ? entries[index] : none;
}

/// Eight digits tell builds apart for people.
static QString buildText(const PluginFact &plugin)
{
    const QString hash = QString::fromLatin1(
        plugin.hash.toHex().first(std::min<qsizetype>(8, plugin.hash.size() * 2)));
    return hash.isEmpty() ? plugin.version
                          : RunIdentity::tr("%1, build %2").arg(plugin.version, hash);
}

const RunIdentity::Builds &RunIdentity::buildsAt(qint64 time) const
{
    return *std::find_if(m_builds.rbegin(), std::prev(m_builds.rend()),
                         [&](const Builds &builds) { return builds.since < time; });
}

QString RunIdentity::buildOf(SubscriberId subscriber, qint64 time) const
{
    const Builds &engine = buildsAt(time);
    const auto found = engine.bySubscriber.find(number(subscriber));
    return found == engine.bySubscriber.end() ? QString() : found->second;
}

QString RunIdentity::buildOfHandler(quint32 handler, qint64 time) const
{
    const Builds &engine = buildsAt(time);
    const auto found = engine.byHandler.find(handler);
    if (found == engine.byHandler.end())
        return {};
    const auto build = std::find_if(found->second.rbegin(), std::prev(found->second.rend()),
                                    [&](const HandlerBuild &one) { return one.since <= time; });
    return build->text;
}

/// The first build of an engine was there before anything ran, whenever it was told.
void RunIdentity::addBuild(quint32 handler, const QString &text)
{
    std::vector<HandlerBuild> &builds = m_builds.back().byHandler[handler];
    if (builds.empty())
        builds.push_back({m_builds.back().since, text});
    else if (builds.back().text != text)
        builds.push_back({MonotonicClock::now(), text});
}

void RunIdentity::setCatalog(const CatalogFact &catalog)
{
    for (const PluginFact &plugin : catalog.plugins)
        addPlugin(plugin);
}

void RunIdentity::addPlugin(const PluginFact &plugin)
{
    for (const HandlerFact &handler : plugin.handlers) {
        if (number(handler.subscriber) == 0) // listed, but linked to nothing
            continue;
        m_builds.back().bySubscriber[number(handler.subscriber)] = buildText(plugin);
        const quint32 index = handlerNamed({plugin.name, handler.name, handler.isAsync});
        m_handlerBySubscriber.set(number(handler.subscriber), index);
        addBuild(index, buildText(plugin));
    }
    for (const EventFact &event : plugin.events) {
        if (event.number != 0)
            m_eventByNumber.set(event.number, eventNamed(event.name));
    }
}

void RunIdentity::addLane(const LaneInfo &lane)
{
    const size_t id = number(lane.id);
    if (m_laneById.size() <= id)
        m_laneById.resize(id + 1, unknown);
    const quint32 index = laneNamed(lane.kind, lane.name);
    m_laneById[id] = index;
    if (lane.pid != 0)
        m_lanes[index].pid = lane.pid;
}

void RunIdentity::forgetEngine(qint64 time)
{
    m_laneById.clear();
    m_handlerBySubscriber.clear();
    m_eventByNumber.clear();
    m_builds.push_back({time, {}});
}

quint32 RunIdentity::laneFor(LaneId lane)
{
    if (laneIndex(lane) == unknown)
        addLane({lane, LaneKind::Thread, tr("lane %1").arg(number(lane)), 0});
    return laneIndex(lane);
}

quint32 RunIdentity::handlerFor(SubscriberId subscriber)
{
    const quint32 known = handlerIndex(subscriber);
    if (known != unknown)
        return known;
    const QString name = tr("subscriber %1").arg(number(subscriber));
    const quint32 index = handlerNamed({QString(), name, false});
    m_handlerBySubscriber.set(number(subscriber), index);
    return index;
}

quint32 RunIdentity::lostLane()
{
    return laneNamed(LaneKind::Thread, tr("lost"));
}

const LaneEntry &RunIdentity::lane(quint32 index) const
{
    return entryAt(m_lanes, index);
}

const HandlerEntry &RunIdentity::handler(quint32 index) const
{
    return entryAt(m_handlers, index);
}

const QString &RunIdentity::eventName(quint32 index) const
{
    return entryAt(m_events, index);
}

quint32 RunIdentity::laneNamed(LaneKind kind, const QString &name)
{
    const std::pair key(static_cast<int>(kind), name);
    const auto found = m_laneByName.constFind(key);
    if (found != m_laneByName.constEnd())
        return found.value();
    const auto index = static_cast<quint32>(m_lanes.size());
    m_laneByName.insert(key, index);
    m_lanes.push_back({kind, name, 0});
    return index;
}

quint32 RunIdentity::handlerNamed(const HandlerEntry &entry)
{
    const std::pair key(entry.plugin, entry.handler);
    const auto found = m_handlerByName.constFind(key);
    if (found != m_handlerByName.constEnd()) {
        m_handlers[found.value()] = entry; // a new build may have become async
        return found.value();
    }
    const auto index = static_cast<quint32>(m_handlers.size());
    m_handlerByName.insert(key, index);
    m_handlers.push_back(entry);
    return index;
}

quint32 RunIdentity::eventNamed(const QString &name)
{
    const auto found = m_eventByName.constFind(name);
    if (found != m_eventByName.constEnd())
        return found.value();
    const auto index = static_cast<quint32>(m_events.size());
    m_eventByName.insert(name, index);
    m_events.push_back(name);
    return index;
}

} // namespace Fanfare
