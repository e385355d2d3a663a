// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

#include <algorithm>
#include <array>
#include <vector>

namespace Fanfare {

/// How long the newest frames took to paint.
///
/// Threads: [gui].
class FrameTimes
{
public:
    static constexpr int capacity = 4096;

    void add(double milliseconds)
    {
        m_ring[static_cast<size_t>(m_count % capacity)] = milliseconds;
        ++m_count;
    }

    /// The last \a count ones, oldest first; fewer when there were not so many.
    std::vector<double> last(int count) const
    {
        std::vector<double> times;
        const long long wanted = std::min<long long>({count, m_count, capacity});
        for (long long at = m_count - wanted; at < m_count; ++at)
            times.push_back(m_ring[static_cast<size_t>(at % capacity)]);
        return times;
    }

    quint64 count() const { return static_cast<quint64>(m_count); } ///< of all ever added

private:
    std::array<double, capacity> m_ring{};
    long long m_count = 0;
};

} // namespace Fanfare
