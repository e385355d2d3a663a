// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/cluster/clusterids.h>

#include <chrono>
#include <unordered_map>
#include <vector>

namespace Fanfare {

/// What an agent knows about the apps: when it heard each of them last, and which are gone. Apps
/// ping every host once a second, so silence is no rest. Times are those of MonotonicClock, ns.
///
/// Threads: one at a time.
class AppBook
{
public:
    /// An app whose queue is gone is gone itself when it was not heard \a missing later, one that
    /// only says nothing after \a silent.
    AppBook(std::chrono::nanoseconds missing, std::chrono::nanoseconds silent)
        : m_missing(missing.count())
        , m_silent(silent.count())
    {
    }

    void noteSign(ClusterSession app, qint64 now);     ///< it said something: it is there
    void noteQuestion(ClusterSession app, qint64 now); ///< from now on it has to be heard
    void noteMissing(ClusterSession app, qint64 now);  ///< the broker has no queue of it
    bool isGone(ClusterSession app) const;

    /// Who is gone from now on. To be asked all the time: after a pause of its own an agent knows
    /// nothing about the silence of others.
    std::vector<ClusterSession> takeGone(qint64 now);

    /// This agent was away: silence until now says nothing about others.
    void forgive(qint64 now);

private:
    struct Entry
    {
        qint64 heard = 0;
        qint64 missingSince = 0; ///< 0: it is not
        bool isGone = false;
    };

    const qint64 m_missing;                    // ns
    const qint64 m_silent;                     // ns
    qint64 m_looked = 0;                       // ns; 0: never
    std::unordered_map<quint64, Entry> m_apps; // by session
};

} // namespace Fanfare
