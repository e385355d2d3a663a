// SPDX-License-Identifier: MIT
#include "columnchooser.h"

#include <QAction>
#include <QHeaderView>
#include <QMenu>
#include <QTreeView>

namespace Fanfare {

ColumnChooser::ColumnChooser(QTreeView &tree, const QStringList &ids)
    : QObject(&tree)
    , m_tree(tree)
    , m_ids(ids)
{
    for (int i = 0; i < int(ids.size()); ++i) {
        const int column = i + 1;
        const QAbstractItemModel &model = *tree.model();
        const QVariant name = model.headerData(column, Qt::Horizontal, Qt::AccessibleTextRole);
        const QVariant title = model.headerData(column, Qt::Horizontal);
        auto action = new QAction((name.isValid() ? name : title).toString(), this);
        action->setCheckable(true);
        action->setChecked(true);
        connect(action, &QAction::toggled, this,
                [this, column](bool isShown) { m_tree.setColumnHidden(column, !isShown); });
        m_actions.append(action);
    }
    tree.header()->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(tree.header(), &QWidget::customContextMenuRequested, this, &ColumnChooser::showMenu);
}

QStringList ColumnChooser::hidden() const
{
    QStringList ids;
    for (const QAction *action : m_actions) {
        if (!action->isChecked())
            ids.append(idOf(*action));
    }
    return ids;
}

void ColumnChooser::setHidden(const QStringList &ids)
{
    for (QAction *action : std::as_const(m_actions))
        action->setChecked(!ids.contains(idOf(*action)));
}

QString ColumnChooser::idOf(const QAction &action) const
{
    for (qsizetype i = 0; i < m_actions.size(); ++i) {
        if (m_actions[i] == &action)
            return m_ids[i];
    }
    return {};
}

void ColumnChooser::showMenu(const QPoint &position)
{
    auto menu = new QMenu(&m_tree);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addActions(m_actions);
    menu->popup(m_tree.header()->mapToGlobal(position));
}

} // namespace Fanfare
