// SPDX-License-Identifier: MIT
// In which order plugins, events and handlers stand among their siblings.
#include "pluginmodel.h"

#include "rowspan.h"

#include <algorithm>
#include <numeric>

namespace Fanfare {

static double sumOf(const CallRates &rates)
{
    return std::accumulate(rates.begin(), rates.end(), 0.0);
}

/// What a handler, or all those below a row, amount to in \a column: counts add up, of medians and
/// last results the largest and the worst speaks.
double PluginModel::figureOf(const Node &node, int column) const
{
    if (const HandlerTally *tally = tallyOf(node)) {
        switch (column) {
        case LastColumn:
            return isFailure(tally->last) ? 2 : 1;
        case CallsColumn:
            return static_cast<double>(tally->calls);
        case FailuresColumn:
            return static_cast<double>(tally->failures);
        case MedianColumn:
            return tally->ran.count() > 0 ? static_cast<double>(tally->ran.quantile(0.5)) : 0;
        default:
            return sumOf(m_tallies.ratesOf(node.handler));
        }
    }
    const bool addsUp = column != LastColumn && column != MedianColumn;
    double figure = 0;
    for (const int child : node.children) {
        const double below = figureOf(m_nodes[size_t(child)], column);
        figure = addsUp ? figure + below : std::max(figure, below);
    }
    return figure;
}

/// Sentences stay above what they are about, and refused plugins above all others.
bool PluginModel::comesBefore(int left, int right) const
{
    const Node &a = m_nodes[size_t(left)];
    const Node &b = m_nodes[size_t(right)];
    const auto isFirst = [](const Node &node) {
        return node.kind == Node::Refusal || node.isRefused;
    };
    if (isFirst(a) != isFirst(b))
        return isFirst(a);
    const bool descends = m_sortOrder == Qt::DescendingOrder;
    if (m_sortColumn < 0 || isFirst(a))
        return left < right; // as they were found
    if (m_sortColumn == NameColumn) {
        const int order = a.name.compare(b.name, Qt::CaseInsensitive);
        return descends ? order > 0 : order < 0;
    }
    const double mine = figureOf(a, m_sortColumn);
    const double other = figureOf(b, m_sortColumn);
    if (mine == other)
        return left < right;
    return descends ? mine > other : mine < other;
}

void PluginModel::sortSiblings(QList<int> &siblings)
{
    std::ranges::sort(siblings, [this](int a, int b) { return comesBefore(a, b); });
    for (int row = 0; row < int(siblings.size()); ++row)
        m_nodes[size_t(siblings[row])].row = row;
}

void PluginModel::sortAll()
{
    sortSiblings(m_plugins);
    for (Node &node : m_nodes)
        sortSiblings(node.children);
}

bool PluginModel::isSorted() const
{
    const auto before = [this](int a, int b) { return comesBefore(a, b); };
    return std::ranges::is_sorted(m_plugins, before)
        && std::ranges::all_of(m_nodes, [&](const Node &node) {
               return std::ranges::is_sorted(node.children, before);
           });
}

void PluginModel::sort(int column, Qt::SortOrder order)
{
    m_sortColumn = column;
    m_sortOrder = order;
    if (isSorted())
        return;
    Q_EMIT layoutAboutToBeChanged({}, VerticalSortHint);
    sortAll();
    const QModelIndexList before = persistentIndexList();
    QModelIndexList after;
    for (const QModelIndex &index : before)
        after.append(createIndex(node(index).row, index.column(), index.internalId()));
    changePersistentIndexList(before, after);
    Q_EMIT layoutChanged({}, VerticalSortHint);
}

} // namespace Fanfare
