// SPDX-License-Identifier: MIT
#include "rowcopy.h"

#include <QHeaderView>
#include <QItemSelectionModel>
#include <QTreeView>

#include <algorithm>

namespace Fanfare {

/// A cell that is only a picture is copied as what it says to a screen reader.
static QString textOf(const QModelIndex &index)
{
    const QString text = index.data().toString();
    return text.isEmpty() ? index.data(Qt::AccessibleTextRole).toString() : text;
}

static QString lineOf(const QTreeView &tree, const QModelIndex &row)
{
    const QHeaderView &header = *tree.header();
    QStringList cells;
    for (int position = 0; position < header.count(); ++position) {
        const int column = header.logicalIndex(position);
        if (!header.isSectionHidden(column))
            cells.append(textOf(row.siblingAtColumn(column)).simplified());
    }
    while (!cells.isEmpty() && cells.constLast().isEmpty())
        cells.removeLast();
    return cells.join(u'\t');
}

QString chosenRows(const QTreeView &tree)
{
    QModelIndexList rows = tree.selectionModel()->selectedRows();
    std::sort(rows.begin(), rows.end(), [&tree](const QModelIndex &left, const QModelIndex &right) {
        return tree.visualRect(left).top() < tree.visualRect(right).top();
    });
    QStringList lines;
    for (const QModelIndex &row : std::as_const(rows))
        lines.append(lineOf(tree, row));
    return lines.join(u'\n');
}

} // namespace Fanfare
