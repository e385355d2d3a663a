// SPDX-License-Identifier: MIT
#include "fanfare/cluster/queuewatch.h"

namespace Fanfare {

/// In which every host has told twice what it holds.
static constexpr qint64 emptyTime = 4'500'000'000; // ns

void QueueWatch::noteTask(const QString &queue)
{
    if (m_queues.contains(queue))
        return;
    m_queues.insert(queue, {});
    announceAgain(queue);
}

void QueueWatch::announceAgain(const QString &queue)
{
    if (!m_announcements.contains(queue))
        m_announcements.append(queue);
}

void QueueWatch::noteInspection(const QString &queue, qint64 now)
{
    m_queues[queue].inspected = now;
}

qint64 QueueWatch::lostBefore(const QString &queue, const QueueState &state, int held)
{
    Entry &entry = m_queues[queue];
    if (state.wasMissing) {
        entry.emptySince = 0;
        return entry.inspected;
    }
    if (state.waiting > 0 || held > 0) {
        entry.emptySince = 0;
        return 0;
    }
    if (entry.emptySince == 0)
        entry.emptySince = entry.inspected;
    if (entry.inspected - entry.emptySince < emptyTime)
        return 0;
    return std::exchange(entry.emptySince, 0);
}

} // namespace Fanfare
