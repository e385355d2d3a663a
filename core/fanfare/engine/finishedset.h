// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

#include <deque>

namespace Fanfare {

/// Which numbers, counted from 0, were added. Numbers come roughly in order, so all but the newest
/// are one number: the end of what is complete. One bit for each number behind that.
///
/// Threads: [owner].
class FinishedSet
{
public:
    /// True when \a number was not in the set.
    bool add(quint64 number)
    {
        if (contains(number))
            return false;
        const quint64 word = number / 64 - m_complete;
        if (word >= m_words.size())
            m_words.resize(word + 1);
        m_words[word] |= quint64(1) << (number % 64);
        while (!m_words.empty() && ~m_words.front() == 0) {
            m_words.pop_front();
            ++m_complete;
        }
        ++m_count;
        return true;
    }

    bool contains(quint64 number) const
    {
        if (number / 64 < m_complete)
            return true;
        const quint64 word = number / 64 - m_complete;
        return word < m_words.size() && ((m_words[word] >> (number % 64)) & 1);
    }

    quint64 count() const { return m_count; }

    /// All numbers below this one are in the set; those from it on may be, too.
    quint64 completeEnd() const { return m_complete * 64; }

private:
    std::deque<quint64> m_words; // one bit each
    quint64 m_complete = 0;      // words in front of m_words, all ones
    quint64 m_count = 0;
};

} // namespace Fanfare
