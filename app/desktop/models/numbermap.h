// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

#include <limits>
#include <unordered_map>
#include <vector>

namespace Fanfare {

/// An index for each number that an engine gave out. Engines count from 1, so those lie in a list
/// and cost no hashing; what is large, in a damaged file, lies in a table.
///
/// Threads: [owner].
class NumberMap
{
public:
    static constexpr quint32 unknown = std::numeric_limits<quint32>::max();

    /// The index of \a number, or \c unknown.
    quint32 value(quint32 number) const
    {
        if (number < m_small.size())
            return m_small[number];
        const auto found = m_large.find(number);
        return found == m_large.end() ? unknown : found->second;
    }

    void set(quint32 number, quint32 index)
    {
        if (number >= mostSmall) {
            m_large[number] = index;
            return;
        }
        if (m_small.size() <= number)
            m_small.resize(number + 1, unknown);
        m_small[number] = index;
    }

    void clear()
    {
        m_small.clear();
        m_large.clear();
    }

private:
    static constexpr quint32 mostSmall = 65'536;

    std::vector<quint32> m_small;
    std::unordered_map<quint32, quint32> m_large;
};

} // namespace Fanfare
