// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/models/numbermap.h"
#include "desktop/models/runmodel.h"

#include <QCoreApplication>
#include <QHash>

#include <unordered_map>
#include <utility>
#include <vector>

namespace Fanfare {

/// Translates what the running engine numbers (lanes, subscribers, events) into indexes that stay
/// the same when the engine is restarted. What has the same name is the same thing.
///
/// Threads: [gui].
class RunIdentity
{
    Q_DECLARE_TR_FUNCTIONS(Fanfare::RunIdentity)

public:
    static constexpr quint32 unknown = NumberMap::unknown;

    void setCatalog(const CatalogFact &catalog);
    void addLane(const LaneInfo &lane);
    void setPid(quint32 lane, qint64 pid) { m_lanes[lane].pid = pid; } ///< a new process serves it
    void forgetEngine(qint64 time); ///< the numbers of the ended engine mean nothing any more

    /// The index of a number, or \c unknown.
    quint32 laneIndex(LaneId lane) const
    {
        return number(lane) < m_laneById.size() ? m_laneById[number(lane)] : unknown;
    }
    quint32 handlerIndex(SubscriberId subscriber) const
    {
        return m_handlerBySubscriber.value(number(subscriber));
    }
    quint32 eventIndex(quint32 event) const { return m_eventByNumber.value(event); }

    /// The same, but a number nobody has introduced gets an entry of its own.
    quint32 laneFor(LaneId lane);
    quint32 handlerFor(SubscriberId subscriber);

    /// The lane of tasks that died with the engine before a worker had them.
    quint32 lostLane();

    /// Which build of its plugin a subscriber belonged to at \a time: "1.2, build 3f2a90c1"; empty
    /// when that is not known.
    QString buildOf(SubscriberId subscriber, qint64 time) const;

    /// The same for a handler by its index, of a task that started at \a time: which of two builds
    /// of one engine it ran with.
    QString buildOfHandler(quint32 handler, qint64 time) const;

    /// The entry at an index; an empty one when there is none.
    const LaneEntry &lane(quint32 index) const;
    const HandlerEntry &handler(quint32 index) const;
    const QString &eventName(quint32 index) const;

    int laneCount() const { return static_cast<int>(m_lanes.size()); }

private:
    quint32 laneNamed(LaneKind kind, const QString &name);
    quint32 handlerNamed(const HandlerEntry &entry);
    quint32 eventNamed(const QString &name);
    void addPlugin(const PluginFact &plugin);

    struct HandlerBuild
    {
        qint64 since = 0;
        QString text;
    };
    /// The builds of one engine, by subscriber and by index of the handler.
    struct Builds
    {
        qint64 since = 0;
        std::unordered_map<quint32, QString> bySubscriber;
        std::unordered_map<quint32, std::vector<HandlerBuild>> byHandler; // by rising time
    };

    const Builds &buildsAt(qint64 time) const;
    void addBuild(quint32 handler, const QString &text);

    std::vector<LaneEntry> m_lanes;
    std::vector<HandlerEntry> m_handlers;
    std::vector<QString> m_events;
    QHash<std::pair<int, QString>, quint32> m_laneByName;
    QHash<std::pair<QString, QString>, quint32> m_handlerByName;
    QHash<QString, quint32> m_eventByName;
    std::vector<Builds> m_builds{{}}; // the last belongs to the running engine

    // Of the running engine.
    std::vector<quint32> m_laneById;
    NumberMap m_handlerBySubscriber;
    NumberMap m_eventByNumber;
};

} // namespace Fanfare
