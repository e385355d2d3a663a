// SPDX-License-Identifier: MIT
#include "sortchooser.h"

#include <QAction>
#include <QActionGroup>
#include <QHeaderView>
#include <QTreeView>

namespace Fanfare {

using namespace Qt::StringLiterals;

SortChooser::SortChooser(QTreeView &tree, const QStringList &ids)
    : QObject(&tree)
    , m_tree(tree)
    , m_group(new QActionGroup(this))
{
    addChoice(u"none"_s, tr("As they were found"), -1);
    const QAbstractItemModel &model = *tree.model();
    for (int column = 0; column < int(ids.size()); ++column) {
        const QVariant name = model.headerData(column, Qt::Horizontal, Qt::AccessibleTextRole);
        const QVariant title = model.headerData(column, Qt::Horizontal);
        addChoice(ids[column], (name.isValid() ? name : title).toString(), column);
    }
    QHeaderView *header = tree.header();
    header->setSortIndicatorClearable(true);
    header->setSortIndicator(-1, Qt::AscendingOrder);
    connect(header, &QHeaderView::sortIndicatorChanged, this, &SortChooser::showOrder);
    tree.setSortingEnabled(true);
    showOrder(header->sortIndicatorSection());
}

void SortChooser::addChoice(const QString &id, const QString &text, int column)
{
    auto action = new QAction(text, m_group);
    action->setObjectName(id);
    action->setCheckable(true);
    connect(action, &QAction::triggered, this, [this, column] { sortBy(column); });
    m_actions.append(action);
}

QString SortChooser::idOf(const QAction &action) const
{
    return m_actions.contains(&action) ? action.objectName() : QString();
}

/// In the direction that a first click would choose.
void SortChooser::sortBy(int column)
{
    const QVariant order = column < 0
        ? QVariant()
        : m_tree.model()->headerData(column, Qt::Horizontal, Qt::InitialSortOrderRole);
    m_tree.header()->setSortIndicator(column, Qt::SortOrder(order.toInt()));
}

void SortChooser::showOrder(int column)
{
    m_actions[column + 1]->setChecked(true);
    m_tree.header()->setSortIndicatorShown(column >= 0);
}

} // namespace Fanfare
