// SPDX-License-Identifier: MIT
#include "fanfare/plugins/settling.h"

#include <algorithm>

namespace Fanfare {

static qint64 count(std::chrono::nanoseconds time)
{
    return time.count();
}

Settling::Verdict Settling::look(const FileStamp &stamp, qint64 now, qint64 date)
{
    if (!m_hasStarted) {
        m_hasStarted = true;
        m_stamp = stamp;
        m_seen = m_since = now;
        // A date in the future is that of another machine's clock, and says nothing.
        const qint64 age = date - std::max(stamp.modified, stamp.changed);
        return age >= count(oldAge) ? Verdict::Settled : Verdict::Waiting;
    }
    if (stamp == m_stamp && now - m_seen >= count(lookPause))
        return Verdict::Settled;
    if (stamp != m_stamp) {
        m_stamp = stamp;
        m_seen = now;
    }
    return now - m_since >= count(patience) ? Verdict::Unstable : Verdict::Waiting;
}

} // namespace Fanfare
