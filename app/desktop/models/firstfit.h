// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

#include <vector>

namespace Fanfare {

/// Gives overlapping spans of a lane rows of their own: each the first row that is free when the
/// span starts. A row once taken is kept until it is released. O(log rows).
///
/// Threads: [gui].
class FirstFit
{
public:
    /// Takes the first row that is free at \a start, a new one if none is.
    int take(qint64 start);

    /// Takes the first row that is free at \a start until \a finish: both steps at once.
    int use(qint64 start, qint64 finish);

    /// Frees \a row for spans that start at \a time or later.
    void release(int row, qint64 time);

    int rowCount() const { return m_rows; }

private:
    size_t firstFree(qint64 start);
    void set(size_t row, qint64 freeFrom);
    void grow();

    std::vector<qint64> m_tree; ///< heap order; a node is the minimum of its children
    size_t m_capacity = 0;      ///< leaves; a power of two
    int m_rows = 0;
};

} // namespace Fanfare
