// SPDX-License-Identifier: MIT
#include "desktop/models/firstfit.h"

#include <algorithm>
#include <limits>

namespace Fanfare {

static constexpr qint64 taken = std::numeric_limits<qint64>::max();
static constexpr qint64 neverUsed = std::numeric_limits<qint64>::min();

size_t FirstFit::firstFree(qint64 start)
{
    if (m_capacity == 0 || m_tree[1] > start)
        grow();
    size_t node = 1;
    while (node < m_capacity)
        node = m_tree[2 * node] <= start ? 2 * node : 2 * node + 1;
    const size_t row = node - m_capacity;
    m_rows = std::max(m_rows, static_cast<int>(row) + 1);
    return row;
}

int FirstFit::take(qint64 start)
{
    return use(start, taken);
}

int FirstFit::use(qint64 start, qint64 finish)
{
    const size_t row = firstFree(start);
    set(row, finish);
    return static_cast<int>(row);
}

void FirstFit::release(int row, qint64 time)
{
    set(static_cast<size_t>(row), time);
}

void FirstFit::set(size_t row, qint64 freeFrom)
{
    size_t node = row + m_capacity;
    m_tree[node] = freeFrom;
    for (node /= 2; node > 0; node /= 2) {
        const qint64 earliest = std::min(m_tree[2 * node], m_tree[2 * node + 1]);
        if (m_tree[node] == earliest)
            return; // nothing above has changed either
        m_tree[node] = earliest;
    }
}

void FirstFit::grow()
{
    const size_t capacity = std::max<size_t>(4, m_capacity * 2);
    std::vector<qint64> tree(2 * capacity, neverUsed);
    if (m_capacity > 0) // the leaves are the second half of a tree
        std::copy(m_tree.begin() + static_cast<qsizetype>(m_capacity), m_tree.end(),
                  tree.begin() + static_cast<qsizetype>(capacity));
    for (size_t node = capacity - 1; node > 0; --node)
        tree[node] = std::min(tree[2 * node], tree[2 * node + 1]);
    m_tree = std::move(tree);
    m_capacity = capacity;
}

} // namespace Fanfare
