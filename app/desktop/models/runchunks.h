// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

#include <algorithm>
#include <cstddef>
#include <memory>
#include <vector>

namespace Fanfare {

/// A list that only grows and whose elements never move: growing costs one chunk, never a copy of
/// everything, so that no frame pays for the length of the run.
///
/// Threads: [owner].
template <typename T, size_t ChunkSize = 4096>
class RunChunks
{
public:
    void append(const T &value)
    {
        if (m_size == m_chunks.size() * ChunkSize)
            m_chunks.push_back(std::make_unique_for_overwrite<T[]>(ChunkSize));
        m_chunks.back()[m_size % ChunkSize] = value;
        ++m_size;
    }

    /// Frees what lies before \a index, as far as whole chunks do. It must not be read any more.
    void forgetBefore(size_t index)
    {
        for (; m_freed < std::min(index / ChunkSize, m_chunks.size()); ++m_freed)
            m_chunks[m_freed].reset();
    }

    void clear()
    {
        m_freed = 0;
        m_chunks.clear();
        m_size = 0;
    }

    size_t size() const { return m_size; }
    bool isEmpty() const { return m_size == 0; }

    const T &operator[](size_t index) const
    {
        Q_ASSERT(index < m_size);
        return m_chunks[index / ChunkSize][index % ChunkSize];
    }

    const T &last() const { return (*this)[m_size - 1]; }

private:
    std::vector<std::unique_ptr<T[]>> m_chunks;
    size_t m_size = 0;
    size_t m_freed = 0; ///< chunks
};

} // namespace Fanfare
