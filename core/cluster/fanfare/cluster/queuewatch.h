// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/cluster/clustertransport.h>

#include <QHash>
#include <QStringList>

namespace Fanfare {

/// What an app knows about the queues of its tasks: which of them its hosts were told of, and which
/// have lost what they had. Times are those of MonotonicClock, ns.
///
/// Threads: one at a time.
class QueueWatch
{
public:
    /// A task was put into \a queue: hosts have to be told that it exists, unless they were.
    void noteTask(const QString &queue);
    void announceAgain(const QString &queue);
    QStringList takeAnnouncements() { return std::exchange(m_announcements, {}); }
    void forgetAll() { m_queues.clear(), m_announcements.clear(); } ///< the broker was gone

    void noteInspection(const QString &queue, qint64 now); ///< it is asked for

    /// Before when a task was put into \a queue to be nowhere now, if it has not started; 0: none
    /// is lost. \a state is what the broker said after noteInspection(), \a held what hosts have
    /// taken out of it and not started, which they tell every two seconds.
    ///
    /// A queue that was missing has lost everything. One that is empty, of which no host holds
    /// anything, and that was so the last time, too, may be a new one of that name.
    qint64 lostBefore(const QString &queue, const QueueState &state, int held);

private:
    struct Entry
    {
        qint64 inspected = 0;
        qint64 emptySince = 0; ///< 0: it is not
    };

    QHash<QString, Entry> m_queues; // that hosts were told of
    QStringList m_announcements;    // to be told
};

} // namespace Fanfare
