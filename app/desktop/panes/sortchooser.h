// SPDX-License-Identifier: MIT
#pragma once

#include <QList>
#include <QObject>
#include <QStringList>

class QAction;
class QActionGroup;
class QTreeView;

namespace Fanfare {

/// Lets the user sort a tree: by a click on its header, where the third one gives the order of the
/// model back, and by actions for everybody without a mouse.
///
/// Threads: [gui].
class SortChooser final : public QObject
{
    Q_OBJECT

public:
    /// \a ids: how actions know the columns, in their order. The tree has its model already and
    /// owns this.
    SortChooser(QTreeView &tree, const QStringList &ids);

    QList<QAction *> actions() const { return m_actions; } ///< no order, then one by column
    QString idOf(const QAction &action) const;             ///< "none" of the first

private:
    void addChoice(const QString &id, const QString &text, int column);
    void sortBy(int column);
    void showOrder(int column);

    QTreeView &m_tree;
    QActionGroup *m_group;
    QList<QAction *> m_actions;
};

} // namespace Fanfare
