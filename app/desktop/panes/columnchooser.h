// SPDX-License-Identifier: MIT
#pragma once

#include <QHash>
#include <QList>
#include <QObject>
#include <QStringList>

class QAction;
class QTreeView;

namespace Fanfare {

/// Lets the user hide columns of a tree: by the context menu of its header, and by actions for
/// everybody without a mouse. The first column is always there.
///
/// Threads: [gui].
class ColumnChooser final : public QObject
{
    Q_OBJECT

public:
    /// \a ids: how settings know the columns after the first, in their order. The tree has its
    /// model already and owns this.
    ColumnChooser(QTreeView &tree, const QStringList &ids);

    QStringList hidden() const; ///< ids, in the order of the columns

    /// Shows all other columns. Ids that are not known, such as those of a later version, are left
    /// alone.
    void setHidden(const QStringList &ids);

    QList<QAction *> actions() const { return m_actions; } ///< a switch for each, by column
    QString idOf(const QAction &action) const;

private:
    void showMenu(const QPoint &position);

    QTreeView &m_tree;
    QStringList m_ids;
    QList<QAction *> m_actions;
};

} // namespace Fanfare
