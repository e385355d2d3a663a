// SPDX-License-Identifier: MIT
#include "desktop/models/firstfit.h"

#include <algorithm>
#include <limits>

namespace Fanfare {

static constexpr qint64 taken = std::numeric_limits<qint64>::max();
static constexpr qint64 neverUsed = std::numeric_limits<qint64>::min();

int FirstFit::take(qint64 start)
{
    if (m_capacity == 0 || m_tree[1] > start)
        grow();
    size_t node = 1;
    while (node < m_capacity)
        node = m_tree[2 * node] <= start ? 2 * node : 2 * node + 1;
    const size_t row = node - m_capacity;
    set(row, taken);
    m_rows = std::max(m_rows, static_cast<int>(row) + 1);
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
    for (node /= 2; node > 0; node /= 2)
        m_tree[node] = std::min(m_tree[2 * node], m_tree[2 * node + 1]);
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
