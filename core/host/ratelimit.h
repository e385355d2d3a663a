// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

namespace Fanfare {

/// Lets a hundred things a second pass and counts the others.
///
/// Threads: [owner].
class RateLimit
{
public:
    /// True when one more may pass at \a now, in MonotonicClock nanoseconds.
    bool allows(qint64 now)
    {
        if (now - m_second >= 1'000'000'000) {
            m_second = now;
            m_used = 0;
        }
        if (m_used < 100) {
            ++m_used;
            return true;
        }
        ++m_dropped;
        return false;
    }

    quint64 dropped() const { return m_dropped; }
    void clearDropped() { m_dropped = 0; }

private:
    qint64 m_second = 0; // when the present second began
    int m_used = 0;      // of it
    quint64 m_dropped = 0;
};

} // namespace Fanfare
