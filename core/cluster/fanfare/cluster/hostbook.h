// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/cluster/clusterclock.h>
#include <fanfare/cluster/hostpresence.h>

#include <QStringList>

#include <chrono>
#include <optional>
#include <unordered_map>
#include <vector>

namespace Fanfare {

/// A host of the cluster, as an app sees it.
struct ClusterHostFact
{
    HostPresence presence;
    QString label;                     ///< its name, with a number when several have that name
    qint64 lastSeen = 0;               ///< MonotonicClock ns
    bool isSilent = false;             ///< it has missed three presences
    std::optional<qint64> clockOffset; ///< ns, their clock minus ours; unknown before a ping
    std::optional<qint64> clockError;  ///< ns: the offset is never further off than this
};

/// What an app knows about the agents: who is there, what they can run, what time it is there, and
/// whom it has to give up.
///
/// Threads: one at a time.
class HostBook
{
public:
    /// An agent whose queue is gone is given up when it has not come back \a missing later, one
    /// that only says nothing after \a silent.
    HostBook(std::chrono::nanoseconds missing, std::chrono::nanoseconds silent)
        : m_missing(missing.count())
        , m_silent(silent.count())
    {
    }

    /// True when it is new.
    bool note(const HostPresence &presence, qint64 now);
    void noteSign(ClusterSession agent, qint64 now);    ///< it said something
    void noteMissing(ClusterSession agent, qint64 now); ///< the broker has no queue of it
    void addPing(const ClockAnswer &answer, qint64 now);

    /// \a agent told of what happened at \a time there, the latest of what came together. It bounds
    /// what time it is there until a ping was answered.
    void noteNews(ClusterSession agent, qint64 time, qint64 now);

    /// This program was away: silence until now says nothing about others, and who lost the broker
    /// with it needs some seconds to come back.
    void forgive(qint64 now);

    /// Whom to give up now; they are not in the book any more.
    std::vector<ClusterHostFact> takeLost(qint64 now);

    const ClusterHostFact *find(ClusterSession agent) const;
    std::vector<ClusterSession> sessions() const;
    std::vector<ClusterHostFact> facts(qint64 now) const;

    /// Who can run that build, and who has another one of the plugin: their labels.
    QStringList hostsWith(const QString &plugin, const QByteArray &hash) const;
    int heldBy(const QString &plugin, const QByteArray &hash) const; ///< taken there, not started
    QStringList hostsWithOther(const QString &plugin, const QByteArray &hash) const;

    /// A span that began and ended at these times of \a agent, in our time: not before \a sent and
    /// not after \a now, and of the same length unless that does not fit in between. What began
    /// later there never begins earlier here, also when more became known about the clock.
    struct LocalSpan
    {
        qint64 started = 0;
        qint64 finished = 0;
    };
    LocalSpan toLocal(ClusterSession agent, qint64 started, qint64 finished, qint64 sent,
                      qint64 now);

private:
    struct Entry
    {
        ClusterHostFact fact;
        ClusterClock clock;
        qint64 missingSince = 0; // 0: it is not
        std::optional<qint64>
            leastLead;        // ns by which news came later than what they told, at least
        qint64 lastStart = 0; // there, the latest that was turned into our time ...
        qint64 lastBegin = 0; // ... and what became of it
    };

    QString labelFor(const QString &host) const;

    const qint64 m_missing;                     // ns
    const qint64 m_silent;                      // ns
    qint64 m_returnsUntil = 0;                  // ns; before that nobody is missing
    std::unordered_map<quint64, Entry> m_hosts; // by session
};

} // namespace Fanfare
